/// How JSON is written.
public enum JSONStyle: Hashable, Sendable {
  /// Without blanks, members in their order.
  case compact
  /// Two spaces a level, members in their order.
  case indented
  /// Without blanks, members ordered by the UTF-16 code units of their names as in RFC 8785;
  /// numbers stay as they were written.
  case canonical
}

extension JSONValue {
  /// The value as JSON text, UTF-8 without a byte order mark.
  ///
  /// - Complexity: O(*n*); nothing recurses.
  public func text(_ style: JSONStyle = .compact) -> [UInt8] {
    var writer = JSONTextWriter(style: style)
    writer.write(self)
    return writer.bytes
  }
}

/// Writes trees with a stack of its own.
private struct JSONTextWriter {
  private enum Step {
    case value(JSONValue, indent: Int)
    case text(String)
    case newLine(Int)
  }

  let style: JSONStyle
  var bytes: [UInt8] = []
  private var steps: [Step] = []

  init(style: JSONStyle) {
    self.style = style
  }

  mutating func write(_ value: JSONValue) {
    steps = [.value(value, indent: 0)]
    while let step = steps.popLast() {
      switch step {
      case .text(let text): bytes.append(contentsOf: text.utf8)
      case .newLine(let indent): newLine(indent)
      case .value(let value, let indent): begin(value, indent)
      }
    }
    if style == .indented { bytes.append(0x0A) }
  }

  private mutating func newLine(_ indent: Int) {
    guard style == .indented else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent * 2))
  }

  private mutating func begin(_ value: JSONValue, _ indent: Int) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .boolean(let isTrue): bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
    case .number(let text): bytes.append(contentsOf: text.utf8)
    case .string(let text): quote(text)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      var later: [Step] = []
      for (index, element) in elements.enumerated() {
        if index > 0 { later.append(.text(",")) }
        later.append(.newLine(indent + 1))
        later.append(.value(element, indent: indent + 1))
      }
      if !elements.isEmpty { later.append(.newLine(indent)) }
      later.append(.text("]"))
      steps.append(contentsOf: later.reversed())
    case .object(let object):
      begin(object, indent)
    }
  }

  private mutating func begin(_ object: JSONObject, _ indent: Int) {
    bytes.append(UInt8(ascii: "{"))
    var members = object.members
    if style == .canonical {
      members.sort { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
    }
    var later: [Step] = []
    for (index, member) in members.enumerated() {
      if index > 0 { later.append(.text(",")) }
      later.append(.newLine(indent + 1))
      later.append(.value(.string(member.name), indent: 0))
      later.append(.text(style == .indented ? ": " : ":"))
      later.append(.value(member.value, indent: indent + 1))
    }
    if !members.isEmpty { later.append(.newLine(indent)) }
    later.append(.text("}"))
    steps.append(contentsOf: later.reversed())
  }

  private mutating func quote(_ text: String) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, byte])
      case 0x08: bytes.append(contentsOf: "\\b".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0C: bytes.append(contentsOf: "\\f".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
