/// Statements without their markup, for comments and names only.
enum PlainText {
  /// The text on one line: without tags, with the common entities resolved, without characters
  /// that are not seen or turn the direction of text, each run of blanks one.
  static func stripped(_ text: String) -> String {
    let hasMarkup = text.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
    guard hasMarkup else { return oneLine(text) }
    var plain = ""
    var rest = text[...]
    while let character = rest.first {
      if character == "<", let end = tagEnd(rest) {
        if isBlock(rest) { plain += " " }
        rest = rest[end...]
      } else if character == "&", let (value, end) = entity(rest) {
        plain += value
        rest = rest[end...]
      } else {
        plain.append(character)
        rest = rest.dropFirst()
      }
    }
    return oneLine(plain)
  }

  /// The text on one line, without characters that are not seen.
  static func oneLine(_ text: String) -> String {
    if isOneLine(text) { return text }
    var line = String.UnicodeScalarView()
    var isBlank = true
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if !isBlank { line.append(" ") }
        isBlank = true
      } else if !CodeName.isHidden(scalar) {
        line.append(scalar)
        isBlank = false
      }
    }
    return String(line).trimmingBlanks()
  }

  /// Whether a text is plain ASCII on one line with single blanks inside, as nearly all are.
  private static func isOneLine(_ text: String) -> Bool {
    var last = UInt8(ascii: " ")
    for byte in text.utf8 {
      guard (0x20...0x7E).contains(byte) else { return false }
      if byte == UInt8(ascii: " "), last == byte { return false }
      last = byte
    }
    return text.isEmpty || last != UInt8(ascii: " ")
  }

  /// The first sentence, or the words that fit.
  static func summary(_ line: String, limit: Int = 120) -> String {
    var end: String.Index?
    var index = line.startIndex
    var length = 0
    while index < line.endIndex, length < limit {
      let next = line.index(after: index)
      if ".!?".contains(line[index]), next == line.endIndex || line[next] == " " {
        end = next
        break
      }
      (index, length) = (next, length + 1)
    }
    if let end { return String(line[..<end]) }
    guard index < line.endIndex else { return line }
    let head = line[..<line.index(line.startIndex, offsetBy: limit - 1)]
    let words = head.lastIndex(of: " ").map { head[..<$0] } ?? head
    return words + "…"
  }

  private static func tagEnd(_ text: Substring) -> String.Index? {
    let inner = text.dropFirst()
    guard let first = inner.first, first.isLetter || first == "/" || first == "!" else {
      return nil
    }
    // A tag is short; without an end it is a sign of comparison.
    guard let close = inner.prefix(2_000).firstIndex(of: ">") else { return nil }
    return text.index(after: close)
  }

  /// Whether a tag parts what is before it from what is after it.
  private static func isBlock(_ text: Substring) -> Bool {
    let name = text.dropFirst().drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
    return blocks.contains(name.lowercased())
  }

  private static let blocks: Set<String> = [
    "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "td",
    "th", "tr", "ul",
  ]

  private static func entity(_ text: Substring) -> (String, String.Index)? {
    guard let end = text.prefix(10).firstIndex(of: ";") else { return nil }
    let name = text[text.index(after: text.startIndex)..<end]
    let after = text.index(after: end)
    let known = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–",
      "mdash": "—", "rsquo": "’", "lsquo": "‘", "times": "×", "divide": "÷", "frac12": "½",
    ]
    if let value = known[String(name)] { return (value, after) }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let value =
      digits.hasPrefix("x") || digits.hasPrefix("X")
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap { Unicode.Scalar($0) }.map { (String($0), after) }
  }
}
