internal import AdapterKit
internal import CAdapterABI

/// The apostrophe before a text that a spreadsheet would take for a formula.
enum FormulaGuard {
  /// Whether a text begins, after apostrophes, as a formula does.
  private static func apostrophes(before text: Text) -> Int? {
    var place = 0
    while place < text.count, text.byte(place) == UInt8(ascii: "'") { place += 1 }
    guard place < text.count else { return nil }
    switch text.byte(place) {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      return place
    default:
      return nil
    }
  }

  /// Whether a text is written with an apostrophe more.
  ///
  /// A text that looks guarded already gets one always, so that reading gives it back whole.
  static func isNeeded(_ text: Text, isOn: Bool) -> Bool {
    guard let count = apostrophes(before: text) else { return false }
    return isOn || count > 0
  }

  /// Whether a cell has a guard.
  static func isGuarded(_ cell: Text) -> Bool { (apostrophes(before: cell) ?? 0) > 0 }

  /// The text of a cell without its guard.
  static func removed(from cell: Text) -> Text {
    isGuarded(cell) ? cell.part(1..<cell.count) : cell
  }
}
