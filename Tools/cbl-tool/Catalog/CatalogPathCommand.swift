#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain
  import Interop

  /// `cbl-tool catalog path`
  struct CatalogPathCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "path",
      abstract: "Lists what to learn for an item, in an order that works.",
      discussion: """
        Where catalogs offer alternatives the way is a shortest one. Ends with 65
        when the item lies on or behind a cycle.
          cbl-tool catalog path Tests/ExampleCatalogsTests/example-math.case.json \\
            --to LP.M.N.6 --known LP.M.N.3 --why
        """)

    @OptionGroup var catalogs: CatalogOptions

    @Option(name: .long, help: ArgumentHelp("The goal, or goals with commas.", valueName: "items"))
    var to: [String]

    @OptionGroup var known: KnownOptions

    @Flag(name: .long, help: "Show the links that say so, with document, edition and licence.")
    var why = false

    @Flag(name: .long, help: "Print JSON, with the links.")
    var json = false

    func validate() throws {
      if NameList.split(to).isEmpty { throw ValidationError("name the goal with --to") }
    }

    func run() throws {
      let catalogs = try catalogs.read()
      let items = CatalogItems(catalogs)
      let graph = PrerequisiteGraph(catalogs)
      let goals = try items.numbers(NameList.split(to), in: graph)
      let known = Set(try items.numbers(try known.names(), in: graph))
      guard let answer = graph.smallestUnlockSet(for: goals, known: known) else {
        let names = goals.map { items.label(graph.items[$0]) }.joined(separator: ", ")
        throw ToolFailure(
          65,
          "no way leads to \(names): a cycle of prerequisites lies before it; "
            + "'cbl-tool catalog lint' names it")
      }
      let steps = Set(answer.items)
      let reasons = graph.reasons(from: steps.union(known), to: steps)
      if json {
        let whole: JSONValue = [
          "goals": .array(goals.map { items.json(graph.items[$0]) }),
          "path": .array(answer.items.map { items.json(graph.items[$0]) }),
          "isSmallest": .boolean(answer.isSmallest),
          "links": .array(reasons.map { LinkText.json($0) }),
        ]
        try Console.print(whole.pretty + "\n")
        return
      }
      try print(answer, reasons, graph, items)
    }

    private func print(
      _ answer: PrerequisiteGraph.UnlockSet, _ reasons: [StatedLink], _ graph: PrerequisiteGraph,
      _ items: CatalogItems
    ) throws {
      var output = OutputText()
      if answer.items.isEmpty { try output.line("Nothing is left to learn.") }
      var into: [CatalogKey: [StatedLink]] = [:]
      for link in reasons { into[CatalogKey(link.destination), default: []].append(link) }
      for (step, number) in answer.items.enumerated() {
        try output.line("\(step + 1). \(items.line(graph.items[number]))")
        guard why else { continue }
        for link in into[CatalogKey(graph.items[number])] ?? [] {
          try output.line("     \(LinkText.line(link, items))")
        }
      }
      if !answer.isSmallest {
        try output.line("The search was stopped before it was sure that there is no shorter way.")
      }
      try output.flush()
    }
  }
#endif
