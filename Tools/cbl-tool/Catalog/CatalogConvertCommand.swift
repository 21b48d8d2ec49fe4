#if CommandLine
  import ArgumentParser
  import CatalogFiles
  import Catalogs
  import Domain
  import Interop

  /// `cbl-tool catalog convert`
  struct CatalogConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "convert",
      abstract: "Reads a catalog in any format and writes it in another.",
      discussion: """
        The output appears only when it is complete. What was written is read
        again and compared, so that the loss report names every field that is
        not as it was. Ends with 1 when a part of the input was wrong and is
        told as an error. ESCO is read from several files or a folder.
          cbl-tool catalog convert Tests/ExampleCatalogsTests/example-math.case.json \\
            --to moodle -o math.csv --loss-report losses.json
        """)

    @Argument(help: "Files, a folder or archive, or - for standard input.")
    var inputs: [String]

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The format to write: \(CatalogFormat.writable.map(\.rawValue).joined(separator: ", ")).",
        valueName: "format"))
    var to: String

    @Option(
      name: [.customShort("o"), .long],
      help: ArgumentHelp("The path to write, or - for standard output.", valueName: "path"))
    var output: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The format to read, recognised when it is not given: "
          + "\(CatalogFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
        valueName: "format"))
    var from: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Write what the output cannot carry, as text or .json.", valueName: "file"))
    var lossReport: String?

    @Flag(name: .long, help: "Replace an output that is there already.")
    var force = false

    @Flag(name: .long, help: "Print the report as JSON.")
    var json = false

    @Flag(name: .long, help: "Print no report; errors are still told.")
    var quiet = false

    func validate() throws {
      if inputs.isEmpty { throw ValidationError("name at least one input") }
      _ = try target()
      _ = try source()
    }

    func run() throws {
      try InputCheck.check(inputs)
      try InputCheck.check(
        outputs: [("-o", output), ("--loss-report", lossReport)], inputs: inputs)
      // Both are begun first: a place where nothing can be written is known before the work.
      let file = try container(output)
      let losses = try lossReport.map { try container($0) }
      let reading = try Catalog.reading(try CatalogInputs.read(inputs), as: try source())
      let writing = try reading.catalog.writing(try target())
      try put(writing.bytes, file)
      if let losses {
        let isJSON = lossReport?.hasSuffix(".json") ?? false
        try put(
          isJSON ? writing.losses.json.text(.indented) : Array(writing.losses.text.utf8), losses)
      }
      let report = CatalogConversionText(reading: reading, losses: writing.losses, output: output)
      if json {
        let text = String(decoding: report.json.text(.indented), as: UTF8.self)
        if output == "-" { Console.note(text) } else { try Console.print(text) }
      } else if !quiet {
        Console.note(report.text(lossReport: lossReport))
      }
      if reading.findings.contains(where: { $0.severity >= .error }) {
        throw ToolFailure.ended(1)
      }
    }

    private func target() throws -> CatalogFormat {
      guard let format = CatalogFormat(rawValue: to), CatalogFormat.writable.contains(format) else {
        let names = CatalogFormat.writable.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("'\(to)' is not written; there are: \(names)")
      }
      return format
    }

    private func source() throws -> CatalogFormat? {
      guard let from else { return nil }
      guard let format = CatalogFormat(rawValue: from) else {
        let names = CatalogFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("'\(from)' is not read; there are: \(names)")
      }
      return format
    }

    private func container(_ path: String) throws -> OutputContainer {
      var options = OutputOptions()
      options.force = force
      return try OutputContainer.create(
        path, kind: path == "-" ? .stdout : .file, options: options)
    }

    private func put(_ bytes: [UInt8], _ container: OutputContainer) throws {
      try container.begin(member: "catalog")
      try container.write(bytes)
      try container.end()
      try container.commit()
    }
  }
#endif
