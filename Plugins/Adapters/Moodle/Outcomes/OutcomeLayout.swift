internal import AdapterKit
internal import CAdapterABI

/// The columns of an outcomes file.
struct OutcomeLayout: Hashable {
  /// What a column holds.
  enum Role: String, CaseIterable {
    case name = "outcome_name"
    case shortname = "outcome_shortname"
    case description = "outcome_description"
    case scaleName = "scale_name"
    case scaleItems = "scale_items"
    case scaleDescription = "scale_description"
  }

  /// Columns that every file must have.
  static let required: [Role] = [.name, .shortname, .scaleName, .scaleItems]

  var framework = ""
  var quotesBlanks = true
  /// Whether cells that look like formulas are guarded.
  var isGuarded = false
  /// Headings as read.
  var headers: [String] = Role.allCases.map(\.rawValue)

  init() {}

  /// What each column holds; `nil` for columns that Moodle does not have.
  var roles: [Role?] {
    var seen: Set<Role> = []
    return headers.map { header in
      Role(rawValue: header.trimmedBlanks.lowercased()).flatMap { role in
        seen.insert(role).inserted ? role : nil
      }
    }
  }

  /// The layout as text, for an attribute of the source member.
  var text: String {
    FieldText.join([framework, quotesBlanks ? "1" : "0", isGuarded ? "1" : "0"] + headers)
  }

  /// The layout of a text, or `nil`.
  init?(text: String) {
    let fields = FieldText.split(text)
    guard fields.count > 3 else { return nil }
    framework = fields[0]
    quotesBlanks = fields[1] == "1"
    isGuarded = fields[2] == "1"
    headers = Array(fields[3...])
  }
}

/// The cells of one outcome.
struct OutcomeValues {
  var cells: [OutcomeLayout.Role: String] = [:]
  /// Cells of columns that Moodle does not have, by heading.
  var others: [String: String] = [:]

  /// Renders the line of the outcome.
  func render(_ layout: OutcomeLayout, into line: inout GridLine) {
    line.start()
    for (header, role) in zip(layout.headers, layout.roles) {
      if let role {
        line.guardedCell(cells[role] ?? "")
      } else {
        line.guardedCell(others[header] ?? "")
      }
    }
  }
}

/// The scale of an outcome.
struct OutcomeScale {
  /// The scale as its records have it.
  let scale: ScaleSink.Scale

  /// The scale of the cells of a row.
  init(_ values: OutcomeValues) {
    let labels = ScaleText.levels(values.cells[.scaleItems] ?? "")
    let name = values.cells[.scaleName] ?? ""
    scale = ScaleSink.Scale(
      id: "moodle:scale:\(name)", title: name, description: values.cells[.scaleDescription],
      levels: labels.map { TargetTables.Level(label: $0) })
  }
}
