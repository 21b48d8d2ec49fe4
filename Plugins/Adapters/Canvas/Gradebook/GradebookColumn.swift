/// What a column of a gradebook is for.
enum ColumnRole: String {
  case student
  case lastName
  case firstName
  case id
  case sisUser
  case sisLogin
  case integration
  case rootAccount
  case section
  /// A column of the teacher's own, such as notes.
  case custom
  case item
  case total

  /// Whether the column says who the learner is.
  var isIdentity: Bool {
    switch self {
    case .custom, .item, .total: false
    default: true
    }
  }
}

/// One column of a gradebook.
struct GradebookColumn {
  var role: ColumnRole
  /// The heading, guards undone.
  var header: String
  /// Identifier of the line item, or key of the attribute.
  var key: String
  /// Title of the line item.
  var title = ""
  var total = TotalHeading()
  var marks = ColumnMarks()
  /// Identifiers of the line items, one for each class, when they are not the usual ones.
  var ids: [String] = []

  /// The decimal mark that numbers are written with.
  var mark: UInt8 { marks.isComma ? UInt8(ascii: ",") : UInt8(ascii: ".") }

  /// The identifiers of the column's line items, one for each class of the gradebook.
  ///
  /// A line item belongs to one class, as OneRoster has it: the assignment of a gradebook of
  /// several classes is a line item of each.
  func itemIDs(of classes: [String]) -> [String] {
    guard ids.isEmpty else { return ids }
    return classes.count > 1 ? classes.map { "\(key)@\($0)" } : [key]
  }
}

/// What the heading of a total says.
struct TotalHeading: Equatable {
  /// `current`, `final`, `unpostedCurrent`, `unpostedFinal`, `override` or `total`.
  var type = "total"
  /// `points`, `percent`, `letter`, or blank when the heading does not say.
  var scoreKind = ""
  /// Title of the assignment group; blank for the course.
  var category = ""
  /// Title of the grading period; blank for all.
  var period = ""

  init() {}

  /// Reads an English heading, or `nil` when it has none of Canvas's words.
  init?(_ header: String) {
    var rest = header
    if rest.hasSuffix(" (read only)") { rest.removeLast(" (read only)".count) }
    guard let words = Self.ending(of: rest) else {
      guard let (inner, period) = parseTrailingParentheses(rest),
        let words = Self.ending(of: inner)
      else { return nil }
      self = words
      self.period = period
      return
    }
    self = words
  }

  private static func ending(of header: String) -> TotalHeading? {
    for (words, type, scoreKind) in phrases where header.hasSuffix(words) {
      let before = header.dropLast(words.count)
      guard before.isEmpty || before.last == " " else { continue }
      var heading = TotalHeading()
      heading.type = type
      heading.scoreKind = scoreKind
      heading.category = String(before.dropLast())
      return heading
    }
    return nil
  }

  /// The heading in Canvas's words.
  var text: String {
    var text = category.isEmpty ? "" : category + " "
    let phrase = Self.phrases.first { $0.type == type && $0.scoreKind == scoreKind }
    let anyKind = Self.phrases.first { $0.type == type }
    text += (phrase ?? anyKind)?.words ?? (type.isEmpty ? "Total" : type)
    return period.isEmpty ? text : "\(text) (\(period))"
  }

  // Longer phrases first: one ends with another.
  private static let phrases: [(words: String, type: String, scoreKind: String)] = [
    ("Unposted Current Score", "unpostedCurrent", "percent"),
    ("Unposted Final Score", "unpostedFinal", "percent"),
    ("Unposted Current Points", "unpostedCurrent", "points"),
    ("Unposted Final Points", "unpostedFinal", "points"),
    ("Unposted Current Grade", "unpostedCurrent", "letter"),
    ("Unposted Final Grade", "unpostedFinal", "letter"),
    ("Current Score", "current", "percent"),
    ("Final Score", "final", "percent"),
    ("Current Points", "current", "points"),
    ("Final Points", "final", "points"),
    ("Current Grade", "current", "letter"),
    ("Final Grade", "final", "letter"),
    ("Override Score", "override", "percent"),
    ("Override Grade", "override", "letter"),
    ("Override Status", "overrideStatus", "letter"),
  ]
}

/// Parts `Title (inner)` at the parenthesis that the last one closes.
///
/// - Returns: `nil` when the text does not end so, or when nothing is inside.
func parseTrailingParentheses(_ text: String) -> (before: String, inside: String)? {
  let bytes = Array(text.utf8)
  guard bytes.last == UInt8(ascii: ")") else { return nil }
  var depth = 0
  var index = bytes.count - 1
  while index >= 0 {
    if bytes[index] == UInt8(ascii: ")") { depth += 1 }
    if bytes[index] == UInt8(ascii: "(") { depth -= 1 }
    if depth == 0 { break }
    index -= 1
  }
  guard index > 0, bytes[index - 1] == UInt8(ascii: " "), index + 2 < bytes.count else {
    return nil
  }
  return (
    String(decoding: bytes[..<(index - 1)], as: UTF8.self),
    String(decoding: bytes[(index + 1)..<(bytes.count - 1)], as: UTF8.self)
  )
}

/// The heading of an assignment column.
func itemHeading(title: String, id: String) -> String {
  id.utf8.starts(with: "canvas:column:".utf8) ? title : "\(title) (\(id))"
}
