#if CommandLine
  import ArgumentParser
  import Catalogs
  import Domain
  import Interop

  /// `cbl-tool catalog names`
  struct CatalogNamesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "names",
      abstract: "Lists the Swift names of items, as generated code has them.",
      discussion: """
        With a lock file the names are those it has kept.
          cbl-tool catalog names Tests/ExampleCatalogsTests/example-math.case.json \\
            --prefix LP.M.
        """)

    @Argument(help: "A catalog, or - for standard input.")
    var file: String

    @Option(name: .long, help: "What names leave out at the beginning of codes; found otherwise.")
    var prefix: String?

    @Option(
      name: .long,
      help: ArgumentHelp("The lock file beside the catalog; it is only read.", valueName: "file"))
    var lock: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let catalog = try CatalogFile.read(file).catalog
      var options = CodeOptions()
      options.prefix = prefix
      let path = file == "-" ? "standard input" : file
      let subjects = catalog.outline.map {
        CatalogNames.Subject(catalog.items[$0.item], file: path)
      }
      let names = CatalogNames(subjects, prefix: prefix, digitLetter: options.digitLetter)
      var lockFile = LockFile()
      if let lock {
        let text = String(decoding: try DocumentFile.read(lock), as: UTF8.self)
        lockFile = try LockFile(parsing: text, file: lock)
      }
      let generator = try CodeGenerator(
        catalog: catalog, typeName: "Catalog", options: options, lock: lockFile)
      let entries = generator.lock.entries.sorted { $0.index < $1.index }
      try json ? printJSON(entries, names) : printText(entries, names)
    }

    private func state(_ entry: LockFile.Entry) -> String {
      switch entry.state {
      case .current: "current"
      case .renamed: "renamed"
      case .retired: "retired"
      }
    }

    private func printText(_ entries: [LockFile.Entry], _ names: CatalogNames) throws {
      var output = OutputText()
      let rows = entries.map { entry in
        var state = state(entry)
        if !entry.formerNames.isEmpty {
          state += " from " + entry.formerNames.joined(separator: ", ")
        }
        return [
          entry.name, entry.code.escapingControls(), entry.identifier.text.escapingControls(),
          state,
        ]
      }
      for line in TextTable.lines([["name", "code", "identifier", "state"]] + rows) {
        try output.line(line)
      }
      for group in names.groups {
        try output.line(
          "several items spell \(group.spelling): \(group.names.joined(separator: ", "))")
      }
      for finding in names.findings { try output.line("\(finding)") }
      try output.flush()
    }

    private func printJSON(_ entries: [LockFile.Entry], _ names: CatalogNames) throws {
      let list = entries.map { entry -> JSONValue in
        [
          "name": .text(entry.name), "code": .text(entry.code),
          "identifier": .text(entry.identifier.text), "index": .number(entry.index),
          "state": .text(state(entry)),
          "formerNames": .array(entry.formerNames.map { .text($0) }),
        ]
      }
      let groups = names.groups.map { group -> JSONValue in
        [
          "spelling": .text(group.spelling), "names": .array(group.names.map { .text($0) }),
        ]
      }
      let findings = names.findings.map { finding -> JSONValue in
        [
          "severity": .text(finding.severity.description),
          "code": .text(finding.code.description), "message": .text(finding.message),
          "line": finding.place.line.map { .number($0) } ?? .null,
        ]
      }
      let whole: JSONValue = [
        "prefix": .text(names.prefix), "names": .array(list), "groups": .array(groups),
        "findings": .array(findings),
      ]
      try Console.print(whole.pretty + "\n")
    }
  }
#endif
