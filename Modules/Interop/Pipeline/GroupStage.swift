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
  private let writer: WriterStage
  /// Gives the numbers of a kind; asked once its records were read.
  var space: (RecordKind) -> NumberSpace? = { _ in nil }
  private var classOfLineItem: [UInt32] = []
  private let store: RowStore
  private var total = 0
  private let rows = RowBuffer()
  private var columns: [NumberColumns?] = Array(repeating: nil, count: RecordKind.limit)
  private let classes = TextCache()
  private let items = TextCache()
  private let people = TextCache()

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

    /// The fields of class, line item (or target or category) and person.
    var fields: GroupedFields { Self.allFields[rawValue] }

    private static let allFields = allCases.map { grouped in
      let schema = RecordSchema.of(grouped.kind)
      let item =
        switch grouped {
        case .result: "lineItem"
        case .targetResult: "target"
        case .aggregateGrade: "category"
        }
      return GroupedFields(
        group: schema.field("class")?.index ?? 0, item: schema.field(item)?.index ?? 0,
        person: schema.field("person")?.index ?? 0, status: schema.field("status")?.index ?? 1)
    }

    /// The part of the store that holds a partition of this kind.
    func part(_ partition: Int) -> Int { rawValue * GroupStage.partitions + partition }
  }

  /// - Parameter writer: The writer at the end, which knows the fields that are worth keeping.
  init(next: any RecordStage, writer: WriterStage, threshold: Int = GroupStage.threshold) {
    self.next = next
    self.writer = writer
    store = RowStore(
      kinds: GroupedKind.allCases.flatMap { grouped in
        Array(repeating: grouped.kind, count: Self.partitions)
      }, threshold: threshold)
  }

  func put(_ batch: StageBatch) throws {
    if batch.kind == .lineItem { note(batch) }
    guard let grouped = GroupedKind.allCases.first(where: { $0.kind == batch.kind }),
      writer.keptFields(batch.kind) != 0
    else { return try next.put(batch) }
    writer.countAhead(batch)
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
    if total == 0 { total = max(1, space(.schoolClass)?.count ?? 0) }
    let fields = grouped.fields
    // Writers leave out deleted records, whether or not they have a place for the status.
    let kept = writer.keptFields(batch.kind) | 1 << UInt64(fields.status)
    let groups = unsafe batch.numbers?.numbers(fields.group)
    let items = unsafe batch.numbers?.numbers(fields.item)
    let people = unsafe batch.numbers?.numbers(fields.person)
    let classOfLineItem = grouped == .result ? self.classOfLineItem : []
    let store = self.store
    for row in 0..<batch.count {
      var numbers = RowNumbers()
      numbers.group = unsafe groups?[row] ?? .max
      numbers.item = unsafe items?[row] ?? .max
      numbers.person = unsafe people?[row] ?? .max
      // What a number says need not be kept as text too.
      var own = kept
      if numbers.group != .max { numbers.leave(out: fields.group, &own, flag: 1) }
      if numbers.item != .max { numbers.leave(out: fields.item, &own, flag: 2) }
      if numbers.person != .max { numbers.leave(out: fields.person, &own, flag: 4) }
      if numbers.group == .max, Int(numbers.item) < classOfLineItem.count {
        numbers.group = classOfLineItem[Int(numbers.item)]
      }
      let partition =
        numbers.group == .max
        ? Self.partitions - 1
        : min(Self.partitions - 1, Int(numbers.group) * Self.partitions / total)
      try store.append(
        row, of: batch.rows, to: grouped.part(partition), kept: own, numbers: numbers)
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
      let numbers = Set(groups.flatMap(\.rows.groups)).sorted()
      for number in numbers {
        for group in groups {
          for chunk in group.rows.rows(of: number) {
            try give(chunk, of: group.rows.loaded, group.kind)
          }
        }
      }
    }
    try next.finish()
  }

  private func give(
    _ chunk: ArraySlice<UInt32>, of loaded: LoadedRows, _ grouped: GroupedKind
  ) throws {
    let fields = grouped.fields
    let schema = RecordSchema.of(grouped.kind)
    rows.start(stride: schema.rowSize, rows: chunk.count)
    let columns = columns(of: schema)
    let groupNumbers = unsafe columns.column(fields.group)
    let itemNumbers = unsafe columns.column(fields.item)
    let personNumbers = unsafe columns.column(fields.person)
    classes.start(chunk.count, in: space(of: fields.group, schema))
    items.start(chunk.count, in: space(of: fields.item, schema))
    people.start(chunk.count, in: space(of: fields.person, schema))
    for (place, index) in chunk.enumerated() {
      unsafe loaded.decode(Int(index), into: rows.extend())
      let numbers = loaded.numbers(Int(index))
      unsafe groupNumbers[place] = numbers.group
      unsafe itemNumbers[place] = numbers.item
      unsafe personNumbers[place] = numbers.person
      if numbers.restored & 1 != 0 {
        unsafe rows.set(fields.group, of: place, to: classes.text(of: numbers.group))
      }
      if numbers.restored & 2 != 0 {
        unsafe rows.set(fields.item, of: place, to: items.text(of: numbers.item))
      }
      if numbers.restored & 4 != 0 {
        unsafe rows.set(fields.person, of: place, to: people.text(of: numbers.person))
      }
    }
    try next.put(StageBatch(rows: rows.batch(of: grouped.kind), numbers: columns))
  }

  /// The numbers of what a field names.
  private func space(of field: Int, _ schema: RecordSchema) -> NumberSpace? {
    schema.fields[field].reference.flatMap(space)
  }

  private func columns(of schema: RecordSchema) -> NumberColumns {
    if let known = columns[schema.kind.number] { return known }
    let new = NumberColumns(columns: schema.fields.count, capacity: SortedRows.chunk)
    columns[schema.kind.number] = new
    return new
  }
}

/// Fields by which rows are grouped.
private struct GroupedFields {
  let group: Int
  let item: Int
  let person: Int
  let status: Int
}

extension RowNumbers {
  /// Leaves a field out of a row, because its number says what it is.
  fileprivate mutating func leave(out field: Int, _ kept: inout UInt64, flag: UInt32) {
    guard kept & (1 << UInt64(field)) != 0 else { return }
    kept &= ~(1 << UInt64(field))
    restored |= flag
  }
}
