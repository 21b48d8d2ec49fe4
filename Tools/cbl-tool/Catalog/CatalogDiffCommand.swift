#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain
  import Interop

  /// `cbl-tool catalog diff`
  struct CatalogDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Compares two editions of a catalog, item by item and link by link.",
      discussion: """
        Items are the same when their identifiers are, whatever their codes. Ends
        with 1 when something differs.
          cbl-tool catalog diff our-2025.case.json our-2026.case.json --summary
        """)

    @Argument(help: "The older edition.")
    var old: String

    @Argument(help: "The newer edition.")
    var new: String

    @Flag(name: .long, help: "Show counts only.")
    var summary = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let editions = try CatalogFile.read([old, new])
      let comparison = EditionComparison(from: editions[0], to: editions[1])
      let list = EditionList(comparison, items: CatalogItems(editions.reversed()))
      try json ? list.printJSON() : list.printText(summary: summary)
      if !list.isEqual { throw ToolFailure.ended(1) }
    }
  }
#endif
