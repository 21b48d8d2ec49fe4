internal import AdapterKit
internal import CAdapterABI

/// The grade export of one class while its results come in.
struct GradeGrid {
  /// The columns of one item; -1 for none.
  struct ItemColumns {
    var item: UInt32
    /// The heading without its display.
    var base = ""
    var displays: GradeDisplays = []
    var real = -1
    var percentage = -1
    var letter = -1
    var feedback = -1
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
  private(set) var items: [ItemColumns] = []
  private(set) var people: [UInt32] = []
  private(set) var suspended: [Bool] = []
  /// Columns in the order in which they are written.
  private(set) var order: [Int] = []
  private var itemOfColumn: [UInt32] = []
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
    guard column.role == .item else { return index }
    let place: Int
    if let known = items.firstIndex(where: { $0.item == item }) {
      place = known
    } else {
      place = items.count
      items.append(ItemColumns(item: item, base: base(of: column)))
    }
    items[place].displays.insert(GradeDisplays(column.display))
    switch column.display {
    case .plain, .real: items[place].real = index
    case .percentage: items[place].percentage = index
    case .letter: items[place].letter = index
    case .feedback: items[place].feedback = index
    }
    return index
  }

  /// The heading of a column without its display.
  private func base(of column: GradeColumn) -> String {
    guard column.display != .plain else { return column.header }
    return GradeHeadings.parts(column.header)?.base ?? column.header
  }

  /// A heading that no other item has: the text, or the text with `#2` and so on.
  func freeBase(_ base: String) -> String {
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

  /// Keeps a cell.
  mutating func set(_ row: Int, _ column: Int, to bytes: [UInt8], isText: Bool) {
    guard !bytes.isEmpty else { return }
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

  /// Adds the cell of an entry to a line.
  func append(_ entry: Int32, to line: inout GridLine) {
    let entry = entries[Int(entry)]
    unsafe pool.bytes.withUnsafeBytes { all in
      let text = unsafe Text(UnsafeRawBufferPointer(rebasing: all[entry.text.range]))
      if entry.isText { line.guardedCell(text) } else { line.cell(text) }
    }
  }
}
