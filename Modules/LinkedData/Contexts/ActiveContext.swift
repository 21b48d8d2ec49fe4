internal import Domain

/// The terms that are in force at a place of a document.
///
/// It does not change once it is made, so that contexts can be remembered and shared.
final class ActiveContext: Sendable {
  /// The parts of a context that is being made.
  struct Parts {
    var terms: [Identifier: TermDefinition] = [:]
    var base: Identifier?
    /// The base of the document, to which a context that is emptied returns.
    var originalBase: Identifier?
    var vocab: Identifier?
    var language: Identifier?
    var direction: Identifier?
    /// The context to which a node returns whose type does not bring its terms with it.
    var previous: ActiveContext?
  }

  let parts: Parts
  /// Whether it is remembered, so that what is made from it is worth remembering too.
  let isRemembered: Bool

  init(_ parts: Parts, isRemembered: Bool = false) {
    self.parts = parts
    self.isRemembered = isRemembered
  }

  /// A context without terms.
  convenience init(base: Identifier?) {
    self.init(Parts(base: base, originalBase: base))
  }

  /// The definition of a term.
  subscript(term: Identifier) -> TermDefinition? { parts.terms[term] }

  /// Expands a term, compact IRI or IRI reference (JSON-LD 1.1 API, section 5.2).
  ///
  /// - Returns: `nil` for a term that stands for nothing, and for what looks like a keyword.
  func expand(
    _ value: Identifier, vocab: Bool = false, relative: Bool = false
  ) -> Identifier? {
    if value.utf8.first == UInt8(ascii: "@") {
      if Keyword.contains(value) { return value }
      if Keyword.isLookalike(value) { return nil }
    }
    if let definition = parts.terms[value] {
      if vocab { return definition.iri }
      if let iri = definition.iri, Keyword.contains(iri) { return iri }
    }
    if let (prefix, suffix) = IRI.splitAtColon(value) {
      if prefix.utf8.elementsEqual("_".utf8) || suffix.utf8.starts(with: "//".utf8) {
        return value
      }
      if let definition = parts.terms[prefix], definition.parts.isPrefix,
        let iri = definition.iri
      {
        return Identifier(iri.text + suffix.text)
      }
      if IRI.hasScheme(value) { return value }
    }
    if vocab, let vocabulary = parts.vocab { return Identifier(vocabulary.text + value.text) }
    if relative, let base = parts.base { return IRI.resolve(value, against: base) }
    return value
  }
}
