#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain

  /// `cbl-tool catalog lint`
  struct CatalogLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lint",
      abstract: "Looks for faults in a catalog and gives it a score.",
      discussion: """
        First what the file has that the format does not, then what the format
        allows and nobody wants: dangling ends, cycles, orphans, codes that
        repeat or look alike, characters that deceive, prerequisites against the
        school levels, statements that cannot be measured. Ends with 65 when
        something is an error.

        The score is 100 minus what each check takes off: its weight times the
        square root of the share that failed.
          cbl-tool catalog lint Tests/ExampleCatalogsTests/example-math.case.json
          cbl-tool catalog lint our.case.json --sarif > our.sarif
        """)

    @Argument(help: "A catalog, or - for standard input.")
    var file: String

    @Flag(name: .long, help: "Show all places, not the first three of each code.")
    var all = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print SARIF 2.1.0, for code hosts and editors.")
    var sarif = false

    func validate() throws {
      if json, sarif { throw ValidationError("--json and --sarif exclude each other") }
    }

    func run() throws {
      try InputCheck.check([file])
      let reading = try CatalogFile.read(file, isChecked: true)
      let report = reading.catalog.lint(file: file == "-" ? "standard input" : file)
      let list = LintList(file: file, format: reading.findings, report: report)
      if json {
        try list.printJSON()
      } else if sarif {
        try list.printSARIF()
      } else {
        try list.printText(all: all)
      }
      let worst = reading.findings.map(\.severity).max() ?? .note
      if report.hasErrors || worst >= .error { throw ToolFailure.ended(65) }
    }
  }
#endif
