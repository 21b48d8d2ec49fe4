internal import AdapterKit

extension GridLine.Style {
  /// How Canvas writes lines: blanks at the ends stay bare, formulas are written as `="text"`.
  static let canvas = Self(blanks: .bare, formulas: .equation)
}
