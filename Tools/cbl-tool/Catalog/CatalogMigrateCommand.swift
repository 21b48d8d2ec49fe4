#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain
  import Interop

  /// `cbl-tool catalog migrate`
  struct CatalogMigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "migrate",
      abstract: "Says what evidence for an older edition becomes in a newer one.",
      discussion: """
        One step for each item and rule, with the links that cause it: keep,
        keepForReview, carry, inferBySplit, partialByMerge, retire. Nothing is
        changed; items that are kept are left out unless --all is given.
          cbl-tool catalog migrate our-2025.case.json our-2026.case.json
        """)

    @Argument(help: "The older edition.")
    var old: String

    @Argument(help: "The newer edition.")
    var new: String

    @Flag(name: .long, help: "Show items that are kept too.")
    var all = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let editions = try CatalogFile.read([old, new])
      let plan = EditionComparison(from: editions[0], to: editions[1]).migration
      let items = CatalogItems(editions.reversed())
      let shown = plan.filter { all || $0.rule != .keep }
      let counts = EvidenceMigration.Rule.allCases.map { rule in
        (key: rule.rawValue, value: plan.count { $0.rule == rule })
      }
      if json {
        let whole: JSONValue = [
          "counts": .object(counts.map { (key: $0.key, value: .number($0.value)) }),
          "steps": .array(shown.map { Self.json($0, items) }),
        ]
        try Console.print(whole.pretty + "\n")
        return
      }
      var output = OutputText()
      for step in shown {
        try output.line("\(step.rule.rawValue) \(items.line(step.item))")
        if step.rule != .keep, step.rule != .keepForReview {
          for target in step.targets { try output.line("    to \(items.line(target))") }
        }
        if !step.completedBy.isEmpty {
          let names = step.completedBy.map { items.label($0) }.joined(separator: ", ")
          try output.line("    complete with evidence for \(names)")
        }
        for link in step.chain { try output.line("    because \(LinkText.line(link, items))") }
      }
      let words = counts.filter { $0.value > 0 }.map { "\($0.key) \($0.value)" }
      try output.line(words.isEmpty ? "No items." : words.joined(separator: ", "))
      try output.flush()
    }

    private static func json(_ step: EvidenceMigration, _ items: CatalogItems) -> JSONValue {
      [
        "item": items.json(step.item), "rule": .text(step.rule.rawValue),
        "targets": .array(step.targets.map { items.json($0) }),
        "completedBy": .array(step.completedBy.map { items.json($0) }),
        "edition": .text(step.edition), "links": .array(step.chain.map { LinkText.json($0) }),
      ]
    }
  }
#endif
