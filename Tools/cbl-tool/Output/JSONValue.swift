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
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F || (0x2028...0x202E).contains(scalar.value) {
          let digits = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
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
