internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension PackageWriter {
  /// The school for records that name none; made up when there is none at all.
  mutating func school() -> Text {
    if roster.organization.isAbsent {
      roster.organization = Text("org")
      var row = OrganizationRow()
      row.id = roster.organization
      row.name = Text("School")
      row.type = Text("school")
      pendingOrganization = row
    }
    return roster.organization
  }

  /// The term for records that name none; made up when there is none at all.
  mutating func session() throws(AdapterError) -> Text {
    if roster.session.isAbsent {
      roster.session = Text("term")
      var row = AcademicSessionRow()
      row.id = roster.session
      row.title = Text("Term")
      row.type = Text("term")
      row.start_date = Text("2000-01-01")
      row.end_date = Text("2099-12-31")
      row.school_year = Text("2099")
      invented.add("academicSessions", "a record", "term")
      complete(&row.status, &row.modified, "academicSessions")
      try write(row, to: "academicSessions", id: row.id, status: row.status)
    }
    return roster.session
  }

  /// The category for line items without one.
  mutating func uncategorized() throws(AdapterError) -> Text {
    if roster.category.isAbsent {
      roster.category = Text("uncategorized")
      var row = CategoryRow()
      row.id = roster.category
      row.title = Text("Uncategorized")
      invented.add("categories", "a record", "uncategorized")
      complete(&row.status, &row.modified, "categories")
      try write(row, to: "categories", id: row.id, status: row.status)
    }
    return roster.category
  }

  /// The class of line items that several classes share, such as the sections of a course.
  mutating func gradebookClass() throws(AdapterError) -> UInt32 {
    guard roster.gradebook == nil else { return RosterFacts.gradebookNumber }
    var id = "gradebook"
    var tries = 1
    while roster.classes.contains(where: { $0.id.string == id }) {
      tries += 1
      id = "gradebook-\(tries)"
    }
    var row = ClassRow()
    row.id = keeper.keep(id)
    row.title = Text("Gradebook")
    invented.add("classes", "a record", id)
    try put(row, RosterFacts.gradebookNumber)
    return RosterFacts.gradebookNumber
  }

  /// A course for a class without one.
  mutating func inventCourse(_ id: Text, title: Text) throws(AdapterError) {
    var row = CourseRow()
    row.id = id
    row.title = title
    row.organization = school()
    invented.add("courses", "a record", id.string)
    complete(&row.status, &row.modified, "courses")
    try write(row, to: "courses", id: row.id, status: row.status)
  }

  /// Makes up what a package must hold and nobody gave: roles, and who is in which class.
  mutating func inventRecords() throws(AdapterError) {
    if roster.enrollments == 0 { try inventEnrollments() }
    if version == .v12 { try inventRoles() }
    if let organization = pendingOrganization {
      var row = organization
      pendingOrganization = nil
      invented.add("orgs", "a record", "org")
      complete(&row.status, &row.modified, "orgs")
      try write(row, to: "orgs", id: row.id, status: row.status)
    }
  }

  private mutating func inventEnrollments() throws(AdapterError) {
    for pair in roster.pairs.sorted() {
      let group = roster.classOf(UInt32(pair >> 32))
      let place = Int(pair & 0xFFFF_FFFF)
      guard place < roster.people.count, !group.id.isEmpty else { continue }
      var row = EnrollmentRow()
      fillID(&row.id, "enrollments")
      row.class_ = group.id
      row.organization = group.organization.isEmpty ? school() : group.organization
      row.person = roster.people[place].id
      guard !row.person.isEmpty else { continue }
      row.role = Text("student")
      invented.add("enrollments", "a record", "student")
      complete(&row.status, &row.modified, "enrollments")
      try stream(row, to: "enrollments", id: row.id, status: row.status)
    }
  }

  private mutating func inventRoles() throws(AdapterError) {
    for person in roster.people where !person.hasRole && !person.id.isEmpty {
      var role = person.role
      if role.isEmpty {
        invented.add("roles", "role", person.isTeacher ? "teacher" : "student")
        role = person.isTeacher ? Text("teacher") : Text("student")
      } else if role.equals("administrator") {
        role = Text("siteAdministrator")
        losses.add(
          CBL_KIND_PERSON, Column.field("role", of: CBL_KIND_PERSON), person.id, reduced: true,
          reason: "1.2 knows several administrators; siteAdministrator was written")
      }
      let organizations = person.organizations.isEmpty ? [school()] : person.organizations
      for (index, organization) in organizations.enumerated() {
        var row = RoleRow()
        fillID(&row.id, "roles")
        row.person = person.id
        row.type = index == 0 ? Text("primary") : Text("secondary")
        row.role = role
        row.organization = organization
        complete(&row.status, &row.modified, "roles")
        try write(row, to: "roles", id: row.id, status: row.status)
      }
    }
  }

  /// Writes the manifest, by the source's when there is one.
  mutating func writeManifest() throws(AdapterError) {
    var modes: [String: String] = [:]
    for (name, file) in files where file.source == nil && file.lines > 0 {
      modes["file." + name] = mode(of: name)
    }
    var layout = dataset.manifest?.layout ?? .standard
    layout.hasFinalLineEnd = dataset.manifest == nil
    var writer = try LineWriter(
      output: output, member: dataset.manifest?.name ?? "manifest.csv", layout: layout)
    let lines =
      dataset.manifest.map { [ManifestText.updated($0, modes)] }
      ?? ManifestText.new(version, modes, dataset)
    var buffer = ByteBuffer()
    for line in lines {
      buffer.removeAll()
      buffer.append(line)
      unsafe try writer.header(buffer.bytes)
    }
    try writer.finish()
  }

  private func mode(of name: String) -> String {
    if modeOption == nil || modeOption == "auto", let known = dataset.modes["file." + name] {
      return known
    }
    return isDelta ? "delta" : "bulk"
  }
}
