internal import AdapterKit
internal import CAdapterABI

/// What the cells of one column hold, counted.
struct ColumnSurvey {
  var marks = ColumnMarks()
  var numbers = 0
  var percents = 0
  var passFail = 0
  var letters = 0
  var words = 0
  /// `EX`, `N/A` and dashes.
  var states = 0

  /// Takes note of a learner's cell.
  mutating func see(_ cell: Text) {
    let isGuarded = FormulaGuard.equation.isThere(cell)
    switch isGuarded ? ScoreCell(guarded: cell.part(2..<(cell.count - 1))) : ScoreCell(cell) {
    case .blank, .garbage: break
    case .number(let shape):
      if shape.isPercent { percents += 1 } else { numbers += 1 }
      marks.see(cell)
    case .exempt, .notAssigned, .noGrade: states += 1
    case .complete, .incomplete: passFail += 1
    case .letter: letters += 1
    case .words: words += 1
    }
  }

  /// Takes note of a score in words, which is written so that it is read as such.
  mutating func see(words: Text) {
    switch ScoreCell(guarded: words) {
    case .complete, .incomplete: passFail += 1
    case .letter: letters += 1
    default: self.words += 1
    }
  }

  /// The unit of most scores of an assignment.
  var scoreKind: StaticString {
    switch unit {
    case .percent: "percent"
    case .passFail: "passFail"
    case .letter: "letter"
    default: "points"
    }
  }

  /// The unit of most scores of an assignment.
  var unit: ScoreUnit {
    if numbers > 0 { return .points }
    if percents > 0 { return .percent }
    if passFail > 0 { return .passFail }
    return letters > 0 ? .letter : .points
  }

  /// Whether the cells are notes rather than scores.
  var isNotes: Bool { words > 0 && numbers + percents + passFail + letters + states == 0 }
}

/// What was seen in a gradebook before its records are made.
struct GradebookSurvey {
  var headers: [String] = []
  var columns: [ColumnSurvey] = []
  /// Roles of the columns that say who the learner is.
  var identity: [ColumnRole?] = []
  /// Cells of the points row; `nil` without one.
  var points: [String]?
  /// Cells of the posting row; `nil` without one.
  var posting: [String]?
  /// Texts of the section column, in the order of their first rows.
  var sections: [String] = []
  var hasBlankSection = false
  var hasLearners = false
  private var lastSection: [UInt8] = []
  private var seenSections: Set<[UInt8]> = []

  init() {}

  mutating func begin(headers: [String], delimiterIsSemicolon: Bool) {
    self.headers = headers
    columns = Array(repeating: ColumnSurvey(), count: headers.count)
    for column in columns.indices {
      columns[column].marks.delimiterIsSemicolon = delimiterIsSemicolon
    }
    let firstItem = headers.firstIndex { trailingNumber($0) != nil }
    identity = IdentityColumns.roles(of: headers, firstItem: firstItem)
  }

  mutating func see(section: Text) {
    guard !section.isEmpty else {
      hasBlankSection = true
      return
    }
    if unsafe lastSection.elementsEqual(section.rawBytes) { return }
    lastSection = section.array
    let text = FormulaGuard.equation.removed(from: section.string)
    if seenSections.insert(Array(text.utf8)).inserted { sections.append(text) }
  }

  /// The column of a role.
  func column(of role: ColumnRole) -> Int? { identity.firstIndex(of: role) }

  /// The columns with their roles, once all rows were seen.
  func plannedColumns() -> [GradebookColumn] {
    let commas = columns.contains { $0.marks.evidence.contains(.decimalComma) }
    let ids = itemIdentifiers()
    return headers.indices.map { index in
      var column = GradebookColumn(role: .custom, header: headers[index], key: headers[index])
      column.marks = columns[index].marks
      column.marks.commasElsewhere = commas
      if let role = identity[index] {
        column.role = role
      } else if let total = total(index) {
        column.role = .total
        column.total = total
      } else if let id = ids[index] {
        column.role = .item
        column.key = id.id
        column.title = id.title
      } else if isItemWithoutIdentifier(index, others: !ids.isEmpty) {
        column.role = .item
        column.key = ""
        column.title = headers[index]
      }
      return column
    }
  }

  private func total(_ index: Int) -> TotalHeading? {
    let cell = points.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? ""
    if cell.utf8.first == UInt8(ascii: "("), cell.utf8.last == UInt8(ascii: ")") {
      return TotalHeading(headers[index]) ?? TotalHeading()
    }
    guard trailingNumber(headers[index]) == nil, cell.isEmpty else { return nil }
    return TotalHeading(headers[index])
  }

  /// Identifiers in the headings: digits, or whatever all assignments have in parentheses.
  private func itemIdentifiers() -> [Int: (title: String, id: String)] {
    var digits: [Int: (title: String, id: String)] = [:]
    var others: [Int: (title: String, id: String)] = [:]
    var isComplete = true
    var seen: Set<String> = []
    let open = headers.indices.filter { identity[$0] == nil && total($0) == nil }
    let hasDigits = open.contains { trailingNumber(headers[$0]) != nil }
    for index in open {
      // Beside Canvas's own identifiers only points make an assignment of a column without one.
      let isOpen = points.map { !$0.indices.contains(index) || $0[index].isEmpty } ?? false
      if hasDigits, isOpen, trailingNumber(headers[index]) == nil { continue }
      if let id = trailingNumber(headers[index]) {
        digits[index] = id
        others[index] = id
        isComplete = seen.insert(id.id).inserted && isComplete
      } else if let (title, id) = parseTrailingParentheses(headers[index]),
        !id.utf8.contains(UInt8(ascii: " "))
      {
        others[index] = (title, id)
        isComplete = seen.insert(id).inserted && isComplete
      } else if !others.isEmpty {
        isComplete = false
      }
    }
    return isComplete ? others : digits
  }

  private func isItemWithoutIdentifier(_ index: Int, others: Bool) -> Bool {
    let survey = columns[index]
    let header = trimmed(headers[index]).lowercased()
    if let points, points.indices.contains(index), pointsValue(points[index]) != nil { return true }
    guard !header.isEmpty, !["notes", "comments", "note", "comment"].contains(header) else {
      return false
    }
    return !others && !survey.isNotes
  }
}

/// `Title (123)` in two, when the parentheses hold digits alone.
func trailingNumber(_ header: String) -> (title: String, id: String)? {
  guard let (title, id) = parseTrailingParentheses(header), isDigits(id) else { return nil }
  return (title, id)
}

/// Whether a text has nothing but digits.
func isDigits(_ text: String) -> Bool {
  text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
}

/// What a cell of the points row says: digits, or `x points` of files made by hand.
///
/// - Returns: The number part, blank when the file leaves it open, or `nil` for something else.
func pointsValue(_ cell: String) -> String? {
  var text = trimmed(cell)
  if text.lowercased().hasSuffix(" points") {
    text = trimmed(String(text.dropLast(" points".count)))
    if text.lowercased() == "x" { return "" }
  }
  var digits = text.utf8[...]
  if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
  guard let first = digits.first, first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") else {
    return nil
  }
  let isNumber = digits.allSatisfy { byte in
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }
  return isNumber ? text : nil
}
