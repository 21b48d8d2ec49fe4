internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What the cells of one column look like.
struct GradeColumnSurvey {
  private(set) var numbers = 0
  private(set) var percents = 0
  private(set) var dashes = 0
  private(set) var blanks = 0
  private(set) var letters = 0
  private(set) var words = 0
  private(set) var emails = 0
  private(set) var seconds = 0
  private(set) var firstWord = ""
  private(set) var suffix = ""
  private var points: DecimalMarkFinder
  private var commas: DecimalMarkFinder
  /// Sees only the cells without a comma.
  private var pointed: DecimalMarkFinder
  private var hasPoint = false
  private let isSemicolon: Bool

  init(delimiter: UInt8) {
    // A comma as delimiter leaves the decision to the cells: Moodle writes points even between
    // semicolons.
    points = DecimalMarkFinder(delimiter: UInt8(ascii: ","), fallback: .point)
    commas = DecimalMarkFinder(delimiter: UInt8(ascii: ","), fallback: .comma)
    pointed = DecimalMarkFinder(delimiter: UInt8(ascii: ","))
    isSemicolon = delimiter == UInt8(ascii: ";")
  }

  /// The decimal mark of the column.
  var mark: DecimalMark {
    let decision = points.decision
    if decision == .ambiguous, hasPoint, pointed.decision == .point { return .point }
    if decision == .ambiguous, isSemicolon, commas.decision == .comma { return .comma }
    return decision
  }

  /// Cells that have something in them.
  var filled: Int { numbers + percents + dashes + letters + words }

  /// Whether the column can only be grades: numbers and dashes.
  var isGrades: Bool { numbers + percents > 0 && letters + words == 0 }

  /// Whether the column holds the same kind of moment everywhere: unix seconds.
  var isTime: Bool { seconds > 0 && seconds == filled }

  /// Takes note of a cell.
  mutating func see(_ cell: Text) {
    guard cell.count > 0 else {
      blanks += 1
      return
    }
    if cell.isDash {
      dashes += 1
      return
    }
    let first = cell.byte(0)
    if first &- 0x30 < 10 || first == UInt8(ascii: "-") {
      if let percent = unsafe percentage(cell.rawBytes) {
        observe(cell)
        percents += 1
        if suffix.isEmpty { suffix = cell.part(percent.count..<cell.count).string }
        return
      }
      if isNumber(cell) {
        observe(cell)
        numbers += 1
        if (9...10).contains(cell.count), cell.isDecimal, !cell.contains(UInt8(ascii: ".")) {
          seconds += 1
        }
        return
      }
      // Words with a number in front say nothing of the decimal mark.
      if GradeCell.looksNumeric(cell) { observe(cell) }
    }
    if cell.contains(UInt8(ascii: "@")) { emails += 1 }
    if firstWord.isEmpty { firstWord = cell.string }
    if GradeCell.isLetter(cell) { letters += 1 } else { words += 1 }
  }

  private mutating func observe(_ cell: Text) {
    unsafe points.observe(cell.rawBytes)
    unsafe commas.observe(cell.rawBytes)
    guard !cell.contains(UInt8(ascii: ",")) else { return }
    unsafe pointed.observe(cell.rawBytes)
    if cell.contains(UInt8(ascii: ".")) { hasPoint = true }
  }

  private func isNumber(_ cell: Text) -> Bool {
    for place in 0..<cell.count {
      switch cell.byte(place) {
      case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"): continue
      default: return false
      }
    }
    return true
  }
}

/// What a grade export looks like, from a first reading.
struct GradeSurvey {
  private(set) var headers: [String] = []
  private(set) var columns: [GradeColumnSurvey] = []
  private(set) var quoting = QuotingSurvey()
  /// Whether a cell has a formula guard.
  var isGuarded: Bool { quoting.isGuarded }

  init() {}

  /// A look at a file that is about to be written, with its headings so far.
  init(headers: [String], delimiter: UInt8) {
    self.headers = headers
    columns = Array(repeating: GradeColumnSurvey(delimiter: delimiter), count: headers.count)
  }

  /// Takes note of the cells of a learner's row.
  mutating func see(_ cells: [Text]) {
    for (column, cell) in cells.enumerated() {
      columns[column].see(FormulaGuard.withoutApostrophe(cell))
    }
  }

  /// Takes note of the headings.
  mutating func begin(_ record: Int, of file: borrowing CSVMember) {
    for column in 0..<file.fieldCount(record) {
      let cell = file.cell(column, of: record)
      headers.append(FormulaGuard.withoutApostrophe(cell).string)
    }
    let survey = GradeColumnSurvey(delimiter: file.layout.dialect.delimiter)
    columns = Array(repeating: survey, count: headers.count)
    quoting.see(record, of: file)
  }

  /// Takes note of a learner's row.
  mutating func see(_ record: Int, of file: borrowing CSVMember) {
    for column in 0..<min(file.fieldCount(record), columns.count) {
      let cell = file.cell(column, of: record)
      columns[column].see(FormulaGuard.withoutApostrophe(cell))
    }
    quoting.see(record, of: file)
  }
}
