internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes one grade export for each class, or the exports that were read.
///
/// The host hands results class by class, so only the rosters and the class at hand are kept; an
/// export that was read is kept until the end.
struct GradeWriter: GradebookWriter, ~Copyable {
  private static let attributeReason = "only fields of Moodle's own exports have a column"

  let output: AdapterOutput
  let host: HostLink
  let guardsFormulas: Bool
  var source = SourceLayer()
  var plans: [String: GradePlan] = [:]
  var roster = GradeRoster()
  var losses = GradeLosses()
  /// Time of the export, when the data is from Moodle.
  var downloaded = ""
  /// What the last column of a class holds.
  var downloadedOfClass: [[UInt8]: String] = [:]
  /// Further fields of people, and what stands beside scores, by identifier.
  private var fields: [[UInt8]: [(key: String, value: [UInt8])]] = [:]
  private var extras: [[UInt8]: [(isLetter: Bool, value: [UInt8])]] = [:]
  private var isSealed = false

  /// Exports that were read, in their order.
  var sourceGrids: [GradeGrid] = []
  /// The source grid of each class, or -1.
  var sourceGridOfClass: [Int] = []
  var grid = GradeGrid()
  /// The class at hand, or -1.
  var classAtHand = -1
  var sourceAtHand = -1
  /// Rows of the grid at hand by person, places of items; `noNumber` for none.
  var rowOfPerson: [UInt32] = []
  var placeOfItem: [UInt32] = []
  /// What was told of the cells of the grid at hand, by row and place.
  var taken: [UInt64: Int] = [:]
  var isWritten: [Bool] = []
  var isPersonWritten: [Bool] = []
  var isItemWritten: [Bool] = []
  var nextClass = 0
  var names = MemberNames()
  var members = 0

  init(output: AdapterOutput, request: AdapterRequest, host: HostLink) {
    self.output = output
    self.host = host
    guardsFormulas = request.guardsFormulas
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    if source.take(batch) { return }
    switch batch.kind {
    case CBL_KIND_ATTRIBUTE: takeAttributes(batch)
    case CBL_KIND_DATASET: takeDataset(batch)
    case CBL_KIND_CLASS: roster.takeClasses(batch)
    case CBL_KIND_PERSON: roster.takePeople(batch, fields: fields)
    case CBL_KIND_ENROLLMENT: roster.takeEnrollments(batch)
    case CBL_KIND_CATEGORY: roster.takeCategories(batch)
    case CBL_KIND_LINE_ITEM: roster.takeItems(batch)
    case CBL_KIND_RESULT:
      seal()
      try takeResults(batch)
    case CBL_KIND_AGGREGATE_GRADE:
      seal()
      try takeTotals(batch)
    default: return
    }
  }

  mutating func finish() throws(AdapterError) {
    seal()
    try leave()
    try writeClasses(before: roster.classes.count + 1)
    for index in sourceGrids.indices {
      let grid = sourceGrids[index]
      sourceGrids[index] = GradeGrid()
      try write(grid, source: source.member(grid.name))
    }
    if members == 0 {
      prepare(roster.classes.count)
      grid.name = "grades.csv"
      try write(grid, source: nil)
    }
    reportUnwritten()
    try losses.report(to: host, hasSeveralFiles: members > 1)
  }

  /// Counts what stands in no file.
  private mutating func reportUnwritten() {
    losses.lose(
      CBL_KIND_PERSON, roster.persons - isPersonWritten.count { $0 },
      "only students of a class have rows")
    losses.lose(
      CBL_KIND_ENROLLMENT, roster.otherEnrollments,
      "only students who take part have rows")
    losses.lose(
      CBL_KIND_LINE_ITEM, roster.deletedItems, "deleted items are not written")
    let items = roster.items.indices.count { number in
      let item = roster.items[number]
      return !item.isDeleted && !item.id.isEmpty && !isItemWritten[number]
    }
    losses.lose(
      CBL_KIND_LINE_ITEM, items, "an item without a class and results has no file")
  }

  private mutating func takeAttributes(_ batch: RecordBatch) {
    for row in batch.rows(as: AttributeRow.self) {
      guard row.vocabulary.equals("moodle") else {
        losses.lose(CBL_KIND_ATTRIBUTE, Self.attributeReason)
        continue
      }
      if row.owner_kind.equals("sourceMember") {
        if row.key.equals("grades") { plans[row.owner.string] = GradePlan(text: row.value.string) }
      } else if row.owner_kind.equals("person") {
        fields[row.owner.array, default: []].append((row.key.string, row.value.array))
      } else if row.owner_kind.equals("class"), row.key.equals("downloaded") {
        downloadedOfClass[row.owner.array] = row.value.string
      } else if row.owner_kind.equals("result") || row.owner_kind.equals("aggregateGrade"),
        row.key.equals("letter") || row.key.equals("percentage")
      {
        extras[row.owner.array, default: []].append((row.key.equals("letter"), row.value.array))
      } else {
        losses.lose(CBL_KIND_ATTRIBUTE, Self.attributeReason)
      }
    }
  }

  private mutating func takeDataset(_ batch: RecordBatch) {
    for row in batch.rows(as: DatasetRow.self)
    where downloaded.isEmpty && row.format.equals("moodle-grades") {
      downloaded = UnixTime.seconds(row.created.string) ?? ""
    }
  }

  /// Makes ready for scores, once all people and items are known.
  private mutating func seal() {
    guard !isSealed else { return }
    isSealed = true
    roster.seal()
    fields = [:]
    sourceGridOfClass = Array(repeating: -1, count: roster.classes.count + 1)
    isWritten = Array(repeating: false, count: roster.classes.count + 1)
    isPersonWritten = Array(repeating: false, count: roster.people.count)
    isItemWritten = Array(repeating: false, count: roster.items.count)
    rowOfPerson = Array(repeating: noNumber, count: roster.people.count)
    placeOfItem = Array(repeating: noNumber, count: roster.items.count)
    makeSourceGrids()
  }

  private mutating func makeSourceGrids() {
    var itemNumbers: [[UInt8]: UInt32] = [:]
    for (number, item) in roster.items.enumerated() where !item.isDeleted {
      itemNumbers[item.id] = UInt32(number)
    }
    for member in source.members where member.format == "moodle-grades" {
      guard let plan = plans[member.name] else { continue }
      let number = roster.classes.firstIndex { $0.id.elementsEqual(plan.classID.utf8) }
      guard let number else { continue }
      var grid = GradeGrid()
      grid.name = member.name
      names.take(member.name)
      grid.isSource = true
      grid.plan = plan
      grid.plan.columns = []
      grid.downloaded = plan.downloaded.isEmpty ? downloaded : plan.downloaded
      for column in plan.columns {
        let item = column.role == .item ? itemNumbers[Array(column.key.utf8)] : nil
        guard column.role != .item || item != nil else { continue }
        grid.add(current(column, item), item: item ?? noNumber, atEnd: true)
      }
      let known = Set(grid.items.map(\.item))
      for item in roster.items(of: number) where !known.contains(item) {
        Self.add(item, roster.items[Int(item)], to: &grid)
      }
      for student in roster.students(of: number) {
        grid.addRow(person: student.person, isSuspended: student.isSuspended)
      }
      sourceGridOfClass[number] = sourceGrids.count
      sourceGrids.append(grid)
    }
  }

  /// A column of a plan, with the title that its item has now.
  private func current(_ column: GradeColumn, _ item: UInt32?) -> GradeColumn {
    guard let item else { return column }
    let title = roster.items[Int(item)].title
    guard !title.utf8.elementsEqual(column.title.utf8) else { return column }
    var column = column
    if let range = column.header.ranges(of: column.title).last, !column.title.isEmpty {
      column.header.replaceSubrange(range, with: title)
    } else {
      column.header = Self.heading(roster.items[Int(item)], column.display)
    }
    column.title = title
    return column
  }

  /// What stands beside the score of a result or total.
  func extras(of id: Text) -> [(isLetter: Bool, value: [UInt8])] {
    extras.isEmpty || id.isEmpty ? [] : extras[id.array] ?? []
  }
}
