internal import AdapterKit
internal import CAdapterABI

/// What a cell below an assignment or total holds.
enum ScoreCell {
  case blank
  case number(NumberShape)
  /// `EX`
  case exempt
  /// `N/A`
  case notAssigned
  /// A lone dash
  case noGrade
  case complete
  case incomplete
  /// A letter grade, such as `A-`.
  case letter
  /// Words of a scale that the file does not explain.
  case words
  /// Looks like a number and is none, such as `1e5`, `+5` or `nan`.
  case garbage

  /// Says what a cell holds.
  init(_ text: Text) {
    guard text.count > 0 else {
      self = .blank
      return
    }
    let first = unsafe text.rawBytes[0]
    if first == UInt8(ascii: "-") || (first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9")) {
      if let shape = NumberShape(text) {
        self = .number(shape)
        return
      }
      if text.count == 1 {
        self = .noGrade
        return
      }
    }
    self = Self.words(text)
  }

  /// Says what a text holds that stood in a guard: never a number, nor a state.
  init(guarded text: Text) {
    let plain = ScoreCell(text)
    switch plain {
    case .blank: self = .blank
    case .complete, .incomplete, .letter: self = plain
    default: self = .words
    }
  }

  /// Whether a cell with this text is read as the text.
  static func isText(_ text: Text, inTotal: Bool) -> Bool {
    switch ScoreCell(text) {
    case .complete, .incomplete, .letter, .words: !FormulaGuard.equation.isThere(text)
    case .exempt, .notAssigned, .noGrade: inTotal
    case .blank, .number, .garbage: false
    }
  }

  private static func words(_ text: Text) -> ScoreCell {
    if text.matches("EX") { return .exempt }
    if text.matches("N/A") { return .notAssigned }
    if text.matches("complete") { return .complete }
    if text.matches("incomplete") { return .incomplete }
    if isLetter(text) { return .letter }
    return looksNumeric(text) ? .garbage : .words
  }

  /// `A`, `B+`, `C-`, `AB`, `B/C`, with a real minus too.
  private static func isLetter(_ text: Text) -> Bool {
    var bytes = unsafe Array(text.rawBytes)
    guard bytes.count <= 6 else { return false }
    if bytes.suffix(3).elementsEqual([0xE2, 0x88, 0x92]) {
      bytes.removeLast(3)
    } else if bytes.last == UInt8(ascii: "+") || bytes.last == UInt8(ascii: "-") {
      bytes.removeLast()
    }
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return false }
    return parts.allSatisfy { part in
      (1...2).contains(part.count)
        && part.allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
    }
  }

  private static func looksNumeric(_ text: Text) -> Bool {
    for word: StaticString in ["nan", "inf", "infinity", "-nan", "-inf", "+inf", "-infinity"]
    where text.matches(word) {
      return true
    }
    if text.count > 2, text.hasPrefix("0x") || text.hasPrefix("0X") { return true }
    var hasDigit = false
    for scalar in text.string.unicodeScalars {
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
    return hasDigit || text.isWhitespace
  }
}

extension Text {
  /// Whether the bytes are those of a literal, small and capital letters alike (ASCII only).
  func matches(_ literal: StaticString) -> Bool {
    guard count == literal.utf8CodeUnitCount else { return false }
    let other = unsafe Text(literal).rawBytes
    let own = unsafe rawBytes
    for index in 0..<count {
      let left = unsafe own[index]
      let right = unsafe other[index]
      guard left == right || (left | 0x20 == right | 0x20 && (right | 0x20).isASCIILetter) else {
        return false
      }
    }
    return true
  }

  /// Whether the text begins with a literal, byte for byte.
  func hasPrefix(_ literal: StaticString) -> Bool {
    let other = Text(literal)
    guard count >= other.count else { return false }
    return unsafe rawBytes.prefix(other.count).elementsEqual(other.rawBytes)
  }

  /// Whether there is nothing but blanks and tabs.
  var isWhitespace: Bool {
    unsafe rawBytes.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// The bytes as an array of their own.
  var array: [UInt8] { unsafe Array(rawBytes) }
}

extension UInt8 {
  /// Whether this is `a` to `z`.
  fileprivate var isASCIILetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
}
