internal import Domain

/// Expands documents: terms become IRIs, and every value says what it is (JSON-LD 1.1 API, section
/// 5.1).
struct Expander {
  let contexts: ContextProcessor
  let isSafe: Bool
  /// The URL against which contexts of the document are resolved.
  let baseURL: Identifier?

  /// Expands an element.
  ///
  /// - Parameters:
  ///   - element: The element.
  ///   - property: The name of the member that it is the value of.
  ///   - context: The terms in force.
  ///   - isFromMap: Whether it is the value of an index.
  func expand(
    _ element: JSONNode, of property: Identifier?, in context: ActiveContext,
    isFromMap: Bool = false
  ) throws(LinkedDataError) -> JSONNode {
    switch element {
    case .null: return .null
    case .boolean, .number, .string:
      guard let property, property != Keyword.graph else {
        try lose("A text or number stands outside of every property.")
        return .null
      }
      let definition = context[property]
      let scoped = try definition.map { (definition) throws(LinkedDataError) in
        try contexts.apply(definition, to: context, overridesProtected: true)
      }
      return try expandValue(element, of: property, in: scoped ?? context)
    case .array(let elements):
      return .array(
        try expand(elements, of: property, in: context, isFromMap: isFromMap))
    case .object(let object):
      return try expandObject(object, of: property, in: context, isFromMap: isFromMap)
    }
  }

  private func expand(
    _ elements: [JSONNode], of property: Identifier?, in context: ActiveContext, isFromMap: Bool
  ) throws(LinkedDataError) -> [JSONNode] {
    let isList = property.flatMap { context[$0] }?.container.contains(.list) ?? false
    var result: [JSONNode] = []
    result.reserveCapacity(elements.count)
    for element in elements {
      let expanded = try expand(element, of: property, in: context, isFromMap: isFromMap)
      switch expanded {
      case .null: if element == .null { try lose("An array has a null in it.") }
      case .array(let inner):
        if isList {
          result.append(Self.list(inner))
        } else {
          result += inner
        }
      default: result.append(expanded)
      }
    }
    return result
  }

  private func expandObject(
    _ object: JSONObject, of property: Identifier?, in active: ActiveContext, isFromMap: Bool
  ) throws(LinkedDataError) -> JSONNode {
    let definition = property.flatMap { active[$0] }
    var context = active
    if let previous = context.parts.previous, !isFromMap, !isValueOrReference(object, in: context) {
      context = previous
    }
    if let definition {
      context = try contexts.apply(definition, to: context, overridesProtected: true)
    }
    if let local = object[Keyword.context] {
      context = try contexts.apply(local, to: context, base: baseURL)
    }
    let typeScoped = context
    var inputType: Identifier?
    (context, inputType) = try applyTypes(of: object, in: context)
    var node = NodeBuilder(
      property: property, typeScoped: typeScoped, isJSON: inputType == Keyword.json)
    try expandMembers(of: object, in: context, into: &node)
    return try finish(node.result, of: property)
  }

  /// Whether an object is a value, or nothing but a reference to a node.
  private func isValueOrReference(_ object: JSONObject, in context: ActiveContext) -> Bool {
    let isReference =
      object.count == 1
      && object.members.allSatisfy { context.expand($0.name, vocab: true) == Keyword.id }
    return isReference
      || object.members.contains { context.expand($0.name, vocab: true) == Keyword.value }
  }

  /// Applies the contexts of the types of a node, in the order of their names.
  private func applyTypes(
    of object: JSONObject, in typeScoped: ActiveContext
  ) throws(LinkedDataError) -> (ActiveContext, Identifier?) {
    var context = typeScoped
    let types = object.members.filter {
      typeScoped.expand($0.name, vocab: true) == Keyword.type
    }.sorted { $0.name < $1.name }
    for member in types {
      let names = member.value.asArray.compactMap(\.string)
      for name in names.count > 1 ? names.sorted() : names {
        guard let definition = typeScoped[name], definition.parts.context != nil else { continue }
        context = try contexts.apply(definition, to: context, propagates: false)
      }
    }
    let last = types.first?.value.asArray.last?.string
    return (context, last.flatMap { context.expand($0, vocab: true) })
  }

  /// Checks an expanded object and brings it into its final form.
  private func finish(
    _ object: JSONObject, of property: Identifier?
  ) throws(LinkedDataError) -> JSONNode {
    var object = object
    if let value = object[Keyword.value] {
      try Self.checkValue(object)
      if object[Keyword.type] != .string(Keyword.json), value == .null || value == .array([]) {
        try lose("A value is null.")
        return .null
      }
    } else if let type = object[Keyword.type], type.array == nil {
      object[Keyword.type] = .array([type])
    } else if object[Keyword.set] != nil || object[Keyword.list] != nil {
      guard object.members.allSatisfy({ Self.ofSet.contains($0.name) }),
        object[Keyword.set] == nil || object[Keyword.list] == nil
      else {
        throw LinkedDataError(.invalidSetOrListObject, "A set or list has other members.")
      }
      if let set = object[Keyword.set] { return set }
    }
    if object.count == 1, object[Keyword.language] != nil {
      try lose("A language stands without a text.")
      return .null
    }
    guard property == nil || property == Keyword.graph else { return .object(object) }
    if object.isEmpty || object[Keyword.value] != nil || object[Keyword.list] != nil
      || (object.count == 1 && object[Keyword.id] != nil)
    {
      try lose("A value or a bare reference stands outside of every property.")
      return .null
    }
    return .object(object)
  }

  private static let ofSet: Set<Identifier> = [Keyword.set, Keyword.list, Keyword.index]
  private static let ofValue: Set<Identifier> = [
    Keyword.direction, Keyword.index, Keyword.language, Keyword.type, Keyword.value,
  ]

  private static func checkValue(_ object: JSONObject) throws(LinkedDataError) {
    let type = object[Keyword.type]
    let language = object[Keyword.language]
    guard object.members.allSatisfy({ ofValue.contains($0.name) }),
      type == nil || (language == nil && object[Keyword.direction] == nil)
    else {
      throw LinkedDataError(.invalidValueObject, "A value has members that do not go together.")
    }
    guard type != .string(Keyword.json), let value = object[Keyword.value],
      value != .null, value != .array([])
    else { return }
    if language != nil, value.string == nil {
      throw LinkedDataError(.invalidLanguageTaggedValue, "A value with a language is no text.")
    }
    guard let type else { return }
    guard let iri = type.string, IRI.isWellFormed(iri) else {
      throw LinkedDataError(.invalidTypedValue, "The type of a value is no IRI.")
    }
  }

  /// Expands a text, number or Boolean (JSON-LD 1.1 API, section 5.3).
  func expandValue(
    _ value: JSONNode, of property: Identifier, in context: ActiveContext
  ) throws(LinkedDataError) -> JSONNode {
    let definition = context[property]
    var object = JSONObject()
    if let text = value.string, let type = definition?.type,
      type == Keyword.id || type == Keyword.vocab
    {
      let iri = context.expand(text, vocab: type == Keyword.vocab, relative: true)
      try checkReference(iri, text)
      object[Keyword.id] = iri.map { .string($0) } ?? .null
      return .object(object)
    }
    object[Keyword.value] = value
    if let type = definition?.type, type != Keyword.id, type != Keyword.vocab,
      type != Keyword.none
    {
      object[Keyword.type] = .string(type)
    } else if value.string != nil {
      let language = definition?.parts.language ?? context.parts.language
      let direction = definition?.parts.direction ?? context.parts.direction
      if let language { object[Keyword.language] = .string(language) }
      if let direction { object[Keyword.direction] = .string(direction) }
    }
    return .object(object)
  }

  /// Safe mode: refuses a reference that stays relative.
  func checkReference(_ iri: Identifier?, _ text: Identifier) throws(LinkedDataError) {
    guard isSafe else { return }
    guard let iri, IRI.isWellFormed(iri) || IRI.isBlank(iri) else {
      throw LinkedDataError(
        .dataLoss, "\"\(text)\" is neither a term nor an absolute IRI.")
    }
  }

  /// Safe mode: refuses what would be left out.
  func lose(_ message: @autoclosure () -> String) throws(LinkedDataError) {
    if isSafe { throw LinkedDataError(.dataLoss, message()) }
  }

  static func list(_ elements: [JSONNode]) -> JSONNode {
    var object = JSONObject()
    object[Keyword.list] = .array(elements)
    return .object(object)
  }
}
