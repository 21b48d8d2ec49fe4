internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads grade exports: one class for each file.
enum GradeReader {
  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var shared = SharedGrades()
    shared.isSeveral = input.memberCount > 1
    var files: [GradeFile] = []
    for member in 0..<input.memberCount {
      files.append(try GradeFile(input, member: member, request, &sink, &shared))
    }
    try putDataset(files, shared, &sink)
    for file in files {
      var reader = GradeMemberReader(file: file, request: request)
      try reader.read(input, request, &sink, &shared)
    }
  }

  private static func putDataset(
    _ files: [GradeFile], _ shared: SharedGrades, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var row = DatasetRow()
    row.id = Text("moodle:grades")
    row.format = Text("moodle-grades")
    row.system_name = Text("Moodle")
    row.intent = Text("snapshot")
    if let language = files.first?.language, !language.isEmpty { row.locale = sink.copy(language) }
    if let instant = UnixTime.instant(shared.downloaded) { row.created = sink.copy(instant) }
    try sink.put(row)
  }
}

/// Reads one grade export for the second time, into records.
struct GradeMemberReader: ~Copyable {
  let file: GradeFile
  let isStrict: Bool
  let keepsLines: Bool
  private var number = ByteBuffer()
  /// Rows by learner, to find a learner's second one.
  private var seen: Set<[UInt8]> = []
  private var namelessCount: [String: Int] = [:]
  private var knownByEmail = 0
  private var knownByName = 0

  init(file: GradeFile, request: AdapterRequest) {
    self.file = file
    isStrict = request.isStrict
    keepsLines = request.wantsSourceLayer
  }

  /// Texts of the plan as they go into rows; made anew for each chunk.
  struct ChunkTexts {
    var classID = Text.absent
    var keys: [Text] = []
    var titles: [Text] = []
    var positions: [Text] = []
    var items: [Text] = []
  }

  private func texts(_ sink: inout RecordSink) -> ChunkTexts {
    var texts = ChunkTexts()
    texts.classID = sink.copy(file.plan.classID)
    for (index, column) in file.plan.columns.enumerated() {
      texts.keys.append(sink.copy(column.key))
      texts.titles.append(sink.copy(column.title.trimmedBlanks))
      texts.positions.append(sink.copy(String(index)))
    }
    for item in file.items { texts.items.append(sink.copy(item.key)) }
    return texts
  }

  /// Puts the records of the member.
  mutating func read(
    _ input: AdapterInput, _ request: AdapterRequest, _ sink: inout RecordSink,
    _ shared: inout SharedGrades
  ) throws(AdapterError) {
    var member = try CSVMember(input, member: file.member, request: request)
    var recorder = SourceRecorder(
      member: member.name, format: "moodle-grades", position: file.member)
    var line = GridLine(
      layout: member.layout, quotesBlanks: file.plan.quotesBlanks, guardsFormulas: true)
    var hasHeader = false
    try putFrame(&sink, &shared)
    while try member.next(&sink) {
      if !hasHeader {
        line = GridLine(
          layout: member.layout, quotesBlanks: file.plan.quotesBlanks, guardsFormulas: true)
      }
      let texts = texts(&sink)
      for row in 0..<member.count {
        let isData = try put(row, of: member, hasHeader, texts, &line, &sink, &shared)
        if isData { hasHeader = true }
        guard keepsLines else { continue }
        let usual = member.layout.lineEnd
        if isData {
          try unsafe recorder.line(
            raw: member.rawRecord(row), predicted: line.bytes, end: member.lineEnd(of: row),
            usual: usual, sink: &sink)
        } else {
          try recorder.unrecorded(
            raw: member.rawRecord(row), end: member.lineEnd(of: row), usual: usual, sink: &sink)
        }
      }
    }
    if keepsLines { try recorder.finish(layout: member.layout, sink: &sink) }
    try note(sink)
  }

  /// Puts the records of one row and renders the line that the writer will make of them.
  ///
  /// - Returns: Whether the row has records, or is the headings.
  private mutating func put(
    _ row: Int, of member: borrowing CSVMember, _ hasHeader: Bool, _ texts: ChunkTexts,
    _ line: inout GridLine, _ sink: inout RecordSink, _ shared: inout SharedGrades
  ) throws(AdapterError) -> Bool {
    let columns = file.plan.columns
    guard hasHeader else {
      guard !member.isBlank(row), !member.isOnlyDelimiters(row) else { return false }
      line.start()
      for column in columns { line.cell(column.header) }
      return true
    }
    guard
      try member.check(row, columns: columns.count, kind: CBL_KIND_PERSON, sink: sink),
      let learner = try putLearner(row, of: member, texts, &sink, &shared)
    else { return false }
    var values: [GradeValues] = []
    for (place, item) in file.items.enumerated() {
      values.append(try put(item, texts.items[place], row, of: member, learner, texts, &sink))
    }
    var totals: [GradeTotalValue] = []
    for (index, column) in columns.enumerated() where column.role == .total {
      totals.append(try putTotal(index, row, of: member, learner, texts, &sink))
    }
    if keepsLines { render(row, learner, values, totals, shared, into: &line) }
    return true
  }

  private func render(
    _ row: Int, _ learner: Learner, _ values: [GradeValues], _ totals: [GradeTotalValue],
    _ shared: SharedGrades, into line: inout GridLine
  ) {
    var places: [String: Int] = [:]
    for (place, item) in file.items.enumerated() { places[item.key] = place }
    var total = 0
    var bytes: [UInt8] = []
    line.start()
    for column in file.plan.columns {
      bytes.removeAll(keepingCapacity: true)
      switch column.role {
      case .item:
        let place = places[column.key] ?? 0
        let isText = values[place].append(column, file.items[place].displays, to: &bytes)
        withText(bytes) { isText ? line.guardedCell($0) : line.cell($0) }
      case .total:
        let isText = totals[total].append(column, to: &bytes)
        total += 1
        withText(bytes) { isText ? line.guardedCell($0) : line.cell($0) }
      case .suspended: line.cell(learner.isSuspended ? column.filler : "")
      case .downloaded:
        line.cell(file.plan.downloaded.isEmpty ? shared.downloaded : file.plan.downloaded)
      default: shared.people.append(column, of: learner.place, to: &line)
      }
    }
  }

  /// Tells once how learners were known who have no ID number.
  private func note(_ sink: borrowing RecordSink) throws(AdapterError) {
    if knownByEmail > 0 {
      try sink.host.report(
        RecordProblem(
          .note, "moodle.known_by_email",
          "\(knownByEmail) learners have no ID number; their e-mail address identifies them",
          member: file.name))
    }
    if knownByName > 0 {
      try sink.host.report(
        RecordProblem(
          .note, "moodle.known_by_name",
          "\(knownByName) learners have neither ID number nor e-mail address; their name "
            + "identifies them: export ID numbers to tell equal names apart", member: file.name))
    }
  }

  // MARK: Learners

  /// A learner's row, while its records are made.
  struct Learner {
    var id: Text
    var origin: cbl_origin
    /// Place among the people.
    var place: Int
    var isSuspended: Bool
  }

  private mutating func putLearner(
    _ row: Int, of member: borrowing CSVMember, _ texts: ChunkTexts, _ sink: inout RecordSink,
    _ shared: inout SharedGrades
  ) throws(AdapterError) -> Learner? {
    var person = PersonRow()
    person.origin = member.origin(of: row)
    person.role = Text("student")
    var isSuspended = false
    for (index, column) in file.plan.columns.enumerated() where column.role.isUserField {
      let cell = FormulaGuard.removed(from: member.cell(index, of: row))
      switch column.role {
      case .firstName: person.given_name = cell
      case .lastName: person.family_name = cell
      case .fullName: person.name = cell
      case .idNumber: person.identifier = cell
      case .email: person.email = cell
      case .username: person.username = cell
      case .suspended: isSuspended = !cell.isEmpty && !GradeWords.isNo(cell.string)
      default: continue
      }
    }
    guard try identify(&person, row, of: member, &sink) else { return nil }
    let id = person.id.array
    guard seen.insert(id).inserted else {
      try reject(
        row, of: member, nil, CBL_KIND_PERSON, "moodle.learner_twice",
        "this learner has a row above; keep one of the two", Text.blank, sink)
      return nil
    }
    let place = try keep(person, row, of: member, texts, &sink, &shared)
    var enrollment = EnrollmentRow()
    enrollment.origin = person.origin
    enrollment.class_ = texts.classID
    enrollment.person = person.id
    enrollment.role = Text("student")
    if isSuspended { enrollment.state = Text("suspended") }
    try sink.put(enrollment)
    return Learner(id: person.id, origin: person.origin, place: place, isSuspended: isSuspended)
  }

  /// Puts the person when no file before had the person.
  private func keep(
    _ person: PersonRow, _ row: Int, of member: borrowing CSVMember, _ texts: ChunkTexts,
    _ sink: inout RecordSink, _ shared: inout SharedGrades
  ) throws(AdapterError) -> Int {
    let id = person.id.array
    if let known = shared.places[id] { return known }
    let place = shared.people.count
    shared.places[id] = place
    shared.people.set(place, to: person)
    for (index, column) in file.plan.columns.enumerated()
    where column.role.isUserField && !column.key.isEmpty {
      let cell = FormulaGuard.removed(from: member.cell(index, of: row))
      guard !cell.isEmpty else { continue }
      shared.people.add(column.key, cell.array, to: place)
      var attribute = AttributeRow()
      attribute.origin = person.origin
      attribute.owner_kind = Text("person")
      attribute.owner = person.id
      attribute.vocabulary = Text("moodle")
      attribute.key = texts.keys[index]
      attribute.value = cell
      try sink.put(attribute)
    }
    try sink.put(person)
    return place
  }

  /// Gives a person an identifier: the ID number, else the e-mail address, else the name.
  private mutating func identify(
    _ person: inout PersonRow, _ row: Int, of member: borrowing CSVMember,
    _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool {
    if !person.identifier.isEmpty {
      person.id = person.identifier
      return true
    }
    if !person.email.isEmpty {
      person.id = person.email
      knownByEmail += 1
      return true
    }
    let parts = [person.name.string, person.family_name.string, person.given_name.string]
    let name = parts.filter { !$0.isEmpty }.joined(separator: ", ")
    let known = name.isEmpty ? person.username.string : name
    guard !known.isEmpty, !isStrict else {
      try reject(
        row, of: member, nil, CBL_KIND_PERSON, "moodle.learner_unknown",
        "the row has no ID number and no e-mail address, so the learner is not known; export ID "
          + "numbers", Text.blank, sink)
      return false
    }
    let count = namelessCount[known, default: 0] + 1
    namelessCount[known] = count
    person.id = sink.copy("moodle:person:\(known)" + (count > 1 ? "#\(count)" : ""))
    knownByName += 1
    if count == 2 {
      try sink.host.report(
        RecordProblem(
          .warning, "moodle.name_twice",
          "two learners have the same name and nothing else tells them apart; they are kept "
            + "apart by their place: export ID numbers", member: file.name,
          line: member.line(of: row)))
    }
    return true
  }

  // MARK: Grades

  /// Puts the result of a learner in an item.
  ///
  /// - Returns: What the result keeps of the cells.
  private mutating func put(
    _ item: GradeFile.Item, _ key: Text, _ row: Int, of member: borrowing CSVMember,
    _ learner: Learner, _ texts: ChunkTexts, _ sink: inout RecordSink
  ) throws(AdapterError) -> GradeValues {
    var values = GradeValues()
    guard try readReal(item, row, of: member, &values, &sink),
      try readPercentage(item, row, of: member, &values, &sink)
    else { return GradeValues() }
    readLetter(item, row, of: member, &values)
    if item.feedback >= 0 {
      values.comment = FormulaGuard.removed(from: member.cell(item.feedback, of: row))
    }
    if !values.score.isEmpty || !values.textScore.isEmpty { values.isNoGrade = false }
    guard !values.isEmpty else { return values }
    var result = ResultRow()
    result.origin = learner.origin
    result.line_item = key
    result.person = learner.id
    result.class_ = texts.classID
    result.score = values.score
    result.text_score = values.textScore
    result.comment = values.comment
    if !values.score.isEmpty || !values.textScore.isEmpty {
      result.state = Text("graded")
    } else if values.isNoGrade {
      result.state = Text("noGrade")
    }
    setScoreKind(of: &result, values, item)
    try putExtras(values, &result, learner, &sink)
    try sink.put(result)
    return values
  }

  private func setScoreKind(
    of result: inout ResultRow, _ values: GradeValues, _ item: GradeFile.Item
  ) {
    let kind: StaticString
    if !values.score.isEmpty {
      kind = values.isPercent ? "percent" : "points"
    } else if !values.textScore.isEmpty {
      kind = item.real < 0 || GradeCell.isLetter(values.textScore) ? "letter" : "level"
    } else {
      return
    }
    if !Text(kind).equals(withoutCopy(item.scoreKind)) { result.score_kind = Text(kind) }
  }

  private func withoutCopy(_ kind: String) -> Text {
    switch kind {
    case "points": Text("points")
    case "percent": Text("percent")
    case "letter": Text("letter")
    case "level": Text("level")
    default: .blank
    }
  }

  /// Keeps a percentage or letter that stands beside the score as attributes of the result.
  private func putExtras(
    _ values: GradeValues, _ result: inout ResultRow, _ learner: Learner,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    let extras: [(StaticString, Text)] = [
      ("percentage", values.percentage), ("letter", values.letter),
    ]
    for (name, value) in extras where !value.isEmpty {
      if result.id.isAbsent {
        let id = result.line_item.array + [UInt8(ascii: "|")] + learner.id.array
        result.id = sink.copy(id)
      }
      var attribute = AttributeRow()
      attribute.origin = result.origin
      attribute.owner_kind = Text("result")
      attribute.owner = result.id
      attribute.vocabulary = Text("moodle")
      attribute.key = Text(name)
      attribute.value = value
      try sink.put(attribute)
    }
  }

  /// Reads a number; the text of the cell is kept when it is plain already.
  private mutating func cell(
    _ cell: Text, _ index: Int, _ sink: inout RecordSink
  ) -> (kind: GradeCell, number: Text) {
    number.removeAll()
    let kind = GradeCell(cell, mark: file.marks[index], number: &number)
    guard case .number = kind else { return (kind, .absent) }
    let isSame = unsafe number.bytes.elementsEqual(cell.rawBytes)
    return unsafe (kind, isSame ? cell : sink.copy(number.bytes))
  }

  private mutating func readReal(
    _ item: GradeFile.Item, _ row: Int, of member: borrowing CSVMember,
    _ values: inout GradeValues, _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool {
    guard item.real >= 0 else { return true }
    let raw = member.cell(item.real, of: row)
    if FormulaGuard.isGuarded(raw), FormulaGuard.removed(from: raw).isDash {
      values.textScore = FormulaGuard.removed(from: raw)
      return true
    }
    let text = FormulaGuard.removed(from: raw)
    let (kind, score) = cell(text, item.real, &sink)
    switch kind {
    case .blank: break
    case .noGrade: values.isNoGrade = true
    case .number(let isPercent):
      values.score = score
      values.isPercent = isPercent
    case .words:
      if file.isNumeric(item), !GradeCell.isLetter(text) {
        guard !isStrict else {
          try rejectScore(row, of: member, item.real, Self.wordsMessage, "words", text, sink)
          return false
        }
        try warnOfWords(row, of: member, item.real, text, sink)
      }
      values.textScore = text
    case .unclear:
      try rejectScore(row, of: member, item.real, Self.unclearMessage, "unclear", text, sink)
      return false
    case .garbage:
      try rejectScore(row, of: member, item.real, Self.garbageMessage, "malformed", text, sink)
      return false
    }
    return true
  }

  private mutating func readPercentage(
    _ item: GradeFile.Item, _ row: Int, of member: borrowing CSVMember,
    _ values: inout GradeValues, _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool {
    guard item.percentage >= 0 else { return true }
    let text = FormulaGuard.removed(from: member.cell(item.percentage, of: row))
    let (kind, score) = cell(text, item.percentage, &sink)
    switch kind {
    case .blank: return true
    case .noGrade: values.isNoGrade = true
    case _ where !values.score.isEmpty || !values.textScore.isEmpty: values.percentage = text
    case .number:
      values.score = score
      values.isPercent = true
    case .words: values.textScore = text
    case .unclear:
      try rejectScore(row, of: member, item.percentage, Self.unclearMessage, "unclear", text, sink)
      return false
    case .garbage:
      try rejectScore(
        row, of: member, item.percentage, Self.garbageMessage, "malformed", text, sink)
      return false
    }
    return true
  }

  private func readLetter(
    _ item: GradeFile.Item, _ row: Int, of member: borrowing CSVMember,
    _ values: inout GradeValues
  ) {
    guard item.letter >= 0 else { return }
    let raw = member.cell(item.letter, of: row)
    let text = FormulaGuard.removed(from: raw)
    if text.isEmpty { return }
    if raw.isDash {
      values.isNoGrade = true
    } else if values.textScore.isEmpty {
      values.textScore = text
    } else {
      values.letter = text
    }
  }

  private mutating func putTotal(
    _ index: Int, _ row: Int, of member: borrowing CSVMember, _ learner: Learner,
    _ texts: ChunkTexts, _ sink: inout RecordSink
  ) throws(AdapterError) -> GradeTotalValue {
    let column = file.plan.columns[index]
    let raw = member.cell(index, of: row)
    let text = FormulaGuard.removed(from: raw)
    var value = GradeTotalValue()
    var total = AggregateGradeRow()
    if column.display == .letter || (text.isDash && !raw.isDash) {
      if !raw.isDash { value.textScore = text }
    } else {
      let (kind, score) = cell(text, index, &sink)
      switch kind {
      case .blank, .noGrade: break
      case .number(let isPercent):
        value.score = score
        value.isPercent = isPercent
      case .words: value.textScore = text
      case .unclear:
        try rejectScore(
          row, of: member, index, Self.unclearMessage, "unclear", text, sink,
          CBL_KIND_AGGREGATE_GRADE)
      case .garbage:
        try rejectScore(
          row, of: member, index, Self.garbageMessage, "malformed", text, sink,
          CBL_KIND_AGGREGATE_GRADE)
      }
    }
    guard !value.score.isEmpty || !value.textScore.isEmpty else { return value }
    total.origin = learner.origin
    total.person = learner.id
    total.class_ = texts.classID
    if !column.key.isEmpty { total.category = texts.keys[index] }
    total.title = texts.titles[index]
    total.type = Text("total")
    total.score = value.score
    total.text_score = value.textScore
    total.position = texts.positions[index]
    if value.score.isEmpty {
      total.score_kind = Text("letter")
    } else {
      let isPercent = value.isPercent || column.display == .percentage
      total.score_kind = isPercent ? Text("percent") : Text("points")
    }
    try sink.put(total)
    return value
  }
}
