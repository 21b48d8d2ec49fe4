/// Reads the tags of an XML text, as far as badges in images need.
///
/// Nothing is loaded and no entity is expanded but the five of XML and characters by number.
struct SVGScanner {
  /// A start tag.
  struct Tag {
    var name: String
    var attributes: [String: String]
    /// Whether it is its own end tag.
    var isEmpty: Bool
    /// The place after it.
    var end: Int
  }

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func starts(with text: StaticString) -> Bool {
    bytes[place...].starts(with: "\(text)".utf8)
  }

  /// Goes behind the next occurrence of a text.
  ///
  /// - Returns: What was passed over.
  private mutating func skip(past text: String) throws(BadgesError) -> ArraySlice<UInt8> {
    let start = place
    let end = Array(text.utf8)
    while place + end.count <= bytes.count {
      if bytes[place] == end[0], bytes[place...].starts(with: end) {
        defer { place += end.count }
        return bytes[start..<place]
      }
      place += 1
    }
    throw BadgesError(.image, "The SVG is cut short.")
  }

  /// Goes to the next start tag; `nil` at the end.
  mutating func nextStartTag() throws(BadgesError) -> Tag? {
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "<") else {
        place += 1
        continue
      }
      if starts(with: "<!--") {
        place += 4
        _ = try skip(past: "-->")
      } else if starts(with: "<![CDATA[") {
        _ = try skip(past: "]]>")
      } else if starts(with: "<?") {
        _ = try skip(past: "?>")
      } else if starts(with: "<!") {
        try skipDeclaration()
      } else if starts(with: "</") {
        _ = try skip(past: ">")
      } else {
        place += 1
        return try tag()
      }
    }
    return nil
  }

  /// Passes over a document type; one that declares entities is refused.
  private mutating func skipDeclaration() throws(BadgesError) {
    let start = place
    _ = try skip(past: ">")
    guard !bytes[start..<place].contains(UInt8(ascii: "[")) else {
      throw BadgesError(.image, "The SVG declares entities of its own, which is refused.")
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private mutating func skipBlanks() {
    while place < bytes.count, isBlank(bytes[place]) { place += 1 }
  }

  private mutating func name() -> String {
    let start = place
    while place < bytes.count, !isBlank(bytes[place]), !"=/><\"'".utf8.contains(bytes[place]) {
      place += 1
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func tag() throws(BadgesError) -> Tag {
    var tag = Tag(name: name(), attributes: [:], isEmpty: false, end: 0)
    while true {
      skipBlanks()
      guard place < bytes.count else { throw BadgesError(.image, "The SVG is cut short.") }
      if starts(with: "/>") || starts(with: ">") {
        tag.isEmpty = bytes[place] == UInt8(ascii: "/")
        place += tag.isEmpty ? 2 : 1
        tag.end = place
        return tag
      }
      let name = name()
      skipBlanks()
      guard !name.isEmpty, place < bytes.count, bytes[place] == UInt8(ascii: "=") else {
        throw BadgesError(.image, "An attribute of the SVG is malformed.")
      }
      place += 1
      skipBlanks()
      guard place < bytes.count, "\"'".utf8.contains(bytes[place]) else {
        throw BadgesError(.image, "An attribute of the SVG is malformed.")
      }
      let quote = bytes[place]
      place += 1
      let value = try skip(past: String(decoding: [quote], as: UTF8.self))
      guard tag.attributes.updateValue(try Self.text(value), forKey: name) == nil else {
        throw BadgesError(.image, "An element of the SVG has an attribute twice.")
      }
    }
  }

  /// The text up to the next tag, with CDATA sections.
  mutating func content() throws(BadgesError) -> [UInt8] {
    var content: [UInt8] = []
    while place < bytes.count {
      if starts(with: "<![CDATA[") {
        place += "<![CDATA[".utf8.count
        content += try skip(past: "]]>")
      } else if starts(with: "<!--") {
        _ = try skip(past: "-->")
      } else if bytes[place] == UInt8(ascii: "<") {
        guard starts(with: "</") else {
          throw BadgesError(.image, "The element of the badge has other elements in it.")
        }
        return content
      } else {
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
        content += Array(try Self.text(bytes[start..<place]).utf8)
      }
    }
    throw BadgesError(.image, "The SVG is cut short.")
  }

  /// Text with its references resolved.
  private static func text(_ bytes: ArraySlice<UInt8>) throws(BadgesError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw BadgesError(.image, "The SVG is not UTF-8.")
    }
    guard bytes.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ";"),
        let scalar = Self.scalar(rest[rest.index(after: start)..<end])
      else { throw BadgesError(.image, "The SVG refers to an entity that is not known.") }
      result.unicodeScalars.append(scalar)
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func scalar(_ name: Substring) -> Unicode.Scalar? {
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard name.hasPrefix("#"), name.utf8.count <= 9 else { return nil }
      let digits = name.dropFirst()
      let value =
        digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return value.flatMap { Unicode.Scalar($0) }
    }
  }
}
