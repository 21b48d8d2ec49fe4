internal import AdapterKit
internal import CAdapterABI

/// The columns of a competency framework, which count by their place.
enum CompetencyColumn: Int, CaseIterable {
  case parent, idNumber, shortName, description, descriptionFormat, scaleValues
  case scaleConfiguration, ruleType, ruleOutcome, ruleConfig, related, exportedID, isFramework
  case taxonomy

  /// The heading that Moodle writes.
  var heading: String {
    switch self {
    case .parent: "Parent ID number"
    case .idNumber: "ID number"
    case .shortName: "Short name"
    case .description: "Description"
    case .descriptionFormat: "Description format"
    case .scaleValues: "Scale values"
    case .scaleConfiguration: "Scale configuration"
    case .ruleType: "Rule type (optional)"
    case .ruleOutcome: "Rule outcome (optional)"
    case .ruleConfig: "Rule config (optional)"
    case .related: "Cross-referenced competency ID numbers"
    case .exportedID: "Exported ID (optional)"
    case .isFramework: "Is framework"
    case .taxonomy: "Taxonomy"
    }
  }
}

/// How one competency file is laid out.
struct CompetencyLayout: Hashable {
  /// Identifier of the framework; blank when the file has none.
  var framework = ""
  /// Place of the framework's row among the data rows, or -1.
  var frameworkRow = 0
  var quotesBlanks = true
  /// Whether cells that look like formulas are guarded.
  var isGuarded = false
  var headers = CompetencyColumn.allCases.map(\.heading)

  init() {}

  /// The layout as text, for an attribute of the source member.
  var text: String {
    let flags = [quotesBlanks ? "1" : "0", isGuarded ? "1" : "0"]
    return FieldText.join([framework, String(frameworkRow)] + flags + headers)
  }

  /// The layout of a text, or `nil`.
  init?(text: String) {
    let fields = FieldText.split(text)
    guard fields.count > 4, let row = Int(fields[1]) else { return nil }
    framework = fields[0]
    frameworkRow = row
    quotesBlanks = fields[2] == "1"
    isGuarded = fields[3] == "1"
    headers = Array(fields[4...])
  }
}

/// The cells of one row.
struct CompetencyValues {
  private var cells = [String](repeating: "", count: CompetencyColumn.allCases.count)

  init() {}

  subscript(_ column: CompetencyColumn) -> String {
    get { cells[column.rawValue] }
    set { cells[column.rawValue] = newValue }
  }

  /// Renders the row with as many cells as the file has columns.
  func render(columns: Int, into line: inout GridLine) {
    line.start()
    for column in 0..<columns { line.guardedCell(column < cells.count ? cells[column] : "") }
  }
}

/// Codes of the columns in words.
enum CompetencyWords {
  private static let formats = [
    ("0", "moodle"), ("1", "html"), ("2", "plain"), ("4", "markdown"),
  ]
  // The competency table numbers them so; the course tables swap 2 and 3.
  private static let outcomes = [
    ("0", "none"), ("1", "evidence"), ("2", "complete"), ("3", "recommend"),
  ]

  /// The name of a description's markup, or the text itself.
  static func format(_ code: String) -> String { formats.first { $0.0 == code }?.1 ?? code }

  /// The number of a description's markup; HTML when nothing is said.
  static func code(format: String?) -> String {
    guard let format else { return "1" }
    return formats.first { $0.1 == format }?.0 ?? format
  }

  /// What a rule does, or the text itself.
  static func outcome(_ code: String) -> String { outcomes.first { $0.0 == code }?.1 ?? code }

  /// The number of what a rule does, or the text itself.
  static func code(outcome: String) -> String {
    outcomes.first { $0.1 == outcome }?.0 ?? outcome
  }
}

/// Identifiers with commas between them; a comma inside one is written `%2C`.
enum CompetencyList {
  /// The identifiers of a cell.
  static func split(_ text: String) -> [String] {
    Array(text.utf8).split(separator: UInt8(ascii: ",")).map { piece in
      String(decoding: piece, as: UTF8.self).trimmedBlanks
        .split(separator: "%2C", omittingEmptySubsequences: false).joined(separator: ",")
    }.filter { !$0.isEmpty }
  }

  /// The cell of identifiers.
  static func join(_ ids: [String]) -> String {
    ids.map { id in
      id.split(separator: ",", omittingEmptySubsequences: false).joined(separator: "%2C")
    }.joined(separator: ",")
  }
}
