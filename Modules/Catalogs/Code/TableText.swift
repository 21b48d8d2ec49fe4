/// Cells of tables that are made of lines and tabs, in plain characters that can be seen.
enum TableText {
  /// The text without tabs, line ends and characters that are not seen: those are written as
  /// `\u{...}`.
  static func escaped(_ cell: String) -> String {
    guard cell.unicodeScalars.contains(where: needsEscape) else { return cell }
    var text = ""
    for scalar in cell.unicodeScalars {
      if needsEscape(scalar) {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text that was escaped.
  static func unescaped(_ cell: some StringProtocol) -> String {
    guard cell.utf8.contains(UInt8(ascii: "\\")) else { return String(cell) }
    var text = String.UnicodeScalarView()
    var rest = Substring(cell)
    while let first = rest.unicodeScalars.first {
      if first == "\\", rest.hasPrefix("\\u{"), let end = rest.firstIndex(of: "}"),
        let value = UInt32(rest[..<end].dropFirst(3), radix: 16),
        let scalar = Unicode.Scalar(value)
      {
        text.append(scalar)
        rest = rest[rest.index(after: end)...]
      } else {
        text.append(first)
        rest = Substring(rest.unicodeScalars.dropFirst())
      }
    }
    return String(text)
  }

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: scalar == "\\"
    }
  }
}
