internal import CScanning

/// What the cells of a column are, when they are not empty.
package enum CSVCellForm {
  /// Any text.
  case text
  /// Digits, perhaps with a sign and a fraction.
  case number
  /// A day, `2025-09-30`.
  case day
  /// An instant, `2025-09-30T14:05:00.000Z`.
  case instant
  /// `true` or `false`.
  case boolean
  /// Fewer than 256 of `0-9 a-z A-Z . - _ / @`.
  case identifier
  /// One of some words; the row gets the word's value, or the cell itself when it has none.
  case word([(text: StaticString, value: StaticString?)])
  /// A cell that is not empty wants a closer look.
  case other

  fileprivate var number: UInt32 {
    switch self {
    case .text: 0
    case .number: 1
    case .day: 2
    case .instant: 3
    case .boolean: 4
    case .identifier: 5
    case .word: 6
    case .other: 7
    }
  }
}

/// How the plain lines of a file become rows: an origin, then cells of an address and a count.
///
/// A line is plain when nothing in it is quoted or odd, it has as many fields as the headings, and
/// each cell has the form of its column. Forms are told at a glance, so a line that is not plain may
/// still be right; the caller looks at it by itself.
package struct CSVRowPlan {
  private var columns: [cbl_row_column] = []
  private var words: [cbl_row_word] = []
  private var required: UInt64 = 0
  private var counted: UInt64 = 0
  /// Columns of the file.
  package let width: Int
  /// Bytes from a row to the next.
  package let stride: Int
  /// What the origin of each row says.
  package let member: UInt32
  /// Flags of the origin of each row.
  package var flags: UInt32 = 0

  /// A plan without columns.
  package init(width: Int, stride: Int, member: Int) {
    self.width = width
    self.stride = stride
    self.member = UInt32(truncatingIfNeeded: member)
  }

  /// Adds a column.
  ///
  /// - Parameters:
  ///   - source: The column in the file, from 0.
  ///   - offset: Bytes from the start of a row to the cell.
  ///   - form: What the cells are.
  ///   - isRequired: Whether a line with an empty cell wants a closer look.
  ///   - isCounted: Whether a line whose cell is not empty counts.
  /// - Precondition: There are at most 64 columns, and the file has the column.
  package mutating func add(
    _ source: Int, offset: Int, form: CSVCellForm, isRequired: Bool, isCounted: Bool = false
  ) {
    precondition(columns.count < 64 && source < width, "the plan has no room for the column")
    let bit: UInt64 = 1 << UInt64(columns.count)
    if isRequired { required |= bit }
    if isCounted { counted |= bit }
    var column = cbl_row_column(
      source: UInt32(source), offset: UInt32(offset), form: form.number,
      first_word: UInt32(words.count), word_count: 0)
    if case .word(let list) = form {
      column.word_count = UInt32(list.count)
      for (text, value) in list {
        words.append(
          unsafe cbl_row_word(
            text: text.utf8Start, count: text.utf8CodeUnitCount, value: value?.utf8Start,
            value_count: value?.utf8CodeUnitCount ?? 0))
      }
    }
    columns.append(column)
  }

  /// Lends the plan in the form that the loop over rows takes.
  fileprivate func with(
    _ body: (UnsafePointer<cbl_row_plan>) -> cbl_row_count
  ) -> cbl_row_count {
    unsafe columns.withUnsafeBufferPointer { columns in
      unsafe words.withUnsafeBufferPointer { words in
        var plan = unsafe cbl_row_plan(
          columns: columns.baseAddress, words: words.baseAddress, column_count: columns.count,
          width: width, stride: stride, required: required, counted: counted, member: member,
          flags: flags)
        return unsafe body(&plan)
      }
    }
  }
}

extension CSVIndex {
  /// Makes rows of the plain lines from a record on, up to the first line that is not plain.
  ///
  /// - Parameters:
  ///   - first: The record.
  ///   - plan: What the columns are.
  ///   - rows: Memory for the rows; cells that the plan does not name stay as they are.
  ///   - room: How many rows fit.
  /// - Returns: How many rows were made, and how many of their lines count.
  /// - Complexity: O(*n*) in the bytes of the lines.
  package func fill(
    from first: Int, _ plan: CSVRowPlan, into rows: UnsafeMutableRawPointer, room: Int
  ) -> (rows: Int, counted: Int) {
    guard plan.width > 0, !mayHaveNUL, !hasInvalidUTF8 else { return (0, 0) }
    let made = unsafe plan.with { plan in
      unsafe cbl_fill_rows(
        plan, base, ends, closedEnds, records, recordCount, first, firstLine,
        rows.assumingMemoryBound(to: UInt8.self), room)
    }
    return (made.rows, made.counted)
  }
}
