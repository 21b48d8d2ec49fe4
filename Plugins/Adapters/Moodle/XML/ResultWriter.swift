internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes one results file for each class, or the files that were read.
struct ResultWriter: GradebookWriter, ~Copyable {
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

  private var unplaced = 0
  private var late = 0
  private var blank = 0
  private var deleted = 0
  private var flagged = 0
  private var unwritable = 0
  private var attributes = 0
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
        attributes += 1
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
        attributes += 1
      }
    }
  }

  private mutating func seal() {
    guard !isSealed else { return }
    isSealed = true
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
      unplaced += batch.count
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
        unplaced += 1
        continue
      }
      guard !row.status.equals("tobedeleted"), !roster.items[Int(item)].isDeleted else {
        deleted += 1
        continue
      }
      if classNumber == noNumber { classNumber = roster.items[Int(item)].classNumber }
      try enter(min(Int(classNumber), roster.classes.count))
      guard classAtHand >= 0 else {
        late += 1
        continue
      }
      write(row, Int(item), Int(person))
    }
  }

  private mutating func write(_ row: ResultRow, _ item: Int, _ person: Int) {
    var number: [UInt8] = []
    var values = ResultValues()
    values.feedback = row.comment
    if !row.score.isEmpty, !NumberText.append(row.score, mark: 0x2E, to: &number) {
      unwritable += 1
    }
    let isNoGrade = row.state.equals("noGrade")
    guard !number.isEmpty || !row.text_score.isEmpty || isNoGrade || !row.comment.isEmpty,
      ResultValues.isAllowed(row.comment), ResultValues.isAllowed(row.text_score)
    else {
      blank += 1
      return
    }
    if !number.isEmpty, !row.state.isEmpty, !row.state.equals("graded") { flagged += 1 }
    used[person] = true
    usedItems[item] = true
    if number.isEmpty, row.text_score.isEmpty, isNoGrade { number = [UInt8(ascii: "-")] }
    let state = row.id.isEmpty ? nil : states[row.id.array]
    let student = roster.people.withIdentifier(of: person) { $0.array }
    guard !student.isEmpty else {
      unplaced += 1
      return
    }
    let style = styleAtHand
    let id = roster.items[item].id
    withText(number) { score in
      withText(id) { id in
        withText(student) { student in
          withText(state ?? []) { word in
            values.score = !score.isEmpty ? score : row.text_score
            if values.score.isEmpty { values.score = row.score.isAbsent ? .absent : .blank }
            values.assignment = id
            values.student = student
            if state != nil { values.state = word }
            values.append(style, to: &elements)
          }
        }
      }
    }
    ends.append(elements.count)
  }

  // MARK: Members

  private mutating func enter(_ classNumber: Int) throws(AdapterError) {
    guard classNumber != classAtHand else { return }
    try leave()
    guard !isWritten[classNumber] else { return }
    classAtHand = classNumber
    let index = sourceOfClass[classNumber]
    styleAtHand = index >= 0 ? styles[sources[index].name] ?? ResultStyle() : ResultStyle()
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
    let name =
      source?.name
      ?? names.make(String(decoding: id, as: UTF8.self), extension: ".xml", otherwise: "results")
      .name
    var writer = try LineWriter(
      output: output, member: name, layout: source?.layout ?? layout, source: source)
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
  }

  mutating func finish() throws(AdapterError) {
    seal()
    try leave()
    for number in roster.classes.indices where sourceOfClass[number] >= 0 && !isWritten[number] {
      styleAtHand = styles[sources[sourceOfClass[number]].name] ?? ResultStyle()
      try write(number)
    }
    if !hasMembers { try write(roster.classes.count) }
    let people = roster.persons - used.count { $0 }
    let items = roster.items.count - roster.deletedItems - usedItems.count { $0 }
    let result = CBL_KIND_RESULT
    let whole: [(cbl_kind, Int, String)] = [
      (CBL_KIND_ATTRIBUTE, attributes, "only the state of a Moodle result is kept"),
      (CBL_KIND_PERSON, people, "only learners with results stand in a results file"),
      (CBL_KIND_LINE_ITEM, roster.deletedItems, "deleted items are not written"),
      (CBL_KIND_LINE_ITEM, items, "only items with results stand in a results file"),
      (result, unplaced, "a result needs an item and a learner with an ID number"),
      (result, deleted, "deleted results are not written"),
      (result, late, "the file of the class was written already"),
      (result, blank, "a result without a score, words, comment or dash is not written"),
    ]
    for (kind, count, reason) in whole where count > 0 {
      try host.lose(kind, field: nil, count: count, reason: reason)
    }
    let reduced: [(Int, Int, String)] = [
      (6, flagged, "a score does not say the state"),
      (7, unwritable, "the number has no plain decimal form"),
    ]
    for (field, count, reason) in reduced where count > 0 {
      try host.lose(result, field: field, reduced: true, count: count, reason: reason)
    }
  }
}
