#if CommandLine
  import ArgumentParser
  import CatalogFiles
  import Catalogs
  import Domain
  import Interop

  /// `cbl-tool catalog show`
  struct CatalogShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows what a catalog is about, its outline, or one of its items.",
      discussion: """
          cbl-tool catalog show Tests/ExampleCatalogsTests/example-math.case.json
          cbl-tool catalog show Tests/ExampleCatalogsTests/example-math.case.json LP.M.N.6
        """)

    @Argument(help: "A catalog, or - for standard input.")
    var file: String

    @Argument(help: "An item, by identifier or code.")
    var item: String?

    @Option(name: .long, help: "How many levels of the outline to show.")
    var depth = 3

    @Flag(
      name: .long,
      help: "Read prerequisites and nothing else, for large files, and count them.")
    var graph = false

    @Flag(name: .long, help: "Print JSON, with the whole outline.")
    var json = false

    func validate() throws {
      if graph, item != nil { throw ValidationError("--graph shows no item") }
    }

    func run() throws {
      if graph { return try printGraph() }
      let catalog = try CatalogFile.read(file).catalog
      let items = CatalogItems([catalog])
      if let item {
        let card = ItemCard(try items.find(item), items: items)
        try Console.print(json ? card.json.pretty + "\n" : card.text)
      } else {
        try json ? printJSON(catalog, items) : printText(catalog, items)
      }
    }

    private func printGraph() throws {
      let bytes = try DocumentFile.read(file, limit: CatalogFile.limit)
      let graph = try PrerequisiteGraph.reading(
        bytes, file: file == "-" ? "standard input" : file)
      let counts = [
        ("items", graph.count), ("links", graph.linkCount), ("levels", graph.levelCount),
        ("implied", graph.impliedLinks.count), ("cycles", graph.cycles.count),
        ("problems", graph.problems.count),
      ]
      if json {
        let whole = JSONValue.object(counts.map { (key: $0.0, value: .number($0.1)) })
        try Console.print(whole.pretty + "\n")
      } else {
        try Console.print(counts.map { "\($0.0): \($0.1)\n" }.joined())
      }
    }

    private func counts(_ names: [String]) -> [(name: String, count: Int)] {
      var counts: [String: Int] = [:]
      for name in names { counts[name, default: 0] += 1 }
      return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { ($0.key, $0.value) }
    }

    private func facts(_ catalog: Catalog) -> [(name: String, value: String?)] {
      let document = catalog.document
      return [
        ("title", document.title), ("publisher", document.publisher ?? document.creator),
        ("edition", document.edition), ("status", document.adoptionStatus),
        ("language", document.language),
        ("licence", document.license?.title ?? document.license?.uri),
        ("source", document.officialSource), ("identifier", catalog.identifier.text),
        ("format", "CASE \(catalog.version.rawValue)"),
      ]
    }

    private func printText(_ catalog: Catalog, _ items: CatalogItems) throws {
      var output = OutputText()
      for (name, value) in facts(catalog) {
        if let value { try output.line("\(name): \(value.escapingControls())") }
      }
      let types = counts(catalog.items.map { $0.typeName ?? "without a type" })
      let links = counts(catalog.associations.map(\.type.name))
      try output.line("items: \(catalog.items.count)\(Self.list(types))")
      try output.line("links: \(catalog.associations.count)\(Self.list(links))")
      let graph = PrerequisiteGraph([catalog])
      if graph.linkCount > 0 {
        try output.line(
          "prerequisites: \(graph.levelCount) levels, \(graph.impliedLinks.count) implied links, "
            + "\(graph.cycles.count) cycles")
      }
      try output.line()
      for (place, level) in catalog.outline where level < depth {
        let line = items.line(catalog.items[place].identifier, width: 90 - 2 * level)
        try output.line(String(repeating: "  ", count: level) + line)
      }
      try output.flush()
    }

    private static func list(_ counts: [(name: String, count: Int)]) -> String {
      guard !counts.isEmpty else { return "" }
      let words = counts.prefix(8).map { "\($0.count) \($0.name)".escapingControls() }
      let rest = counts.count > 8 ? ", and \(counts.count - 8) other kinds" : ""
      return " (\(words.joined(separator: ", "))\(rest))"
    }

    private func printJSON(_ catalog: Catalog, _ items: CatalogItems) throws {
      let document = facts(catalog).map { (key: $0.name, value: JSONValue.optional($0.value)) }
      let graph = PrerequisiteGraph([catalog])
      let outline = catalog.outline.map { place, level -> JSONValue in
        ["depth": .number(level), "item": items.json(catalog.items[place].identifier)]
      }
      let whole: JSONValue = [
        "document": .object(document),
        "types": Self.object(counts(catalog.items.map { $0.typeName ?? "" })),
        "links": Self.object(counts(catalog.associations.map(\.type.name))),
        "prerequisites": [
          "links": .number(graph.linkCount), "levels": .number(graph.levelCount),
          "implied": .number(graph.impliedLinks.count), "cycles": .number(graph.cycles.count),
        ],
        "outline": .array(outline),
      ]
      try Console.print(whole.pretty + "\n")
    }

    private static func object(_ counts: [(name: String, count: Int)]) -> JSONValue {
      .object(counts.map { (key: $0.name, value: .number($0.count)) })
    }
  }
#endif
