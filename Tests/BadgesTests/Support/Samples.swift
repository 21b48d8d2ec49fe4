import Badges
import Domain
import Foundation
import LinkedData

/// The published badges and vectors, where they are at hand.
enum Samples {
  /// A file or folder, or `nil` where there are no samples.
  static func url(_ path: String) -> URL? {
    guard let root = ProcessInfo.processInfo.environment["CBL_SAMPLES"] else { return nil }
    let url = URL(filePath: root).appending(path: "badges/\(path)")
    return FileManager.default.fileExists(atPath: url.path()) ? url : nil
  }

  static func bytes(_ url: URL) throws -> [UInt8] { Array(try Data(contentsOf: url)) }

  static func node(_ url: URL) throws -> JSONNode { try JSONNode(reading: bytes(url)) }

  /// The documents that a resolver.json lists.
  static func resources(_ url: URL) throws -> KnownResources {
    var documents: [Identifier: Resource] = [:]
    for member in try node(url)["documents"]?.object?.members ?? [] {
      guard let file = member.value["file"]?.string else { continue }
      let path = url.deletingLastPathComponent().appending(path: file.text)
      documents[member.name] = .bytes(try bytes(path))
    }
    return KnownResources(documents)
  }
}
