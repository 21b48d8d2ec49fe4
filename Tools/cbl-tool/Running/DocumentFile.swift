import Domain
import Grading
import Interop

/// Reads the JSON documents that the tool is given: policies, traces and catalogs.
enum DocumentFile {
  /// The greatest policy or trace that is read, in bytes.
  private static let limit = 16 << 20

  /// Reads a file whole.
  ///
  /// - Throws: ``ToolFailure`` when it is larger than documents may be.
  static func read(_ path: String, limit: Int = DocumentFile.limit) throws -> [UInt8] {
    let container = try Container.open(path)
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

  /// Reads a policy from a file or takes the pack of that name.
  static func policy(_ name: String) throws -> Policy {
    do {
      if let pack = PolicyPack.named(Identifier(name)) { return try pack.policy() }
      return try Policy(json: try read(name), file: name)
    } catch let error as GradingError {
      throw ToolFailure(65, error.description)
    }
  }
}
