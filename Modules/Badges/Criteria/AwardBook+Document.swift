internal import Domain
public import LinkedData

extension AwardBook {
  /// Reads rules from a document, as `Docs/award-book.schema.json` describes it.
  ///
  /// - Throws: ``BadgesError`` with the code `document` and the pointer of what is wrong.
  public static func rules(of document: JSONNode) throws(BadgesError) -> [AwardRule] {
    let entry = AwardEntry(document, "")
    try entry.check(["rules"])
    return try entry.elements("rules").map { (entry) throws(BadgesError) in
      try AwardRule(entry)
    }
  }
}

extension AwardRule {
  fileprivate init(_ entry: AwardEntry) throws(BadgesError) {
    try entry.check(["rule", "when", "onceOnly", "credential"])
    let credential = try entry.need("credential")
    guard let draft = credential.value.object else { throw credential.isNot("a credential") }
    let subject = try credential.need("credentialSubject")
    guard subject.value["achievement"]?.object != nil else {
      throw subject.fails("needs an achievement, which says what the badge is for")
    }
    for name: Identifier in ["id", "identifier"] where subject.value[name] != nil {
      throw subject.fails("has \"\(name)\", which is filled in for each learner")
    }
    self.init(
      id: try entry.text("rule"), criterion: try AwardCriterion(try entry.need("when"), depth: 0),
      isOnceOnly: try entry.flag("onceOnly") ?? false, credential: draft)
  }
}

extension AwardCriterion {
  /// How many questions may lie in each other.
  private static let depthLimit = 16
  private static let forms = "mastered, level, gate, holds, all or atLeast"

  fileprivate init(_ entry: AwardEntry, depth: Int) throws(BadgesError) {
    guard depth < Self.depthLimit else { throw entry.fails("lies too deep") }
    let names = (entry.value.object?.members ?? []).map(\.name)
    guard let form = names.first(where: { Self.members[$0] != nil }) else {
      throw entry.fails("asks for nothing; it has to be an object with one of \(Self.forms)")
    }
    try entry.check([form] + (Self.members[form] ?? []))
    switch form {
    case "mastered": self = .mastered(CompetencyID(try entry.text(form)))
    case "level":
      self = .level(
        CompetencyID(try entry.text(form)), oneOf: Set(try entry.texts("oneOf")))
    case "gate":
      self = .gate(
        try entry.text(form),
        group: entry.value["group"] == nil ? nil : try entry.text("group"))
    case "holds": self = .holds(try entry.text(form))
    case "all": self = .all(try Self.parts(of: entry, form, depth))
    default:
      let parts = try Self.parts(of: entry, "of", depth)
      guard case .number(let text) = entry.value[form], let number = Int(text.text),
        (1...parts.count).contains(number)
      else {
        throw try entry.need(form).isNot("a whole number from 1 to the \(parts.count) of \"of\"")
      }
      self = .atLeast(number, of: parts)
    }
  }

  /// What may stand beside the name of a question.
  private static let members: [Identifier: [Identifier]] = [
    "mastered": [], "level": ["oneOf"], "gate": ["group"], "holds": [], "all": [],
    "atLeast": ["of"],
  ]

  private static func parts(
    of entry: AwardEntry, _ name: Identifier, _ depth: Int
  ) throws(BadgesError) -> [AwardCriterion] {
    try entry.elements(name).map { (part) throws(BadgesError) in
      try AwardCriterion(part, depth: depth + 1)
    }
  }
}

/// A value of a document of awards, with the place that errors name.
struct AwardEntry {
  let value: JSONNode
  let pointer: String

  init(_ value: JSONNode, _ pointer: String) {
    self.value = value
    self.pointer = pointer
  }

  /// Refuses everything but an object with these members.
  func check(_ names: [Identifier]) throws(BadgesError) {
    guard let object = value.object else { throw isNot("an object") }
    for member in object.members where !names.contains(member.name) {
      throw fails(
        "has \"\(member.name)\", which is not known; it takes "
          + names.map(\.text).joined(separator: ", "))
    }
  }

  func need(_ name: Identifier) throws(BadgesError) -> AwardEntry {
    guard let member = value[name] else { throw fails("needs \"\(name)\"") }
    return AwardEntry(member, "\(pointer)/\(DocumentReader.escaped(name))")
  }

  func text(_ name: Identifier) throws(BadgesError) -> Identifier {
    let entry = try need(name)
    guard let text = entry.value.string, !text.isEmpty else { throw entry.isNot("a text") }
    return text
  }

  func flag(_ name: Identifier) throws(BadgesError) -> Bool? {
    guard value[name] != nil else { return nil }
    let entry = try need(name)
    guard case .boolean(let flag) = entry.value else { throw entry.isNot("true or false") }
    return flag
  }

  /// The elements of an array that has one at least.
  func elements(_ name: Identifier) throws(BadgesError) -> [AwardEntry] {
    let entry = try need(name)
    guard let elements = entry.value.array, !elements.isEmpty else {
      throw entry.isNot("an array with an element at least")
    }
    return elements.enumerated().map { AwardEntry($1, "\(entry.pointer)/\($0)") }
  }

  func texts(_ name: Identifier) throws(BadgesError) -> [Identifier] {
    try elements(name).map { (entry) throws(BadgesError) in
      guard let text = entry.value.string else { throw entry.isNot("a text") }
      return text
    }
  }

  func isNot(_ expected: String) -> BadgesError { fails("is \(value.kind), not \(expected)") }

  func fails(_ message: String) -> BadgesError {
    let what = pointer.isEmpty ? "The document" : "The value"
    return BadgesError(.document, "\(what) \(message).", at: Place(pointer: pointer))
  }
}
