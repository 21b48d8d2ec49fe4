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

    fileprivate mutating func add(_ display: GradeDisplay, _ column: Int) {
      displays.insert(GradeDisplays(display))
      switch display {
      case .plain, .real: real = column
      case .percentage: percentage = column
      case .letter: letter = column
      case .feedback: feedback = column
      }
    }
  }

  /// A total and its columns; its key is that of the category.
  struct Total {
    var item: Item
    /// Its first column.
    var column: Int

    /// What begins the identifiers of its records in a class.
    func id(in classID: String) -> [UInt8] {
      Array("moodle:total:\(classID)/\(column)".utf8)
    }
  }

  /// Begins the keys of items.
  static let itemPrefix = "moodle:item:"

  private(set) var columns: [GradeColumn]
  private(set) var items: [Item] = []
  private(set) var totals: [Total] = []
  /// The decimal mark of each column.
  let marks: [DecimalMark]
  let language: String
  /// The item of each column, or -1.
  private(set) var itemOfColumn: [Int]
  /// The total of each column, or -1.
  private(set) var totalOfColumn: [Int]
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
    totalOfColumn = itemOfColumn
    makeTotals()
    for index in columns.indices { finish(index, scope) }
    for place in totals.indices { totals[place].item.key = columns[totals[place].column].key }
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
      items[place].add(column.display, index)
    }
    for place in items.indices { items[place].scoreKind = scoreKind(of: items[place]) }
  }

  /// Columns of one title that show it in different ways are one total; categories of one name
  /// are kept apart.
  private mutating func makeTotals() {
    var keys: Set<String> = []
    for (index, column) in columns.enumerated() where column.role == .total {
      let place = totals.lastIndex { total in
        total.item.title.utf8.elementsEqual(column.title.utf8)
      }
      if let place, totals[place].item.displays.isDisjoint(with: GradeDisplays(column.display)) {
        totals[place].item.add(column.display, index)
        totalOfColumn[index] = place
        columns[index].key = totals[place].item.key
      } else {
        totalOfColumn[index] = totals.count
        let key = column.key.isEmpty ? "" : GradeHeadings.free(column.key, in: &keys)
        columns[index].key = key
        var item = Item(
          key: key, title: column.title, type: "", displays: [], scoreKind: "")
        item.add(column.display, index)
        totals.append(Total(item: item, column: index))
      }
    }
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
