/// The JSON that says which levels of a scale are the default and which are proficient.
///
/// `[{"scaleid":"2"},{"id":2,"scaledefault":1,"proficient":1}]`: the first element names the
/// scale, the others a level by its place from 1. Levels without either flag may be left out.
struct ScaleConfiguration: Equatable {
  var scaleID = ""
  var defaults: Set<Int> = []
  var proficient: Set<Int> = []

  init() {}

  /// The configuration of a text, or `nil` when it is not such JSON.
  init?(_ text: String) {
    var parser = FlatJSON(Array(text.utf8))
    guard let objects = parser.parse() else { return nil }
    for object in objects {
      if let id = object["scaleid"] { scaleID = id }
      guard let id = object["id"] else { continue }
      guard let place = Int(id), place > 0 else { return nil }
      if Self.isSet(object["scaledefault"]) { defaults.insert(place) }
      if Self.isSet(object["proficient"]) { proficient.insert(place) }
    }
  }

  private static func isSet(_ value: String?) -> Bool { value == "1" || value == "true" }

  /// The JSON, as Moodle writes it.
  var text: String {
    var parts = ["{\"scaleid\":\"\(Self.escape(scaleID))\"}"]
    for place in defaults.union(proficient).sorted() {
      let isDefault = defaults.contains(place) ? 1 : 0
      let isProficient = proficient.contains(place) ? 1 : 0
      parts.append(
        "{\"id\":\(place),\"scaledefault\":\(isDefault),\"proficient\":\(isProficient)}")
    }
    return "[" + parts.joined(separator: ",") + "]"
  }

  private static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      if scalar.value >= 0x20 { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}

/// Reads a JSON array of objects whose values are texts, numbers, booleans or null.
private struct FlatJSON {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func parse() -> [[String: String]]? {
    guard take("[") else { return nil }
    var objects: [[String: String]] = []
    if take("]") { return isAtEnd ? objects : nil }
    repeat {
      guard let object = object() else { return nil }
      objects.append(object)
    } while take(",")
    return take("]") && isAtEnd ? objects : nil
  }

  private mutating func object() -> [String: String]? {
    guard take("{") else { return nil }
    var object: [String: String] = [:]
    if take("}") { return object }
    repeat {
      guard let key = string(), take(":"), let value = string() ?? word() else { return nil }
      guard object.updateValue(value, forKey: key) == nil else { return nil }
    } while take(",")
    return take("}") ? object : nil
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private var isAtEnd: Bool {
    bytes[place...].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") {
        // Escapes other than of quote, slash and backslash do not occur in scale numbers.
        guard place < bytes.count, "\"\\/".utf8.contains(bytes[place]) else { return nil }
        text.append(bytes[place])
        place += 1
      } else {
        text.append(byte)
      }
    }
    return nil
  }

  private mutating func word() -> String? {
    skipBlanks()
    let start = place
    while place < bytes.count {
      let byte = bytes[place]
      let isWord =
        byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
      guard isWord else { break }
      place += 1
    }
    return place > start ? String(decoding: bytes[start..<place], as: UTF8.self) : nil
  }
}
