internal import AdapterHost
internal import Records

/// Brings the results, target results and totals of a class together, in the order of the classes.
///
/// Rows wait in temporary files, each for a range of classes, so memory holds one range at a time.
final class GroupStage: RecordStage {
  static let partitions = 64
  /// Bytes that are kept in memory.
  static let threshold = 16 << 20

  private let next: any RecordStage
  private let classCount: () -> Int
  private var classOfLineItem: [UInt32] = []
  private let store: RowStore
  private var total = 0

  /// The kinds that are grouped, and the fields whose numbers are kept.
  private enum GroupedKind: Int, CaseIterable {
    case result, targetResult, aggregateGrade

    var kind: RecordKind {
      switch self {
      case .result: .result
      case .targetResult: .targetResult
      case .aggregateGrade: .aggregateGrade
      }
    }

    /// The part of the store that holds a partition of this kind.
    func part(_ partition: Int) -> Int { rawValue * GroupStage.partitions + partition }

    /// The fields of class, line item (or target or category) and person.
    var fields: (group: Int, item: Int, person: Int) {
      let schema = RecordSchema.of(kind)
      let item =
        switch self {
        case .result: "lineItem"
        case .targetResult: "target"
        case .aggregateGrade: "category"
        }
      return (
        schema.field("class")?.index ?? 0, schema.field(item)?.index ?? 0,
        schema.field("person")?.index ?? 0
      )
    }
  }

  /// - Parameter classCount: How many classes have a number, asked once all classes were read.
  init(
    next: any RecordStage, threshold: Int = GroupStage.threshold,
    classCount: @escaping () -> Int
  ) {
    self.next = next
    self.classCount = classCount
    store = RowStore(
      kinds: GroupedKind.allCases.flatMap { grouped in
        Array(repeating: grouped.kind, count: Self.partitions)
      }, threshold: threshold)
  }

  func put(_ batch: StageBatch) throws {
    if batch.kind == .lineItem { note(batch) }
    guard let grouped = GroupedKind.allCases.first(where: { $0.kind == batch.kind }) else {
      return try next.put(batch)
    }
    try keep(batch, grouped)
  }

  private func note(_ batch: StageBatch) {
    guard let field = RecordSchema.of(.lineItem).field("class")?.index,
      let own = unsafe batch.numbers?.numbers(0),
      let classes = unsafe batch.numbers?.numbers(field)
    else { return }
    for row in 0..<batch.count {
      let number = unsafe Int(own[row])
      guard number != Int(UInt32.max) else { continue }
      while classOfLineItem.count <= number { classOfLineItem.append(.max) }
      classOfLineItem[number] = unsafe classes[row]
    }
  }

  private func keep(_ batch: StageBatch, _ grouped: GroupedKind) throws {
    if total == 0 { total = max(1, classCount()) }
    let fields = grouped.fields
    let groups = unsafe batch.numbers?.numbers(fields.group)
    let items = unsafe batch.numbers?.numbers(fields.item)
    let people = unsafe batch.numbers?.numbers(fields.person)
    for row in 0..<batch.count {
      let item = unsafe items?[row] ?? .max
      var group = unsafe groups?[row] ?? .max
      if group == .max, grouped == .result, item != .max, Int(item) < classOfLineItem.count {
        group = classOfLineItem[Int(item)]
      }
      let partition =
        group == .max
        ? Self.partitions - 1
        : min(Self.partitions - 1, Int(group) * Self.partitions / total)
      try store.append(
        row, of: batch.rows, to: grouped.part(partition),
        extra: (group, item, unsafe people?[row] ?? .max))
    }
  }

  func finish() throws {
    for partition in 0..<Self.partitions {
      var groups: [(kind: GroupedKind, rows: SortedRows)] = []
      for grouped in GroupedKind.allCases {
        let part = grouped.part(partition)
        guard store.rowCount(of: part) > 0 else { continue }
        groups.append((grouped, SortedRows(try store.load(part))))
      }
      var classes: Set<UInt32> = []
      for group in groups { classes.formUnion(group.rows.groups) }
      for number in classes.sorted() {
        for group in groups {
          try give(group.rows, of: number, group.kind)
        }
      }
    }
    try next.finish()
  }

  private func give(_ sorted: SortedRows, of group: UInt32, _ grouped: GroupedKind) throws {
    let fields = grouped.fields
    let schema = RecordSchema.of(grouped.kind)
    let rows = RowBuffer()
    for chunk in sorted.rows(of: group) {
      rows.start(stride: schema.rowSize, rows: chunk.count)
      let columns = NumberColumns(columns: schema.fields.count, capacity: max(1, chunk.count))
      let groups = unsafe columns.column(fields.group)
      let items = unsafe columns.column(fields.item)
      let people = unsafe columns.column(fields.person)
      for (place, index) in chunk.enumerated() {
        unsafe sorted.loaded.decode(index, into: rows.extend())
        let extra = sorted.loaded.extra(index)
        unsafe groups[place] = extra.0
        unsafe items[place] = extra.1
        unsafe people[place] = extra.2
      }
      try next.put(StageBatch(rows: rows.batch(of: grouped.kind), numbers: columns))
    }
  }
}

/// The rows of a partition, class by class; rows of one class keep their order.
private final class SortedRows {
  let loaded: LoadedRows
  private var indices: [UInt32: [Int]] = [:]

  init(_ loaded: LoadedRows) {
    self.loaded = loaded
    for index in loaded.offsets.indices {
      indices[loaded.extra(index).0, default: []].append(index)
    }
  }

  var groups: [UInt32] { Array(indices.keys) }

  /// The rows of a class, at most 1,024 at a time.
  func rows(of group: UInt32) -> [ArraySlice<Int>] {
    guard let all = indices[group] else { return [] }
    return stride(from: 0, to: all.count, by: 1_024).map { start in
      all[start..<min(start + 1_024, all.count)]
    }
  }
}
