import Foundation

/// A JSON document of the shared samples, when they are there.
struct Sample {
  let value: Any

  /// The sample of a name; `nil` without the samples.
  static func named(_ name: String) -> Sample? {
    guard let folder else { return nil }
    let url = folder.appendingPathComponent("assessment/\(name).json")
    guard let data = try? Data(contentsOf: url),
      let value = try? JSONSerialization.jsonObject(with: data)
    else { return nil }
    return Sample(value: value)
  }

  /// The folder of the samples.
  static var folder: URL? {
    ProcessInfo.processInfo.environment["CBL_SAMPLES"].map { URL(fileURLWithPath: $0) }
  }

  /// A part of it.
  subscript(_ keys: String...) -> Sample {
    var value: Any? = self.value
    for key in keys { value = (value as? [String: Any])?[key] }
    return Sample(value: value ?? NSNull())
  }

  subscript(index: Int) -> Sample {
    guard let list = value as? [Any], list.indices.contains(index) else {
      return Sample(value: NSNull())
    }
    return Sample(value: list[index])
  }

  var keys: [String] { ((value as? [String: Any])?.keys).map { $0.sorted() } ?? [] }
  var list: [Sample] { (value as? [Any] ?? []).map { Sample(value: $0) } }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var text: String { value as? String ?? "" }
  var numbers: [Double] { list.map { $0.number ?? .nan } }
  var optionals: [Double?] { list.map(\.number) }
  var whole: [Int] { list.map { $0.number.map { Int($0) } ?? .min } }
  var texts: [String] { list.map(\.text) }
  var rows: [[Double]] { list.map(\.numbers) }
  var double: Double { number ?? .nan }
}

/// Whether two numbers are near; `nil` and NaN are near nothing.
func isNear(_ found: Double?, _ wanted: Double, _ tolerance: Double) -> Bool {
  guard let found else { return false }
  return abs(found - wanted) <= tolerance
}

/// Whether two lists are near, number by number.
func isNear(_ found: [Double?], _ wanted: [Double], _ tolerance: Double) -> Bool {
  found.count == wanted.count && zip(found, wanted).allSatisfy { isNear($0, $1, tolerance) }
}
