internal import AdapterKit
internal import CAdapterABI

/// The grade export of one class while its results come in.
struct GradeGrid {
  /// The columns of one item or total; -1 for none.
  struct Columns {
    /// The item; `noNumber` for a total.
    var item: UInt32
    /// The heading without its display.
    var base = ""
    /// The title of a total.
    var title = ""
    var displays: GradeDisplays = []
    var real = -1
    var percentage = -1
    var letter = -1
    var feedback = -1

    /// The columns that there are.
    var all: [Int] { [real, percentage, letter, feedback].filter { $0 >= 0 } }

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

  private struct Entry {
    var row: UInt32
    var column: UInt32
    var text: TextPool.Slice
    var isText: Bool
  }

  var name = ""
  var plan = GradePlan()
  /// The source that the grid is written back to.
  var isSource = false
  /// What the last column holds.
  var downloaded = ""
  private(set) var items: [Columns] = []
  private(set) var totals: [Columns] = []
  private(set) var people: [UInt32] = []
  private(set) var suspended: [Bool] = []
  /// Columns in the order in which they are written.
  private(set) var order: [Int] = []
  private var itemOfColumn: [UInt32] = []
  /// What the records of the cells said.
  private(set) var told: [GradeTold] = []
  private var entries: [Entry] = []
  private var pool = TextPool()

  init() {}

  /// Adds a column where columns of its kind stand.
  @discardableResult
  mutating func add(
    _ column: GradeColumn, item: UInt32 = noNumber, atEnd: Bool = false
  ) -> Int {
    let index = plan.columns.count
    plan.columns.append(column)
    itemOfColumn.append(item)
    order.insert(index, at: atEnd ? order.count : place(for: column, item))
    if column.role == .total { addTotal(column, index) }
    guard column.role == .item else { return index }
    let place: Int
    if let known = items.firstIndex(where: { $0.item == item }) {
      place = known
    } else {
      place = items.count
      items.append(Columns(item: item, base: base(of: column)))
    }
    items[place].add(column.display, index)
    return index
  }

  /// Columns with one heading that show it in different ways are of one total.
  private mutating func addTotal(_ column: GradeColumn, _ index: Int) {
    let base = base(of: column)
    let place = totals.lastIndex { $0.base.utf8.elementsEqual(base.utf8) }
    if let place, totals[place].displays.isDisjoint(with: GradeDisplays(column.display)) {
      return totals[place].add(column.display, index)
    }
    var columns = Columns(item: noNumber, base: base)
    columns.title = column.title.trimmedBlanks
    columns.add(column.display, index)
    totals.append(columns)
  }

  /// A heading of a total that no other has: the title, with the word total and a number as needed.
  func freeTotal(_ title: String) -> String {
    let base = GradeWords.total(title) == nil ? "\(title) total" : title
    var candidate = base
    var number = 2
    while totals.contains(where: { $0.base.utf8.elementsEqual(candidate.utf8) }) {
      let stem = base.hasSuffix(" total") ? String(base.dropLast(6)) : base
      candidate = "\(stem) #\(number) total"
      number += 1
    }
    return candidate
  }

  /// The heading of a column without its display.
  private func base(of column: GradeColumn) -> String {
    guard column.display != .plain else { return column.header }
    return GradeHeadings.parts(column.header)?.base ?? column.header
  }

  /// A heading that no other item has and that is none of a total: the text, or the text with
  /// ` (item)`, ` #2` and so on.
  func freeBase(_ base: String) -> String {
    let base = GradeWords.total(base) == nil ? base : "\(base) (item)"
    var candidate = base
    var number = 2
    while items.contains(where: { $0.base.utf8.elementsEqual(candidate.utf8) }) {
      candidate = "\(base) #\(number)"
      number += 1
    }
    return candidate
  }

  private func place(for column: GradeColumn, _ item: UInt32) -> Int {
    let last = order.lastIndex { place in
      let other = plan.columns[place].role
      switch column.role {
      case .item: return itemOfColumn[place] == item && other == .item
      case .total: return other != .downloaded
      default: return true
      }
    }
    if let last { return last + 1 }
    let before = order.lastIndex { plan.columns[$0].role.rawValue <= GradeRole.item.rawValue }
    return before.map { $0 + 1 } ?? 0
  }

  /// The place of an item among the items, or `nil`.
  func place(of item: UInt32) -> Int? { items.firstIndex { $0.item == item } }

  /// Adds a row.
  ///
  /// - Returns: Its place.
  @discardableResult
  mutating func addRow(person: UInt32, isSuspended: Bool) -> Int {
    people.append(person)
    suspended.append(isSuspended)
    return people.count - 1
  }

  /// Keeps what a record said; each cell is told by the last record only.
  ///
  /// - Parameter place: The place of the record that told the cell before, or `nil`.
  /// - Returns: Its place.
  mutating func tell(_ record: GradeTold, at place: Int?) -> Int {
    if let place {
      told[place] = record
      return place
    }
    told.append(record)
    return told.count - 1
  }

  /// Keeps a text until the file is written.
  mutating func keep(_ text: Text) -> TextPool.Slice { pool.add(text) }

  /// Calls a closure with a text that was kept.
  func withText<Value>(_ slice: TextPool.Slice, _ body: (Text) -> Value) -> Value {
    pool.withText(slice, body)
  }

  /// Keeps a cell.
  mutating func set(_ row: Int, _ column: Int, to bytes: [UInt8], isText: Bool) {
    entries.append(
      Entry(row: UInt32(row), column: UInt32(column), text: pool.add(bytes), isText: isText))
  }

  /// The cells of the grid: for each row and column the number of an entry, or -1.
  func table() -> [Int32] {
    let width = plan.columns.count
    var table = [Int32](repeating: -1, count: people.count * width)
    for (place, entry) in entries.enumerated() {
      table[Int(entry.row) * width + Int(entry.column)] = Int32(place)
    }
    return table
  }

  /// Calls a closure with the cell of an entry, and whether it may need a formula guard.
  func withEntry(_ entry: Int32, _ body: (Text, Bool) -> Void) {
    let entry = entries[Int(entry)]
    pool.withText(entry.text) { body($0, entry.isText) }
  }
}

/// What the record of a cell said: a result of an item, or a total.
struct GradeTold {
  var row: Int
  /// Place of the item among those of the grid, or of the column of a total.
  var place: Int
  var isTotal: Bool
  var id = TextPool.Slice.absent
  var state = TextPool.Slice.absent
  /// The number in the plain form that is written.
  var score = TextPool.Slice.absent
  var textScore = TextPool.Slice.absent
  var comment = TextPool.Slice.absent
  var scoreKind = TextPool.Slice.absent
  var title = TextPool.Slice.absent
  var type = TextPool.Slice.absent
  var category = TextPool.Slice.absent
  var position = TextPool.Slice.absent
  /// Whether the record names the class.
  var hasClass = false
}
