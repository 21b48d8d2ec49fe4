#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain
  import Interop

  /// `cbl-tool catalog crosswalk`
  struct CatalogCrosswalkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "crosswalk",
      abstract: "Says what of a catalog another one says too, and where crosswalks contradict.",
      discussion: """
        Counterparts are those that the catalogs, and crosswalks between them,
        state; nothing is guessed. A target without one that says the same or
        more is a gap. Ends with 1 when there are contradictions.
          cbl-tool catalog crosswalk ours.case.json state.case.json --via walk.case.json
        """)

    @Argument(help: "The catalog whose targets are looked for.")
    var catalog: String

    @Argument(help: "The catalog that may have counterparts.")
    var other: String

    @Option(
      name: .long,
      help: ArgumentHelp("A catalog with links between the two.", valueName: "file"))
    var via: [String] = []

    @Flag(name: .long, help: "Show the gap and the contradictions only.")
    var gap = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let catalogs = try CatalogFile.read([catalog, other] + via)
      let walk = Crosswalk(catalogs)
      let coverage = walk.coverage(of: catalogs[0], by: catalogs[1])
      let conflicts = walk.conflicts + walk.orderConflicts(of: catalogs)
      let items = CatalogItems(catalogs)
      if json {
        try printJSON(coverage, conflicts, items)
      } else {
        try printText(coverage, conflicts, items)
      }
      if !conflicts.isEmpty { throw ToolFailure.ended(1) }
    }

    private func printText(
      _ coverage: Crosswalk.Coverage, _ conflicts: [Crosswalk.Conflict], _ items: CatalogItems
    ) throws {
      var output = OutputText()
      if !gap {
        for match in coverage.matches {
          let strength = match.strength.map { ", strength \($0)" } ?? ""
          try output.line("\(items.line(match.item, width: 60))")
          try output.line(
            "    \(match.relation.rawValue)\(strength): \(items.line(match.counterpart, width: 60))"
          )
          try output.line("    because \(LinkText.line(match.link, items))")
        }
      }
      for item in coverage.gap { try output.line("gap: \(items.line(item))") }
      for conflict in conflicts {
        let names = conflict.items.map { items.label($0) }.joined(separator: ", ")
        try output.line("contradiction (\(conflict.kind.rawValue)): \(names)")
        for link in conflict.links { try output.line("    \(LinkText.line(link, items))") }
        if let weakest = conflict.weakest {
          try output.line("    the weakest is \(LinkText.line(weakest, items))")
        }
      }
      let covered = coverage.targets.count - coverage.gap.count
      try output.line(
        "\(covered) of \(coverage.targets.count) targets have a counterpart that says the same or "
          + "more; \(conflicts.count) contradictions")
      try output.flush()
    }

    private func printJSON(
      _ coverage: Crosswalk.Coverage, _ conflicts: [Crosswalk.Conflict], _ items: CatalogItems
    ) throws {
      let matches = coverage.matches.map { match -> JSONValue in
        [
          "item": items.json(match.item), "relation": .text(match.relation.rawValue),
          "counterpart": items.json(match.counterpart),
          "strength": match.strength.map { .decimal($0) } ?? .null,
          "link": LinkText.json(match.link),
        ]
      }
      let contradictions = conflicts.map { conflict -> JSONValue in
        [
          "kind": .text(conflict.kind.rawValue),
          "items": .array(conflict.items.map { items.json($0) }),
          "links": .array(conflict.links.map { LinkText.json($0) }),
          "weakest": conflict.weakest.map { LinkText.json($0) } ?? .null,
        ]
      }
      let whole: JSONValue = [
        "targets": .number(coverage.targets.count), "share": .decimal(coverage.share),
        "matches": .array(matches), "gap": .array(coverage.gap.map { items.json($0) }),
        "contradictions": .array(contradictions),
      ]
      try Console.print(whole.pretty + "\n")
    }
  }
#endif
