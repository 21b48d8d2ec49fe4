internal import AdapterKit
internal import CAdapterABI

/// What the cell of a total says.
struct GradeTotalValue {
  var score = Text.absent
  var textScore = Text.absent
  var isPercent = false

  /// Appends the cell of a column.
  ///
  /// - Returns: Whether the cell is text, which may need a formula guard.
  func append(_ column: GradeColumn, to bytes: inout [UInt8]) -> Bool {
    if !score.isEmpty {
      guard NumberText.append(score, mark: column.mark, to: &bytes) else { return false }
      if isPercent { bytes += column.suffix.utf8 }
      return false
    }
    guard !textScore.isEmpty else {
      bytes += column.filler.utf8
      return false
    }
    if textScore.isDash {
      bytes += Array("'-".utf8)
      return false
    }
    bytes += textScore.array
    return true
  }
}
