internal import CAdapterABI

/// What stands around a text that a spreadsheet would take for a formula, so that it does not.
package enum FormulaGuard {
  /// An equals sign and quotes: `="text"`, with inner quotes doubled.
  case equation
  /// An apostrophe before the text.
  case apostrophe

  /// Whether a spreadsheet would take a text for a formula.
  package static func isFormula(_ text: Text) -> Bool {
    guard text.count > 0 else { return false }
    switch text.byte(0) {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      return true
    default:
      return false
    }
  }

  /// Whether a text stands in a guard of this kind.
  package func isThere(_ text: Text) -> Bool {
    switch self {
    case .equation:
      text.count >= 3 && text.hasPrefix("=\"") && text.byte(text.count - 1) == UInt8(ascii: "\"")
    case .apostrophe:
      text.hasPrefix("'") && Self.isFormula(text.part(Self.apostrophes(of: text)..<text.count))
    }
  }

  /// Whether a text is written with a guard.
  ///
  /// A text that looks guarded already gets one always, so that reading gives it back whole.
  ///
  /// - Parameter isOn: Whether formulas are guarded.
  package func isNeeded(_ text: Text, isOn: Bool) -> Bool {
    isOn && Self.isFormula(text) || isThere(text)
  }

  /// A text with a guard.
  package func guarded(_ text: Text) -> [UInt8] {
    switch self {
    case .apostrophe:
      return [UInt8(ascii: "'")] + text.array
    case .equation:
      var bytes = Array("=\"".utf8)
      for byte in text.array {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
      return bytes
    }
  }

  /// The text inside of a guard, or the text itself.
  ///
  /// - Parameter sink: Where the text is kept when it must be written anew.
  package func removed(from text: Text, _ sink: inout RecordSink) -> Text {
    guard isThere(text) else { return text }
    switch self {
    case .apostrophe:
      return Self.withoutApostrophe(text)
    case .equation:
      let inner = text.part(2..<(text.count - 1))
      guard inner.contains(UInt8(ascii: "\"")) else { return inner }
      return unsafe Self.undoubled(inner).withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
    }
  }

  /// A text without the apostrophe of its guard, or the text itself.
  package static func withoutApostrophe(_ text: Text) -> Text {
    FormulaGuard.apostrophe.isThere(text) ? text.part(1..<text.count) : text
  }

  /// The text inside of a guard, or the text itself.
  package func removed(from text: String) -> String {
    withText(Array(text.utf8)) { cell in
      guard isThere(cell) else { return text }
      switch self {
      case .apostrophe: return cell.part(1..<cell.count).string
      case .equation:
        return String(decoding: Self.undoubled(cell.part(2..<(cell.count - 1))), as: UTF8.self)
      }
    }
  }

  private static func apostrophes(of text: Text) -> Int {
    var count = 0
    while count < text.count, text.byte(count) == UInt8(ascii: "'") { count += 1 }
    return count
  }

  /// The bytes of a text with one quote for each two.
  private static func undoubled(_ text: Text) -> [UInt8] {
    var bytes: [UInt8] = []
    var isSecond = false
    for byte in text.array {
      let isQuote = byte == UInt8(ascii: "\"")
      isSecond = isQuote && bytes.last == byte && !isSecond
      if !isSecond { bytes.append(byte) }
    }
    return bytes
  }
}
