internal import AdapterKit
internal import CAdapterABI

extension PackageWriter {
  /// Writes a batch, with the values that the format needs.
  mutating func putRecords(_ batch: RecordBatch) throws(AdapterError) {
    switch batch.kind {
    case CBL_KIND_ORGANIZATION:
      for row in batch.rows(as: OrganizationRow.self) { try put(row) }
    case CBL_KIND_ACADEMIC_SESSION:
      for row in batch.rows(as: AcademicSessionRow.self) { try put(row) }
    case CBL_KIND_COURSE:
      for row in batch.rows(as: CourseRow.self) { try put(row) }
    case CBL_KIND_CLASS:
      var number = batch.counter(0)
      for row in batch.rows(as: ClassRow.self) { try put(row, number.next()) }
    case CBL_KIND_PERSON:
      var number = batch.counter(0)
      for row in batch.rows(as: PersonRow.self) { try put(row, number.next()) }
    case CBL_KIND_DEMOGRAPHICS:
      for var row in batch.rows(as: DemographicsRow.self) {
        if row.person.isEmpty { row.person = row.id }
        if !row.id.isEmpty, !row.id.equals(row.person) {
          losses.add(
            CBL_KIND_DEMOGRAPHICS, 0, row.id, reduced: true,
            reason: "demographics are known by their person")
        }
        complete(&row.status, &row.modified, "demographics")
        try stream(row, to: "demographics", id: row.id, status: row.status)
      }
    case CBL_KIND_PROFILE:
      for row in batch.rows(as: ProfileRow.self) { try put(row) }
    case CBL_KIND_ROLE:
      var number = batch.counter(Column.field("person", of: CBL_KIND_ROLE))
      for row in batch.rows(as: RoleRow.self) { try put(row, number.next()) }
    case CBL_KIND_ENROLLMENT: try putEnrollments(batch)
    case CBL_KIND_RESOURCE:
      for var row in batch.rows(as: ResourceRow.self) {
        complete(&row.status, &row.modified, "resources")
        fill(&row.vendor_resource, row.id, "resources", "vendorResourceId")
        try write(row, to: "resources", id: row.id, status: row.status)
      }
    case CBL_KIND_RESOURCE_USE:
      for row in batch.rows(as: ResourceUseRow.self) { try put(row) }
    case CBL_KIND_CATEGORY:
      for row in batch.rows(as: CategoryRow.self) { try put(row) }
    case CBL_KIND_SCALE:
      for row in batch.rows(as: ScaleRow.self) {
        scales.append((keeper.keep(row, of: CBL_KIND_SCALE), ScaleLevels()))
      }
    case CBL_KIND_SCALE_LEVEL: takeLevels(batch)
    default: try putGradebook(batch)
    }
  }

  private mutating func putGradebook(_ batch: RecordBatch) throws(AdapterError) {
    switch batch.kind {
    case CBL_KIND_LINE_ITEM: try putItems(batch)
    case CBL_KIND_SCALE_USE:
      for row in batch.rows(as: ScaleUseRow.self) { try put(row) }
    case CBL_KIND_ALIGNMENT:
      for row in batch.rows(as: AlignmentRow.self) { try put(row) }
    case CBL_KIND_RESULT: try putResults(batch)
    case CBL_KIND_TARGET_RESULT:
      for row in batch.rows(as: TargetResultRow.self) { try put(row) }
    default: break
    }
  }

  /// Fills a field that the format needs, and remembers that it was made up.
  mutating func fill(_ field: inout Text, _ value: Text, _ file: String, _ column: String) {
    guard field.isEmpty, !value.isEmpty, files[file]?.source == nil else { return }
    field = value
    invented.add(file, column, value.string)
  }

  /// Fills lifecycle and date of change in a package of changes.
  mutating func complete(_ status: inout Text, _ modified: inout Text, _ file: String) {
    guard isDelta, files[file]?.source == nil else { return }
    if status.isEmpty { status = Text("active") }
    let date =
      dataset.created.isEmpty
      ? Text("1970-01-01T00:00:00.000Z") : keeper.keep(dataset.created)
    fill(&modified, date, file, "dateLastModified")
  }

  private mutating func put(_ given: OrganizationRow) throws(AdapterError) {
    var row = given
    complete(&row.status, &row.modified, "orgs")
    fill(&row.name, row.id, "orgs", "name")
    fill(&row.type, Text("school"), "orgs", "type")
    let isSchool = row.type.equals("school")
    if roster.organization.isAbsent || (isSchool && !roster.hasSchool) {
      roster.organization = keeper.keep(row.id)
      roster.hasSchool = isSchool
    }
    try write(row, to: "orgs", id: row.id, status: row.status)
  }

  private mutating func put(_ given: AcademicSessionRow) throws(AdapterError) {
    var row = given
    complete(&row.status, &row.modified, "academicSessions")
    fill(&row.title, row.id, "academicSessions", "title")
    fill(&row.type, Text("term"), "academicSessions", "type")
    let year = row.school_year.isEmpty ? row.end_date : row.school_year
    let number = year.count >= 4 ? Int(year.slice(0, 4).string) ?? 2000 : 2000
    fill(
      &row.start_date, keeper.keep("\(number - 1)-08-01"), "academicSessions", "startDate")
    fill(&row.end_date, keeper.keep("\(number)-07-31"), "academicSessions", "endDate")
    if version != .v10 {
      fill(&row.school_year, keeper.keep("\(number)"), "academicSessions", "schoolYear")
    }
    if roster.session.isAbsent { roster.session = keeper.keep(row.id) }
    try write(row, to: "academicSessions", id: row.id, status: row.status)
  }

  private mutating func put(_ given: CourseRow) throws(AdapterError) {
    var row = given
    complete(&row.status, &row.modified, "courses")
    fill(&row.title, row.code.isEmpty ? row.id : row.code, "courses", "title")
    if row.organization.isEmpty { fill(&row.organization, school(), "courses", "orgSourcedId") }
    try write(row, to: "courses", id: row.id, status: row.status)
  }

  mutating func put(_ given: ClassRow, _ number: UInt32) throws(AdapterError) {
    var row = given
    complete(&row.status, &row.modified, "classes")
    fill(&row.title, row.code.isEmpty ? row.id : row.code, "classes", "title")
    fill(&row.type, Text("scheduled"), "classes", "classType")
    if files["classes"]?.source == nil {
      if row.course.isEmpty {
        let course = keeper.keep("course." + row.id.string)
        fill(&row.course, course, "classes", "courseSourcedId")
        try inventCourse(course, title: row.title)
      }
      if row.organization.isEmpty {
        fill(&row.organization, school(), "classes", "schoolSourcedId")
      }
      if row.academic_sessions.isEmpty {
        fill(&row.academic_sessions, try session(), "classes", "termSourcedIds")
      }
    }
    let end = (0..<row.academic_sessions.count).first { row.academic_sessions[$0] == 0x1F }
    let first = row.academic_sessions.slice(0, end ?? row.academic_sessions.count)
    roster.set(
      RosterFacts.Class(
        id: keeper.keep(row.id), course: keeper.keep(row.course),
        organization: keeper.keep(row.organization), session: keeper.keep(first)), number)
    try write(row, to: "classes", id: row.id, status: row.status)
  }

  private mutating func put(_ given: ProfileRow) throws(AdapterError) {
    var row = given
    guard files["userProfiles"] != nil else { return }
    complete(&row.status, &row.modified, "userProfiles")
    for (header, path) in [
      ("profileType", \ProfileRow.type), ("vendorId", \ProfileRow.vendor),
      ("credentialType", \ProfileRow.credential_type), ("username", \ProfileRow.username),
    ] {
      fill(&row[keyPath: path], Text("unknown"), "userProfiles", header)
    }
    hidePassword(&row.password, "userProfiles", CBL_KIND_PROFILE, row.id)
    try write(row, to: "userProfiles", id: row.id, status: row.status)
  }

  /// Takes a password out of a new file unless the user asked for it.
  mutating func hidePassword(
    _ password: inout Text, _ file: String, _ kind: cbl_kind, _ id: Text
  ) {
    guard !password.isEmpty, !writesPasswords, files[file]?.source == nil else { return }
    password = .blank
    losses.add(
      kind, Column.field("password", of: kind), id, reduced: true,
      reason: "passwords are written only when asked for (option passwords)")
  }

  private mutating func put(_ given: ResourceUseRow) throws(AdapterError) {
    var row = given
    let name =
      switch row.owner_kind.string {
      case "course": "courseResources"
      case "class": "classResources"
      default: "userResources"
      }
    guard files[name] != nil else {
      losses.add(
        CBL_KIND_RESOURCE_USE, nil, row.id, reason: "the version has no resources of users")
      return
    }
    complete(&row.status, &row.modified, name)
    fillID(&row.id, name)
    try write(row, to: name, id: row.id, status: row.status)
  }

  /// Makes an identifier for a record without one.
  mutating func fillID(_ id: inout Text, _ file: String) {
    guard id.isEmpty, let lines = files[file]?.lines else { return }
    id = keeper.keep("\(file)-\(lines + 1)")
    invented.add(file, "sourcedId", id.string)
  }

  private mutating func put(_ given: CategoryRow) throws(AdapterError) {
    var row = given
    complete(&row.status, &row.modified, "categories")
    fill(&row.title, row.id, "categories", "title")
    try write(row, to: "categories", id: row.id, status: row.status)
  }

  private mutating func put(_ given: ScaleUseRow) throws(AdapterError) {
    var row = given
    let name = row.owner_kind.equals("result") ? "resultScoreScales" : "lineItemScoreScales"
    guard files[name] != nil else { return }
    complete(&row.status, &row.modified, name)
    fillID(&row.id, name)
    try write(row, to: name, id: row.id, status: row.status)
  }

  private mutating func put(_ given: AlignmentRow) throws(AdapterError) {
    var row = given
    guard files["lineItemLearningObjectiveIds"] != nil else { return }
    guard row.owner_kind.equals("line_item") else {
      losses.add(
        CBL_KIND_ALIGNMENT, nil, row.id, reason: "only line items have learning objectives here")
      return
    }
    complete(&row.status, &row.modified, "lineItemLearningObjectiveIds")
    fillID(&row.id, "lineItemLearningObjectiveIds")
    fill(&row.source, Text("unknown"), "lineItemLearningObjectiveIds", "source")
    try stream(row, to: "lineItemLearningObjectiveIds", id: row.id, status: row.status)
  }

  private mutating func put(_ given: TargetResultRow) throws(AdapterError) {
    var row = given
    guard files["resultLearningObjectiveIds"] != nil else { return }
    guard !row.result.isEmpty else {
      losses.add(
        CBL_KIND_TARGET_RESULT, nil, row.id, reason: "only results have learning objectives here")
      return
    }
    complete(&row.status, &row.modified, "resultLearningObjectiveIds")
    fillID(&row.id, "resultLearningObjectiveIds")
    fill(&row.source, Text("unknown"), "resultLearningObjectiveIds", "source")
    try stream(row, to: "resultLearningObjectiveIds", id: row.id, status: row.status)
  }
}

/// Gives the host's numbers of a field row by row.
@safe
struct NumberCounter {
  private let numbers: UnsafeBufferPointer<UInt32>?
  private var index = 0

  init(_ numbers: UnsafeBufferPointer<UInt32>?) { unsafe self.numbers = unsafe numbers }

  /// The number of the next row.
  mutating func next() -> UInt32 {
    defer { index += 1 }
    return unsafe numbers?[index] ?? .max
  }
}

extension RecordBatch {
  /// The numbers of a field, one after the other.
  func counter(_ field: Int) -> NumberCounter { unsafe NumberCounter(numbers(field)) }
}
