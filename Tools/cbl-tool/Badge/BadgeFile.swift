import Badges
import Domain
import Interop
import LinkedData

/// Files that the badge commands read and write.
enum BadgeFile {
  /// Reads a JSON object.
  static func object(_ path: String) throws -> JSONObject {
    let node: JSONNode
    let bytes = try DocumentFile.read(path)
    do { node = try JSONNode(reading: bytes) } catch { throw ToolFailure(65, "\(path): \(error)") }
    guard let object = node.object else {
      throw ToolFailure(65, "\(path): expected an object, found \(node.kind)")
    }
    return object
  }

  /// Reads a key; the file may be read by its owner only.
  static func key(_ path: String) throws -> SigningKey {
    let bytes = try SecretFile.read(path)
    do { return try SigningKey(document: bytes) } catch {
      throw ToolFailure(error.code == .cryptography ? 69 : 65, "\(path): \(error)")
    }
  }

  /// Reads the awards that were made.
  static func ledger(_ path: String) throws -> AwardLedger {
    let bytes = try DocumentFile.read(path, limit: 1 << 30)
    do throws(BadgesError) { return try AwardLedger(bytes) } catch {
      throw failure(error, path)
    }
  }

  /// Writes a file that only its owner reads and that appears when it is complete.
  static func write(_ bytes: [UInt8], to path: String?, force: Bool) throws {
    guard let path, path != "-" else {
      try Console.print(String(decoding: bytes, as: UTF8.self))
      return
    }
    var options = OutputOptions()
    options.force = force
    let container = try OutputContainer.create(path, kind: .file, options: options)
    try container.begin(member: "badge")
    try container.write(bytes)
    try container.end()
    try container.commit()
  }

  /// The failure of a badge that cannot be made.
  static func failure(_ error: BadgesError, _ path: String) -> ToolFailure {
    ToolFailure(error.code == .cryptography ? 69 : 65, "\(path): \(error)")
  }
}
