internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes Learning Mastery files: the ones that were read, or one for each class.
struct MasteryWriter: GradebookWriter, ~Copyable {
  /// One file.
  private struct Table {
    var name: String
    var plan: MasteryPlan?
    var targets: [UInt32] = []
    var people: [UInt32] = []
    var hasPerson: Set<UInt32> = []
    var hasTarget: Set<UInt32> = []
  }

  private let output: AdapterOutput
  private let host: HostLink
  private let guardsFormulas: Bool
  private var source = SourceLayer()
  private var plans: [String: MasteryPlan] = [:]
  private var roster = GradebookRoster()
  private var targetIDs: [[UInt8]] = []
  private var titles: [[UInt8]] = []
  private var mastery: [[UInt8]] = []
  private var tables: [Table] = []
  private var tableOfClass: [Int: Int] = [:]
  private var isSealed = false
  /// Scores by table, person and target.
  private var scores: [[UInt64: [UInt8]]] = []
  private var dropped = 0
  private var texts = 0

  init(output: AdapterOutput, request: AdapterRequest, host: HostLink) {
    self.output = output
    self.host = host
    guardsFormulas = request.guardsFormulas
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    if source.take(batch) { return }
    switch batch.kind {
    case CBL_KIND_ATTRIBUTE:
      for row in batch.rows(as: AttributeRow.self)
      where row.vocabulary.equals("canvas") && row.owner_kind.equals("sourceMember")
        && row.key.equals("mastery")
      {
        plans[row.owner.string] = MasteryPlan(text: row.value.string)
      }
    case CBL_KIND_CLASS: roster.takeClasses(batch)
    case CBL_KIND_PERSON: roster.takePeople(batch, keepsIDs: false)
    case CBL_KIND_ENROLLMENT: roster.takeEnrollments(batch)
    case CBL_KIND_TARGET: takeTargets(batch)
    case CBL_KIND_TARGET_RESULT: takeResults(batch)
    default: return
    }
  }

  private mutating func takeTargets(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    for (index, row) in batch.rows(as: TargetRow.self).enumerated() {
      let number = unsafe Int(numbers?[index] ?? UInt32(titles.count))
      guard number != Int(noNumber) else { continue }
      reserve(number)
      targetIDs[number] = row.id.array
      titles[number] = row.title.isEmpty ? row.id.array : row.title.array
      mastery[number] = row.mastery.array
    }
  }

  private mutating func reserve(_ number: Int) {
    while titles.count <= number {
      targetIDs.append([])
      titles.append([])
      mastery.append([])
    }
  }

  private mutating func seal() {
    guard !isSealed else { return }
    isSealed = true
    for member in source.members {
      guard let plan = plans[member.name] else { continue }
      var numbers: [[UInt8]: UInt32] = [:]
      for (number, id) in targetIDs.enumerated() { numbers[id] = UInt32(number) }
      var table = Table(name: member.name, plan: plan)
      table.targets = plan.outcomes.map { numbers[Array($0.id.utf8)] ?? noNumber }
      table.hasTarget = Set(table.targets)
      let place = roster.classes.firstIndex { entry in
        roster.pool.array(entry.id).elementsEqual(plan.classID.utf8)
      }
      if let place { tableOfClass[place] = tables.count }
      tables.append(table)
      scores.append([:])
    }
    for student in roster.students {
      guard let table = tableOfClass[Int(student.classNumber)] else { continue }
      if tables[table].hasPerson.insert(student.person).inserted {
        tables[table].people.append(student.person)
      }
    }
  }

  private mutating func table(of classNumber: UInt32) -> Int {
    let key = Int(classNumber)
    if let known = tableOfClass[key] { return known }
    let isClass = key < roster.classes.count
    var table = Table(
      name: isClass
        ? safeFileName(roster.pool.string(roster.classes[key].id)) + ".csv" : "mastery.csv")
    while tables.contains(where: { $0.name == table.name }) { table.name = "_" + table.name }
    for student in roster.students where student.classNumber == classNumber {
      if table.hasPerson.insert(student.person).inserted { table.people.append(student.person) }
    }
    tableOfClass[key] = tables.count
    tables.append(table)
    scores.append([:])
    return tables.count - 1
  }

  private mutating func takeResults(_ batch: RecordBatch) {
    seal()
    let targets = unsafe batch.numbers(4)
    let people = unsafe batch.numbers(5)
    let classes = unsafe batch.numbers(6)
    for (index, row) in batch.rows(as: TargetResultRow.self).enumerated() {
      let target = unsafe targets?[index] ?? noNumber
      let person = unsafe people?[index] ?? noNumber
      guard target != noNumber, person != noNumber, !row.score.isEmpty,
        !row.status.equals("tobedeleted")
      else {
        dropped += 1
        continue
      }
      let place = unsafe table(of: classes?[index] ?? noNumber)
      reserve(Int(target))
      if tables[place].hasPerson.insert(person).inserted { tables[place].people.append(person) }
      if tables[place].hasTarget.insert(target).inserted { tables[place].targets.append(target) }
      if !row.text_score.isEmpty { texts += 1 }
      let key = UInt64(person) << 32 | UInt64(target)
      if scores[place].updateValue(row.score.array, forKey: key) != nil { dropped += 1 }
    }
  }

  mutating func finish() throws(AdapterError) {
    seal()
    if tables.isEmpty {
      tables.append(Table(name: "mastery.csv"))
      scores.append([:])
    }
    for place in tables.indices { try write(place) }
    if dropped > 0 {
      try host.lose(
        CBL_KIND_TARGET_RESULT, field: nil, count: dropped,
        reason: "a cell needs a learner, a target and a score, and holds one score only")
    }
    if texts > 0 {
      try host.lose(
        CBL_KIND_TARGET_RESULT, field: 9, count: texts,
        reason: "a Learning Mastery file has no words for scores")
    }
  }

  private func write(_ place: Int) throws(AdapterError) {
    let table = tables[place]
    let member = source.member(table.name)
    var layout = CSVLayout.standard
    layout.lineEnd = .lf
    if let member { layout = member.layout }
    var writer = try LineWriter(
      output: output, member: table.name, layout: layout, source: member)
    // The reader took lines as guarded, so those that were read are known by their guards.
    var line = GridLine(layout: layout, guardsFormulas: guardsFormulas || member != nil)
    var roles: [ColumnRole] = [.student, .id, .sisUser]
    line.start()
    for header in ["Student name", "Student ID", "Student SIS ID"] where table.plan == nil {
      line.cell(header)
    }
    if let plan = table.plan {
      roles = Array(roles.prefix(plan.identityCount))
      for header in plan.headers { line.cell(header, guarded: true) }
    }
    for target in table.targets.dropFirst(table.plan?.outcomes.count ?? 0) {
      let title = String(decoding: titles[Int(target)], as: UTF8.self)
      line.cell(title + MasteryPlan.resultWords, guarded: true)
      line.cell(title + MasteryPlan.pointsWords, guarded: true)
    }
    try unsafe writer.line(line.bytes)
    for person in table.people {
      line.start()
      for role in roles { roster.people.append(role, of: Int(person), to: &line) }
      for (index, target) in table.targets.enumerated() {
        let isComma = table.plan.map { index < $0.outcomes.count && $0.outcomes[index].isComma }
        let mark = isComma == true ? UInt8(ascii: ",") : UInt8(ascii: ".")
        let score = scores[place][UInt64(person) << 32 | UInt64(target)]
        line.numberCell(score ?? [], mark: mark)
        line.numberCell(target == noNumber ? [] : mastery[Int(target)], mark: mark)
      }
      try unsafe writer.line(line.bytes)
    }
    try writer.finish()
  }
}
