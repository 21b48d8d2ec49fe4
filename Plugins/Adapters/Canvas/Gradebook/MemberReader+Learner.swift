internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// A learner's row, while its records are made.
struct LearnerRow {
  var id: Text
  var classID: Text
  /// Place of the class among those of the gradebook.
  var classPlace: Int
  var origin: cbl_origin
  /// Place among the people that were kept.
  var place: Int
}

extension MemberReader {
  /// Puts the learner, the notes on the learner and the enrollment.
  ///
  /// - Returns: `nil` when the row was rejected.
  mutating func putPerson(
    _ row: Int, of file: borrowing CSVMember, _ texts: ChunkTexts, _ sink: inout RecordSink,
    _ shared: inout SharedGradebooks
  ) throws(AdapterError) -> LearnerRow? {
    var person = PersonRow()
    person.origin = file.origin(of: row)
    var section = Text.blank
    for (column, planned) in plan.columns.enumerated() where planned.role.isIdentity {
      let cell = FormulaGuard.equation.removed(from: file.text(column, of: row), &sink)
      switch planned.role {
      case .student: person.setWholeName(cell)
      case .lastName: person.family_name = cell
      case .firstName: person.given_name = cell
      case .id: person.id = cell
      case .sisUser: person.identifier = cell
      case .sisLogin: person.username = cell
      case .integration where cell.count > 0:
        person.identifiers = sink.copy("integration:" + cell.string)
      case .section: section = cell
      default: continue
      }
    }
    if person.id.isEmpty { person.id = inventedIdentifier(of: person, &sink) }
    person.role = Text("student")
    if person.isTestStudent { person.test = Text("true") }
    let id = person.id.array
    guard seenHere.insert(id).inserted else {
      try sink.host.report(
        RecordProblem(
          .rejected, "canvas.student_twice",
          "this learner has a row above; keep one of the two", member: name,
          line: file.line(of: row), raw: file.rawRecord(row).string, kind: CBL_KIND_PERSON))
      return nil
    }
    var place = shared.persons[id]
    if place == nil {
      place = shared.people.count
      shared.persons[id] = shared.people.count
      shared.people.set(shared.people.count, to: person)
      try putNotes(row, of: file, person, texts, &sink)
      try sink.put(person)
    } else {
      try putNotes(row, of: file, person, texts, &sink)
    }
    var enrollment = EnrollmentRow()
    enrollment.origin = person.origin
    enrollment.person = person.id
    let classPlace = texts.classPlace(of: section)
    enrollment.class_ = texts.classes[classPlace].id
    enrollment.role = Text("student")
    try sink.put(enrollment)
    return LearnerRow(
      id: person.id, classID: enrollment.class_, classPlace: classPlace, origin: person.origin,
      place: place ?? 0)
  }

  /// Files made by hand have no identifiers: the name stands for the learner.
  private mutating func inventedIdentifier(
    of person: PersonRow, _ sink: inout RecordSink
  ) -> Text {
    var name = !person.sort_name.isEmpty ? person.sort_name.string : person.name.string
    if name.isEmpty { name = "\(person.family_name.string), \(person.given_name.string)" }
    let number = namelessCount[name, default: 0] + 1
    namelessCount[name] = number
    return sink.copy("canvas:student:\(name)" + (number > 1 ? "#\(number)" : ""))
  }

  /// The cells of the teacher's own columns.
  private func putNotes(
    _ row: Int, of file: borrowing CSVMember, _ person: PersonRow, _ texts: ChunkTexts,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    for (column, planned) in plan.columns.enumerated()
    where planned.role == .custom || planned.role == .rootAccount {
      let cell = FormulaGuard.equation.removed(from: file.text(column, of: row), &sink)
      guard cell.count > 0 else { continue }
      var attribute = AttributeRow()
      attribute.origin = person.origin
      attribute.owner_kind = Text("person")
      attribute.owner = person.id
      attribute.vocabulary = Text("canvas")
      attribute.key = texts.keys[column]
      attribute.value = cell
      try sink.put(attribute)
    }
  }
}

extension PersonRow {
  /// Takes a name that is written `Family, Given`, or in one piece.
  mutating func setWholeName(_ name: Text) {
    guard let comma = name.firstPlace(of: ", "), comma > 0, comma + 2 < name.count else {
      self.name = name
      return
    }
    sort_name = name
    family_name = name.part(0..<comma)
    given_name = name.part((comma + 2)..<name.count)
  }

  /// Whether the name is the one that Canvas gives its test account.
  var isTestStudent: Bool {
    sort_name.equals("Student, Test")
      || family_name.equals("Student") && given_name.equals("Test")
  }
}
