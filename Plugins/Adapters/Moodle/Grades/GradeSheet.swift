internal import AdapterKit
internal import Scanning

/// What the columns of a grade export are, told from its headings and a first look at its cells.
///
/// The reader makes one of each file, and the writer one of each file that it is about to write, to
/// learn what reading will make of it.
struct GradeSheet {
  /// One graded item and its columns.
  struct Item {
    var key: String
    var title: String
    var type: String
    var displays: GradeDisplays
    /// Unit of its scores; blank when nothing tells it.
    var scoreKind: String
    /// Index of the column of each display, or -1: real, percentage, letter, feedback.
    var real = -1
    var percentage = -1
    var letter = -1
    var feedback = -1
  }

  /// Begins the keys of items.
  static let itemPrefix = "moodle:item:"

  private(set) var columns: [GradeColumn]
  private(set) var items: [Item] = []
  /// The decimal mark of each column.
  let marks: [DecimalMark]
  let language: String
  /// The item of each column, or -1.
  private(set) var itemOfColumn: [Int]
  /// Kind of activity of each column.
  private let types: [String]
  private let survey: GradeSurvey

  /// - Parameter scope: Identifier of the class, when there are several files and keys need it.
  init(_ survey: GradeSurvey, scope: String?) {
    self.survey = survey
    let headings = GradeHeadings(survey)
    columns = headings.columns
    types = headings.types
    language = headings.language
    marks = survey.columns.map(\.mark)
    itemOfColumn = Array(repeating: -1, count: columns.count)
    for index in columns.indices { finish(index, scope) }
    makeItems()
  }

  /// The key of an item or category among several files.
  static func scoped(_ key: String, role: GradeRole, scope: String) -> String {
    role == .total
      ? "\(key) (\(scope))" : "\(itemPrefix)\(scope)/\(key.dropFirst(itemPrefix.count))"
  }

  private mutating func finish(_ index: Int, _ scope: String?) {
    let column = survey.columns[index]
    if column.mark == .comma { columns[index].mark = UInt8(ascii: ",") }
    if column.percents > 0 { columns[index].suffix = column.suffix }
    let role = columns[index].role
    switch role {
    case .total:
      if column.dashes > 0, column.blanks == 0 { columns[index].filler = "-" }
    case .suspended:
      columns[index].filler = GradeWords.isNo(column.firstWord) ? "Yes" : column.firstWord
    default: break
    }
    guard let scope, role == .item || role == .total, !columns[index].key.isEmpty else { return }
    columns[index].key = Self.scoped(columns[index].key, role: role, scope: scope)
  }

  private mutating func makeItems() {
    var places: [String: Int] = [:]
    for (index, column) in columns.enumerated() where column.role == .item {
      let place = places[column.key] ?? items.count
      if place == items.count {
        places[column.key] = place
        items.append(
          Item(
            key: column.key, title: column.title, type: types[index], displays: [], scoreKind: ""))
      }
      itemOfColumn[index] = place
      items[place].displays.insert(GradeDisplays(column.display))
      switch column.display {
      case .plain, .real: items[place].real = index
      case .percentage: items[place].percentage = index
      case .letter: items[place].letter = index
      case .feedback: items[place].feedback = index
      }
    }
    for place in items.indices { items[place].scoreKind = scoreKind(of: items[place]) }
  }

  private func scoreKind(of item: Item) -> String {
    if item.real >= 0 {
      let column = survey.columns[item.real]
      if column.percents > 0, column.numbers == 0 { return "percent" }
      if column.numbers > 0 { return "points" }
      if column.letters + column.words > 0 { return column.words == 0 ? "letter" : "level" }
      return ""
    }
    return item.percentage >= 0 ? "percent" : item.letter >= 0 ? "letter" : ""
  }

  /// Whether the scores of an item are numbers for the most part, so that words are odd.
  func isNumeric(_ item: Item) -> Bool {
    item.real >= 0
      && survey.columns[item.real].numbers + survey.columns[item.real].percents
        >= survey.columns[item.real].words + survey.columns[item.real].letters
  }
}
