import Assessment
import Domain

/// Words of schools that the documents of `assess` share.
extension AssessDocument {
  /// A scale: `id`, `levels` (labels from low to high, or objects with `label` and `number`) and
  /// `masteredFrom`.
  func scale(_ node: DocumentNode) throws -> ProficiencyScale {
    let levels = try list(need("levels", in: node)).map { entry -> MasteryLevel in
      guard entry.value.members != nil else {
        return MasteryLevel(Identifier(try text(entry)), number: nil)
      }
      return MasteryLevel(
        Identifier(try text(need("label", in: entry))),
        number: try optional("number", in: entry).map(decimal))
    }
    let name = try optional("id", in: node).map(text) ?? "scale"
    let cut = try text(need("masteredFrom", in: node))
    do throws(DomainError) {
      return try ProficiencyScale(
        id: ID(name), title: name, levels: levels, masteredFrom: Identifier(cut))
    } catch {
      throw failure(node, error.message)
    }
  }

  /// An exact number.
  func decimal(_ node: DocumentNode) throws -> ExactDecimal {
    let text = try text(node)
    guard let number = ExactDecimal(text) else {
      throw failure(node, "'\(text)' is no number; write it as 2.5")
    }
    return number
  }

  /// A list of texts; one text stands for a list of one.
  func texts(_ node: DocumentNode) throws -> [String] {
    node.value.elements == nil ? [try text(node)] : try list(node).map(text)
  }

  /// Texts of a member; none when it is not there.
  func texts(_ name: Identifier, in node: DocumentNode) throws -> [String] {
    try optional(name, in: node).map(texts) ?? []
  }

  /// Objects of a member; none when it is not there.
  func objects(_ name: Identifier, in node: DocumentNode? = nil) throws -> [DocumentNode] {
    try optional(name, in: node).map(list) ?? []
  }

  /// A whole number of a member, or `nil`.
  func whole(_ name: Identifier, in node: DocumentNode) throws -> Int? {
    try optional(name, in: node).map(whole)
  }

  /// Yes or no of a member.
  func flag(_ name: Identifier, in node: DocumentNode, or other: Bool) throws -> Bool {
    guard let found = optional(name, in: node) else { return other }
    switch try number(found) {
    case 0: return false
    case 1: return true
    default: throw failure(found, "true or false is wanted")
    }
  }

  /// A day.
  func day(_ node: DocumentNode) throws -> CalendarDate {
    let text = try text(node)
    guard let day = CalendarDate(text) else {
      throw failure(node, "'\(text)' is no day; write it as 2026-09-30")
    }
    return day
  }

  /// Windows: objects with `name`, `from` and `to`.
  func windows(_ name: Identifier, in node: DocumentNode) throws -> [AssessmentWindow] {
    try objects(name, in: node).map { entry in
      let from = try day(need("from", in: entry))
      let to = try day(need("to", in: entry))
      guard from <= to else { throw failure(entry, "the window ends before it begins") }
      return AssessmentWindow(try text(need("name", in: entry)), from...to)
    }
  }

  /// Does work of the domain, whose failures are told with the place of a value.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: DocumentNode, _ what: String
  ) throws -> Word {
    let text = try text(node)
    guard let word = Word(rawValue: text) else {
      let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure(node, "'\(text)' is no \(what); there are \(all)")
    }
    return word
  }
}
