import Domain
import Grading
import Interop

/// Reads the documents that the tool is given: policies, traces, facts and catalogs.
enum DocumentFile {
  /// The greatest document but a catalog that is read, in bytes.
  static let limit = 16 << 20

  /// Reads a file whole.
  ///
  /// - Throws: ``ToolFailure`` when it is larger than documents may be.
  static func read(_ path: String, limit: Int = DocumentFile.limit) throws -> [UInt8] {
    let container = try Container.open(path)
    guard container.members.count == 1 else {
      throw ToolFailure(65, "\(path): a document is one file; this has \(container.members.count)")
    }
    var reader = try container.reader(of: 0)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try unsafe block.withUnsafeMutableBytes { try unsafe reader.read(into: $0) }
      guard count > 0 else { return bytes }
      bytes += block[..<count]
      guard bytes.count <= limit else {
        throw ToolFailure(65, "\(path): a document may have \(limit >> 20) MB; this one is longer")
      }
    }
  }

  /// Reads a policy from a JSON or YAML file or takes the pack of that name.
  static func policy(_ name: String) throws -> Policy { try source(ofPolicy: name).policy }

  /// Reads a policy, and keeps its file for those who point at places in it.
  ///
  /// A file that says what it `extends` holds an RFC 7396 merge patch of that policy, a file
  /// beside it or a pack, and may only demand more.
  static func source(
    ofPolicy name: String
  ) throws -> (policy: Policy, document: SourceDocument) {
    let document = try document(ofPolicy: name)
    // The files that were read, by the names that they have in messages.
    var files = [name: document]
    var failure: (any Error)?
    do throws(GradingError) {
      let source = PolicySource(name: name, document: document.value)
      let policy = try Policy(source) { (parent, child) throws(GradingError) in
        let path = PolicyPack.named(Identifier(parent)) == nil ? beside(child.name, parent) : parent
        do {
          let file = try files[path] ?? self.document(ofPolicy: path)
          files[path] = file
          return PolicySource(name: path, document: file.value)
        } catch {
          failure = error
          throw GradingError(.malformed, "The policy \"\(path)\" cannot be read.")
        }
      }
      return (policy, document)
    } catch {
      if let failure { throw failure }
      let file = files[error.place?.file ?? name] ?? document
      let place = file.place(of: error.place?.pointer ?? "")
      throw ToolFailure(65, GradingError(error.code, error.message, at: place).description)
    }
  }

  private static func document(ofPolicy name: String) throws -> SourceDocument {
    if let pack = PolicyPack.named(Identifier(name)) {
      return try SourceDocument(json: pack.json, path: name)
    }
    return try SourceDocument(path: name, limit: 1 << 20)
  }

  /// A path as seen from the folder of a file.
  private static func beside(_ file: String, _ path: String) -> String {
    if path.hasPrefix("./") { return beside(file, String(path.dropFirst(2))) }
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}
