internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes one results file for each class, or the files that were read.
struct ResultWriter: GradebookWriter, ~Copyable {
  private static let attributeReason = "only the state of a Moodle result is kept"
  private static let unplacedReason = "a result needs an item and a learner with an ID number"

  private let output: AdapterOutput
  private let host: HostLink
  private var source = SourceLayer()
  private var styles: [String: ResultStyle] = [:]
  private var batches: [[UInt8]: [UInt8]] = [:]
  private var states: [[UInt8]: [UInt8]] = [:]
  private var roster = GradeRoster()
  private var isSealed = false

  private var classAtHand = -1
  private var styleAtHand = ResultStyle()
  private var elements = ByteBuffer(capacity: 1 << 12)
  private var ends: [Int] = []
  private var isWritten: [Bool] = []
  private var sourceOfClass: [Int] = []
  private var sources: [SourceMember] = []
  private var names = MemberNames()
  private var hasMembers = false

  private var losses = LossTally()
  private var nameAtHand = ""
  private var used: [Bool] = []
  private var usedItems: [Bool] = []

  init(output: AdapterOutput, request: AdapterRequest, host: HostLink) {
    self.output = output
    self.host = host
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    if source.take(batch) { return }
    switch batch.kind {
    case CBL_KIND_ATTRIBUTE: takeAttributes(batch)
    case CBL_KIND_CLASS: roster.takeClasses(batch)
    case CBL_KIND_PERSON: roster.takePeople(batch, fields: [:])
    case CBL_KIND_LINE_ITEM: roster.takeItems(batch)
    case CBL_KIND_RESULT:
      seal()
      try takeResults(batch)
    default: return
    }
  }

  private mutating func takeAttributes(_ batch: RecordBatch) {
    for row in batch.rows(as: AttributeRow.self) {
      guard row.vocabulary.equals("moodle") else {
        losses.lose(CBL_KIND_ATTRIBUTE, Self.attributeReason)
        continue
      }
      if row.owner_kind.equals("sourceMember") {
        if row.key.equals("results") {
          styles[row.owner.string] = ResultStyle(text: row.value.string)
        }
      } else if row.owner_kind.equals("class"), row.key.equals("batch") {
        batches[row.owner.array] = row.value.array
      } else if row.owner_kind.equals("result"), row.key.equals("state") {
        states[row.owner.array] = row.value.array
      } else {
        losses.lose(CBL_KIND_ATTRIBUTE, Self.attributeReason)
      }
    }
  }

  private mutating func seal() {
    guard !isSealed else { return }
    isSealed = true
    roster.people.findShared()
    sources = source.members.filter { $0.format == "moodle-grades-xml" && styles[$0.name] != nil }
    sourceOfClass = Array(repeating: -1, count: roster.classes.count + 1)
    isWritten = Array(repeating: false, count: roster.classes.count + 1)
    used = Array(repeating: false, count: roster.people.count)
    usedItems = Array(repeating: false, count: roster.items.count)
    for (index, member) in sources.enumerated() {
      names.take(member.name)
      let id = styles[member.name]?.classID ?? ""
      let number = roster.classes.firstIndex { $0.id.elementsEqual(id.utf8) }
      if let number { sourceOfClass[number] = index }
    }
  }

  private mutating func takeResults(_ batch: RecordBatch) throws(AdapterError) {
    guard let items = unsafe batch.numbers(3), let people = unsafe batch.numbers(4) else {
      losses.lose(CBL_KIND_RESULT, batch.count, Self.unplacedReason)
      return
    }
    let classes = unsafe batch.numbers(5)
    var index = 0
    for row in batch.rows(as: ResultRow.self) {
      let item = unsafe items[index]
      let person = unsafe people[index]
      var classNumber = unsafe classes?[index] ?? noNumber
      index += 1
      guard item != noNumber, Int(item) < roster.items.count, person != noNumber else {
        losses.lose(CBL_KIND_RESULT, Self.unplacedReason)
        continue
      }
      guard !row.status.equals("tobedeleted"), !roster.items[Int(item)].isDeleted else {
        losses.lose(CBL_KIND_RESULT, "deleted results are not written")
        continue
      }
      if classNumber == noNumber { classNumber = roster.items[Int(item)].classNumber }
      try enter(min(Int(classNumber), roster.classes.count))
      guard classAtHand >= 0 else {
        losses.lose(CBL_KIND_RESULT, "the file of the class was written already")
        continue
      }
      write(row, Int(item), Int(person))
    }
  }

  private mutating func write(_ row: ResultRow, _ item: Int, _ person: Int) {
    var score: [UInt8] = []
    if row.score.isDecimal {
      _ = DecimalText.append(row.score, mark: UInt8(ascii: "."), to: &score)
    }
    // Words that look like a number would not be read, and import stops at them.
    if score.isEmpty, ResultScore(row.text_score) != .malformed { score = row.text_score.array }
    let hasScore = !score.isEmpty
    if !hasScore, row.state.equals("noGrade") { score = [UInt8(ascii: "-")] }
    guard !score.isEmpty || !row.comment.isEmpty, ResultValues.isAllowed(row.comment),
      withText(score, ResultValues.isAllowed)
    else {
      return losses.lose(
        CBL_KIND_RESULT, "a result without a score, words, comment or dash is not written")
    }
    let student = roster.people.withIdentifier(of: person) { $0.array }
    let id = roster.items[item].id
    guard !student.isEmpty, withText(student, ResultValues.isAllowed),
      withText(id, ResultValues.isAllowed)
    else { return losses.lose(CBL_KIND_RESULT, Self.unplacedReason) }
    let state = row.id.isEmpty ? nil : states[row.id.array]
    withText(score) { score in
      withText(id) { id in
        withText(student) { student in
          withText(state ?? []) { word in
            var values = ResultValues()
            values.score = score.isEmpty ? (row.score.isAbsent ? .absent : .blank) : score
            values.assignment = id
            values.student = student
            values.feedback = row.comment
            if state != nil { values.state = word }
            values.append(styleAtHand, to: &elements)
            compare(row, with: values, item, person)
          }
        }
      }
    }
    ends.append(elements.count)
  }

  /// Counts what reading will not give back of a result, and of its item when it is the first.
  private mutating func compare(
    _ row: ResultRow, with values: ResultValues, _ item: Int, _ person: Int
  ) {
    let kind = CBL_KIND_RESULT
    let read = ResultScore(values.score)
    var id: [UInt8] = []
    if !values.state.isAbsent {
      id = values.assignment.array + [UInt8(ascii: "|")] + values.student.array
    }
    withText(id) { id in
      losses.compare(kind, "id", row.id, with: id, "results have no identifiers in the file")
    }
    if !roster.people.hasID(person, values.student) {
      losses.reduce(kind, "person", "learners are known by their ID number")
    }
    losses.compare(
      kind, "state", row.state, with: Text(read.state), "a score does not say the state")
    var plain: [UInt8] = []
    if row.score.isDecimal {
      _ = DecimalText.append(row.score, mark: UInt8(ascii: "."), to: &plain)
    }
    if !row.score.isEmpty, plain.isEmpty {
      losses.reduce(kind, "score", "the number has no plain decimal form")
    }
    losses.compare(
      kind, "textScore", row.text_score, with: read == .words ? values.score : .blank,
      "words have no place beside a number, and must not look like one")
    withText(Array(baseName(nameAtHand).utf8)) { name in
      losses.compare(kind, "class", row.class_, with: name, "the file is not named like the class")
      if !usedItems[item] { compare(roster.items[item], with: name) }
    }
    used[person] = true
    usedItems[item] = true
  }

  private mutating func compare(_ item: GradeRoster.Item, with classID: Text) {
    let kind = CBL_KIND_LINE_ITEM
    let id = String(decoding: item.id, as: UTF8.self)
    losses.compare(kind, "title", item.title, with: id, "the identifier stands for the title")
    losses.compare(
      kind, "scoreKind", item.scoreKind, with: "points", "scores in the file are points")
    withText(roster.classID(Int(item.classNumber))) { own in
      losses.compare(kind, "class", own, with: classID, "the file is not named like the class")
    }
  }

  // MARK: Members

  private mutating func enter(_ classNumber: Int) throws(AdapterError) {
    guard classNumber != classAtHand else { return }
    try leave()
    guard !isWritten[classNumber] else { return }
    classAtHand = classNumber
    let index = sourceOfClass[classNumber]
    styleAtHand = index >= 0 ? styles[sources[index].name] ?? ResultStyle() : ResultStyle()
    nameAtHand = name(of: classNumber)
  }

  /// The name of the file of a class.
  private mutating func name(of classNumber: Int) -> String {
    let index = sourceOfClass[classNumber]
    guard index < 0 else { return sources[index].name }
    let id = String(decoding: roster.classID(classNumber), as: UTF8.self)
    return names.make(id, extension: ".xml", otherwise: "results").name
  }

  /// Writes the class at hand.
  private mutating func leave() throws(AdapterError) {
    guard classAtHand >= 0 else { return }
    let number = classAtHand
    classAtHand = -1
    try write(number)
  }

  private mutating func write(_ classNumber: Int) throws(AdapterError) {
    isWritten[classNumber] = true
    hasMembers = true
    let index = sourceOfClass[classNumber]
    let source = index >= 0 ? sources[index] : nil
    let id = roster.classID(classNumber)
    var layout = CSVLayout()
    layout.lineEnd = .none
    layout.hasFinalLineEnd = false
    if nameAtHand.isEmpty { nameAtHand = name(of: classNumber) }
    var writer = try LineWriter(
      output: output, member: nameAtHand, layout: source?.layout ?? layout, source: source)
    var line = ByteBuffer()
    let batch = batches[id] ?? (source == nil ? Array("competency_toolkit".utf8) : [])
    withText(batch) { ResultValues.appendHeader(batch: $0, to: &line) }
    try unsafe writer.line(line.bytes)
    var start = 0
    for end in ends {
      try unsafe writer.line(UnsafeRawBufferPointer(rebasing: elements.bytes[start..<end]))
      start = end
    }
    line.removeAll()
    ResultValues.appendTrailer(styleAtHand, to: &line)
    if source == nil { line.append("\n") }
    try unsafe writer.line(line.bytes)
    try writer.finish()
    elements.removeAll()
    ends.removeAll(keepingCapacity: true)
    styleAtHand = ResultStyle()
    nameAtHand = ""
  }

  mutating func finish() throws(AdapterError) {
    seal()
    try leave()
    for number in roster.classes.indices where sourceOfClass[number] >= 0 && !isWritten[number] {
      styleAtHand = styles[sources[sourceOfClass[number]].name] ?? ResultStyle()
      try write(number)
    }
    if !hasMembers { try write(roster.classes.count) }
    losses.lose(
      CBL_KIND_PERSON, roster.persons - used.count { $0 },
      "only learners with results stand in a results file")
    losses.lose(CBL_KIND_LINE_ITEM, roster.deletedItems, "deleted items are not written")
    losses.lose(
      CBL_KIND_LINE_ITEM, roster.items.count - roster.deletedItems - usedItems.count { $0 },
      "only items with results stand in a results file")
    try losses.report(to: host)
  }
}
