internal import Domain

/// Reads the data of the European framework of digital competence, version 3.
enum DigCompReader {
  private static let known: Set<String> = [
    "@id", "@type", "name", "description", "explanation", "competence_id", "competence_area_id",
    "four_levels_proficiency_name", "four_levels_description",
  ]

  static let types: Set<String> = [
    "CompetenceArea", "Competence", "ProficiencyLevel", "CompetenceStatement", "LearningOutcome",
    "Glossary",
  ]

  /// Reads the nodes of a graph.
  static func read(_ nodes: [JSONObject], file: String?) throws(CatalogsError) -> CatalogReading {
    var builder = CatalogBuilder(.digComp, file: file)
    builder.document.title = "DigComp"
    let linked = nodes.map { LinkedNode($0) }
    addLevels(of: linked, &builder)
    for node in linked { add(node, &builder) }
    return try builder.finish()
  }

  /// The four levels are named by statements but have no nodes; the eight levels describe them.
  private static func addLevels(of nodes: [LinkedNode], _ builder: inout CatalogBuilder) {
    var names: Set<String> = []
    for node in nodes {
      guard let name = node.text("four_levels_name"), names.insert(name).inserted else { continue }
      var concept = CatalogDefinition(members: JSONObject())
      concept.identifier = Identifier("ProficiencyLevel/\(name)")
      concept.title = name
      concept.hierarchyCode = "\(names.count)"
      concept.summary = node.text("four_levels_description")
      builder.definitions.concepts.append(concept)
    }
  }

  private static func add(_ node: LinkedNode, _ builder: inout CatalogBuilder) {
    let place = builder.place(node.object)
    var item = CatalogItem(members: JSONObject())
    let identifier = node.identifier ?? ""
    item.identifier = Identifier(identifier)
    let type = node.types.first
    item.itemType = type
    let name = node.text("name")
    let text =
      node.text("description")
      ?? node.text("explanation", "eight_levels_description", "four_levels_description")
    item.fullStatement = text ?? name
    item.abbreviatedStatement = text == nil ? nil : name
    let last = identifier.split(separator: "/").last.map(String.init)
    if type == "Glossary" || type == "ProficiencyLevel" {
      item.abbreviatedStatement = last
    } else {
      item.code = last
    }
    builder.keep(node.rest(without: known), in: &item, at: place)
    builder.add(item, at: place)
    guard !identifier.isEmpty else { return }
    let parents =
      node.references("competence_id").isEmpty
      ? node.references("competence_area_id") : node.references("competence_id")
    for parent in parents {
      builder.link(.isChildOf, from: identifier, to: parent, at: place, isOrdered: true)
    }
    for level in node.references("four_levels_proficiency_name") {
      builder.link(.hasSkillLevel, from: identifier, to: level, at: place)
    }
  }
}
