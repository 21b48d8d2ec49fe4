internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes one gradebook for each class, or the gradebooks that were read.
///
/// The host hands results class by class, so only the rosters and the class at hand are kept. With
/// a source layer the gradebooks are kept until the end, because one of them may hold rows of
/// several classes.
struct CanvasGradebookWriter: GradebookWriter, ~Copyable {
  let output: AdapterOutput
  let host: HostLink
  let guardsFormulas: Bool
  var source = SourceLayer()
  var plans: [String: GradebookPlan] = [:]
  /// Cells of the teachers' own columns, by person.
  var notes: [[UInt8]: [(key: String, value: [UInt8])]] = [:]
  var roster = GradebookRoster()
  var losses = GradebookLosses()
  var isSealed = false

  /// Gradebooks that were read, in their order.
  var sourceGrids: [GradebookGrid] = []
  /// The source grid of each class, or -1.
  var sourceGridOfClass: [Int] = []
  /// The class at hand.
  var grid = GradebookGrid()
  var classAtHand = -1
  /// The source grid at hand, or -1.
  var sourceAtHand = -1
  /// Rows of the grid at hand by person, columns by line item; `noNumber` for none.
  var rowOfPerson: [UInt32] = []
  var placeOfItem: [UInt32] = []
  var nextClass = 0
  var names: Set<String> = []
  var hasMembers = false

  init(output: AdapterOutput, request: AdapterRequest, host: HostLink) {
    self.output = output
    self.host = host
    guardsFormulas = request.guardsFormulas
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    if source.take(batch) { return }
    switch batch.kind {
    case CBL_KIND_ATTRIBUTE: takeAttributes(batch)
    case CBL_KIND_CLASS: roster.takeClasses(batch)
    case CBL_KIND_PERSON: roster.takePeople(batch, keepsIDs: !notes.isEmpty)
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
    try writeClasses(before: roster.classes.count)
    for index in sourceGrids.indices {
      let grid = sourceGrids[index]
      sourceGrids[index] = GradebookGrid()
      try write(grid, source: source.member(grid.name))
    }
    if !hasMembers {
      grid.removeAll()
      prepare(roster.classes.count)
      try write(grid, source: nil)
    }
    try losses.report(to: host, roster)
  }

  private mutating func takeAttributes(_ batch: RecordBatch) {
    for row in batch.rows(as: AttributeRow.self) where row.vocabulary.equals("canvas") {
      if row.owner_kind.equals("sourceMember"), row.key.equals("gradebook") {
        plans[row.owner.string] = GradebookPlan(text: row.value.string)
      } else if row.owner_kind.equals("person") {
        notes[row.owner.array, default: []].append((row.key.string, row.value.array))
      }
    }
  }

  /// Makes ready for scores, once all people and assignments are known.
  private mutating func seal() {
    guard !isSealed else { return }
    isSealed = true
    roster.seal()
    sourceGridOfClass = Array(repeating: -1, count: roster.classes.count + 1)
    rowOfPerson = Array(repeating: noNumber, count: roster.people.count)
    placeOfItem = Array(repeating: noNumber, count: roster.items.count)
    makeSourceGrids()
  }

  private mutating func makeSourceGrids() {
    let members = source.members.filter { $0.format == "canvas-gradebook" }
    guard members.contains(where: { plans[$0.name] != nil }) else { return }
    var classNumbers: [[UInt8]: Int] = [:]
    for (number, entry) in roster.classes.enumerated() {
      classNumbers[roster.pool.array(entry.id)] = number
    }
    var itemNumbers: [[UInt8]: UInt32] = [:]
    for (number, item) in roster.items.enumerated() {
      itemNumbers[roster.pool.array(item.id)] = UInt32(number)
    }
    for member in members {
      guard let plan = plans[member.name] else { continue }
      for id in plan.classes {
        guard let number = classNumbers[Array(id.utf8)] else { continue }
        sourceGridOfClass[number] = sourceGrids.count
        GradebookLosses.mark(number, in: &losses.knownClasses)
      }
      sourceGrids.append(sourceGrid(member.name, plan, itemNumbers))
    }
    var seen: Set<UInt64> = []
    for student in roster.students where Int(student.classNumber) < roster.classes.count {
      let index = sourceGridOfClass[Int(student.classNumber)]
      guard index >= 0 else { continue }
      guard seen.insert(UInt64(index) << 32 | UInt64(student.person)).inserted else {
        losses.repeatedEnrollments += 1
        continue
      }
      sourceGrids[index].addRow(person: student.person, classNumber: student.classNumber)
    }
  }

  /// The empty grid of a gradebook that was read.
  private func sourceGrid(
    _ name: String, _ plan: GradebookPlan, _ itemNumbers: [[UInt8]: UInt32]
  ) -> GradebookGrid {
    var grid = GradebookGrid()
    grid.name = name
    grid.hasTwoDecimals = false
    let columns = plan.columns
    grid.plan = plan
    grid.plan.columns = []
    for column in columns {
      guard column.role == .item else {
        grid.add(column, atEnd: true)
        continue
      }
      var items = column.itemIDs(of: plan.classes).compactMap { itemNumbers[Array($0.utf8)] }
      // Files that were kept before have one line item for all classes.
      if items.isEmpty, let item = itemNumbers[Array(column.key.utf8)] { items = [item] }
      guard let first = items.first else { continue }
      let place = grid.add(current(column, first), item: first, atEnd: true)
      for item in items.dropFirst() { grid.siblings.append((item, place)) }
    }
    grid.knownColumns = grid.plan.columns.count
    return grid
  }

  /// A column of a plan, with the title that its line item has now.
  private func current(_ column: GradebookColumn, _ item: UInt32?) -> GradebookColumn {
    guard let item else { return column }
    var column = column
    let title = roster.pool.string(roster.items[Int(item)].title)
    if !title.utf8.elementsEqual(column.title.utf8) {
      column.title = title
      column.header = itemHeading(title: title, id: column.key)
    }
    return column
  }
}
