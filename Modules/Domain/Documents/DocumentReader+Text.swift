extension DocumentReader {
  /// Reads a text from its opening to its closing quote.
  mutating func string() throws(DomainError) -> Identifier {
    let start = position
    position += 1
    var content: [UInt8] = []
    while true {
      guard position < bytes.count else {
        position = start
        throw malformed("The text has no closing quote.")
      }
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = Identifier(validating: content) else {
          position = start
          throw malformed("The text is not valid UTF-8; save the document as UTF-8.")
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &content)
      case 0..<0x20:
        position -= 1
        throw malformed("A control character stands in a text; write it as \\u00XX.")
      default: content.append(byte)
      }
    }
  }

  private mutating func escape(into content: inout [UInt8]) throws(DomainError) {
    guard position < bytes.count else { throw malformed("The text has no closing quote.") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      let scalar = try escapedScalar()
      content += Array(String(Character(scalar)).utf8)
    default:
      position -= 2
      throw malformed("There is no such escape; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u.")
    }
  }

  private mutating func escapedScalar() throws(DomainError) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[position...].starts(with: "\\u".utf8) else {
      throw malformed("Half of a surrogate pair stands alone; write both halves.")
    }
    position += 2
    let second = try codeUnit()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw malformed("Half of a surrogate pair stands alone; write both halves.") }
    return scalar
  }

  private mutating func codeUnit() throws(DomainError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw malformed("The text has no closing quote.") }
    var unit: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw malformed("Four hexadecimal digits were expected after \\u.")
      }
      unit = unit << 4 | UInt32(digit)
    }
    position += 4
    return unit
  }

  /// The pointer of RFC 6901 to the value that is being read.
  var pointer: String {
    path.map { step in
      switch step {
      case .index(let index): "/\(index)"
      case .name(let name): "/" + DocumentReader.escaped(name)
      }
    }.joined()
  }

  /// A name as it stands in a pointer.
  package static func escaped(_ name: Identifier) -> String {
    var text = ""
    for scalar in name.text.unicodeScalars {
      switch scalar {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The line, column and pointer of what is being read.
  func place() -> Place {
    let before = bytes[..<min(position, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return Place(line: line, column: before.count - lineStart + 1, pointer: pointer)
  }

  func malformed(_ message: String) -> DomainError {
    DomainError(.malformedJSON, message, at: place())
  }

  func malformedValue() -> DomainError {
    malformed(
      "No JSON value starts here; write a text in double quotes, a number, true, false, null, "
        + "an array or an object.")
  }
}
