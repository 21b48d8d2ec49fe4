internal import Domain

extension Expander {
  /// Expands the members of an object, then those that are nested in it.
  func expandMembers(
    of object: JSONObject, in context: ActiveContext, into node: inout NodeBuilder
  ) throws(LinkedDataError) {
    var nests: [JSONObject.Member] = []
    for member in object.members {
      guard member.name != Keyword.context else { continue }
      let expanded = context.expand(member.name, vocab: true)
      guard let expanded else {
        try lose("The member \"\(member.name)\" stands for nothing.")
        continue
      }
      if Keyword.contains(expanded) {
        if expanded == Keyword.nest {
          nests.append(member)
        } else {
          try expandKeyword(expanded, member.value, in: context, into: &node)
        }
        continue
      }
      guard expanded.utf8.contains(UInt8(ascii: ":")) else {
        try lose("The member \"\(member.name)\" is no term of the context.")
        continue
      }
      if isSafe, !IRI.isWellFormed(expanded) {
        throw LinkedDataError(.dataLoss, "The member \"\(member.name)\" stands for no IRI.")
      }
      try expandProperty(expanded, member, in: context, into: &node)
    }
    nests.sort { $0.name < $1.name }
    for nest in nests {
      var inner = context
      if let definition = context[nest.name] {
        inner = try contexts.apply(definition, to: context, overridesProtected: true)
      }
      for value in nest.value.asArray {
        guard case .object(let nested) = value,
          !nested.members.contains(where: {
            inner.expand($0.name, vocab: true) == Keyword.value
          })
        else {
          throw LinkedDataError(.invalidNestValue, "A nested value is \(value.kind).")
        }
        try expandMembers(of: nested, in: inner, into: &node)
      }
    }
  }

  /// Expands the value of a property and adds it to its node.
  private func expandProperty(
    _ iri: Identifier, _ member: JSONObject.Member, in context: ActiveContext,
    into node: inout NodeBuilder
  ) throws(LinkedDataError) {
    let definition = context[member.name]
    let container = definition?.container ?? []
    var expanded: JSONNode
    if definition?.type == Keyword.json {
      var value = JSONObject()
      value[Keyword.value] = member.value
      value[Keyword.type] = .string(Keyword.json)
      expanded = .object(value)
    } else if container.contains(.language), case .object(let map) = member.value {
      expanded = .array(try expandLanguages(map, definition, in: context))
    } else if !container.isDisjoint(with: [.index, .type, .id]),
      case .object(let map) = member.value
    {
      expanded = .array(try expandIndexes(map, member.name, definition, in: context))
    } else {
      expanded = try expand(member.value, of: member.name, in: context)
    }
    guard expanded != .null else {
      if member.value == .null { try lose("The member \"\(member.name)\" is null.") }
      return
    }
    if container.contains(.list), expanded[Keyword.list] == nil {
      expanded = Self.list(expanded.asArray)
    }
    if container.contains(.graph), container.isDisjoint(with: [.id, .index]) {
      expanded = .array(expanded.asArray.map { Self.graph($0.asArray) })
    }
    if definition?.parts.isReverse == true {
      try node.addReverse(expanded.asArray, to: iri)
    } else {
      node.add(expanded, to: iri)
    }
  }

  static func graph(_ nodes: [JSONNode]) -> JSONNode {
    var object = JSONObject()
    object[Keyword.graph] = .array(nodes)
    return .object(object)
  }

  /// Expands texts by their languages.
  private func expandLanguages(
    _ map: JSONObject, _ definition: TermDefinition?, in context: ActiveContext
  ) throws(LinkedDataError) -> [JSONNode] {
    let direction = definition?.parts.direction ?? context.parts.direction
    var result: [JSONNode] = []
    for member in map.members.sorted(by: { $0.name < $1.name }) {
      for text in member.value.asArray where text != .null {
        guard text.string != nil else {
          throw LinkedDataError(
            .invalidLanguageMapValue, "A value by language is \(text.kind), not a text.")
        }
        var value = JSONObject()
        value[Keyword.value] = text
        if context.expand(member.name, vocab: true) != Keyword.none {
          value[Keyword.language] = .string(member.name)
        }
        if let direction { value[Keyword.direction] = .string(direction) }
        result.append(.object(value))
      }
    }
    return result
  }

  /// Expands values by their indexes, identifiers or types.
  private func expandIndexes(
    _ map: JSONObject, _ name: Identifier, _ definition: TermDefinition?,
    in context: ActiveContext
  ) throws(LinkedDataError) -> [JSONNode] {
    let container = definition?.container ?? []
    let indexKey = definition?.parts.index ?? Keyword.index
    var result: [JSONNode] = []
    for member in map.members.sorted(by: { $0.name < $1.name }) {
      var inner = context
      if !container.isDisjoint(with: [.id, .type]) { inner = context.parts.previous ?? context }
      if container.contains(.type), let type = inner[member.name] {
        inner = try contexts.apply(type, to: inner)
      }
      let expandedIndex = context.expand(member.name, vocab: true)
      let values = try expand(
        .array(member.value.asArray), of: name, in: inner, isFromMap: true)
      for value in values.asArray {
        var item = value
        if container.contains(.graph), !Self.isGraph(item) { item = Self.graph([item]) }
        guard case .object(var object) = item else { continue }
        if expandedIndex != Keyword.none {
          try setIndex(
            member.name, expandedIndex, indexKey, container, of: &object, in: context)
        }
        result.append(.object(object))
      }
    }
    return result
  }

  /// Writes the index of a value into it.
  private func setIndex(
    _ index: Identifier, _ expandedIndex: Identifier?, _ indexKey: Identifier,
    _ container: TermDefinition.Container, of object: inout JSONObject, in context: ActiveContext
  ) throws(LinkedDataError) {
    if container.contains(.index), indexKey != Keyword.index {
      let value = try expandValue(.string(index), of: indexKey, in: context)
      guard let property = context.expand(indexKey, vocab: true) else { return }
      object.updateArray(property) { $0.insert(value, at: 0) }
      guard object[Keyword.value] == nil else {
        throw LinkedDataError(.invalidValueObject, "A value has an index that is a property.")
      }
    } else if container.contains(.index) {
      if object[Keyword.index] == nil { object[Keyword.index] = .string(index) }
    } else if container.contains(.id) {
      guard object[Keyword.id] == nil else { return }
      let iri = context.expand(index, relative: true)
      try checkReference(iri, index)
      object[Keyword.id] = iri.map { .string($0) }
    } else if container.contains(.type) {
      try checkReference(expandedIndex, index)
      guard let expandedIndex else { return }
      object.updateArray(Keyword.type) { $0.insert(.string(expandedIndex), at: 0) }
    }
  }

  /// Whether an expanded object is a graph, with an identifier or index at most.
  static func isGraph(_ node: JSONNode) -> Bool {
    guard case .object(let object) = node, object[Keyword.graph] != nil else { return false }
    return object.members.allSatisfy {
      $0.name == Keyword.graph || $0.name == Keyword.id || $0.name == Keyword.index
    }
  }
}
