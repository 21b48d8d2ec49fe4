#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain

  /// `cbl-tool catalog draw`
  struct CatalogDrawCommand: ParsableCommand {
    /// The forms of a drawing.
    enum Form: String, CaseIterable, ExpressibleByArgument {
      case svg, html, dot, mermaid, graphml, json
    }

    static let configuration = CommandConfiguration(
      commandName: "draw",
      abstract: "Draws the prerequisites of catalogs, with where learners stand.",
      discussion: """
        Shows items that nothing stands under and those with links; --type
        chooses others. Links that others make necessary already are left out.
          cbl-tool catalog draw Tests/ExampleCatalogsTests/example-math.case.json \\
            --known LP.M.N.1,LP.M.N.2,LP.M.D.1 -o map.html

        A file of learners has a line 'learner,item' for each mastered item.
          cbl-tool catalog draw Tests/ExampleCatalogsTests/example-math.case.json \\
            --around LP.M.N.6 --steps 2 --to mermaid
        """)

    @OptionGroup var catalogs: CatalogOptions

    @Option(
      name: .long, help: "The form: svg, html, dot, mermaid, graphml or json; else by the output.")
    var to: Form?

    @Option(
      name: [.customShort("o"), .long],
      help: ArgumentHelp("The file to write; standard output otherwise.", valueName: "file"))
    var output: String?

    @OptionGroup var known: KnownOptions

    @Option(
      name: .long, help: ArgumentHelp("Items that were begun, with commas.", valueName: "items"))
    var begun: [String] = []

    @Option(
      name: .long,
      help: ArgumentHelp("A file of mastered items of learners; shows a class.", valueName: "file"))
    var learners: String?

    @Option(
      name: .long, help: ArgumentHelp("Types of items to show, with commas.", valueName: "types"))
    var type: [String] = []

    @Option(
      name: .long,
      help: ArgumentHelp("Show only what is near to an item.", valueName: "item"))
    var around: String?

    @Option(name: .long, help: "How many links away from --around.")
    var steps = 1

    @Option(name: .long, help: "What the picture shows; the titles of the catalogs otherwise.")
    var title: String?

    @Flag(name: .long, help: "Show links that others make necessary already, faintly.")
    var implied = false

    @Flag(name: .long, help: "The same as --to json.")
    var json = false

    @Flag(name: .long, help: "Replace an output that is there already.")
    var force = false

    func validate() throws {
      if learners != nil, !known.known.isEmpty || known.knownFrom != nil || !begun.isEmpty {
        throw ValidationError("--learners excludes --known, --known-from and --begun")
      }
      if json, let to, to != .json { throw ValidationError("--json excludes --to \(to)") }
      if steps < 0 { throw ValidationError("--steps wants 0 or more") }
    }

    func run() throws {
      let catalogs = try catalogs.read()
      let items = CatalogItems(catalogs)
      let graph = PrerequisiteGraph(catalogs)
      var chosen = try shown(graph, catalogs)
      if let around {
        let centre = try items.numbers([around], in: graph)
        chosen = graph.neighbourhood(of: centre, steps: steps, followsImplied: implied)
      }
      var picture = GraphPicture(
        graph, of: catalogs, title: title, showing: chosen, showsImplied: implied)
      try showStates(in: &picture, graph, items)
      let text =
        switch try form() {
        case .svg: picture.svg
        case .html: picture.html
        case .dot: picture.dot
        case .mermaid: picture.mermaid
        case .graphml: picture.graphML
        case .json: picture.json
        }
      try CatalogFile.write(text, to: output, force: force)
    }

    private func form() throws -> Form {
      if json { return .json }
      if let to { return to }
      guard let output, output != "-", let ending = output.split(separator: ".").last else {
        return .svg
      }
      let other: Form? = ["mmd": .mermaid, "gv": .dot, "htm": .html][String(ending)]
      guard let form = Form(rawValue: String(ending)) ?? other else {
        throw ToolFailure.usage("'\(output)' does not say its form; give it with --to")
      }
      return form
    }

    /// The items of the chosen types; otherwise those with links and those nothing stands under.
    private func shown(_ graph: PrerequisiteGraph, _ catalogs: [Catalog]) throws -> [Int] {
      let types = Set(NameList.split(type))
      var touched: Set<Int> = []
      for edge in graph.edges { touched.formUnion([edge.prerequisite, edge.dependent]) }
      var chosen: Set<Int> = []
      for catalog in catalogs {
        let above = Set(catalog.parents.values.flatMap { $0 })
        for item in catalog.items {
          guard let number = graph.number(of: item.identifier) else { continue }
          let isShown =
            types.isEmpty
            ? touched.contains(number) || !above.contains(CatalogKey(item.identifier))
            : types.contains(item.typeName ?? "")
          if isShown { chosen.insert(number) }
        }
      }
      if chosen.isEmpty, !types.isEmpty {
        throw ToolFailure(65, "no item has the type \(types.sorted().joined(separator: " or "))")
      }
      return chosen.sorted()
    }

    private func showStates(
      in picture: inout GraphPicture, _ graph: PrerequisiteGraph, _ items: CatalogItems
    ) throws {
      if let learners {
        var known: [String: Set<Int>] = [:]
        for line in try NameList.lines(of: learners) {
          let parts = line.split(separator: ",", maxSplits: 1).map(String.init)
          guard parts.count == 2 else {
            throw ToolFailure(65, "\(learners): '\(line)' is no line 'learner,item'")
          }
          let names = NameList.split([parts[1]])
          known[parts[0], default: []].formUnion(try items.numbers(names, in: graph))
        }
        let counts = graph.states(ofClass: known.keys.sorted().map { known[$0] ?? [] })
        picture.show(
          counts: Dictionary(
            uniqueKeysWithValues: counts.enumerated().map {
              (CatalogKey(graph.items[$0.offset]), $0.element)
            }))
        return
      }
      let known = Set(try items.numbers(try known.names(), in: graph))
      let begun = Set(try items.numbers(NameList.split(begun), in: graph))
      guard !known.isEmpty || !begun.isEmpty else { return }
      let states = graph.states(known: known, begun: begun)
      picture.show(
        Dictionary(
          uniqueKeysWithValues: states.enumerated().map {
            (CatalogKey(graph.items[$0.offset]), $0.element)
          }))
    }
  }
#endif
