internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads Learning Mastery exports: a row for each learner, two columns for each outcome.
struct MasteryReader {
  private let name: String
  private var plan: MasteryPlan
  private var marks: [ColumnMarks]
  /// Points for mastery of each outcome, as plain decimals.
  private var mastery: [[UInt8]]
  private var seen: Set<[UInt8]> = []

  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var classes: Set<String> = []
    var targets: Set<String> = []
    var people: Set<[UInt8]> = []
    for member in 0..<input.memberCount {
      var reader = try MasteryReader(input, member: member, request, &sink)
      reader.plan.classID = SharedGradebooks.free(baseName(reader.name), in: &classes)
      try reader.read(input, member: member, request, &sink, &targets, &people)
    }
  }

  /// Looks at all rows, for the decimal marks and the points for mastery.
  private init(
    _ input: AdapterInput, member: Int, _ request: AdapterRequest, _ sink: inout RecordSink
  ) throws(AdapterError) {
    name = try input.name(of: member)
    var file = try CSVMember(input, member: member, request: request)
    var found: MasteryPlan?
    var marks: [ColumnMarks] = []
    var points: [[UInt8]] = []
    while try file.next(&sink) {
      for row in 0..<file.count where !RowSorter.isBlank(row, of: file) {
        guard let plan = found else {
          found = MasteryPlan(
            headers: file.strings(of: row).map { FormulaGuard.equation.removed(from: $0) })
          var empty = ColumnMarks()
          empty.delimiterIsSemicolon = file.layout.dialect.delimiter == UInt8(ascii: ";")
          marks = Array(repeating: empty, count: found?.outcomes.count ?? 0)
          points = Array(repeating: [], count: marks.count)
          guard found == nil else { continue }
          throw AdapterError(
            badData: RecordProblem(
              .fatal, "canvas.no_outcomes",
              "the headings are not a name, an identifier and pairs of \"... result\" and "
                + "\"... mastery points\"", member: name, line: file.line(of: row)))
        }
        for outcome in plan.outcomes.indices {
          let column = plan.identityCount + 2 * outcome
          marks[outcome].see(file.text(column, of: row))
          marks[outcome].see(file.text(column + 1, of: row))
          if points[outcome].isEmpty { points[outcome] = file.text(column + 1, of: row).array }
        }
      }
    }
    guard let found else {
      throw AdapterError(
        badData: RecordProblem(.fatal, "canvas.no_header", "the file has no headings", member: name)
      )
    }
    plan = found
    self.marks = marks
    mastery = []
    for outcome in plan.outcomes.indices {
      plan.outcomes[outcome].isComma = marks[outcome].isComma
      mastery.append(plain(points[outcome], outcome))
    }
  }

  private func plain(_ bytes: [UInt8], _ outcome: Int) -> [UInt8] {
    unsafe bytes.withUnsafeBytes { bytes in unsafe plain(Text(bytes), outcome) ?? [] }
  }

  /// A number as a plain decimal, or `nil`.
  private func plain(_ cell: Text, _ outcome: Int) -> [UInt8]? {
    guard let shape = NumberShape(cell), !shape.isPercent else { return nil }
    if case .unclear = marks[outcome].reading(of: shape, in: cell) { return nil }
    var plain: [UInt8] = []
    marks[outcome].appendPlain(shape, of: cell, to: &plain)
    return plain
  }

  private mutating func read(
    _ input: AdapterInput, member: Int, _ request: AdapterRequest, _ sink: inout RecordSink,
    _ targets: inout Set<String>, _ people: inout Set<[UInt8]>
  ) throws(AdapterError) {
    var file = try CSVMember(input, member: member, request: request)
    guard try file.next(&sink) else { return }
    var recorder = SourceRecorder(member: name, format: "canvas-mastery", position: member)
    var line = GridLine(layout: file.layout, style: .canvas, guardsFormulas: true)
    let isKept = request.wantsSourceLayer
    let usual = file.layout.lineEnd
    var hasHeader = false
    try putFrame(member, isKept, &sink, &targets)
    repeat {
      for row in 0..<file.count {
        var isRecorded = true
        if !hasHeader, !RowSorter.isBlank(row, of: file) {
          hasHeader = true
          line.start()
          for header in plan.headers { line.guardedCell(header) }
        } else {
          isRecorded = try put(row, of: file, &line, &sink, &people)
        }
        guard isKept else { continue }
        if isRecorded {
          try unsafe recorder.line(
            raw: file.rawRecord(row), predicted: line.bytes, end: file.lineEnd(of: row),
            usual: usual, sink: &sink)
        } else {
          try recorder.unrecorded(
            raw: file.rawRecord(row), end: file.lineEnd(of: row), usual: usual, sink: &sink)
        }
      }
    } while try file.next(&sink)
    if isKept { try recorder.finish(layout: file.layout, sink: &sink) }
  }

  private func putFrame(
    _ member: Int, _ isKept: Bool, _ sink: inout RecordSink, _ targets: inout Set<String>
  ) throws(AdapterError) {
    let origin = cbl_origin(line: 1, member: UInt32(member), flags: 0)
    if isKept {
      var row = AttributeRow()
      row.owner_kind = Text("sourceMember")
      row.owner = sink.copy(name)
      row.vocabulary = Text("canvas")
      row.key = Text("mastery")
      row.value = sink.copy(plan.text)
      try sink.put(row)
    }
    var schoolClass = ClassRow()
    schoolClass.origin = origin
    schoolClass.id = sink.copy(plan.classID)
    schoolClass.title = schoolClass.id
    try sink.put(schoolClass)
    for (index, outcome) in plan.outcomes.enumerated() where targets.insert(outcome.id).inserted {
      var target = TargetRow()
      target.origin = origin
      target.id = sink.copy(outcome.id)
      target.title = sink.copy(outcome.path)
      target.type = Text("outcome")
      if !mastery[index].isEmpty {
        target.mastery = unsafe mastery[index].withUnsafeBytes { unsafe sink.copy($0) }
      }
      target.position = sink.copy(String(index))
      try sink.put(target)
    }
  }

  /// Puts the records of a learner's row.
  ///
  /// - Returns: Whether there are any; else the row was reported.
  private mutating func put(
    _ row: Int, of file: borrowing CSVMember, _ line: inout GridLine, _ sink: inout RecordSink,
    _ people: inout Set<[UInt8]>
  ) throws(AdapterError) -> Bool {
    guard try !RowSorter.skipBlank(row, of: file, CBL_KIND_PERSON, sink),
      try file.check(row, columns: plan.headers.count, kind: CBL_KIND_PERSON, sink: sink)
    else { return false }
    var person = PersonRow()
    person.origin = file.origin(of: row)
    let name = FormulaGuard.equation.removed(from: file.text(0, of: row), &sink)
    person.setWholeName(name)
    person.id =
      plan.identityCount > 1
      ? FormulaGuard.equation.removed(from: file.text(1, of: row), &sink) : .blank
    if person.id.isEmpty { person.id = sink.copy("canvas:student:" + name.string) }
    if plan.identityCount > 2 {
      person.identifier = FormulaGuard.equation.removed(from: file.text(2, of: row), &sink)
    }
    person.role = Text("student")
    let id = person.id.array
    guard seen.insert(id).inserted else {
      try sink.host.report(
        RecordProblem(
          .rejected, "canvas.student_twice",
          "this learner has a row above; keep one of the two", member: self.name,
          line: file.line(of: row), raw: file.rawRecord(row).string, kind: CBL_KIND_PERSON))
      return false
    }
    if people.insert(id).inserted { try sink.put(person) }
    let classID = sink.copy(plan.classID)
    var enrollment = EnrollmentRow()
    enrollment.origin = person.origin
    enrollment.person = person.id
    enrollment.class_ = classID
    enrollment.role = Text("student")
    try sink.put(enrollment)
    line.start()
    for column in 0..<plan.identityCount {
      line.guardedCell(FormulaGuard.equation.removed(from: file.text(column, of: row), &sink))
    }
    for outcome in plan.outcomes.indices {
      try putResult(outcome, row, of: file, person, classID, &line, &sink)
    }
    return true
  }

  private func putResult(
    _ outcome: Int, _ row: Int, of file: borrowing CSVMember, _ person: PersonRow,
    _ classID: Text, _ line: inout GridLine, _ sink: inout RecordSink
  ) throws(AdapterError) {
    let column = plan.identityCount + 2 * outcome
    let cell = file.text(column, of: row)
    let mark = plan.outcomes[outcome].isComma ? UInt8(ascii: ",") : UInt8(ascii: ".")
    defer { line.numberCell(mastery[outcome], mark: mark) }
    guard !cell.isEmpty else { return line.blank() }
    guard let score = plain(cell, outcome) else {
      line.blank()
      try sink.host.report(
        RecordProblem(
          .rejected, "canvas.score_malformed",
          "this is no number with the decimal mark of its column; correct it", member: name,
          line: file.line(of: row), column: UInt64(column + 1), value: cell.string,
          raw: file.rawRecord(row).string, kind: CBL_KIND_TARGET_RESULT))
      return
    }
    var result = TargetResultRow()
    result.origin = person.origin
    result.person = person.id
    result.target = sink.copy(plan.outcomes[outcome].id)
    result.class_ = classID
    result.state = Text("graded")
    result.score = unsafe score.withUnsafeBytes { unsafe sink.copy($0) }
    if let own = plain(file.text(column + 1, of: row), outcome), own != mastery[outcome] {
      result.mastery = unsafe own.withUnsafeBytes { unsafe sink.copy($0) }
    }
    try sink.put(result)
    line.numberCell(score, mark: mark)
  }
}

extension GridLine {
  /// Adds a plain decimal with another mark.
  mutating func numberCell(_ plain: [UInt8], mark: UInt8) {
    var bytes: [UInt8] = []
    _ = withText(plain) { plain in
      DecimalText.append(
        plain, mark: mark, to: &bytes)
    }
    cell(bytes)
  }
}
