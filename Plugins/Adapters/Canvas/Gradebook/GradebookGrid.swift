internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// The cells of one gradebook while its results come in.
///
/// A cell is one word: a length from 1 to 7 and the bytes of a number, or where its bytes are.
struct GradebookGrid {
  var plan = GradebookPlan()
  var name = ""
  /// Number of the line item of each column; none for other columns.
  var items: [UInt32] = []
  /// Further line items of columns, each with the place of the column's cells.
  var siblings: [(item: UInt32, place: Int)] = []
  /// Columns from here on were not in the file that was read.
  var knownColumns = 0
  /// Units that results name, with the places of their cells and the units that those show.
  var units: [(place: Int, unit: ScoreUnit, shown: ScoreUnit)] = []
  /// Places that totals name, with the places of their cells.
  var positions: [(place: Int, position: Int)] = []
  /// Place of each column among the cells of a row, or -1.
  var scorePlace: [Int] = []
  /// Cells of a row.
  private(set) var stride = 0
  /// People of the rows.
  private(set) var people: [UInt32] = []
  /// Classes of the rows.
  private(set) var classes: [UInt32] = []
  var cells: [UInt64] = []
  private(set) var long: [UInt8] = []
  /// Whether numbers get two decimals.
  var hasTwoDecimals = true

  private static let numberMark: UInt64 = 0xFF
  private static let textMark: UInt64 = 0xFE
  private static let totalTextMark: UInt64 = 0xFD

  init() {}

  /// Empties the grid; its memory is kept.
  mutating func removeAll() {
    plan = GradebookPlan()
    items.removeAll(keepingCapacity: true)
    siblings.removeAll(keepingCapacity: true)
    knownColumns = 0
    units.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    scorePlace.removeAll(keepingCapacity: true)
    stride = 0
    people.removeAll(keepingCapacity: true)
    classes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    long.removeAll(keepingCapacity: true)
  }

  /// Adds a column behind the others of its role.
  ///
  /// - Returns: The place of its cells in a row, or -1.
  @discardableResult
  mutating func add(
    _ column: GradebookColumn, item: UInt32 = noNumber, atEnd: Bool = false
  ) -> Int {
    let index: Int
    switch column.role {
    case .item where !atEnd: index = (plan.columns.lastIndex { $0.role != .total } ?? -1) + 1
    default: index = plan.columns.count
    }
    plan.columns.insert(column, at: index)
    items.insert(item, at: index)
    let isScore = column.role == .item || column.role == .total
    scorePlace.insert(isScore ? stride : -1, at: index)
    guard isScore else { return -1 }
    widen()
    return stride - 1
  }

  private mutating func widen() {
    if !people.isEmpty {
      var wider: [UInt64] = []
      wider.reserveCapacity(people.count * (stride + 1))
      for row in people.indices {
        wider += cells[(row * stride)..<((row + 1) * stride)]
        wider.append(0)
      }
      cells = wider
    }
    stride += 1
  }

  /// Adds a row.
  ///
  /// - Returns: Its place.
  @discardableResult
  mutating func addRow(person: UInt32, classNumber: UInt32) -> Int {
    people.append(person)
    classes.append(classNumber)
    for _ in 0..<stride { cells.append(0) }
    return people.count - 1
  }

  /// A cell of a number's bytes.
  mutating func numberCell(_ bytes: [UInt8]) -> UInt64 {
    bytes.count <= 7 ? Self.packed(bytes) : kept(bytes, Self.numberMark)
  }

  /// A cell of any text.
  mutating func textCell(_ bytes: [UInt8], inTotal: Bool = false) -> UInt64 {
    kept(bytes, inTotal ? Self.totalTextMark : Self.textMark)
  }

  private mutating func kept(_ bytes: [UInt8], _ mark: UInt64) -> UInt64 {
    guard bytes.count < 1 << 24, long.count < 1 << 32 else { return 0 }
    let cell = mark | UInt64(bytes.count) << 8 | UInt64(long.count) << 32
    long += bytes
    return cell
  }

  private static func packed(_ bytes: [UInt8]) -> UInt64 {
    var cell = UInt64(bytes.count)
    for (place, byte) in bytes.enumerated() { cell |= UInt64(byte) << UInt64(8 * (place + 1)) }
    return cell
  }

  /// A cell of a short plain decimal with two decimals, or `nil` when it takes more care.
  @inline(__always)
  static func quickCell(_ number: Text) -> UInt64? {
    let bytes = unsafe number.rawBytes
    let count = bytes.count
    guard count > 0, count <= 7 else { return nil }
    var cell: UInt64 = 0
    var shift: UInt64 = 8
    var point = -1
    for index in 0..<count {
      let byte = unsafe bytes[index]
      if byte &- 0x30 > 9 {
        guard byte == UInt8(ascii: "."), point < 0, index > 0, index + 1 < count else { return nil }
        point = index
      }
      cell |= UInt64(byte) << shift
      shift &+= 8
    }
    var length = count
    if point < 0 {
      guard count <= 4 else { return nil }
      cell |= 0x30_302E << shift
      length += 3
    } else if count - point == 2 {
      guard count <= 6 else { return nil }
      cell |= 0x30 << shift
      length += 1
    } else if count - point > 3 {
      return nil
    }
    return cell | UInt64(length)
  }

  /// Takes note of the cells of a place, as a reader does.
  func survey(ofPlace place: Int) -> ColumnSurvey {
    var survey = ColumnSurvey()
    for row in people.indices {
      let cell = cells[row * stride + place]
      let length = Int(cell & 0xFF)
      if length > 7 {
        let start = Int(cell >> 32)
        let count = Int(cell >> 8 & 0xFF_FFFF)
        unsafe long.withUnsafeBytes { all in
          let text = unsafe Text(UnsafeRawBufferPointer(rebasing: all[start..<(start + count)]))
          if length == Int(Self.textMark) { survey.see(words: text) } else { survey.see(text) }
        }
      } else if length > 0 {
        var bytes = (cell >> 8).littleEndian
        unsafe withUnsafeBytes(of: &bytes) { bytes in
          unsafe survey.see(Text(UnsafeRawBufferPointer(rebasing: bytes[..<length])))
        }
      }
    }
    return survey
  }

  /// How many cells of a place hold something.
  func filledCount(ofPlace place: Int) -> Int {
    people.indices.count { cells[$0 * stride + place] != 0 }
  }

  /// Adds a cell to a line.
  func append(_ cell: UInt64, isPlain: Bool, to line: inout GridLine) {
    let length = Int(cell & 0xFF)
    if length <= 7 {
      var bytes = (cell >> 8).littleEndian
      unsafe withUnsafeBytes(of: &bytes) { bytes in
        let text = unsafe Text(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
        if isPlain { line.rawCell(text) } else { line.cell(text) }
      }
      return
    }
    let start = Int(cell >> 32)
    let count = Int(cell >> 8 & 0xFF_FFFF)
    unsafe long.withUnsafeBytes { all in
      let text = unsafe Text(UnsafeRawBufferPointer(rebasing: all[start..<(start + count)]))
      if cell & 0xFF == Self.numberMark {
        line.cell(text)
      } else {
        line.scoreText(text, inTotal: cell & 0xFF == Self.totalTextMark)
      }
    }
  }
}
