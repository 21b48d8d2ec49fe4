/// Finds the columns that say who the learner is.
///
/// Canvas's English words decide first; a localized file is read by its shape: the name, digits as
/// identifiers, then the columns of the student information system, and the section last.
enum IdentityColumns {
  private static let words: [String: ColumnRole] = [
    "student": .student, "student name": .student, "lastname": .lastName,
    "firstname": .firstName, "id": .id, "sis user id": .sisUser, "sis login id": .sisLogin,
    "student id": .id, "student sis id": .sisUser, "integration id": .integration,
    "root account": .rootAccount, "section": .section,
    // Other languages of Canvas's own headings.
    "elev": .student, "studerande": .student, "étudiant": .student, "élève": .student,
    "estudiante": .student, "schüler": .student, "schüler/in": .student, "studierende": .student,
    "estudante": .student, "aluno": .student, "opiskelija": .student, "studerende": .student,
    "identifiant": .id, "id.": .id, "tunnus": .id,
    "avsnitt": .section, "sektion": .section, "abschnitt": .section, "sección": .section,
    "seção": .section, "secção": .section, "sectie": .section, "seksjon": .section,
    "ryhmä": .section, "sezione": .section,
  ]

  /// The role that a heading alone gives a column, or `nil`.
  static func role(of header: String) -> ColumnRole? { words[trimmed(header).lowercased()] }

  /// The roles of the leading columns; `nil` where a column says nothing of the learner.
  ///
  /// - Parameters:
  ///   - headers: All headings.
  ///   - firstItem: The first column whose heading ends with an identifier, if there is one.
  static func roles(of headers: [String], firstItem: Int?) -> [ColumnRole?] {
    var roles = headers.map(role)
    keepFirstOfEach(&roles)
    if roles.first == .some(nil) || headers.first == "" {
      roles[0] = roles.contains(.student) || roles.contains(.lastName) ? roles[0] : .student
    }
    guard let firstItem, firstItem > 1, roles[0] == .student else { return roles }
    if !roles.contains(.id), roles[1] == nil { roles[1] = .id }
    // French says Section too, so the first heading must be English as well.
    let isEnglish =
      headers.contains { trimmed($0).lowercased() == "section" }
      && ["student", "student name", "lastname", ""].contains(trimmed(headers[0]).lowercased())
    guard roles.prefix(2).contains(.id), !isEnglish else { return roles }
    fillByShape(&roles, headers: headers, until: firstItem)
    return roles
  }

  /// Gives the columns between the identifier and the first assignment their roles.
  private static func fillByShape(
    _ roles: inout [ColumnRole?], headers: [String], until firstItem: Int
  ) {
    let systems = (2..<firstItem).filter { column in
      roles[column] == nil && headers[column].uppercased().contains("SIS")
    }
    for column in systems {
      let header = headers[column].lowercased()
      let isLogin = ["log", "connexion", "anmeld", "inici", "kirjaut"].contains {
        header.contains($0)
      }
      let role: ColumnRole = isLogin || roles.contains(.sisUser) ? .sisLogin : .sisUser
      if !roles.contains(role) { roles[column] = role }
    }
    for column in 2..<firstItem where roles[column] == nil {
      if headers[column].lowercased().contains("int") && headers[column].contains("ID"),
        !roles.contains(.integration)
      {
        roles[column] = .integration
      }
    }
    let open = (2..<firstItem).filter { roles[$0] == nil }
    guard !roles.contains(.section), !systems.isEmpty || open.count == 1 else { return }
    if let column = open.first { roles[column] = .section }
  }

  private static func keepFirstOfEach(_ roles: inout [ColumnRole?]) {
    var seen: Set<ColumnRole> = []
    for column in roles.indices {
      guard let role = roles[column] else { continue }
      if !seen.insert(role).inserted { roles[column] = nil }
    }
  }
}

/// A text without blanks and tabs around it.
func trimmed(_ text: String) -> String {
  var bytes = Array(text.utf8)[...]
  while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
  while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
  return String(decoding: bytes, as: UTF8.self)
}
