internal import Domain

/// Reads a map of prerequisites.
struct PrerequisiteMapReader {
  private static let statements = [
    "fullstatement", "statement", "text", "description", "summary", "definition",
  ]
  private static let titles = ["title", "name", "label"]
  private static let codes = ["code", "humancodingscheme", "statementcode", "notation"]
  private static let types = ["type", "kind", "itemtype"]
  private static let levels = ["grade", "grades", "gradelevel", "educationlevel"]
  private static let enumerations = ["ordinal", "listenumeration"]
  private static let notes = ["notes", "note", "comment"]
  private static let addresses = ["uri", "url", "address"]
  private static let parents = ["parent", "parentid", "parentcode"]
  private static let fields = [statements, titles, codes, types, enumerations, notes, addresses]

  private let map: PrerequisiteMap
  private var builder: CatalogBuilder
  private var pairs = LinkPairs()
  private var identifiers: Set<String> = []
  /// Identifiers by their spelling with dashes for underscores; blank where two share it.
  private var spellings: [String: String] = [:]
  private var respelled: (count: Int, example: String, place: Place)?

  static func isRecognized(_ value: JSONValue) -> Bool { PrerequisiteMap(value).isRecognized }

  /// Reads a text.
  static func read(_ value: JSONValue, file: String?) throws(CatalogsError) -> CatalogReading {
    var reader = PrerequisiteMapReader(PrerequisiteMap(value), file)
    reader.readAll()
    return try reader.builder.finish()
  }

  private init(_ map: PrerequisiteMap, _ file: String?) {
    self.map = map
    builder = CatalogBuilder(.prerequisiteMap, file: file)
  }

  private mutating func readAll() {
    readRoot()
    for (list, element) in map.strays {
      builder.report(
        .error, "shape",
        "An element of \(list.isEmpty ? "the list" : list) is \(element.kind); expected an object. "
          + "It is left out.", at: builder.place(map.root))
    }
    for name in map.prefixed {
      builder.report(
        .note, "prefixed_identifier",
        "Another list has identifiers of \(name) too; those of \(name) get \"\(name)/\" in front.",
        at: builder.place(map.root))
    }
    for nodes in map.nodes {
      let stands = map.parents(of: nodes)
      for node in nodes.objects { readNode(node, nodes, stands) }
    }
    for nodes in map.nodes {
      for node in nodes.objects { readBefore(node, nodes) }
    }
    for links in map.links {
      for link in links.objects { readLink(link, links) }
    }
    builder.report(pairs)
    if let respelled {
      builder.report(
        .warning, "respelled_end",
        "\(respelled.count) links name an item with other dashes and underscores than it has, such "
          + "as \(respelled.example); they are read as that item. Write both alike.",
        at: respelled.place)
    }
  }

  private mutating func readRoot() {
    let node = MapNode(map.root)
    var document = builder.document
    document.identifier = Identifier(node.text(["identifier", "id"]) ?? "")
    document.title = node.text(["title", "name"])
    document.summary = node.text(["description", "source"])
    document.edition = node.text(["version", "edition"])
    document.publisher = node.text(["publisher"])
    builder.document = document
    let fields = [
      ["identifier", "id"], ["title", "name"], ["description", "source"], ["version", "edition"],
      ["publisher"],
    ]
    let lists = Set((map.nodes.map(\.name) + map.links.map(\.name)))
    builder.keepInDocument(
      node.rest(fields: fields).filter { !lists.contains($0.name) }, at: builder.place(map.root))
  }

  private mutating func readNode(
    _ node: MapNode, _ nodes: PrerequisiteMap.Nodes,
    _ stands: [(member: String, list: PrerequisiteMap.Nodes)]
  ) {
    let place = builder.place(node.object)
    var item = CatalogItem(members: JSONObject())
    let name = nodes.name(of: node)
    item.identifier = Identifier(name.isEmpty ? "" : nodes.prefix + name)
    let statement = node.text(Self.statements)
    let title = node.text(Self.titles)
    item.fullStatement = statement ?? title
    item.abbreviatedStatement = statement == nil ? nil : title
    item.code = node.text(Self.codes)
    item.itemType = node.text(Self.types) ?? (nodes.name.isEmpty ? nil : nodes.name)
    item.educationLevels = node.texts(Self.levels).map { SchoolLevel.code($0) }
    item.listEnumeration = node.text(Self.enumerations)
    item.notes = node.text(Self.notes)
    item.uri = node.text(Self.addresses)
    let fields =
      Self.fields + ([nodes.key] + stands.map(\.member)).map { [$0] }
      + (stands.isEmpty ? [Self.parents] : [])
    builder.keep(
      node.rest(fields: fields, lists: [Self.levels], values: [PrerequisiteMap.before]),
      in: &item, at: place)
    builder.add(item, at: place)
    let identifier = builder.items.last?.identifier.text ?? ""
    if nodes.prefix.isEmpty, !name.isEmpty {
      identifiers.insert(name)
      let spelling = Self.spelling(name)
      spellings[spelling] = spellings[spelling] == nil ? name : ""
    }
    for (member, list) in stands {
      guard let above = node.text([member]) else { continue }
      builder.link(
        .isChildOf, from: identifier, to: list.prefix + above, at: place, isOrdered: true)
    }
    guard stands.isEmpty, let above = node.text(Self.parents) else { return }
    builder.link(
      .isChildOf, from: identifier, to: nodes.prefix + above, at: place, isOrdered: true)
  }

  // MARK: Links

  private mutating func readBefore(_ node: MapNode, _ nodes: PrerequisiteMap.Nodes) {
    let name = nodes.name(of: node)
    guard !name.isEmpty else { return }
    let (named, others) = map.before(node, of: nodes)
    for other in others {
      builder.report(
        .error, "shape",
        "What comes before \(name) is \(other.kind) without a name; expected a name. It is left out.",
        at: builder.place(node.object))
    }
    for (first, object) in named {
      let place = object.map { builder.place($0.object) } ?? builder.place(node.object)
      let inner = object ?? MapNode(JSONObject())
      let rest = inner.rest(fields: [
        [nodes.key] + PrerequisiteMap.keys, LinkWord.types, LinkWord.reasons,
      ])
      let before = nodes.prefix.isEmpty ? end(first, place) : nodes.prefix + first
      link(inner, .precedes, before, nodes.prefix + name, rest, place)
    }
  }

  private mutating func readLink(_ link: MapNode, _ links: PrerequisiteMap.Links) {
    let place = builder.place(link.object)
    let ends = links.ends
    guard let first = link.text([ends.first]), let second = link.text([ends.second]) else {
      builder.report(
        .error, "shape",
        "A link of \(links.name) lacks \(link.text([ends.first]) == nil ? ends.first : ends.second)"
          + "; it is left out. Add it.", at: place)
      return
    }
    self.link(
      link, LinkWord.type(ofListNamed: links.name), end(first, place), end(second, place),
      link.rest(fields: [[ends.first], [ends.second], LinkWord.types, LinkWord.reasons]), place)
  }

  private mutating func link(
    _ node: MapNode, _ usual: AssociationType, _ first: String, _ second: String,
    _ rest: [JSONObject.Member], _ place: Place
  ) {
    let meaning =
      node.text(LinkWord.types).map { LinkWord.meaning($0) }
      ?? RelationName.Meaning(type: usual, isSwapped: false)
    guard pairs.isNew(meaning.type, first, second) else { return }
    let (origin, destination) = meaning.isSwapped ? (second, first) : (first, second)
    builder.link(
      meaning.type, from: CatalogBuilder.end(origin), to: CatalogBuilder.end(destination),
      at: place
    ) { association in
      association.setText("notes", node.text(LinkWord.reasons))
      if !rest.isEmpty { association.extensions = JSONObject(rest) }
    }
  }

  /// The item that an end means: as written, or with the dashes and underscores that it has.
  private mutating func end(_ name: String, _ place: Place) -> String {
    guard !identifiers.contains(name), let known = spellings[Self.spelling(name)], !known.isEmpty
    else { return name }
    respelled = (
      (respelled?.count ?? 0) + 1, respelled?.example ?? "\(name) for \(known)",
      respelled?.place ?? place
    )
    return known
  }

  private static func spelling(_ name: String) -> String { name.replacing("_", with: "-") }
}
