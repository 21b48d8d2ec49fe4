/// A key of a JSON object with its value.
struct JSONMember {
  let key: String
  let value: JSONValue
}

/// A JSON value whose objects keep the order of their keys.
indirect enum JSONValue {
  case null
  case boolean(Bool)
  case number(Int)
  case decimal(Double)
  case text(String)
  case array([JSONValue])
  case members([JSONMember])

  /// An object with keys and values in this order.
  static func object(_ pairs: [(key: String, value: JSONValue)]) -> JSONValue {
    .members(pairs.map { JSONMember(key: $0.key, value: $0.value) })
  }

  /// A text, or null when there is none.
  static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }

  /// The value with two spaces of indentation, without a line end.
  var pretty: String {
    var text = ""
    render(into: &text, indent: 0)
    return text
  }

  /// The value in one line.
  var compact: String {
    var text = ""
    render(into: &text, indent: nil)
    return text
  }

  private func render(into text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let value): text += String(value)
    case .decimal(let value): text += value.isFinite ? String(value) : "null"
    case .text(let value): Self.quote(value, into: &text)
    case .array(let values):
      Self.list(values, "[", "]", into: &text, indent: indent) { value, text, indent in
        value.render(into: &text, indent: indent)
      }
    case .members(let pairs):
      Self.list(pairs, "{", "}", into: &text, indent: indent) { pair, text, indent in
        Self.quote(pair.key, into: &text)
        text += indent == nil ? ":" : ": "
        pair.value.render(into: &text, indent: indent)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ open: String, _ close: String, into text: inout String,
    indent: Int?, _ body: (Element, inout String, Int?) -> Void
  ) {
    text += open
    let inner = indent.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: " ", count: inner) }
      body(element, &text, inner)
    }
    if let indent, !elements.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
    text += close
  }

  private static func quote(_ value: String, into text: inout String) {
    text += "\""
    // What needs no escape goes over in runs.
    let bytes = value.utf8
    var (start, place) = (bytes.startIndex, bytes.startIndex)
    while place < bytes.endIndex {
      let next = bytes.index(after: place)
      guard let (escape, end) = escape(bytes[place], at: next, of: bytes) else {
        place = next
        continue
      }
      text += value[start..<place]
      text += escape
      (start, place) = (end, end)
    }
    text += value[start...]
    text += "\""
  }

  /// The escape for the character that begins with a byte, and where it ends; `nil` where it needs
  /// none. Besides what JSON asks for, these are DEL and the characters that end or turn lines.
  private static func escape(
    _ byte: UInt8, at next: String.Index, of bytes: String.UTF8View
  ) -> (String, String.Index)? {
    switch byte {
    case 0x22: return ("\\\"", next)
    case 0x5C: return ("\\\\", next)
    case 0x0A: return ("\\n", next)
    case 0x0D: return ("\\r", next)
    case 0x09: return ("\\t", next)
    case 0..<0x20, 0x7F: return (escape(UInt32(byte)), next)
    case 0xE2:
      // U+2028 to U+202E are E2 80 A8 to E2 80 AE.
      let last = bytes.index(after: next)
      guard bytes[next] == 0x80, (0xA8...0xAE).contains(bytes[last]) else { return nil }
      return (escape(0x1F80 + UInt32(bytes[last])), bytes.index(after: last))
    default: return nil
    }
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

// The types of the literals are named, so that no file has to work them out from another one.
extension JSONValue: ExpressibleByStringLiteral {
  typealias StringLiteralType = String

  init(stringLiteral value: String) { self = .text(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
  typealias IntegerLiteralType = Int

  init(integerLiteral value: Int) { self = .number(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
  typealias ArrayLiteralElement = JSONValue

  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  typealias Key = String
  typealias Value = JSONValue

  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }
}
