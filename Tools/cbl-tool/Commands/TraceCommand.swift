#if CommandLine
  import ArgumentParser
  import Domain
  import Grading

  /// `cbl-tool trace`
  struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "trace",
      abstract: "Works derivations out again, or tells them in sentences.",
      discussion: """
        A file has one trace, or one in each line as 'cbl-tool grade --traces'
        writes them.
          cbl-tool trace check traces.ndjson
          cbl-tool trace tell traces.ndjson --language es
        """,
      subcommands: [CheckCommand.self, TellCommand.self])

    /// `cbl-tool trace check`
    struct CheckCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Accepts traces or names the wrong step of each.",
        discussion: "  cbl-tool trace check traces.ndjson")

      @Argument(help: "The traces, or - for standard input.")
      var file: String

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      func run() throws { try TraceRun(path: file).check(isJSON: json) }
    }

    /// `cbl-tool trace tell`
    struct TellCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "tell", abstract: "Tells traces in plain sentences.",
        discussion: "  cbl-tool trace tell traces.ndjson --language es")

      @Argument(help: "The traces, or - for standard input.")
      var file: String

      @Option(name: .long, help: "The language: en or es.")
      var language = "en"

      @Flag(name: .long, help: "Print JSON: the sentences of each trace.")
      var json = false

      func validate() throws { try TraceCommand.check(language: language) }

      func run() throws {
        let sentences = try TraceSentences(TraceLanguage(rawValue: language) ?? .english)
        try TraceRun(path: file).tell(sentences, isJSON: json)
      }
    }

    /// Refuses a language that there is none of.
    static func check(language: String) throws {
      guard TraceLanguage(rawValue: language) != nil else {
        throw ValidationError("--language takes en or es, not '\(language)'")
      }
    }
  }
#endif
