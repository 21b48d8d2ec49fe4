/// What a column of a grade export is.
enum GradeRole: UInt8 {
  case firstName, lastName, fullName, idNumber, email, username
  /// Fields that are kept as attributes of the learner.
  case institution, department, custom
  case suspended
  case item, total
  case downloaded

  /// Whether the column says who the learner is, or something about the learner.
  var isUserField: Bool { rawValue <= GradeRole.suspended.rawValue }

  /// The heading that Moodle writes.
  var heading: String {
    switch self {
    case .firstName: "First name"
    case .lastName: "Last name"
    case .fullName: "Full name"
    case .idNumber: "ID number"
    case .email: "Email address"
    case .username: "Username"
    case .institution: "Institution"
    case .department: "Department"
    case .suspended: "Suspended"
    case .downloaded: "Last downloaded from this course"
    default: ""
    }
  }

  /// The key of the attribute that keeps the column, when it has one of its own.
  var attributeKey: String? {
    switch self {
    case .institution: "institution"
    case .department: "department"
    default: nil
    }
  }
}

/// How a column shows the grades of an item.
enum GradeDisplay: UInt8 {
  /// Nothing in the heading says it.
  case plain
  case real, percentage, letter, feedback

  /// The word in parentheses behind the heading.
  var word: String {
    switch self {
    case .plain, .real: "Real"
    case .percentage: "Percentage"
    case .letter: "Letter"
    case .feedback: "Feedback"
    }
  }
}

/// The displays that an item has.
struct GradeDisplays: OptionSet, Hashable {
  let rawValue: UInt8

  /// A column of numbers, or of words of a scale.
  static let real = GradeDisplays(rawValue: 1 << 0)
  static let percentage = GradeDisplays(rawValue: 1 << 1)
  static let letter = GradeDisplays(rawValue: 1 << 2)
  static let feedback = GradeDisplays(rawValue: 1 << 3)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The set of one display.
  init(_ display: GradeDisplay) {
    switch display {
    case .plain, .real: self = .real
    case .percentage: self = .percentage
    case .letter: self = .letter
    case .feedback: self = .feedback
    }
  }
}

/// One column of a grade export: what it is and how its cells are written.
struct GradeColumn: Hashable {
  var role: GradeRole
  /// The heading as read, without quotes and guard.
  var header: String
  /// Identifier of the line item or category, or key of the attribute.
  var key = ""
  /// Title of the line item, or heading of the total without its display.
  var title = ""
  var display = GradeDisplay.plain
  /// The decimal mark.
  var mark = UInt8(ascii: ".")
  /// What stands behind percentages.
  var suffix = " %"
  /// What stands for a total that is not there, or for a suspended learner the word for yes.
  var filler = ""

  /// A column.
  init(_ role: GradeRole, header: String) {
    self.role = role
    self.header = header
  }

  /// The column as a line of text, and back.
  var text: String {
    FieldText.join([
      String(role.rawValue), header, key, title, String(display.rawValue), String(mark), suffix,
      filler,
    ])
  }

  init?(_ line: some StringProtocol) {
    let fields = FieldText.split(line)
    guard fields.count == 8, let role = UInt8(fields[0]).flatMap(GradeRole.init),
      let display = UInt8(fields[4]).flatMap(GradeDisplay.init), let mark = UInt8(fields[5])
    else { return nil }
    self.role = role
    header = fields[1]
    key = fields[2]
    title = fields[3]
    self.display = display
    self.mark = mark
    suffix = fields[6]
    filler = fields[7]
  }
}

/// How one grade export is laid out, beyond what every delimited file has.
struct GradePlan: Hashable {
  var classID = ""
  /// Whether cells with blanks are quoted, as Moodle does.
  var quotesBlanks = true
  /// Whether cells that look like formulas are guarded.
  var isGuarded = false
  /// What the last column holds, when it is not the time of the export.
  var downloaded = ""
  var columns: [GradeColumn] = []

  init() {}

  /// The plan as text, for an attribute of the source member.
  var text: String {
    var lines = [
      FieldText.join([classID, quotesBlanks ? "1" : "0", isGuarded ? "1" : "0", downloaded])
    ]
    lines += columns.map(\.text)
    return lines.joined(separator: "\n")
  }

  /// The plan of a text, or `nil`.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first else { return nil }
    let fields = FieldText.split(first)
    guard fields.count == 4 else { return nil }
    classID = fields[0]
    quotesBlanks = fields[1] == "1"
    isGuarded = fields[2] == "1"
    downloaded = fields[3]
    for line in lines.dropFirst() {
      guard let column = GradeColumn(line) else { return nil }
      columns.append(column)
    }
  }

  /// The displays of each item, by its key.
  var displays: [String: GradeDisplays] {
    var displays: [String: GradeDisplays] = [:]
    for column in columns where column.role == .item {
      displays[column.key, default: []].insert(GradeDisplays(column.display))
    }
    return displays
  }
}
