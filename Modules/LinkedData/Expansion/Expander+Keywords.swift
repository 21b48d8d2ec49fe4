internal import Domain

extension Expander {
  /// Expands a member that is a keyword.
  func expandKeyword(
    _ keyword: Identifier, _ value: JSONNode, in context: ActiveContext,
    into node: inout NodeBuilder
  ) throws(LinkedDataError) {
    guard node.property != Keyword.reverse else {
      throw LinkedDataError(
        .invalidReversePropertyMap, "The keyword \(keyword) stands in a reverse map.")
    }
    guard node.result[keyword] == nil || keyword == Keyword.included || keyword == Keyword.type
    else {
      throw LinkedDataError(.collidingKeywords, "\(keyword) stands twice in one node.")
    }
    switch keyword {
    case Keyword.id, Keyword.type, Keyword.graph, Keyword.included, Keyword.reverse:
      try expandNode(keyword, value, in: context, into: &node)
    case Keyword.value, Keyword.language, Keyword.direction, Keyword.index:
      try expandLiteral(keyword, value, into: &node)
    case Keyword.list:
      guard let property = node.property, property != Keyword.graph else {
        try lose("A list stands outside of every property.")
        return
      }
      let list = try expand(value, of: property, in: context)
      node.result[Keyword.list] = .array(list == .null ? [] : list.asArray)
    case Keyword.set:
      node.result[Keyword.set] = try expand(value, of: node.property, in: context)
    default: try lose("The keyword \(keyword) has no meaning in a node.")
    }
  }

  private func expandNode(
    _ keyword: Identifier, _ value: JSONNode, in context: ActiveContext,
    into node: inout NodeBuilder
  ) throws(LinkedDataError) {
    switch keyword {
    case Keyword.id:
      guard let text = value.string else {
        throw LinkedDataError(.invalidIDValue, "The identifier of a node is \(value.kind).")
      }
      let iri = context.expand(text, relative: true)
      try checkReference(iri, text)
      node.result[Keyword.id] = iri.map { .string($0) } ?? .null
    case Keyword.type: try expandTypes(value, into: &node)
    case Keyword.graph:
      let graph = try expand(value, of: Keyword.graph, in: context)
      node.result[Keyword.graph] = .array(graph == .null ? [] : graph.asArray)
    case Keyword.included:
      guard !contexts.isMode10 else { return }
      let included = try expand(value, of: nil, in: context).asArray
      for item in included where !Self.isNode(item) {
        throw LinkedDataError(.invalidIncludedValue, "An included value is no node.")
      }
      node.add(.array(included), to: Keyword.included)
    default: try expandReverse(value, in: context, into: &node)
    }
  }

  private static func isNode(_ item: JSONNode) -> Bool {
    guard case .object(let object) = item else { return false }
    return object[Keyword.value] == nil && object[Keyword.list] == nil
      && object[Keyword.set] == nil
  }

  private func expandTypes(
    _ value: JSONNode, into node: inout NodeBuilder
  ) throws(LinkedDataError) {
    var types: [JSONNode] = []
    for type in value.asArray {
      guard let text = type.string else {
        throw LinkedDataError(.invalidTypeValue, "A type is \(type.kind), not a text.")
      }
      let iri = node.typeScoped.expand(text, vocab: true, relative: true)
      if iri != Keyword.json { try checkReference(iri, text) }
      if let iri { types.append(.string(iri)) }
    }
    if node.result[Keyword.type] != nil {
      node.add(.array(types), to: Keyword.type)
    } else if value.array == nil, let only = types.first {
      node.result[Keyword.type] = only
    } else {
      node.result[Keyword.type] = .array(types)
    }
  }

  private func expandReverse(
    _ value: JSONNode, in context: ActiveContext, into node: inout NodeBuilder
  ) throws(LinkedDataError) {
    guard case .object = value else {
      throw LinkedDataError(.invalidReverseValue, "@reverse is \(value.kind).")
    }
    guard case .object(let expanded) = try expand(value, of: Keyword.reverse, in: context) else {
      return
    }
    for member in expanded.members {
      if member.name == Keyword.reverse {
        for forward in member.value.object?.members ?? [] {
          node.add(forward.value, to: forward.name)
        }
      } else {
        try node.addReverse(member.value.asArray, to: member.name)
      }
    }
  }

  private func expandLiteral(
    _ keyword: Identifier, _ value: JSONNode, into node: inout NodeBuilder
  ) throws(LinkedDataError) {
    switch keyword {
    case Keyword.value:
      if node.isJSON {
        guard !contexts.isMode10 else {
          throw LinkedDataError(.invalidValueObjectValue, "@json is not part of JSON-LD 1.0.")
        }
      } else if !value.isScalar, value != .null {
        throw LinkedDataError(.invalidValueObjectValue, "@value is \(value.kind).")
      }
    case Keyword.language:
      guard value.string != nil else {
        throw LinkedDataError(.invalidLanguageTaggedString, "@language is \(value.kind).")
      }
    case Keyword.direction:
      guard !contexts.isMode10 else { return }
      guard try ContextProcessor.direction(value) != nil else {
        throw LinkedDataError(.invalidBaseDirection, "A direction is ltr or rtl.")
      }
    default:
      guard value.string != nil else {
        throw LinkedDataError(.invalidIndexValue, "@index is \(value.kind).")
      }
    }
    node.result[keyword] = value
  }
}
