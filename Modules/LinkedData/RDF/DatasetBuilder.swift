internal import Domain

/// Turns expanded nodes into statements (JSON-LD 1.1 API, sections 7.2 and 8.2).
///
/// The specification first collects nodes with the same identifier in a map. A dataset is a set, so
/// that writing the statements of every node where it stands gives the same one.
struct DatasetBuilder {
  let isSafe: Bool
  let direction: JSONLDOptions.Direction?
  /// The statements, each once.
  private(set) var quads: [Quad] = []
  private var known: Set<Quad> = []
  private var labels: [Identifier: Identifier] = [:]
  private var labelCount = 0
  private var indexes: [RDFTerm: Identifier] = [:]

  init(isSafe: Bool, direction: JSONLDOptions.Direction?) {
    self.isSafe = isSafe
    self.direction = direction
  }

  /// Where statements go.
  enum Graph {
    case named(RDFTerm?)
    /// The name of the graph or the property is not one that a dataset may have.
    case dropped
  }

  /// Adds nodes to a graph.
  mutating func add(_ nodes: [JSONNode], graph: RDFTerm?) throws(LinkedDataError) {
    try add(nodes, to: .named(graph))
  }

  private mutating func add(_ nodes: [JSONNode], to graph: Graph) throws(LinkedDataError) {
    for node in nodes {
      guard case .object(let object) = node else { continue }
      if let set = object[Keyword.set] {
        try add(set.asArray, to: graph)
      } else if object[Keyword.value] == nil, object[Keyword.list] == nil {
        _ = try add(object, to: graph)
      }
    }
  }

  private func lose(_ message: @autoclosure () -> String) throws(LinkedDataError) {
    if isSafe { throw LinkedDataError(.dataLoss, message()) }
  }

  private mutating func emit(
    _ subject: RDFTerm?, _ predicate: Identifier, _ object: RDFTerm?, to graph: Graph
  ) {
    guard let subject, let object, case .named(let name) = graph else { return }
    let quad = Quad(subject, predicate, object, graph: name)
    if known.insert(quad).inserted { quads.append(quad) }
  }

  private mutating func newBlank() -> RDFTerm {
    defer { labelCount += 1 }
    return .blank(Identifier("b\(labelCount)"))
  }

  /// The term of an IRI or blank node identifier; `nil` where it may not stand in a dataset.
  private mutating func term(_ id: Identifier) throws(LinkedDataError) -> RDFTerm? {
    if IRI.isBlank(id) {
      if let label = labels[id] { return .blank(label) }
      let label = Identifier("b\(labelCount)")
      labelCount += 1
      labels[id] = label
      return .blank(label)
    }
    if IRI.isWellFormed(id) { return .iri(id) }
    try lose("\"\(id)\" is no absolute IRI.")
    return nil
  }

  /// Adds a node.
  ///
  /// - Returns: Its name, or `nil` where it has one that a dataset may not have.
  private mutating func add(
    _ node: JSONObject, to graph: Graph
  ) throws(LinkedDataError) -> RDFTerm? {
    let subject: RDFTerm? =
      switch node[Keyword.id] {
      case .string(let id)?: try term(id)
      case nil: newBlank()
      default: nil
      }
    try checkIndex(of: node, subject)
    for member in node.members {
      switch member.name {
      case Keyword.id, Keyword.index: continue
      case Keyword.type:
        for type in member.value.asArray {
          guard let iri = type.string else { continue }
          emit(subject, RDF.type, try term(iri), to: graph)
        }
      case Keyword.graph:
        try add(member.value.asArray, to: subject.map { .named($0) } ?? .dropped)
      case Keyword.included: try add(member.value.asArray, to: graph)
      case Keyword.reverse: try addReverse(member.value, to: graph, subject)
      default: try addProperty(member, to: graph, subject)
      }
    }
    return subject
  }

  private mutating func checkIndex(
    of node: JSONObject, _ subject: RDFTerm?
  ) throws(LinkedDataError) {
    guard let subject, let index = node[Keyword.index]?.string else { return }
    guard indexes[subject] == nil || indexes[subject] == index else {
      throw LinkedDataError(.conflictingIndexes, "A node has two indexes.")
    }
    indexes[subject] = index
  }

  private mutating func addReverse(
    _ value: JSONNode, to graph: Graph, _ subject: RDFTerm?
  ) throws(LinkedDataError) {
    for member in value.object?.members ?? [] {
      let isProperty = IRI.isWellFormed(member.name)
      if !isProperty { try lose("The property \"\(member.name)\" is no IRI.") }
      for item in member.value.asArray {
        guard case .object(let object) = item else { continue }
        let other = try add(object, to: graph)
        if isProperty { emit(other, member.name, subject, to: graph) }
      }
    }
  }

  private mutating func addProperty(
    _ member: JSONObject.Member, to graph: Graph, _ subject: RDFTerm?
  ) throws(LinkedDataError) {
    let isProperty = IRI.isWellFormed(member.name)
    if !isProperty { try lose("The property \"\(member.name)\" is no IRI.") }
    for item in member.value.asArray {
      let value = try self.value(item, graph)
      if isProperty { emit(subject, member.name, value, to: graph) }
    }
  }

  private mutating func value(
    _ item: JSONNode, _ graph: Graph
  ) throws(LinkedDataError) -> RDFTerm? {
    guard case .object(let object) = item else { return nil }
    if let value = object[Keyword.value] { return try literal(value, object, graph) }
    if let list = object[Keyword.list] { return try self.list(list.asArray, graph) }
    return try add(object, to: graph)
  }

  private mutating func list(
    _ items: [JSONNode], _ graph: Graph
  ) throws(LinkedDataError) -> RDFTerm {
    guard !items.isEmpty else { return .iri(RDF.nil) }
    let nodes = items.map { _ in newBlank() }
    for (index, item) in items.enumerated() {
      emit(nodes[index], RDF.first, try value(item, graph), to: graph)
      emit(
        nodes[index], RDF.rest, index + 1 < nodes.count ? nodes[index + 1] : .iri(RDF.nil),
        to: graph)
    }
    return nodes[0]
  }

  private mutating func literal(
    _ value: JSONNode, _ object: JSONObject, _ graph: Graph
  ) throws(LinkedDataError) -> RDFTerm? {
    let type = object[Keyword.type]?.string
    if type == Keyword.json {
      let text = String(decoding: try value.canonicalBytes(), as: UTF8.self)
      return .literal(RDFLiteral(Identifier(text), datatype: RDF.json))
    }
    if let type, !IRI.isWellFormed(type) {
      try lose("The type \"\(type)\" of a value is no IRI.")
      return nil
    }
    switch value {
    case .boolean(let flag):
      return .literal(RDFLiteral(flag ? "true" : "false", datatype: type ?? RDF.boolean))
    case .number(let text): return try number(text, type)
    case .string(let text):
      guard object[Keyword.language] != nil || object[Keyword.direction] != nil else {
        return .literal(RDFLiteral(text, datatype: type ?? RDF.string))
      }
      return try localized(
        text, object[Keyword.language]?.string, object[Keyword.direction]?.string, graph)
    default: return nil
    }
  }

  private func number(_ text: Identifier, _ type: Identifier?) throws(LinkedDataError) -> RDFTerm? {
    guard let value = JSONNumber.double(text.text) else {
      try lose("The number \(text) is too large for a double.")
      return nil
    }
    if type != RDF.double, let integer = JSONNumber.integer(value) {
      return .literal(RDFLiteral(Identifier(integer), datatype: type ?? RDF.integer))
    }
    let double = Identifier(JSONNumber.xsdDouble(value))
    return .literal(RDFLiteral(double, datatype: type ?? RDF.double))
  }

  private mutating func localized(
    _ text: Identifier, _ language: Identifier?, _ textDirection: Identifier?, _ graph: Graph
  ) throws(LinkedDataError) -> RDFTerm? {
    if let language, !LanguageTag.isWellFormed(language) {
      try lose("\"\(language)\" is no language.")
      return nil
    }
    if let textDirection, let direction {
      let tag = language?.text.lowercased()
      switch direction {
      case .i18nDatatype:
        let datatype = Identifier("\(RDF.i18n)\(tag ?? "")_\(textDirection)")
        return .literal(RDFLiteral(text, datatype: datatype))
      case .compoundLiteral:
        let node = newBlank()
        emit(node, RDF.value, .literal(RDFLiteral(text)), to: graph)
        if let tag {
          emit(node, RDF.language, .literal(RDFLiteral(Identifier(tag))), to: graph)
        }
        emit(node, RDF.direction, .literal(RDFLiteral(textDirection)), to: graph)
        return node
      }
    }
    if textDirection != nil { try lose("The direction of a text has no place in a dataset.") }
    guard let language else { return .literal(RDFLiteral(text)) }
    return .literal(RDFLiteral(text, datatype: RDF.langString, language: language))
  }
}
