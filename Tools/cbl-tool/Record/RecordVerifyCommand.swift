#if CommandLine
  import ArgumentParser
  import Badges
  import CarriedRecords
  import Domain

  /// `cbl-tool record verify`
  struct RecordVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Checks a carried record: signatures, files, claims and results.",
      discussion: """
        Works without a network. Ends with 65 when a check failed or could not be
        made. Whether you trust the school is asked when --trust is given.
          cbl-tool record verify p1.zip --trust trust.json
        """)

    @Argument(help: "A zip archive or folder.")
    var input: String

    @OptionGroup var options: BadgeOptions

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let report = RecordVerifier(try options.verifier()).verify(try RecordFiles.read(input))
      try Console.print(
        json ? RecordText.json(report, name: input).pretty + "\n" : RecordText.text(report, input))
      if report.verdict != .valid { throw ToolFailure.ended(65) }
    }
  }

  /// `cbl-tool record show`
  struct RecordShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows what a carried record says.",
      discussion: """
        Says first whether it verifies; then who signed, by which policy, and the
        results with the evidence for each.
          cbl-tool record show p1.zip
        """)

    @Argument(help: "A zip archive or folder.")
    var input: String

    @OptionGroup var options: BadgeOptions

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let report = RecordVerifier(try options.verifier()).verify(try RecordFiles.read(input))
      guard let contents = report.contents else {
        try Console.print(RecordText.text(report, input))
        throw ToolFailure.ended(65)
      }
      try Console.print(
        json
          ? RecordText.json(contents, report).pretty + "\n"
          : RecordText.text(contents, report, input))
      if report.verdict != .valid { throw ToolFailure.ended(65) }
    }
  }

  /// `cbl-tool record present`
  struct RecordPresentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "present",
      abstract: "Makes an archive that shows a part of a record and still verifies.",
      discussion: """
        Leaves out the CLR and the derivation, which show everything, all that is
        about other targets, and the fields that are named.
          cbl-tool record present p1.zip --target fractions --without name,rater \\
            -o fractions.zip
        """)

    @Argument(help: "A zip archive or folder.")
    var input: String

    @Option(
      name: .long,
      help: ArgumentHelp("Show this target; may be repeated. All without it.", valueName: "id"))
    var target: [String] = []

    @Option(
      name: .long,
      help: ArgumentHelp("Leave these fields out, with commas between them.", valueName: "fields"))
    var without: String?

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The archive or folder to write.", valueName: "path"))
    var output: String

    @Flag(name: .long, help: "Replace an existing archive.")
    var force = false

    func validate() throws { _ = try fields() }

    private func fields() throws -> Set<RecordField> {
      var fields: Set<RecordField> = []
      for word in (without ?? "").split(separator: ",") {
        let name = word.split(separator: " ").joined()
        guard let field = RecordField(rawValue: name) else {
          throw ValidationError(
            "--without takes " + RecordField.allCases.map(\.rawValue).joined(separator: ", ")
              + ", not '\(name)'")
        }
        fields.insert(field)
      }
      return fields
    }

    func run() throws {
      try InputCheck.check(outputs: [("-o", output)], inputs: [input])
      let package = try RecordFiles.read(input)
      let selection = RecordSelection(
        targets: target.isEmpty ? nil : Set(target.map { .init($0) }), without: try fields())
      do {
        try RecordFiles.write(try package.presenting(selection), to: output, force: force)
      } catch let error as DomainError {
        throw ToolFailure(65, "\(input): \(error)")
      }
      Console.note("Wrote what is shown to \(output).\n")
    }
  }
#endif
