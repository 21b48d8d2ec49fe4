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
  private var targets: [MasteryTarget] = []
  private var tables: [Table] = []
  private var tableOfClass: [Int: Int] = [:]
  private var isSealed = false
  /// Scores by table, person and target.
  private var scores: [[UInt64: [UInt8]]] = []
  private var losses = MasteryLosses()

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
      let number = unsafe Int(numbers?[index] ?? UInt32(targets.count))
      guard number != Int(noNumber) else { continue }
      reserve(number)
      targets[number] = MasteryTarget(row)
    }
  }

  private mutating func reserve(_ number: Int) {
    while targets.count <= number { targets.append(MasteryTarget()) }
  }

  private mutating func seal() {
    guard !isSealed else { return }
    isSealed = true
    for member in source.members {
      guard let plan = plans[member.name] else { continue }
      var numbers: [[UInt8]: UInt32] = [:]
      for (number, target) in targets.enumerated() { numbers[target.id] = UInt32(number) }
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
      } else {
        losses.repeatedEnrollments += 1
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
      if table.hasPerson.insert(student.person).inserted {
        table.people.append(student.person)
      } else {
        losses.repeatedEnrollments += 1
      }
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
      guard target != noNumber, person != noNumber, isWritable(row.score),
        !row.status.equals("tobedeleted")
      else {
        losses.dropped += 1
        continue
      }
      let classNumber = unsafe classes?[index] ?? noNumber
      let place = table(of: classNumber)
      losses.see(
        row, isOfKnownClass: isNamed(tables[place], as: Int(classNumber)),
        isFresh: tables[place].plan == nil)
      reserve(Int(target))
      if tables[place].hasPerson.insert(person).inserted { tables[place].people.append(person) }
      if tables[place].hasTarget.insert(target).inserted { tables[place].targets.append(target) }
      let key = UInt64(person) << 32 | UInt64(target)
      if scores[place].updateValue(row.score.array, forKey: key) != nil {
        losses.dropped += 1
      }
    }
  }

  private func isWritable(_ score: Text) -> Bool {
    var bytes: [UInt8] = []
    return !score.isEmpty
      && DecimalText.append(score, mark: UInt8(ascii: "."), to: &bytes)
  }

  /// Whether a reader gives the class of a table its own identifier.
  private func isNamed(_ table: Table, as classNumber: Int) -> Bool {
    guard classNumber < roster.classes.count else { return false }
    let id = roster.pool.array(roster.classes[classNumber].id)
    return id.elementsEqual((table.plan?.classID ?? baseName(table.name)).utf8)
  }

  mutating func finish() throws(AdapterError) {
    seal()
    if tables.isEmpty {
      tables.append(Table(name: "mastery.csv"))
      scores.append([:])
    }
    for place in tables.indices { try write(place) }
    countTargets()
    countPeople()
    try losses.tally.report(to: host)
  }

  /// Counts what a reader will not find of the targets.
  private mutating func countTargets() {
    var givers: [[UInt8]: UInt32] = [:]
    var found: Set<UInt32> = []
    for (place, table) in tables.enumerated() {
      var taken: Set<String> = []
      for (index, number) in table.targets.enumerated() where number != noNumber {
        let target = targets[Int(number)]
        let known = table.plan.flatMap { index < $0.outcomes.count ? $0.outcomes[index].id : nil }
        let path = String(decoding: target.title, as: UTF8.self)
        let id = known ?? "canvas:outcome:\(path)"
        let shown = Array(SharedGradebooks.free(id, in: &taken).utf8)
        if shown != target.id {
          let count = scores[place].keys.count { UInt32(truncatingIfNeeded: $0) == number }
          losses.tally.reduce(
            CBL_KIND_TARGET_RESULT, "target", count, "a target is known by its title")
        }
        guard givers.updateValue(givers[shown] ?? number, forKey: shown) == nil,
          found.insert(number).inserted
        else { continue }
        losses.compare(target, id: shown, position: index)
      }
    }
    losses.tally.lose(
      CBL_KIND_TARGET, targets.count { $0.isTaken } - found.count,
      "only targets with results are written, and those of one title are one")
  }

  /// Counts what a reader will not find of people and their classes.
  private mutating func countPeople() {
    var shown: Set<UInt32> = []
    for table in tables {
      shown.formUnion(table.hasPerson)
      guard let plan = table.plan, plan.identityCount < 3 else { continue }
      losses.tally.reduce(
        CBL_KIND_PERSON, "identifier",
        table.people.count { roster.people.hasSystemNumber(Int($0)) },
        "the file has no column of the student information system")
    }
    for (field, loss) in People.losses where field != "identifiers" && field != "test" {
      losses.tally.reduce(
        CBL_KIND_PERSON, field,
        shown.count { roster.people.losses(of: Int($0)).contains(loss) },
        "a row has one name as lists sort it, and is of a student")
    }
    losses.tally.lose(
      CBL_KIND_PERSON, roster.peopleTaken - shown.count,
      "only students of a class with results have rows")
    var unshown = 0
    var renamed = 0
    for student in roster.students {
      if let table = tableOfClass[Int(student.classNumber)] {
        if !isNamed(tables[table], as: Int(student.classNumber)) { renamed += 1 }
      } else {
        unshown += 1
      }
    }
    losses.tally.lose(
      CBL_KIND_ENROLLMENT, roster.otherPeople + losses.repeatedEnrollments + unshown,
      "only students of a class with results have a row, and one row in each file")
    losses.tally.reduce(
      CBL_KIND_ENROLLMENT, "class", renamed, "a class is known by the name of its file")
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
    var line = GridLine(
      layout: layout, style: .canvas, guardsFormulas: guardsFormulas || member != nil)
    var roles: [ColumnRole] = [.student, .id, .sisUser]
    line.start()
    for header in MasteryPlan.identity where table.plan == nil { line.cell(header) }
    if let plan = table.plan {
      roles = Array(roles.prefix(plan.identityCount))
      for header in plan.headers { line.guardedCell(header) }
    }
    for target in table.targets.dropFirst(table.plan?.outcomes.count ?? 0) {
      let title = String(decoding: targets[Int(target)].title, as: UTF8.self)
      line.guardedCell(title + MasteryPlan.resultWords)
      line.guardedCell(title + MasteryPlan.pointsWords)
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
        line.numberCell(target == noNumber ? [] : targets[Int(target)].mastery, mark: mark)
      }
      try unsafe writer.line(line.bytes)
    }
    try writer.finish()
  }
}
