internal import Domain

/// What a file holds once its bytes are taken apart, before anybody knows which catalog it is.
///
/// The module `CatalogFiles` makes it from bytes. Who has trees or tables from elsewhere gives them
/// to ``Catalog/reading(_:as:file:isChecked:)``.
public enum CatalogContent: Hashable, Sendable {
  /// One JSON text.
  case tree(JSONValue)
  /// JSON texts, one a line.
  case lines([JSONValue])
  /// A table with headings.
  case table(CatalogTable)
  /// Subjects of Turtle, as JSON-LD has them: `@id`, and lists of values by predicate.
  case nodes([JSONObject])

  /// The format that the content shows, `nil` when it is none that is known.
  ///
  /// - Complexity: O(*n*).
  public var format: CatalogFormat? {
    switch self {
    case .lines: .jsonLines
    case .table(let table): CatalogContent.format(of: table)
    case .nodes(let nodes): CatalogContent.format(of: nodes)
    case .tree(let value): CatalogContent.format(of: value)
    }
  }

  /// What the content is, for messages.
  var words: String {
    switch self {
    case .lines(let lines): return "\(lines.count) lines of JSON"
    case .table(let table):
      return "a table with the headings \(table.headings.prefix(6).joined(separator: ", "))"
    case .tree(.object(let object)):
      return "an object with \(object.members.prefix(6).map(\.name).joined(separator: ", "))"
    case .nodes(let nodes): return "Turtle with \(nodes.count) subjects"
    case .tree(let value): return value.kind
    }
  }

  private static func format(of table: CatalogTable) -> CatalogFormat? {
    if MoodleReader.isRecognized(table) { return .moodle }
    if CanvasReader.isRecognized(table) { return .canvas }
    if OpenSALTReader.isRecognized(table) { return .openSALT }
    if ESCOReader.isRecognized(table) { return .esco }
    if RichSkillReader.isRecognized(table) { return .richSkills }
    if SCEDReader.isRecognized(table) { return .sced }
    // What follows is of no system, and asks for less.
    if DocumentListReader.isRecognized(table) { return .documentList }
    if EdgeListReader.isRecognized(table) { return .edgeList }
    return CodeTableReader.isRecognized(table) ? .codeTable : nil
  }

  private static func format(of value: JSONValue) -> CatalogFormat? {
    let format =
      if let object = value.object {
        format(of: object)
      } else {
        format(of: value.array?.compactMap(\.object) ?? [])
      }
    return format ?? (PrerequisiteMapReader.isRecognized(value) ? .prerequisiteMap : nil)
  }

  private static func format(of object: JSONObject) -> CatalogFormat? {
    if ["CFPackage", "CFDocument", "CFItems", "CFItemSet"].contains(where: { object[$0] != nil }) {
      return .casePackage
    }
    if object["rdf:RDF"] != nil { return .skos }
    if object["competencyDefinition"] != nil { return .scd }
    if let skill = object["skills"]?.array?.first?.object, RichSkillReader.isRecognized(skill) {
      return .richSkills
    }
    let graph = nodes(of: .object(object))
    if let format = format(of: graph) { return format }
    // RDF/JSON has subjects for names and addresses for names inside of them.
    let isRDF = object.members.contains { subject in
      subject.value.object?.members.contains {
        LinkedNode.localName($0.name) == "type" && $0.name != "type" && $0.value.array != nil
      } ?? false
    }
    return isRDF ? .asnRDF : nil
  }

  private static func format(of nodes: [JSONObject]) -> CatalogFormat? {
    if let first = nodes.first {
      if RichSkillReader.isRecognized(first) { return .richSkills }
      if ["asn_identifier", "dcterms_description", "asn_statementNotation"].contains(where: {
        first[$0] != nil
      }) {
        return .asnManifest
      }
    }
    for node in nodes {
      let types = LinkedNode(node).types
      if types.contains("ConceptScheme") || types.contains("Concept") { return .skos }
      if !DigCompReader.types.isDisjoint(with: types) { return .digComp }
      if types.contains("CompetencyFramework") { return .ctdlASN }
      if types.contains("Framework") || types.contains("Relation") { return .cass }
      guard types.contains("Competency") else { continue }
      return LinkedNode(node)["competencyText", "ctid"] == nil ? .cass : .ctdlASN
    }
    return nil
  }

  /// The nodes of linked data: of a graph, of a list, or the object alone.
  static func nodes(of value: JSONValue) -> [JSONObject] {
    if let array = value.array { return array.compactMap(\.object) }
    guard let object = value.object else { return [] }
    if let graph = object["@graph"]?.array { return graph.compactMap(\.object) }
    return object["@type"] == nil ? [] : [object]
  }

  /// Reads the content as a format.
  func read(
    as format: CatalogFormat, file: String?, isChecked: Bool
  ) throws(CatalogsError) -> CatalogReading {
    switch (self, format) {
    case (.table(let table), .moodle): return try MoodleReader.read(table)
    case (.table(let table), .canvas): return try CanvasReader.read(table)
    case (.table(let table), .openSALT): return try OpenSALTReader.read(table)
    case (.table(let table), .esco): return try ESCOReader.read([table])
    case (.table(let table), .sced): return try SCEDReader.read(table)
    case (.table(let table), .edgeList): return try EdgeListReader.read(table)
    case (.table(let table), .codeTable): return try CodeTableReader.read(table)
    case (.table(let table), .documentList): return try DocumentListReader.read(table)
    case (.table(let table), .richSkills): return try RichSkillReader.read(table)
    case (.nodes(let nodes), _): return try SKOSReader.read(nodes, file: file)
    case (.lines(let lines), _): return try JSONLinesReader.read(lines, file: file)
    case (.tree(let value), .casePackage):
      return try Catalog.reading(case: value, file: file, isChecked: isChecked)
    case (.tree(let value), _): return try CatalogContent.read(value, as: format, file: file)
    case (.table, _):
      throw CatalogsError(
        .notACatalog, "The file is no JSON, which \(format.title) is.",
        at: Place(file: file, line: 1))
    }
  }

  private static func read(
    _ value: JSONValue, as format: CatalogFormat, file: String?
  ) throws(CatalogsError) -> CatalogReading {
    let nodes = nodes(of: value)
    switch format {
    case .casePackage: return try Catalog.reading(case: value, file: file)
    case .asnRDF: return try ASNReader.read(try object(value, format, file), file: file)
    case .asnManifest:
      return try ASNManifestReader.read(value.array ?? [value], file: file)
    case .ctdlASN: return try CTDLReader.read(nodes, file: file)
    case .cass: return try CaSSReader.read(nodes, file: file)
    case .scd: return try SCDReader.read(try object(value, format, file), file: file)
    case .skos:
      if let xml = value.object?["rdf:RDF"]?.object {
        return try SKOSReader.read(xml: xml, file: file)
      }
      return try SKOSReader.read(nodes, file: file)
    case .digComp: return try DigCompReader.read(nodes, file: file)
    case .richSkills: return try RichSkillReader.read(value, file: file)
    case .prerequisiteMap: return try PrerequisiteMapReader.read(value, file: file)
    case .jsonLines, .esco, .moodle, .canvas, .openSALT, .sced, .edgeList, .codeTable,
      .documentList:
      throw CatalogsError(
        .notACatalog, "The file is one JSON text, which \(format.title) is not.",
        at: Place(file: file, line: 1))
    }
  }

  private static func object(
    _ value: JSONValue, _ format: CatalogFormat, _ file: String?
  ) throws(CatalogsError) -> JSONObject {
    guard let object = value.object else {
      throw CatalogsError(
        .notACatalog, "The file holds \(value.kind); \(format.title) is an object.",
        at: Place(file: file, line: 1))
    }
    return object
  }
}
