#if CommandLine
  import ArgumentParser

  /// `cbl-tool catalog`
  struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "catalog",
      abstract: "Checks, asks, compares, converts and draws catalogs.",
      discussion: """
        Catalogs are read as 1EdTech CASE and in seventeen other formats, each
        recognised by its content. Items are named by identifier or by a code
        that only one item has. The examples run where the folder
        Tests/ExampleCatalogsTests of the source is.
          cbl-tool catalog lint Tests/ExampleCatalogsTests/example-math.case.json
          cbl-tool catalog path Tests/ExampleCatalogsTests/example-math.case.json \\
            --to LP.M.N.6 --known LP.M.N.3
        """,
      subcommands: [
        CatalogLintCommand.self, CatalogShowCommand.self, CatalogDiffCommand.self,
        CatalogMigrateCommand.self, CatalogCrosswalkCommand.self, CatalogOverlayCommand.self,
        CatalogPathCommand.self, CatalogReadyCommand.self, CatalogDrawCommand.self,
        CatalogNamesCommand.self, CatalogConvertCommand.self,
      ])
  }
#endif
