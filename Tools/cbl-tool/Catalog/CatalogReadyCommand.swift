#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain
  import Interop

  /// `cbl-tool catalog ready`
  struct CatalogReadyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ready",
      abstract: "Lists what can be learned next, and what each step opens.",
      discussion: """
        Items that no link of prerequisites touches are left out unless --all is
        given.
          cbl-tool catalog ready Tests/ExampleCatalogsTests/example-math.case.json \\
            --known LP.M.N.1,LP.M.N.2
        """)

    @OptionGroup var catalogs: CatalogOptions

    @OptionGroup var known: KnownOptions

    @Flag(name: .long, help: "Show items that no prerequisite touches too.")
    var all = false

    @Flag(name: .long, help: "Print JSON, with the links that say so.")
    var json = false

    func run() throws {
      let catalogs = try catalogs.read()
      let items = CatalogItems(catalogs)
      let graph = PrerequisiteGraph(catalogs)
      let known = Set(try items.numbers(try known.names(), in: graph))
      var touched = Set<Int>()
      for edge in graph.edges { touched.formUnion([edge.prerequisite, edge.dependent]) }
      let ready = graph.outerFringe(known: known).filter { all || touched.contains($0) }
      let steps = ready.map { item in
        let opened = graph.outerFringe(known: known.union([item])).filter {
          $0 != item && !ready.contains($0) && (all || touched.contains($0))
        }
        return (item: item, opens: opened, impact: graph.impact(of: item))
      }
      if json {
        let list = steps.map { step -> JSONValue in
          [
            "item": items.json(graph.items[step.item]), "impact": .number(step.impact),
            "opens": .array(step.opens.map { items.json(graph.items[$0]) }),
            "links": .array(
              graph.reasons(from: known, to: [step.item]).map { LinkText.json($0) }),
          ]
        }
        try Console.print(JSONValue.object([("ready", .array(list))]).pretty + "\n")
        return
      }
      var output = OutputText()
      if steps.isEmpty { try output.line("Nothing is ready.") }
      for step in steps {
        try output.line(items.line(graph.items[step.item]))
        let opened = step.opens.map { items.label(graph.items[$0]) }
        var words = "    \(CatalogItems.impact(step.impact))"
        if !opened.isEmpty { words += "; opens \(opened.joined(separator: ", "))" }
        try output.line(words)
      }
      try output.flush()
    }
  }
#endif
