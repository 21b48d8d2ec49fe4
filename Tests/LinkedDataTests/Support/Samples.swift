import Domain
import Foundation
import LinkedData

/// The published test vectors, where they are at hand.
enum Samples {
  /// The folder of a set of vectors, or `nil` where there are no samples.
  static func folder(_ path: String) -> URL? {
    guard let root = ProcessInfo.processInfo.environment["CBL_SAMPLES"] else { return nil }
    let url = URL(filePath: root).appending(path: "badges/\(path)")
    return FileManager.default.fileExists(atPath: url.path()) ? url : nil
  }

  static func bytes(_ url: URL) throws -> [UInt8] { Array(try Data(contentsOf: url)) }

  static func node(_ url: URL) throws -> JSONNode { try JSONNode(reading: bytes(url)) }
}

/// A loader of the documents of the JSON-LD suite, by their URLs.
struct SuiteLoader: DocumentLoading {
  static let base = "https://w3c.github.io/json-ld-api/tests/"
  let folder: URL

  func document(at url: Identifier) throws(LinkedDataError) -> LoadedDocument? {
    guard url.text.hasPrefix(Self.base) else { return nil }
    let file = folder.appending(path: String(url.text.dropFirst(Self.base.count)))
    guard let data = try? Data(contentsOf: file) else { return nil }
    return LoadedDocument(url: url, node: try JSONNode(reading: Array(data)))
  }
}
