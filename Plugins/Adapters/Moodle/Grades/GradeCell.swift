internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What a cell below an item or total holds.
enum GradeCell {
  case blank
  /// A lone dash: no grade.
  case noGrade
  /// A number as the records have it.
  case number(isPercent: Bool)
  case words
  /// A mark that may be a decimal mark or part thousands.
  case unclear
  /// Looks like a number and is none, such as `nan` or `+5`.
  case garbage

  /// Says what a cell holds, without its guard.
  ///
  /// - Parameters:
  ///   - text: The cell.
  ///   - mark: The decimal mark of the column.
  ///   - number: Gets the plain form of a number.
  init(_ text: Text, mark: DecimalMark, number: inout ByteBuffer) {
    guard text.count > 0 else {
      self = .blank
      return
    }
    if text.isDash {
      self = .noGrade
      return
    }
    if let found = unsafe normalizedDecimal(text.rawBytes, mark: mark, into: &number) {
      // Moodle groups no digits, so one mark that could be either is not taken for grouping.
      let isFraction = unsafe number.bytes.contains(UInt8(ascii: "."))
      let isClear = isFraction || !found.contains(.grouped)
      self = isClear ? .number(isPercent: found.contains(.percent)) : .unclear
      return
    }
    var other = ByteBuffer(capacity: 16)
    let points = unsafe normalizedDecimal(text.rawBytes, mark: .point, into: &other)
    let commas = unsafe normalizedDecimal(text.rawBytes, mark: .comma, into: &other)
    self =
      points != nil || commas != nil ? .unclear : Self.looksNumeric(text) ? .garbage : .words
  }

  /// Whether a text in a column of numbers is read back as words.
  static func isWords(_ text: Text) -> Bool {
    guard !text.isDash else { return true }
    var number = ByteBuffer(capacity: 16)
    if case .words = GradeCell(text, mark: .point, number: &number) { return true }
    return false
  }

  /// Whether a text is more like a number than like words.
  static func looksNumeric(_ text: Text) -> Bool {
    let string = text.string
    let lower = string.lowercased()
    for word in ["nan", "inf", "infinity", "-nan", "-inf", "+inf", "+nan", "-infinity"]
    where lower == word {
      return true
    }
    if lower.hasPrefix("0x"), text.count > 2 { return true }
    var hasDigit = false
    for scalar in string.unicodeScalars {
      switch scalar {
      case "0"..."9":
        hasDigit = true
      case "+", "-", ".", ",", "e", "E", "_", "%", "/", "'", " ", "\t", "\u{A0}", "\u{202F}",
        "\u{2212}", "\u{2019}":
        continue
      default:
        guard scalar.properties.numericType != nil else { return false }
        hasDigit = true
      }
    }
    return hasDigit || lower.allSatisfy { $0 == " " || $0 == "\t" }
  }

  /// Whether a text has the form of a letter grade, such as `A-` or `B/C`.
  static func isLetter(_ text: Text) -> Bool {
    var bytes = text.array
    guard bytes.count <= 6 else { return false }
    if bytes.last == UInt8(ascii: "+") || bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        (1...2).contains(part.count)
          && part.allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
      }
  }
}
