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
    return (try policy(of: document, below: [name]), document)
  }

  private static func document(ofPolicy name: String) throws -> SourceDocument {
    if let pack = PolicyPack.named(Identifier(name)) {
      return try SourceDocument(json: pack.json, path: name)
    }
    return try SourceDocument(path: name, limit: 1 << 20)
  }

  private static func policy(of document: SourceDocument, below chain: [String]) throws -> Policy {
    guard let parent = document.value["extends"] else {
      return try document.reading { value throws(GradingError) in try Policy(document: value) }
    }
    let place = document.place(of: "/extends")
    guard let name = parent.text?.text, !name.isEmpty else {
      throw ToolFailure(65, "\(place): extends wants the path of a policy or the name of a pack")
    }
    let path = PolicyPack.named(Identifier(name)) == nil ? beside(document.path, name) : name
    // Other spellings of a path are found by the length of the chain.
    guard !chain.contains(path), chain.count < 16 else {
      throw ToolFailure(
        65,
        "\(place): the policies \((chain + [path]).joined(separator: " -> ")) extend each other; take "
          + "one extends out")
    }
    let base = try policy(of: self.document(ofPolicy: path), below: chain + [path])
    return try document.reading { value throws(GradingError) in
      let changes = (value.members ?? []).filter { $0.name != "extends" }
      return try Policy(extending: base, with: .object(changes))
    }
  }

  /// A path as seen from the folder of a file.
  private static func beside(_ file: String, _ path: String) -> String {
    if path.hasPrefix("./") { return beside(file, String(path.dropFirst(2))) }
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}
