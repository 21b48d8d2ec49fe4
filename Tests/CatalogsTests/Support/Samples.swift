import Foundation

/// Real files for tests that look at many; absent on machines that do not have them.
enum Samples {
  /// The folder with catalogs, where there is one.
  static let folder: URL? = {
    guard let path = ProcessInfo.processInfo.environment["CBL_SAMPLES"] else { return nil }
    let url = URL(fileURLWithPath: path).appendingPathComponent("catalogs")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }()

  /// The bytes of a file, `nil` where it is absent.
  static func bytes(_ name: String) throws -> [UInt8]? {
    guard let folder else { return nil }
    return try [UInt8](Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// The names of the CASE packages.
  static let packages = [
    "ccss-math-coherence.case11.json", "opensalt-2017-legacy.case.json",
    "opensalt-act-geometry.case10.json", "opensalt-markdown.case10.json",
    "opensalt-ordering.case10.json", "opensalt-utf8.case10.json",
    "teks-ccss-math-crosswalk.case.json", "teks-math-ch111.case10.json",
  ].map { "case/\($0)" }

  /// JSON in a canonical form that Foundation makes, as a witness that is not ours.
  static func canonical(_ bytes: [UInt8]) throws -> Data {
    let value = try JSONSerialization.jsonObject(with: Data(bytes))
    return try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
  }
}
