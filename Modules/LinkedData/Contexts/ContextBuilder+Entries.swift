internal import Domain

// The entries of a term definition, in the order of JSON-LD 1.1 API, section 4.2.
extension ContextBuilder {
  /// Sets what the term stands for.
  ///
  /// - Returns: Whether the term is defined; what looks like a keyword is passed over.
  mutating func setIRI(
    _ term: Identifier, _ object: JSONObject, _ isSimple: Bool,
    _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) -> Bool {
    let value = object[Keyword.id]
    if let value, value != .string(term) {
      guard value != .null else { return true }
      guard let text = value.string else {
        throw LinkedDataError(.invalidIRIMapping, "@id of the term \(term) is \(value.kind).")
      }
      guard Keyword.contains(text) || !Keyword.isLookalike(text) else { return false }
      return try setIRI(term, given: text, isSimple, &made)
    }
    let slash = UInt8(ascii: "/")
    if term.utf8.dropFirst().contains(UInt8(ascii: ":")) {
      made.iri = try expandedName(term)
    } else if term.utf8.contains(slash) {
      let iri = ActiveContext(parts).expand(term, vocab: true)
      guard let iri, IRI.hasScheme(iri) || IRI.isBlank(iri) else {
        throw LinkedDataError(.invalidIRIMapping, "The term \(term) stands for no IRI.")
      }
      made.iri = iri
    } else if term == Keyword.type {
      made.iri = Keyword.type
    } else if let vocab = parts.vocab {
      made.iri = Identifier(vocab.text + term.text)
    } else {
      throw LinkedDataError(.invalidIRIMapping, "The term \(term) stands for no IRI.")
    }
    return true
  }

  private mutating func setIRI(
    _ term: Identifier, given text: Identifier, _ isSimple: Bool,
    _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) -> Bool {
    guard let iri = try expand(text),
      Keyword.contains(iri) || IRI.hasScheme(iri) || IRI.isBlank(iri)
    else {
      throw LinkedDataError(.invalidIRIMapping, "\"\(text)\" of the term \(term) is no IRI.")
    }
    guard iri != Keyword.context else {
      throw LinkedDataError(.invalidKeywordAlias, "The term \(term) stands for @context.")
    }
    made.iri = iri
    let inner = term.utf8.dropFirst().dropLast()
    let isLikeIRI = inner.contains(UInt8(ascii: ":")) || term.utf8.contains(UInt8(ascii: "/"))
    if isLikeIRI {
      guard try expandedName(term) == iri else {
        throw LinkedDataError(
          .invalidIRIMapping, "The term \(term) is an IRI and stands for another one.")
      }
    } else if !term.utf8.contains(UInt8(ascii: ":")), isSimple {
      made.isPrefix =
        IRI.isBlank(iri) || (iri.utf8.last.map { ":/?#[]@".utf8.contains($0) } ?? false)
    }
    return true
  }

  /// What a name with a colon or slash stands for without a definition of its own.
  private mutating func expandedName(_ term: Identifier) throws(LinkedDataError) -> Identifier? {
    if let (prefix, suffix) = IRI.splitAtColon(term) {
      if local[prefix] != nil, !suffix.utf8.starts(with: "//".utf8) { try define(prefix) }
      if let iri = parts.terms[prefix]?.iri, !suffix.utf8.starts(with: "//".utf8) {
        return Identifier(iri.text + suffix.text)
      }
      return term
    }
    return ActiveContext(parts).expand(term, vocab: true)
  }

  func setContainer(
    _ object: JSONObject, _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) {
    guard let value = object[Keyword.container] else { return }
    var container: TermDefinition.Container = []
    for name in value.asArray {
      guard let text = name.string, let part = TermDefinition.Container(text) else {
        throw LinkedDataError(.invalidContainerMapping, "A container is \(name.kind).")
      }
      container.insert(part)
    }
    let isNew = !container.isDisjoint(with: [.graph, .id, .type])
    if isNew || value.string == nil { try refuseIn10("@container", .invalidContainerMapping) }
    let main = container.subtracting(.set)
    let isOne = main.rawValue.nonzeroBitCount <= 1 && (main != .list || container == .list)
    guard !container.isEmpty, isOne || main == [.graph, .id] || main == [.graph, .index] else {
      throw LinkedDataError(.invalidContainerMapping, "These containers do not go together.")
    }
    if container.contains(.type) {
      made.type = made.type ?? Keyword.id
      guard made.type == Keyword.id || made.type == Keyword.vocab else {
        throw LinkedDataError(.invalidTypeMapping, "A @type container holds @id or @vocab.")
      }
    }
    made.container = container
  }

  mutating func setIndex(
    _ object: JSONObject, _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) {
    guard let value = object[Keyword.index] else { return }
    try refuseIn10(Keyword.index)
    guard made.container.contains(.index), let text = value.string,
      let iri = try expand(text), IRI.hasScheme(iri)
    else {
      throw LinkedDataError(.invalidTermDefinition, "@index of a term is no property.")
    }
    made.index = text
  }

  func setContext(
    _ object: JSONObject, _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) {
    guard let context = object[Keyword.context] else { return }
    try refuseIn10(Keyword.context)
    let inner = ContextProcessor.Manner(
      base: manner.base, remote: manner.remote, overridesProtected: true, validatesScoped: false)
    do throws(LinkedDataError) {
      _ = try processor.process(context, on: ActiveContext(parts), inner)
    } catch {
      throw LinkedDataError(
        .invalidScopedContext, "The context of a term is refused: \(error.description)")
    }
    made.context = context
    made.baseURL = manner.base
  }

  func setTexts(
    _ object: JSONObject, _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) {
    guard object[Keyword.type] == nil else { return }
    switch object[Keyword.language] {
    case nil: break
    case .null?: made.language = .some(nil)
    case .string(let text)?: made.language = text
    case let value?:
      throw LinkedDataError(.invalidLanguageMapping, "@language of a term is \(value.kind).")
    }
    if let direction = object[Keyword.direction] {
      made.direction = .some(try ContextProcessor.direction(direction))
    }
  }

  func setNest(
    _ object: JSONObject, _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) {
    guard let value = object[Keyword.nest] else { return }
    try refuseIn10(Keyword.nest)
    guard let text = value.string, text == Keyword.nest || !Keyword.contains(text) else {
      throw LinkedDataError(.invalidNestValue, "@nest of a term is no term.")
    }
    made.nest = text
  }

  func setPrefix(
    _ term: Identifier, _ object: JSONObject, _ made: inout TermDefinition.Parts
  ) throws(LinkedDataError) {
    guard let value = object[Keyword.prefix] else { return }
    let isPlain = !term.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
    guard !processor.isMode10, isPlain else {
      throw LinkedDataError(.invalidTermDefinition, "The term \(term) cannot be a prefix.")
    }
    guard case .boolean(let flag) = value else {
      throw LinkedDataError(.invalidPrefixValue, "@prefix is \(value.kind).")
    }
    made.isPrefix = flag
    if flag, let iri = made.iri, Keyword.contains(iri) {
      throw LinkedDataError(.invalidTermDefinition, "A keyword cannot be a prefix.")
    }
  }
}
