internal import AdapterKit
internal import CAdapterABI

/// One of the files of a SIS import, and how its columns go into records.
struct RosterTable {
  /// How a cell becomes a field.
  enum Rule {
    case plain
    /// `active` and `deleted`.
    case status
    case date
  }

  struct Column {
    var name: String
    var field: String
    var rule = Rule.plain
    /// Whether the column is written when no file was read.
    var isUsual = true
  }

  /// The name of the file.
  var file: String
  /// The kind of record; attributes for files that no kind fits.
  var kind: cbl_kind
  /// Columns that tell the file.
  var marks: [String]
  /// The column of the record's own identifier; blank when there is none.
  var id = ""
  var columns: [Column] = []
  /// Kind and column of whom an attribute is about.
  var owner: (kind: StaticString, column: String) = ("person", "")

  /// The name of the kind, as attributes have it.
  var kindName: StaticString {
    switch kind {
    case CBL_KIND_ORGANIZATION: "organization"
    case CBL_KIND_ACADEMIC_SESSION: "academicSession"
    case CBL_KIND_COURSE: "course"
    case CBL_KIND_CLASS: "class"
    case CBL_KIND_PERSON: "person"
    case CBL_KIND_ENROLLMENT: "enrollment"
    default: "attribute"
    }
  }

  /// Fields that not every file of the kind says, with the columns that do.
  var rareFields: [(place: Int, name: String, column: String)] {
    var fields = columns.filter { !$0.isUsual || $0.rule == .status }
      .map { (name: $0.field, column: $0.name) }
    if kind == CBL_KIND_ENROLLMENT { fields += [("id", ""), ("state", "")] }
    if kind == CBL_KIND_PERSON { fields += [("agents", ""), ("enabled", "")] }
    return fields.compactMap { field in
      self.field(field.name).map { ($0, field.name, field.column) }
    }
  }

  private static let dates = [
    Column(name: "start_date", field: "startDate", rule: .date),
    Column(name: "end_date", field: "endDate", rule: .date),
  ]
  private static let status = Column(name: "status", field: "status", rule: .status)

  /// The files, in the order in which they are read and written; the more telling ones first.
  static let all: [RosterTable] = [
    RosterTable(
      file: "accounts.csv", kind: CBL_KIND_ORGANIZATION,
      marks: ["account_id", "parent_account_id"], id: "account_id",
      columns: [
        Column(name: "account_id", field: "id"),
        Column(name: "parent_account_id", field: "parent"),
        Column(name: "name", field: "name"), status,
      ]),
    RosterTable(
      file: "terms.csv", kind: CBL_KIND_ACADEMIC_SESSION, marks: ["term_id", "name"],
      id: "term_id",
      columns: [
        Column(name: "term_id", field: "id"), Column(name: "name", field: "title"), status,
      ] + dates),
    RosterTable(
      file: "courses.csv", kind: CBL_KIND_COURSE, marks: ["course_id", "short_name"],
      id: "course_id",
      columns: [
        Column(name: "course_id", field: "id"), Column(name: "short_name", field: "code"),
        Column(name: "long_name", field: "title"),
        Column(name: "account_id", field: "organization"),
        Column(name: "term_id", field: "academicSession"), status,
      ] + dates + [Column(name: "course_format", field: "type", isUsual: false)]),
    RosterTable(
      file: "sections.csv", kind: CBL_KIND_CLASS, marks: ["section_id", "course_id", "name"],
      id: "section_id",
      columns: [
        Column(name: "section_id", field: "id"), Column(name: "course_id", field: "course"),
        Column(name: "name", field: "title"), status,
      ] + dates),
    RosterTable(
      file: "user_observers.csv", kind: CBL_KIND_ATTRIBUTE, marks: ["observer_id", "student_id"],
      owner: ("person", "student_id")),
    RosterTable(
      file: "logins.csv", kind: CBL_KIND_ATTRIBUTE, marks: ["login_id", "existing_user_id"],
      owner: ("person", "existing_user_id")),
    RosterTable(
      file: "users.csv", kind: CBL_KIND_PERSON, marks: ["user_id", "login_id"], id: "user_id",
      columns: [
        Column(name: "user_id", field: "id"), Column(name: "login_id", field: "username"),
        Column(name: "password", field: "password", isUsual: false),
        Column(name: "first_name", field: "givenName"),
        Column(name: "last_name", field: "familyName"),
        Column(name: "full_name", field: "name"),
        Column(name: "sortable_name", field: "sortName"),
        Column(name: "email", field: "email"), status,
        Column(name: "pronouns", field: "pronouns", isUsual: false),
        Column(name: "declared_user_type", field: "role", isUsual: false),
      ]),
    RosterTable(
      file: "enrollments.csv", kind: CBL_KIND_ENROLLMENT, marks: ["user_id", "role"],
      columns: [
        Column(name: "course_id", field: ""), Column(name: "user_id", field: "person"),
        Column(name: "role", field: "role"), Column(name: "section_id", field: "class"), status,
      ]),
    RosterTable(
      file: "admins.csv", kind: CBL_KIND_ATTRIBUTE, marks: ["user_id", "account_id", "role"],
      owner: ("person", "user_id")),
    RosterTable(
      file: "group_categories.csv", kind: CBL_KIND_ATTRIBUTE,
      marks: ["group_category_id", "category_name"], owner: ("organization", "account_id")),
    RosterTable(
      file: "groups_membership.csv", kind: CBL_KIND_ATTRIBUTE, marks: ["group_id", "user_id"],
      owner: ("person", "user_id")),
    RosterTable(
      file: "groups.csv", kind: CBL_KIND_ATTRIBUTE, marks: ["group_id", "name"],
      owner: ("organization", "account_id")),
    RosterTable(
      file: "xlists.csv", kind: CBL_KIND_ATTRIBUTE, marks: ["xlist_course_id", "section_id"],
      owner: ("class", "section_id")),
  ]

  /// The place in ``all`` of the file with these headings, or `nil`.
  static func index(of headers: [String]) -> Int? {
    let enrollments = all.firstIndex { $0.file == "enrollments.csv" }
    let names = Set(headers)
    if names.contains("user_id"), names.contains("role") || names.contains("role_id"),
      names.contains("course_id") || names.contains("section_id")
    {
      return enrollments
    }
    if names.contains("user_id"), names.contains("status"),
      names.contains("first_name") || names.contains("full_name")
    {
      return all.firstIndex { $0.file == "users.csv" }
    }
    return all.indices.first { index in
      index != enrollments && all[index].marks.allSatisfy(names.contains)
    }
  }

  /// The number of a field of the kind, or `nil`.
  func field(_ name: String) -> Int? {
    guard !name.isEmpty, let info = unsafe cbl_kind_table(kind.rawValue) else { return nil }
    return (0..<Int(unsafe info.pointee.field_count)).first { index in
      unsafe info.pointee.fields[index].name.string == name
    }
  }
}

/// A column of one file, ready for its rows.
struct RosterColumn {
  var name: String
  /// The number of the record's field, or -1.
  var field = -1
  var rule = RosterTable.Rule.plain

  /// The columns of a file by their headings.
  static func columns(_ headers: [String], of table: RosterTable) -> [RosterColumn] {
    headers.map { header in
      var column = RosterColumn(name: header)
      if let known = table.columns.first(where: { $0.name == header }) {
        column.field = table.field(known.field) ?? -1
        column.rule = known.rule
      }
      return column
    }
  }
}

extension RecordRow {
  /// Field n of the row.
  subscript(field: Int) -> Text {
    get {
      var copy = self
      return unsafe withUnsafeBytes(of: &copy) { bytes in
        unsafe bytes.load(
          fromByteOffset: MemoryLayout<cbl_origin>.size + field * MemoryLayout<Text>.size,
          as: Text.self)
      }
    }
    set {
      unsafe withUnsafeMutableBytes(of: &self) { bytes in
        unsafe bytes.storeBytes(
          of: newValue,
          toByteOffset: MemoryLayout<cbl_origin>.size + field * MemoryLayout<Text>.size,
          as: Text.self)
      }
    }
  }
}

/// Values that Canvas writes otherwise than the records have them.
enum RosterValue {
  /// The status that a word means, or `nil`.
  static func status(_ word: Text) -> Text? {
    if word.isEmpty { return word }
    if word.matches("active") { return Text("active") }
    return word.matches("deleted") ? Text("tobedeleted") : nil
  }

  /// A date as ISO 8601, or `nil`: `2013-1-03 00:00:00` becomes `2013-01-03T00:00:00`.
  static func date(_ text: Text) -> [UInt8]? {
    let bytes = text.array
    let parts = bytes.split(
      maxSplits: 1, omittingEmptySubsequences: false,
      whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "T") })
    let day = parts[0].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard day.count == 3, day[0].count == 4, (1...2).contains(day[1].count),
      (1...2).contains(day[2].count), day.allSatisfy(isDigits)
    else { return nil }
    var iso = Array(day[0])
    for part in day[1...] {
      iso.append(UInt8(ascii: "-"))
      if part.count == 1 { iso.append(UInt8(ascii: "0")) }
      iso += part
    }
    guard parts.count == 2 else { return iso }
    let time = parts[1]
    guard time.count >= 5, time.first.map(isDigit) == true,
      time.allSatisfy({ isDigit($0) || ":.+-Z".utf8.contains($0) })
    else { return nil }
    return iso + [UInt8(ascii: "T")] + time
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isDigits(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy(isDigit) }
}
