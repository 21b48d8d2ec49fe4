import Badges
import Domain
import LinkedData
import Synchronization

/// A resolver file: which local file stands for which URL. Nothing else is looked up.
///
/// ```json
/// {"documents": {"https://school.example/list": {"file": "list.json"},
///                "https://school.example/old": {"status": 410}}}
/// ```
final class ResolverFile: ResourceLoading {
  private enum Entry {
    case file(String)
    case gone
  }

  private let entries: [Identifier: Entry]
  /// The documents that were read; a file is read once.
  private let known: Mutex<[Identifier: Resource?]> = Mutex([:])

  /// Reads a resolver file; the files that it names lie beside it.
  ///
  /// - Throws: ``ToolFailure`` with 65 when it is none.
  init(_ path: String) throws {
    let bytes = try DocumentFile.read(path)
    let node: JSONNode
    do { node = try JSONNode(reading: bytes) } catch {
      throw ToolFailure(65, "\(path): \(error)")
    }
    guard let documents = node["documents"]?.object else {
      throw ToolFailure(
        65, "\(path): a resolver file is {\"documents\": {URL: {\"file\": ...}}}")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var entries: [Identifier: Entry] = [:]
    for member in documents.members {
      if let file = member.value.string ?? member.value["file"]?.string {
        entries[member.name] = .file(file.text.hasPrefix("/") ? file.text : folder + file.text)
      } else if member.value["status"] == .number("410") {
        entries[member.name] = .gone
      } else {
        throw ToolFailure(
          65, "\(path): the entry \(member.name) has neither a file nor the status 410")
      }
    }
    self.entries = entries
  }

  /// Finds a document.
  func resource(at url: Identifier) -> Resource? {
    guard let entry = entries[url] else { return nil }
    guard case .file(let path) = entry else { return .gone }
    if let found = known.withLock({ $0[url] }) { return found }
    let read = (try? DocumentFile.read(path)).map { Resource.bytes($0) }
    known.withLock { $0[url] = .some(read) }
    return read
  }
}
