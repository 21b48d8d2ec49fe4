#if CommandLine
  import ArgumentParser
  import Badges
  import CarriedRecords
  import Domain
  import Grading

  /// `cbl-tool record import`
  struct RecordImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Judges what a learner brings along by the policy of this school.",
      discussion: """
        Verifies the record, brings targets and levels through the crosswalk, and
        says of each piece of evidence what becomes of it. Evidence counts only when
        the record is valid and --trust names the school that signed it; all else is
        kept as a claim. -o writes the evidence as 'cbl-tool grade' reads it.
          cbl-tool record import p1.zip --policy adams-50 --learner 2041 \\
            --crosswalk lakeside.crosswalk.yaml --trust trust.json -o arrived.csv

        Ends with 1 when some evidence did not become part of a result.
        """)

    @Argument(help: "A zip archive or folder.")
    var input: String

    @OptionGroup var options: BadgeOptions

    @Option(
      name: .long,
      help: ArgumentHelp("A policy, as JSON or YAML, or the name of a pack.", valueName: "file"))
    var policy: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "How targets and levels stand here, as JSON or YAML; see 'cbl-tool record schema'.",
        valueName: "file"))
    var crosswalk: String

    @Option(name: .long, help: "The identifier of the learner at this school.")
    var learner: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The targets to grade; those of the crosswalk and the policy without it.",
        valueName: "file"))
    var catalog: String?

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp(
        "Write the evidence as a table (.csv) or as lines of JSON (.ndjson).", valueName: "path"))
    var output: String?

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    @OptionGroup var adapters: AdapterOptions

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      try InputCheck.check(
        outputs: [("-o", output)], inputs: [input, policy, crosswalk, catalog].compactMap { $0 })
      let file = try output.map { try TextFile($0, force: force) }
      let importer = try importer()
      let report = RecordVerifier(try options.verifier()).verify(try RecordFiles.read(input))
      guard let contents = report.contents else {
        Console.error(RecordText.text(report, input))
        throw ToolFailure(65, "\(input): nothing can be imported from this record")
      }
      let moment = options.moment
      let outcome: RecordImporter.Outcome
      do throws(GradingError) {
        outcome = try importer.judge(
          contents, isVouchedFor: report.isVouchedFor,
          asOf: AsOf(occurred: moment, known: moment))
      } catch {
        throw ToolFailure(65, "\(input): \(error)")
      }
      if let file {
        let table = EvidenceText(isLines: (output ?? "").lowercased().hasSuffix("json"))
        try file.write(table.text(of: outcome.pieces.flatMap(\.imported)))
        try file.commit()
      }
      try Console.print(
        json
          ? RecordText.json(outcome, report, name: input).pretty + "\n"
          : RecordText.text(outcome, report))
      if outcome.pieces.contains(where: { $0.fate != .counts }) { throw ToolFailure.ended(1) }
    }

    private func importer() throws -> RecordImporter {
      let policy = try DocumentFile.policy(policy)
      let document = try SourceDocument(path: crosswalk)
      let walk = try document.reading(asDomain: { value throws(DomainError) in
        try RecordCrosswalk(document: value)
      })
      var targets = (walk.named + policy.namedTargets).map { GradedTarget($0) }
      if let catalog {
        let listed = try TargetList(
          path: catalog, adapters: try adapters.load(knowing: [], for: [catalog]))
        targets = listed.listed
      }
      do throws(DomainError) {
        return try RecordImporter(
          Grader(policy, targets: targets), crosswalk: walk, learner: LearnerID(learner))
      } catch {
        throw ToolFailure(65, "\(crosswalk): \(error)")
      }
    }
  }
#endif
