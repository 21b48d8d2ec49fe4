internal import Domain

/// Applies local contexts to an active context (JSON-LD 1.1 API, section 4.1).
struct ContextProcessor: Sendable {
  /// How a local context is applied.
  struct Manner {
    /// The URL against which the references of the context are resolved.
    var base: Identifier?
    /// The remote contexts that are being processed.
    var remote: [Identifier] = []
    /// Whether protected terms may be replaced, as the context of a property may.
    var overridesProtected = false
    /// Whether the terms stay in force inside of nested nodes.
    var propagates = true
    /// Whether the contexts of terms are checked, even where they come from a remote context that
    /// is being processed already.
    var validatesScoped = true
  }

  /// How many remote contexts may refer to one another.
  private static let remoteLimit = 32

  let isMode10: Bool
  let loader: any DocumentLoading
  let memory: ContextMemory

  /// Applies the context that belongs to a term.
  func apply(
    _ definition: TermDefinition, to active: ActiveContext, overridesProtected: Bool = false,
    propagates: Bool = true
  ) throws(LinkedDataError) -> ActiveContext {
    guard let local = definition.parts.context else { return active }
    let key = ContextMemory.Key(
      active: active, definition: definition,
      isOverriding: overridesProtected, isPropagating: propagates)
    if let known = memory.context(for: key) { return known }
    let made = try process(
      local, on: active,
      Manner(
        base: definition.parts.baseURL, overridesProtected: overridesProtected,
        propagates: propagates))
    return memory.remember(made, for: key)
  }

  /// Applies a context that stands in a document.
  func apply(
    _ local: JSONNode, to active: ActiveContext, base: Identifier?
  ) throws(LinkedDataError) -> ActiveContext {
    guard let key = ContextMemory.Key(active: active, local: local) else {
      return try process(local, on: active, Manner(base: base))
    }
    if let known = memory.context(for: key) { return known }
    return memory.remember(try process(local, on: active, Manner(base: base)), for: key)
  }

  /// Applies a local context.
  func process(
    _ local: JSONNode, on active: ActiveContext, _ manner: Manner
  ) throws(LinkedDataError) -> ActiveContext {
    var manner = manner
    if case .boolean(let value)? = local[Keyword.propagate] { manner.propagates = value }
    var parts = active.parts
    if !manner.propagates, parts.previous == nil { parts.previous = active }
    for context in local.asArray {
      switch context {
      case .null:
        guard manner.overridesProtected || !hasProtectedTerm(parts) else {
          throw LinkedDataError(
            .invalidContextNullification, "A context with protected terms is set to null.")
        }
        let previous = manner.propagates ? nil : parts.previous
        parts = ActiveContext.Parts(
          base: parts.originalBase, originalBase: parts.originalBase, previous: previous)
      case .string(let reference): try processRemote(reference, &parts, manner)
      case .object(let object): try processObject(object, &parts, manner)
      default:
        throw LinkedDataError(.invalidLocalContext, "Found \(context.kind) as a context.")
      }
    }
    return ActiveContext(parts)
  }

  private func hasProtectedTerm(_ parts: ActiveContext.Parts) -> Bool {
    parts.terms.values.contains { $0.parts.isProtected }
  }

  private func resolve(_ reference: Identifier, _ base: Identifier?) -> Identifier {
    base.map { IRI.resolve(reference, against: $0) } ?? reference
  }

  private func processRemote(
    _ reference: Identifier, _ parts: inout ActiveContext.Parts, _ manner: Manner
  ) throws(LinkedDataError) {
    let url = resolve(reference, manner.base)
    if !manner.validatesScoped, manner.remote.contains(url) { return }
    guard manner.remote.count < Self.remoteLimit else {
      throw LinkedDataError(
        .contextOverflow, "More than \(Self.remoteLimit) contexts refer to one another.")
    }
    let (context, documentURL) = try remoteContext(url)
    var inner = Manner(base: documentURL, remote: manner.remote + [url])
    inner.validatesScoped = manner.validatesScoped
    inner.overridesProtected = manner.overridesProtected
    let made = try process(context, on: ActiveContext(parts), inner)
    let previous = parts.previous
    parts = made.parts
    if parts.previous == nil { parts.previous = previous }
  }

  private func remoteContext(
    _ url: Identifier
  ) throws(LinkedDataError) -> (context: JSONNode, url: Identifier) {
    let document: LoadedDocument?
    do throws(LinkedDataError) {
      document = try loader.document(at: url)
    } catch {
      throw LinkedDataError(
        .loadingRemoteContextFailed, "The context \(url) cannot be read: \(error.message)")
    }
    guard let document else {
      throw LinkedDataError(
        .loadingRemoteContextFailed,
        "The context \(url) is not built in and no loader has it; nothing is fetched.")
    }
    guard let context = document.node[Keyword.context] else {
      throw LinkedDataError(
        .invalidRemoteContext, "The document \(url) is no object with a member @context.")
    }
    return (context, document.url)
  }

  private func processObject(
    _ object: JSONObject, _ parts: inout ActiveContext.Parts, _ manner: Manner
  ) throws(LinkedDataError) {
    if let version = object[Keyword.version] {
      guard case .number(let text) = version, JSONNumber.double(text.text) == 1.1 else {
        throw LinkedDataError(.invalidVersionValue, "@version is 1.1, as a number.")
      }
      guard !isMode10 else {
        throw LinkedDataError(
          .processingModeConflict, "A context of JSON-LD 1.1 is processed as 1.0.")
      }
    }
    let context = try importing(object, manner)
    try settle(context, &parts, manner)
    var builder = ContextBuilder(
      processor: self, parts: parts, local: context, manner: manner,
      isProtected: context[Keyword.protected] == .boolean(true))
    for member in context.members where !Self.settings.contains(member.name) {
      try builder.define(member.name)
    }
    parts = builder.parts
  }

  private static let settings: Set<Identifier> = [
    Keyword.base, Keyword.direction, Keyword.import, Keyword.language, Keyword.propagate,
    Keyword.protected, Keyword.version, Keyword.vocab,
  ]

  /// A context together with the one that it imports.
  private func importing(
    _ object: JSONObject, _ manner: Manner
  ) throws(LinkedDataError) -> JSONObject {
    guard let reference = object[Keyword.import] else { return object }
    guard !isMode10 else {
      throw LinkedDataError(.invalidContextEntry, "@import is not part of JSON-LD 1.0.")
    }
    guard let reference = reference.string else {
      throw LinkedDataError(.invalidImportValue, "@import is the URL of a context.")
    }
    let (context, _) = try remoteContext(resolve(reference, manner.base))
    guard case .object(var merged) = context else {
      throw LinkedDataError(.invalidRemoteContext, "An imported context is an object.")
    }
    guard merged[Keyword.import] == nil else {
      throw LinkedDataError(.invalidContextEntry, "An imported context imports another one.")
    }
    for member in object.members where member.name != Keyword.import {
      merged[member.name] = member.value
    }
    return merged
  }

  /// Takes over the members that are no terms.
  private func settle(
    _ context: JSONObject, _ parts: inout ActiveContext.Parts, _ manner: Manner
  ) throws(LinkedDataError) {
    if let base = context[Keyword.base], manner.remote.isEmpty {
      parts.base = try self.base(base, parts)
    }
    switch context[Keyword.vocab] {
    case nil: break
    case .null?: parts.vocab = nil
    case .string(let text)?:
      let expanded = ActiveContext(parts).expand(text, vocab: true, relative: true)
      guard let expanded, IRI.hasScheme(expanded) || IRI.isBlank(expanded),
        !isMode10 || IRI.hasScheme(text) || IRI.isBlank(text)
      else {
        throw LinkedDataError(.invalidVocabMapping, "@vocab \"\(text)\" is no IRI.")
      }
      parts.vocab = expanded
    case let value?:
      throw LinkedDataError(.invalidVocabMapping, "@vocab is \(value.kind).")
    }
    switch context[Keyword.language] {
    case nil: break
    case .null?: parts.language = nil
    case .string(let text)?: parts.language = text
    case let value?:
      throw LinkedDataError(.invalidDefaultLanguage, "@language is \(value.kind).")
    }
    if let direction = context[Keyword.direction] {
      guard !isMode10 else {
        throw LinkedDataError(.invalidContextEntry, "@direction is not part of JSON-LD 1.0.")
      }
      parts.direction = try Self.direction(direction)
    }
    try checkFlags(context)
  }

  private func checkFlags(_ context: JSONObject) throws(LinkedDataError) {
    if let propagate = context[Keyword.propagate] {
      guard !isMode10 else {
        throw LinkedDataError(.invalidContextEntry, "@propagate is not part of JSON-LD 1.0.")
      }
      guard case .boolean = propagate else {
        throw LinkedDataError(.invalidPropagateValue, "@propagate is \(propagate.kind).")
      }
    }
    if let protected = context[Keyword.protected] {
      guard !isMode10 else {
        throw LinkedDataError(.invalidContextEntry, "@protected is not part of JSON-LD 1.0.")
      }
      guard case .boolean = protected else {
        throw LinkedDataError(.invalidProtectedValue, "@protected is \(protected.kind).")
      }
    }
  }

  private func base(
    _ value: JSONNode, _ parts: ActiveContext.Parts
  ) throws(LinkedDataError) -> Identifier? {
    switch value {
    case .null: return nil
    case .string(let text) where IRI.hasScheme(text): return text
    case .string(let text):
      if let base = parts.base { return IRI.resolve(text, against: base) }
      throw LinkedDataError(.invalidBaseIRI, "@base \"\(text)\" is relative to nothing.")
    default: throw LinkedDataError(.invalidBaseIRI, "@base is \(value.kind).")
    }
  }

  /// A base direction: `ltr`, `rtl`, or `nil` for null.
  static func direction(_ value: JSONNode) throws(LinkedDataError) -> Identifier? {
    switch value {
    case .null: return nil
    case .string(let text) where text == "ltr" || text == "rtl": return text
    default: throw LinkedDataError(.invalidBaseDirection, "A direction is ltr, rtl or null.")
    }
  }
}
