/// The character before the fraction in the numbers of a column.
public enum DecimalMark: UInt8, Hashable, Sendable {
  /// A point: `85.50`.
  case point
  /// A comma: `85,50`.
  case comma
  /// The column does not tell; numbers with a mark must be reported, never guessed.
  case ambiguous
}

/// Decides which decimal mark a column uses.
///
/// Feed it the cells of one column, then ask for the ``decision``. A cell proves a mark when it has
/// two different marks (`1.234,5`: the last one is the decimal mark), one mark several times (it
/// groups digits, so the other one is the decimal mark), or one mark that cannot group digits
/// because not exactly three digits follow, none or more than three stand before, or a zero leads.
/// Without proof a file with semicolons has decimal commas, and a cell such as `1,234` makes the
/// column ambiguous. Cells that are no numbers say nothing.
public struct DecimalMarkFinder: Hashable, Sendable {
  private let delimiter: UInt8
  private let fallback: DecimalMark
  private var provesPoint = false
  private var provesComma = false
  private var hasOpenPoint = false
  private var hasOpenComma = false

  /// A finder for one column.
  ///
  /// - Parameters:
  ///   - delimiter: The delimiter of the file.
  ///   - fallback: The mark that the producing system is known to use. It settles cells that show
  ///     only this mark (`66.667` for a point); cells that show the other mark stay ambiguous.
  public init(delimiter: UInt8, fallback: DecimalMark = .ambiguous) {
    self.delimiter = delimiter
    self.fallback = fallback
  }

  /// Takes one cell of the column into account.
  ///
  /// - Complexity: O(*n*) in the bytes of the cell.
  public mutating func observe(_ cell: UnsafeRawBufferPointer) {
    guard let marks = unsafe NumberMarks(cell) else { return }
    switch marks.proof {
    case .point: provesPoint = true
    case .comma: provesComma = true
    case .ambiguous:
      if marks.last == 0x2E { hasOpenPoint = true }
      if marks.last == 0x2C { hasOpenComma = true }
    }
  }

  /// What the cells so far say; a point when no cell has a mark.
  public var decision: DecimalMark {
    if provesPoint || provesComma {
      return provesPoint && provesComma ? .ambiguous : provesPoint ? .point : .comma
    }
    if delimiter == UInt8(ascii: ";") { return .comma }
    if fallback == .point, hasOpenPoint, !hasOpenComma { return .point }
    if fallback == .comma, hasOpenComma, !hasOpenPoint { return .comma }
    return hasOpenPoint || hasOpenComma ? .ambiguous : .point
  }
}

/// The points and commas of a cell that looks like a number.
private struct NumberMarks {
  /// The last mark, or 0.
  var last: UInt8 = 0
  /// The mark that the cell proves to be the decimal mark.
  var proof = DecimalMark.ambiguous

  init?(_ cell: UnsafeRawBufferPointer) {
    var end = unsafe lengthWithoutPercent(cell)
    let start = unsafe end > 0 && cell[0] == 0x2D ? 1 : 0
    guard end > start, unsafe cell[start] &- 0x30 < 10, unsafe cell[end - 1] &- 0x30 < 10
    else { return nil }
    end = unsafe mantissaEnd(cell, from: start, to: end)
    var counts = (point: 0, comma: 0)
    var lastPlace = end
    var hasOtherGrouping = false
    var place = start
    while place < end {
      let byte = unsafe cell[place]
      if byte == 0x2E || byte == 0x2C {
        if byte == 0x2E { counts.point += 1 } else { counts.comma += 1 }
        last = byte
        lastPlace = place
      } else if byte &- 0x30 >= 10 {
        let length = unsafe groupingBlankLength(cell, at: place)
        guard length > 0 else { return nil }
        hasOtherGrouping = true
        place += length
        continue
      }
      place += 1
    }
    guard last != 0 else { return }
    let mark = last == 0x2E ? DecimalMark.point : .comma
    let other = last == 0x2E ? DecimalMark.comma : .point
    let after = end - lastPlace - 1
    if counts.point > 0, counts.comma > 0 {
      // `1.234,567.8` is no number at all.
      let lastCount = last == 0x2E ? counts.point : counts.comma
      guard lastCount == 1 else { return nil }
      proof = mark
    } else if counts.point + counts.comma > 1 {
      guard after == 3 else { return nil }
      proof = other
    } else {
      let before = lastPlace - start
      let hasLeadingZero = unsafe cell[start] == 0x30
      if after != 3 || before > 3 || before == 0 || hasLeadingZero || hasOtherGrouping {
        proof = mark
      }
    }
  }
}

/// Where the digits before an exponent end.
private func mantissaEnd(_ cell: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
  for place in start..<end where unsafe cell[place] | 0x20 == 0x65 { return place }
  return end
}

/// The length of a cell without a percent sign at its end and the blank before it.
func lengthWithoutPercent(_ cell: UnsafeRawBufferPointer) -> Int {
  var end = cell.count
  guard unsafe end > 0 && cell[end - 1] == 0x25 else { return end }
  end -= 1
  if unsafe end > 0 && cell[end - 1] == 0x20 { return end - 1 }
  if unsafe end > 1 && cell[end - 2] == 0xC2 && cell[end - 1] == 0xA0 { return end - 2 }
  if unsafe end > 2 && cell[end - 3] == 0xE2 && cell[end - 2] == 0x80 && cell[end - 1] == 0xAF {
    return end - 3
  }
  return end
}

/// The length of a blank or apostrophe that groups digits at a place, or 0.
func groupingBlankLength(_ cell: UnsafeRawBufferPointer, at place: Int) -> Int {
  let byte = unsafe cell[place]
  if byte == 0x20 || byte == 0x27 { return 1 }
  if unsafe byte == 0xC2 && place + 1 < cell.count && cell[place + 1] == 0xA0 { return 2 }
  if byte == 0xE2, place + 2 < cell.count, unsafe cell[place + 1] == 0x80 {
    let third = unsafe cell[place + 2]
    if third == 0xAF || third == 0x89 || third == 0x99 { return 3 }
  }
  return 0
}
