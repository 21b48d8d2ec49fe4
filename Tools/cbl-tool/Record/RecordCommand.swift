#if CommandLine
  import ArgumentParser
  import CarriedRecords

  /// `cbl-tool record`
  struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "record",
      abstract: "Carries a learner's record from one school to another.",
      discussion: """
        A carried record is a zip archive with a signed CLR 2.0, the evidence, the
        policy and how each result was found. The school that receives it checks it
        without a network and judges the evidence by its own policy. See
        Docs/CarriedRecords.md.
          cbl-tool record export Docs/Examples/math-5.evidence.csv \\
            --learner p1 --policy Docs/Examples/math-5.policy.yaml \\
            --key school.key --issuer-name "Lakeside School" --vouch -o p1.zip
          cbl-tool record verify p1.zip
        """,
      subcommands: [
        RecordExportCommand.self, RecordShowCommand.self, RecordVerifyCommand.self,
        RecordImportCommand.self, RecordPresentCommand.self, RecordSchemaCommand.self,
      ])
  }

  /// `cbl-tool record schema`
  struct RecordSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "Prints the JSON Schema of crosswalks.")

    func run() throws {
      try Console.print(String(decoding: RecordCrosswalk.schema, as: UTF8.self))
    }
  }
#endif
