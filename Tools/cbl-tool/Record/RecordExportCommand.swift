#if CommandLine
  import ArgumentParser
  import Badges
  import CarriedRecords
  import Domain
  import Grading

  /// `cbl-tool record export`
  struct RecordExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Signs what a learner takes along.",
      discussion: """
        The archive holds the learner's evidence and results under the policy, the
        policy itself and the derivation of each result. The learner has a new
        identifier in it; names and other personal fields leave only when the
        consent names them: {"consent": 1, "fields": ["name", "rater"]}, of
        \(RecordField.allCases.map(\.rawValue).joined(separator: ", ")).

        Evidence that nobody checked opens no gate at another school, unless the
        school vouches for it because it is its own.
          cbl-tool record export Docs/Examples/math-5.evidence.csv \\
            --learner p1 --policy Docs/Examples/math-5.policy.yaml \\
            --key school.key --issuer-name "Lakeside School" --vouch -o p1.zip
        """)

    @OptionGroup var grading: GradingOptions

    @Option(name: .long, help: "The identifier of the learner.")
    var learner: String

    @Option(name: .long, help: "The name of the learner; it leaves with consent only.")
    var name: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "What may leave, as JSON or YAML. Without it no personal field.", valueName: "file"))
    var consent: String?

    @Flag(name: .long, help: "Vouch for evidence that nobody checked: it is the school's own.")
    var vouch = false

    @OptionGroup var signing: BadgeSigningOptions

    @Option(name: .long, help: ArgumentHelp("The name of the school.", valueName: "name"))
    var issuerName: String?

    @Flag(name: .long, help: "Print the report as JSON.")
    var json = false

    func validate() throws {
      guard let output = signing.output, output != "-" else {
        throw ValidationError("-o names the archive to write, such as -o record.zip")
      }
    }

    func run() throws {
      let output = signing.output ?? "record.zip"
      try InputCheck.check(
        outputs: [("-o", output)],
        inputs: grading.inputs
          + [grading.policy, grading.catalog, grading.facts, consent].compactMap { $0 })
      let consent = try consent.map { path in
        try SourceDocument(path: path).reading(asDomain: { value throws(DomainError) in
          try RecordConsent(document: value)
        })
      }
      let session = try grading.load(isQuiet: json, isJSON: json)
      let id = LearnerID(learner)
      // An unknown learner is told as in the other commands.
      _ = try session.report(named: learner)
      var exporter = RecordExporter(
        issuer: try signing.issuer(), issuerName: issuerName.map { Identifier($0) },
        policy: session.grader.policy,
        targets: RecordFiles.targets(session.grader, catalog: grading.catalog),
        consent: consent ?? RecordConsent())
      exporter.vouches = vouch
      let record = LearnerRecord(
        learner: id, name: name, history: session.columns.history(of: session.columns.rows(of: id)),
        facts: session.facts(on: id), asOf: session.asOf)
      var random = SystemRandomNumberGenerator()
      let exported: ExportedRecord
      do throws(BadgesError) {
        exported = try exporter.export(record, created: signing.moment, using: &random)
      } catch {
        throw BadgeFile.failure(error, output)
      }
      try RecordFiles.write(exported.package, to: output, force: signing.force)
      try tell(exported, output, consent ?? RecordConsent())
    }

    private func tell(
      _ exported: ExportedRecord, _ output: String, _ consent: RecordConsent
    ) throws {
      let fields = consent.fields.map(\.rawValue).sorted()
      if json {
        let report: JSONValue = [
          "path": .text(output), "evidence": .number(exported.evidenceCount),
          "assessed": .number(exported.assessedCount), "claimed": .number(exported.claimedCount),
          "underivable": .array(exported.underivable.map { .text($0.description) }),
          "fields": .array(fields.map { .text($0) }),
        ]
        return try Console.print(report.pretty + "\n")
      }
      Console.note(
        "Wrote \(exported.evidenceCount) pieces of evidence and \(exported.assessedCount) results "
          + "to \(output).\nPersonal fields in it: "
          + (fields.isEmpty ? "none" : fields.joined(separator: ", ")) + ".\n")
      if exported.claimedCount > 0 {
        Console.note(
          "\(exported.claimedCount) pieces are only claimed and open no gate elsewhere; --vouch "
            + "says that they are the school's own.\n")
      }
      if !exported.underivable.isEmpty {
        Console.note(
          "Results that cannot be found again from what leaves: "
            + exported.underivable.prefix(20).map(\.description).joined(separator: ", ") + ".\n")
      }
    }
  }
#endif
