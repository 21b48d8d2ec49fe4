internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension ResultMemberReader {
  /// Puts the data set, the class and the layout.
  mutating func putFrame(
    _ sink: inout RecordSink, _ shared: inout SharedResults
  ) throws(AdapterError) {
    let origin = cbl_origin(line: 1, member: UInt32(member), flags: 0)
    if !shared.hasDataset {
      shared.hasDataset = true
      var row = DatasetRow()
      row.origin = origin
      row.id = sink.copy(batch.isEmpty ? "moodle:results" : batch)
      row.format = Text("moodle-grades-xml")
      row.system_name = Text("Moodle")
      row.intent = Text("append")
      if let last = batch.split(separator: "_").last, let time = UnixTime.instant(String(last)) {
        row.created = sink.copy(time)
      }
      try sink.put(row)
    }
    let classID = sink.copy(style.classID)
    if keepsLines {
      var row = AttributeRow()
      row.origin = origin
      row.owner_kind = Text("sourceMember")
      row.owner = sink.copy(name)
      row.vocabulary = Text("moodle")
      row.key = Text("results")
      row.value = sink.copy(style.text)
      try sink.put(row)
    }
    var row = AttributeRow()
    row.origin = origin
    row.owner_kind = Text("class")
    row.owner = classID
    row.vocabulary = Text("moodle")
    row.key = Text("batch")
    row.value = sink.copy(batch)
    if !batch.isEmpty { try sink.put(row) }
    var group = ClassRow()
    group.origin = origin
    group.id = classID
    group.title = classID
    try sink.put(group)
  }

  /// Puts the records of one element, and renders what the writer will make of them.
  ///
  /// - Returns: Whether the element has a record.
  mutating func put(
    _ element: Element, _ predicted: inout ByteBuffer, _ sink: inout RecordSink,
    _ shared: inout SharedResults
  ) throws(AdapterError) -> Bool {
    let origin = cbl_origin(line: element.line, member: UInt32(member), flags: 0)
    guard let assignment = element.assignment, !assignment.isEmpty,
      let student = element.student, !student.isEmpty
    else {
      return try reject(
        element, "moodle.result_incomplete",
        "a result needs an assignment and a student; only items and learners with an ID number "
          + "can be exchanged, so give them one", sink)
    }
    if let nested = element.nested {
      return try reject(
        element, "moodle.feedback_not_escaped",
        "elements stand inside \(nested), as older versions export feedback; write < as &lt; and "
          + "& as &amp;", sink)
    }
    guard !(element.score ?? "").isEmpty || !(element.feedback ?? "").isEmpty else {
      try report(
        .skipped, element, "moodle.result_blank", "the result has neither score nor feedback", sink)
      return false
    }
    var values = ResultValues()
    values.assignment = sink.copy(assignment)
    values.student = sink.copy(student)
    values.state = element.state.map { sink.copy($0) } ?? .absent
    values.score = element.score.map { sink.copy($0) } ?? .absent
    values.feedback = element.feedback.map { sink.copy($0) } ?? .absent
    var row = ResultRow()
    row.origin = origin
    guard try read(values.score, element, &row, sink) else { return false }
    let isFirst = shared.results.insert(
      values.assignment.array + [0x1F] + values.student.array
    ).inserted
    if !isFirst {
      let message = "the learner has a result for this assignment above; import takes the last"
      if isStrict { return try reject(element, "moodle.result_twice", message, sink) }
      try report(.warning, element, "moodle.result_twice", message, sink)
    }
    try putParties(values, origin, &sink, &shared)
    row.line_item = values.assignment
    row.person = values.student
    row.class_ = sink.copy(style.classID)
    row.comment = values.feedback
    try putExtras(element, values, isFirst, &row, &sink)
    try sink.put(row)
    if !isFirst { values.state = .absent }
    values.append(style, to: &predicted)
    return true
  }

  /// Reads a score.
  ///
  /// - Returns: `false` when the result was rejected.
  private func read(
    _ score: Text, _ element: Element, _ row: inout ResultRow, _ sink: borrowing RecordSink
  ) throws(AdapterError) -> Bool {
    let kind = ResultScore(score)
    if kind == .malformed || (kind == .words && isStrict) {
      return try reject(
        element, "moodle.score_malformed",
        "the score is no number; import stops at it, so write digits with a point", sink)
    }
    if kind == .none || kind == .number { row.score = score }
    if kind != .none { row.state = Text(kind.state) }
    guard kind == .words else { return true }
    row.text_score = score
    try report(
      .warning, element, "moodle.score_words",
      "the score is in words; it is kept, and import stops at it", sink)
    return true
  }

  /// Puts the item, the learner and the enrollment when they are new.
  private mutating func putParties(
    _ values: ResultValues, _ origin: cbl_origin, _ sink: inout RecordSink,
    _ shared: inout SharedResults
  ) throws(AdapterError) {
    let classID = sink.copy(style.classID)
    if shared.people.insert(values.student.array).inserted {
      var person = PersonRow()
      person.origin = origin
      person.id = values.student
      person.identifier = values.student
      person.role = Text("student")
      try sink.put(person)
    }
    if enroll(values.student.array) {
      var row = EnrollmentRow()
      row.origin = origin
      row.class_ = classID
      row.person = values.student
      row.role = Text("student")
      try sink.put(row)
    }
    if shared.items.insert(values.assignment.array).inserted {
      var item = LineItemRow()
      item.origin = origin
      item.id = values.assignment
      item.title = values.assignment
      item.class_ = classID
      item.score_kind = Text("points")
      try sink.put(item)
    }
  }

  /// Keeps the state and what Moodle does not have as attributes of the result.
  private func putExtras(
    _ element: Element, _ values: ResultValues, _ isFirst: Bool, _ row: inout ResultRow,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    var extras = element.others
    if let state = element.state { extras.append(("state", state)) }
    guard !extras.isEmpty, isFirst else { return }
    row.id = sink.copy(values.assignment.array + [UInt8(ascii: "|")] + values.student.array)
    for (key, value) in extras {
      var attribute = AttributeRow()
      attribute.origin = row.origin
      attribute.owner_kind = Text("result")
      attribute.owner = row.id
      attribute.vocabulary = Text("moodle")
      attribute.key = sink.copy(key)
      attribute.value = sink.copy(value)
      try sink.put(attribute)
    }
    if !element.others.isEmpty {
      try report(
        .warning, element, "moodle.element_unknown",
        "an element of this result is not Moodle's; it is kept as an attribute", sink)
    }
  }

  private func reject(
    _ element: Element, _ code: String, _ message: String, _ sink: borrowing RecordSink
  ) throws(AdapterError) -> Bool {
    try report(.rejected, element, code, message, sink)
    return false
  }

  private func report(
    _ severity: RecordProblem.Severity, _ element: Element, _ code: String, _ message: String,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        severity, code, message, member: name, line: element.line,
        value: element.score ?? "", kind: CBL_KIND_RESULT))
  }
}
