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
  static func source(
    ofPolicy name: String
  ) throws -> (policy: Policy, document: SourceDocument) {
    if let pack = PolicyPack.named(Identifier(name)) {
      let document = try SourceDocument(json: pack.json, path: name)
      return (
        try document.reading { value throws(GradingError) in
          try Policy(document: value)
        }, document
      )
    }
    let document = try SourceDocument(path: name, limit: 1 << 20)
    return (
      try document.reading { value throws(GradingError) in
        try Policy(document: value)
      }, document
    )
  }
}
