internal import AdapterKit
internal import CAdapterABI

extension PackageWriter {
  mutating func put(_ given: PersonRow, _ number: UInt32) throws(AdapterError) {
    var row = given
    complete(&row.status, &row.modified, "users")
    if files["users"]?.source == nil { countReductions(row) }
    fillNames(&row)
    if version != .v10 { fill(&row.enabled, Text("true"), "users", "enabledUser") }
    fill(&row.username, row.email.isEmpty ? row.id : row.email, "users", "username")
    hidePassword(&row.password, "users", CBL_KIND_PERSON, row.id)
    let organizations = row.organizations.isEmpty ? row.primary_organization : row.organizations
    let kept = Self.elements(organizations).map { keeper.keep($0) }
    roster.withPerson(number) { person in
      person.id = keeper.keep(row.id)
      person.role = keeper.keep(row.role)
      person.hasOwnRole = !row.role.isEmpty
      person.organizations = kept
    }
    if version == .v12 {
      try write(row, to: "users", id: row.id, status: row.status)
    } else {
      people.append(keeper.keep(row, of: CBL_KIND_PERSON))
    }
  }

  /// Counts what the file of users says in another way or not at all.
  private mutating func countReductions(_ row: PersonRow) {
    var lost: [(field: String, text: Text, reason: String)] = [
      ("name", row.name, "the format has given and family names only"),
      ("sortName", row.sort_name, "the format has given and family names only"),
    ]
    if version == .v12 {
      lost.append(("role", row.role, "1.2 has roles in a file of their own"))
      lost.append(("organizations", row.organizations, "1.2 has schools with the roles"))
    } else {
      lost.append(
        ("primaryOrganization", row.primary_organization, "the version has one list of schools"))
    }
    if version == .v10, !row.identifiers.hasPrefix("userId:") || row.identifiers.contains(0x1F) {
      lost.append(("identifiers", row.identifiers, "1.0 has one further identifier, without type"))
    }
    for (field, text, reason) in lost where !text.isEmpty {
      losses.add(
        CBL_KIND_PERSON, Column.field(field, of: CBL_KIND_PERSON), row.id, reduced: true,
        reason: reason)
    }
  }

  /// Parts a whole name when there is nothing better.
  private mutating func fillNames(_ row: inout PersonRow) {
    guard row.given_name.isEmpty || row.family_name.isEmpty else { return }
    let words = row.name.string.split(separator: " ").map(String.init)
    let sorted = row.sort_name.string.split(separator: ",").map(String.init)
    var given = words.dropLast().joined(separator: " ")
    var family = words.last ?? ""
    if sorted.count == 2 {
      family = sorted[0]
      given = String(sorted[1].drop { $0 == " " })
    }
    if family.isEmpty { family = row.id.string }
    if given.isEmpty { given = "-" }
    fill(&row.given_name, keeper.keep(given), "users", "givenName")
    fill(&row.family_name, keeper.keep(family), "users", "familyName")
  }

  /// The elements of a list; they live as long as the list.
  static func elements(_ list: Text) -> [Text] {
    guard list.count > 0 else { return [] }
    var elements: [Text] = []
    var start = 0
    for index in 0...list.count where index == list.count || list[index] == 0x1F {
      if index > start { elements.append(list.slice(start, index)) }
      start = index + 1
    }
    return elements
  }

  mutating func put(_ given: RoleRow, _ number: UInt32) throws(AdapterError) {
    var row = given
    guard version == .v12 else {
      takeRole(row, number)
      losses.add(
        CBL_KIND_ROLE, nil, row.id, reduced: true,
        reason: "the roles of a person became one role with several schools")
      return
    }
    complete(&row.status, &row.modified, "roles")
    fillID(&row.id, "roles")
    fill(&row.type, Text("primary"), "roles", "roleType")
    fill(&row.role, Text("student"), "roles", "role")
    if row.organization.isEmpty { fill(&row.organization, school(), "roles", "orgSourcedId") }
    roster.withPerson(number) { $0.hasRole = true }
    try write(row, to: "roles", id: row.id, status: row.status)
  }

  /// Merges a role into its person, as versions before 1.2 have it.
  private mutating func takeRole(_ row: RoleRow, _ number: UInt32) {
    let organization = keeper.keep(row.organization)
    let role = keeper.keep(row.role)
    let isFirst = row.type.equals("primary")
    roster.withPerson(number) { person in
      if !person.hasOwnRole, person.role.isEmpty || (isFirst && !person.hasRole) {
        person.role = role
      }
      if isFirst { person.hasRole = true }
      if !organization.isEmpty, !person.organizations.contains(where: { $0.equals(organization) }) {
        if isFirst {
          person.organizations.insert(organization, at: 0)
        } else {
          person.organizations.append(organization)
        }
      }
    }
  }

  /// Writes the people of a version that has their roles in the same file.
  mutating func finishPeople() throws(AdapterError) {
    guard version != .v12 else { return }
    var byID: [[UInt8]: Int] = [:]
    for (index, person) in roster.people.enumerated() { byID[person.id.array] = index }
    for given in people {
      var row = given
      let facts = byID[row.id.array].map { roster.people[$0] } ?? RosterFacts.Person()
      if files["users"]?.source == nil {
        let role = oldRole(facts, row.id)
        if row.role.isEmpty, facts.role.isEmpty {
          fill(&row.role, role, "users", "role")
        } else {
          row.role = role
        }
        if row.organizations.isEmpty, !facts.organizations.isEmpty {
          let joined = facts.organizations.map(\.array).joined(separator: [0x1F])
          row.organizations = keeper.keep(Array(joined))
        }
        if row.organizations.isEmpty {
          fill(&row.organizations, school(), "users", "orgSourcedIds")
        }
      }
      try write(row, to: "users", id: row.id, status: row.status)
    }
  }

  /// The word of the versions before 1.2 for a role.
  private mutating func oldRole(_ facts: RosterFacts.Person, _ id: Text) -> Text {
    if facts.role.isEmpty { return facts.isTeacher ? Text("teacher") : Text("student") }
    if Vocabulary.named("userRole").contains(facts.role) { return facts.role }
    losses.add(
      CBL_KIND_PERSON, Column.field("role", of: CBL_KIND_PERSON), id, reduced: true,
      reason: "the version has fewer roles; a like one was written")
    return facts.role.equals("counselor") ? Text("aide") : Text("administrator")
  }

  mutating func putEnrollments(_ batch: RecordBatch) throws(AdapterError) {
    var people = batch.counter(Column.field("person", of: CBL_KIND_ENROLLMENT))
    var classes = batch.counter(Column.field("class", of: CBL_KIND_ENROLLMENT))
    for given in batch.rows(as: EnrollmentRow.self) {
      var row = given
      complete(&row.status, &row.modified, "enrollments")
      fillID(&row.id, "enrollments")
      fill(&row.role, Text("student"), "enrollments", "role")
      let group = roster.classOf(classes.next())
      if row.organization.isEmpty, files["enrollments"]?.source == nil {
        let organization = group.organization.isEmpty ? school() : group.organization
        fill(&row.organization, organization, "enrollments", "schoolSourcedId")
      }
      let isTeacher = row.role.equals("teacher")
      roster.withPerson(people.next()) { person in
        if isTeacher { person.isTeacher = true } else { person.isStudent = true }
      }
      roster.enrollments += 1
      try stream(row, to: "enrollments", id: row.id, status: row.status)
    }
  }
}
