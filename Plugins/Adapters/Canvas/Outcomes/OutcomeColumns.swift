internal import AdapterKit
internal import CAdapterABI

/// What the columns of an outcomes file are for.
enum OutcomeColumn: String {
  case canvasID = "canvas_id"
  case guid = "vendor_guid"
  case type = "object_type"
  case title
  case description
  case displayName = "display_name"
  case method = "calculation_method"
  case methodValue = "calculation_int"
  case state = "workflow_state"
  case parents = "parent_guids"
  case mastery = "mastery_points"
  case ratings

  /// The columns that are written when no file was read; ratings follow.
  static let usual: [OutcomeColumn] = [
    .guid, .type, .title, .description, .displayName, .method, .methodValue, .state, .parents,
    .mastery,
  ]
}

/// Calculation methods in Canvas's words and in the canonical ones.
enum OutcomeMethod {
  private static let words: [(canvas: StaticString, canonical: StaticString)] = [
    ("decaying_average", "decayingAverage"), ("n_mastery", "nMastery"), ("highest", "highest"),
    ("latest", "latest"), ("average", "average"), ("weighted_average", "weightedAverage"),
    ("standard_decaying_average", "standardDecayingAverage"),
  ]

  /// The canonical word, or `nil` when Canvas has no such method.
  static func canonical(_ text: Text) -> Text? {
    words.first { text.equals(Text($0.canvas)) }.map { Text($0.canonical) }
  }

  /// Canvas's word; other methods stay as they are.
  static func canvas(_ text: Text) -> Text {
    words.first { text.equals(Text($0.canonical)) }.map { Text($0.canvas) } ?? text
  }

  /// Whether Canvas has the method.
  static func isKnown(_ text: Text) -> Bool {
    text.isEmpty || words.contains { text.equals(Text($0.canonical)) }
  }
}

/// One outcome or group, as the writer holds it; the reader makes the same to know the line.
struct OutcomeEntry {
  var cells: [OutcomeColumn: [UInt8]] = [:]
  /// Cells of columns that Canvas does not name.
  var others: [(key: String, value: [UInt8])] = []
  var parents: [[UInt8]] = []
  var ratings: [(points: [UInt8], label: [UInt8])] = []

  init(_ row: TargetRow) {
    cells[.canvasID] = row.number.array
    cells[.guid] = row.id.array
    cells[.type] = row.type.array
    cells[.title] = row.title.array
    cells[.description] = row.statement.array
    cells[.displayName] = row.display_name.array
    cells[.method] = OutcomeMethod.canvas(row.method).array
    cells[.methodValue] = row.method_value.array
    cells[.mastery] = row.mastery.array
    let status = row.status
    cells[.state] = status.equals("tobedeleted") ? Array("deleted".utf8) : status.array
  }

  /// The field that a column comes from.
  static func field(of column: OutcomeColumn) -> String {
    switch column {
    case .canvasID: "number"
    case .guid, .parents: "id"
    case .type: "type"
    case .title: "title"
    case .description: "statement"
    case .displayName: "displayName"
    case .method: "method"
    case .methodValue: "methodValue"
    case .state: "status"
    case .mastery: "mastery"
    case .ratings: "scale"
    }
  }

  /// Empties a column that the entry must not have.
  ///
  /// - Returns: Whether it held something.
  mutating func clear(_ column: OutcomeColumn) -> Bool {
    defer { cells[column] = [] }
    return cells[column]?.isEmpty == false
  }

  /// Renders the entry below headings.
  func render(below headers: [String], into line: inout GridLine) {
    line.start()
    var index = 0
    while index < headers.count {
      let column = OutcomeColumn(rawValue: headers[index])
      if column == .ratings {
        renderRatings(atLeast: headers.count - index, into: &line)
        return
      }
      var bytes: [UInt8] = []
      if column == .parents {
        bytes = Array(parents.joined(separator: [0x20]))
      } else if let column {
        bytes = cells[column] ?? []
      } else {
        bytes = others.first { $0.key == headers[index] }?.value ?? []
      }
      withText(bytes) { line.guardedCell($0) }
      index += 1
    }
  }

  private func renderRatings(atLeast count: Int, into line: inout GridLine) {
    for rating in ratings {
      line.cell(rating.points)
      withText(rating.label) { line.guardedCell($0) }
    }
    for _ in stride(from: ratings.count * 2, to: count, by: 1) { line.blank() }
  }
}
