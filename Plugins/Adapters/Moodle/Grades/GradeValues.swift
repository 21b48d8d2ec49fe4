internal import AdapterKit
internal import CAdapterABI

/// What the cells of one learner and one item say together.
struct GradeValues {
  var score = Text.absent
  var textScore = Text.absent
  var comment = Text.absent
  /// The percentage beside a score, as shown.
  var percentage = Text.absent
  /// The letter beside words of a scale, as shown.
  var letter = Text.absent
  var isNoGrade = false
  /// Whether the score is a percentage.
  var isPercent = false

  /// Whether a percentage or letter stands beside the score.
  var hasExtras: Bool { !percentage.isEmpty || !letter.isEmpty }

  /// Whether there is nothing to say.
  var isEmpty: Bool {
    score.isEmpty && textScore.isEmpty && comment.isEmpty && percentage.isEmpty && letter.isEmpty
      && !isNoGrade
  }

  /// Appends the cell of a column.
  ///
  /// - Parameters:
  ///   - column: The column.
  ///   - displays: All displays of the item.
  ///   - bytes: Gets the cell.
  /// - Returns: Whether the cell is text, which may need a formula guard.
  func append(
    _ column: GradeColumn, _ displays: GradeDisplays, to bytes: inout [UInt8]
  ) -> Bool {
    switch column.display {
    case .plain, .real: return appendReal(column, displays, to: &bytes)
    case .percentage:
      if isPercent, !score.isEmpty {
        appendNumber(column, to: &bytes)
      } else if !percentage.isEmpty {
        bytes += percentage.array
        return true
      } else if isNoGrade {
        bytes.append(UInt8(ascii: "-"))
      } else if !displays.contains(.real), !displays.contains(.letter) {
        return appendText(to: &bytes)
      }
    case .letter:
      if !letter.isEmpty {
        bytes += letter.array
        return true
      }
      if !displays.contains(.real) || !score.isEmpty || !textScore.isEmpty {
        return showsText(displays) ? false : appendText(to: &bytes)
      }
      if isNoGrade { bytes.append(UInt8(ascii: "-")) }
    case .feedback:
      bytes += comment.array
      return true
    }
    return false
  }

  private func appendReal(
    _ column: GradeColumn, _ displays: GradeDisplays, to bytes: inout [UInt8]
  ) -> Bool {
    if !score.isEmpty {
      if !isPercent || !displays.contains(.percentage) { appendNumber(column, to: &bytes) }
      return false
    }
    if !textScore.isEmpty, !showsText(displays) { return false }
    return appendText(to: &bytes)
  }

  /// Whether words stand in the column of numbers and not in that of letters.
  private func showsText(_ displays: GradeDisplays) -> Bool {
    guard displays.contains(.real), score.isEmpty, !textScore.isEmpty else { return false }
    return !displays.contains(.letter) || !letter.isEmpty || GradeCell.isWords(textScore)
  }

  private func appendNumber(_ column: GradeColumn, to bytes: inout [UInt8]) {
    guard score.isDecimal, DecimalText.append(score, mark: column.mark, to: &bytes) else { return }
    if isPercent { bytes += column.suffix.utf8 }
  }

  /// Appends words, or the dash of a missing grade. Words that are a dash get an apostrophe.
  private func appendText(to bytes: inout [UInt8]) -> Bool {
    if textScore.isEmpty {
      if isNoGrade { bytes.append(UInt8(ascii: "-")) }
      return false
    }
    if textScore.isDash {
      bytes += Array("'-".utf8)
      return false
    }
    bytes += textScore.array
    return true
  }

  /// Appends the cell of a column of a total.
  ///
  /// - Returns: Whether the cell is text, which may need a formula guard.
  func appendTotal(
    _ column: GradeColumn, _ displays: GradeDisplays, to bytes: inout [UInt8]
  ) -> Bool {
    let start = bytes.count
    let isText = append(column, displays, to: &bytes)
    guard bytes.count == start else { return isText }
    bytes += column.filler.utf8
    return false
  }
}
