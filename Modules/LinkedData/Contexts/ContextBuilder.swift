internal import Domain

/// Makes the term definitions of one context (JSON-LD 1.1 API, section 4.2).
struct ContextBuilder {
  let processor: ContextProcessor
  var parts: ActiveContext.Parts
  let local: JSONObject
  let manner: ContextProcessor.Manner
  let isProtected: Bool
  /// Terms that are being defined (`false`) or are defined (`true`).
  private var defined: [Identifier: Bool] = [:]

  init(
    processor: ContextProcessor, parts: ActiveContext.Parts, local: JSONObject,
    manner: ContextProcessor.Manner, isProtected: Bool
  ) {
    self.processor = processor
    self.parts = parts
    self.local = local
    self.manner = manner
    self.isProtected = isProtected
  }

  /// Defines a term of the local context, after the terms that it needs.
  mutating func define(_ term: Identifier) throws(LinkedDataError) {
    if let isDone = defined[term] {
      guard isDone else {
        throw LinkedDataError(.cyclicIRIMapping, "The term \(term) is defined by itself.")
      }
      return
    }
    guard !term.isEmpty else {
      throw LinkedDataError(.invalidTermDefinition, "A term has no name.")
    }
    defined[term] = false
    guard let value = local[term] else { return }
    guard try isDefinable(term, value) else { return }
    let previous = parts.terms.removeValue(forKey: term)
    let (object, isSimple) = try definition(of: term, value)
    var made = TermDefinition.Parts()
    made.isProtected = isProtected
    if let protected = object[Keyword.protected] {
      guard case .boolean(let flag) = protected else {
        throw LinkedDataError(.invalidProtectedValue, "@protected is \(protected.kind).")
      }
      try refuseIn10(Keyword.protected)
      made.isProtected = flag
    }
    try setType(object, &made)
    if let reverse = object[Keyword.reverse] {
      guard try setReverse(reverse, object, &made) else { return }
      try setIndex(object, &made)
    } else {
      guard try setIRI(term, object, isSimple, &made) else { return }
      try setContainer(object, &made)
      try setIndex(object, &made)
      try setContext(object, &made)
      try setTexts(object, &made)
      try setNest(object, &made)
      try setPrefix(term, object, &made)
    }
    if let stranger = object.members.first(where: { !Self.entries.contains($0.name) }) {
      throw LinkedDataError(
        .invalidTermDefinition, "The term \(term) has an unknown entry \(stranger.name).")
    }
    try keep(made, as: term, previous)
  }

  private static let entries: Set<Identifier> = [
    Keyword.id, Keyword.reverse, Keyword.container, Keyword.context, Keyword.direction,
    Keyword.index, Keyword.language, Keyword.nest, Keyword.prefix, Keyword.protected, Keyword.type,
  ]

  /// Stores a definition, unless it changes a protected one.
  private mutating func keep(
    _ made: TermDefinition.Parts, as term: Identifier, _ previous: TermDefinition?
  ) throws(LinkedDataError) {
    if let previous, previous.parts.isProtected, !manner.overridesProtected {
      guard previous.parts.isSame(as: made) else {
        throw LinkedDataError(
          .protectedTermRedefinition, "The protected term \(term) is defined in another way.")
      }
      parts.terms[term] = previous
    } else {
      parts.terms[term] = TermDefinition(made)
    }
    defined[term] = true
  }

  /// Whether a name is a term at all; keywords are refused, what looks like one is passed over.
  private func isDefinable(_ term: Identifier, _ value: JSONNode) throws(LinkedDataError) -> Bool {
    if term == Keyword.type {
      try refuseIn10(Keyword.type, .keywordRedefinition)
      guard case .object(let object) = value, !object.isEmpty,
        object.members.allSatisfy({
          ($0.name == Keyword.container && $0.value == .string(Keyword.set))
            || $0.name == Keyword.protected
        })
      else {
        throw LinkedDataError(.keywordRedefinition, "@type takes a container @set only.")
      }
      return true
    }
    guard !Keyword.contains(term) else {
      throw LinkedDataError(.keywordRedefinition, "The keyword \(term) is defined as a term.")
    }
    return !Keyword.isLookalike(term)
  }

  private func definition(
    of term: Identifier, _ value: JSONNode
  ) throws(LinkedDataError) -> (object: JSONObject, isSimple: Bool) {
    switch value {
    case .object(let object): return (object, false)
    case .null, .string:
      var object = JSONObject()
      object[Keyword.id] = value
      return (object, value != .null)
    default:
      throw LinkedDataError(.invalidTermDefinition, "The term \(term) is \(value.kind).")
    }
  }

  func refuseIn10(
    _ entry: Identifier, _ rule: JSONLDRule = .invalidTermDefinition
  ) throws(LinkedDataError) {
    guard processor.isMode10 else { return }
    throw LinkedDataError(rule, "\(entry) in a term is not part of JSON-LD 1.0.")
  }

  /// Expands a term, compact IRI or IRI, after defining the terms of this context that it uses.
  mutating func expand(_ value: Identifier) throws(LinkedDataError) -> Identifier? {
    guard !Keyword.contains(value) else { return value }
    if !Keyword.isLookalike(value) {
      if local[value] != nil, defined[value] != true { try define(value) }
      if parts.terms[value] == nil, let (prefix, suffix) = IRI.splitAtColon(value),
        !prefix.utf8.elementsEqual("_".utf8), !suffix.utf8.starts(with: "//".utf8),
        local[prefix] != nil, defined[prefix] != true
      {
        try define(prefix)
      }
    }
    return ActiveContext(parts).expand(value, vocab: true)
  }

  private mutating func setType(
    _ object: JSONObject, _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) {
    guard let value = object[Keyword.type] else { return }
    guard let text = value.string, let type = try expand(text) else {
      throw LinkedDataError(.invalidTypeMapping, "@type of a term is \(value.kind).")
    }
    if type == Keyword.json || type == Keyword.none {
      try refuseIn10(type, .invalidTypeMapping)
    } else if type != Keyword.id, type != Keyword.vocab {
      guard IRI.hasScheme(type) else {
        throw LinkedDataError(.invalidTypeMapping, "The type \(text) of a term is no IRI.")
      }
    }
    made.type = type
  }

  private mutating func setReverse(
    _ value: JSONNode, _ object: JSONObject, _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) -> Bool {
    guard object[Keyword.id] == nil, object[Keyword.nest] == nil else {
      throw LinkedDataError(.invalidReverseProperty, "@reverse has neither @id nor @nest.")
    }
    guard let text = value.string else {
      throw LinkedDataError(.invalidIRIMapping, "@reverse of a term is \(value.kind).")
    }
    guard Keyword.contains(text) || !Keyword.isLookalike(text) else { return false }
    guard let iri = try expand(text), IRI.hasScheme(iri) || IRI.isBlank(iri) else {
      throw LinkedDataError(.invalidIRIMapping, "@reverse \"\(text)\" is no IRI.")
    }
    made.iri = iri
    switch object[Keyword.container] {
    case nil, .null?: break
    case .string(let name)? where name == Keyword.set || name == Keyword.index:
      made.container = TermDefinition.Container(name) ?? []
    default:
      throw LinkedDataError(.invalidReverseProperty, "A reverse term is in a @set or @index.")
    }
    made.isReverse = true
    return true
  }
}
