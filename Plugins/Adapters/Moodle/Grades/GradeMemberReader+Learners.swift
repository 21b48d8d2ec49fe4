internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension GradeMemberReader {
  /// Puts the learner and the enrollment of a row.
  ///
  /// - Returns: `nil` when the row was rejected.
  mutating func putLearner(
    _ row: Int, of member: borrowing CSVMember, _ texts: ChunkTexts, _ sink: inout RecordSink,
    _ shared: inout SharedGrades
  ) throws(AdapterError) -> Learner? {
    var (person, isSuspended) = file.sheet.readPerson(cells)
    person.origin = member.origin(of: row)
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
      let cell = FormulaGuard.withoutApostrophe(cells[index])
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

  /// Gives a person an identifier.
  private mutating func identify(
    _ person: inout PersonRow, _ row: Int, of member: borrowing CSVMember,
    _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool {
    switch identities.next(person) {
    case .text(let id): person.id = id
    case .email(let id):
      person.id = id
      knownByEmail += 1
    case .made(let id, let count) where !isStrict:
      person.id = sink.copy(id)
      knownByName += 1
      guard count == 2 else { break }
      try sink.host.report(
        RecordProblem(
          .warning, "moodle.name_twice",
          "two learners have the same name and nothing else tells them apart; they are kept "
            + "apart by their place: export ID numbers", member: file.name,
          line: member.line(of: row)))
    case .made, .unknown:
      try reject(
        row, of: member, nil, CBL_KIND_PERSON, "moodle.learner_unknown",
        "the row has no ID number and no e-mail address, so the learner is not known; export ID "
          + "numbers", Text.blank, sink)
      return false
    }
    return true
  }
}
