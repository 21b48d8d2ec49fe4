/// A column of the evidence table.
enum EvidenceColumn: UInt8, CaseIterable {
  case learner, `class`, lineItem, target, score, maximum, scaled, scale, date, status
  case id, modified, kind, purpose, textScore, minimum, recorded, rater, artefact, attempt
  case context, depth, trust, comment, lineItemTitle

  /// What is written when the user names no columns.
  static let standard: [EvidenceColumn] = [
    .learner, .class, .lineItem, .target, .score, .maximum, .scaled, .scale, .date, .status,
  ]

  /// The heading.
  var name: String { String(describing: self) }

  /// The field of an evidence record, or `nil` for what only people read.
  var evidenceField: Int? {
    switch self {
    case .id: 0
    case .modified: 2
    case .learner: 3
    case .class: 4
    case .lineItem: 5
    case .target: 6
    case .kind: 7
    case .purpose: 8
    case .status: 9
    case .score: 10
    case .textScore: 11
    case .minimum: 12
    case .maximum: 13
    case .scaled: 14
    case .scale: 15
    case .date: 16
    case .recorded: 17
    case .rater: 18
    case .artefact: 19
    case .attempt: 20
    case .context: 21
    case .depth: 22
    case .trust: 23
    case .comment: 24
    case .lineItemTitle: nil
    }
  }

  /// Name of the field in the table of kinds.
  var evidenceFieldName: String? {
    switch self {
    case .learner: "person"
    case .status: "state"
    case .date: "occurred"
    case .lineItemTitle: nil
    default: name
    }
  }

  /// Whether the values are numbers.
  var isNumber: Bool {
    switch self {
    case .score, .maximum, .scaled, .minimum, .attempt: true
    default: false
    }
  }

  /// The column that a heading names; capitals do not matter.
  init?(heading: String) {
    let folded = heading.lowercased()
    guard let column = Self.allCases.first(where: { $0.name.lowercased() == folded }) else {
      return nil
    }
    self = column
  }

  /// The columns of the option `columns`: names with commas between them; `nil` when one is
  /// unknown or stands there twice.
  static func list(_ option: String) -> [EvidenceColumn]? {
    var columns: [EvidenceColumn] = []
    for name in option.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = name.split(separator: " ").joined(separator: " ")
      guard let column = EvidenceColumn(heading: trimmed), !columns.contains(column) else {
        return nil
      }
      columns.append(column)
    }
    return columns
  }
}
