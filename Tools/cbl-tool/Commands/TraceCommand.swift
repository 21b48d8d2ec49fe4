#if CommandLine
  import ArgumentParser
  import Domain
  import Grading
  import TraceChecker

  /// `cbl-tool trace`
  struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "trace",
      abstract: "Works a derivation out again, or tells it in sentences.",
      discussion: "  cbl-tool trace check ann.trace.json",
      subcommands: [CheckCommand.self, TellCommand.self])

    /// `cbl-tool trace check`
    struct CheckCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Accepts a trace or names its wrong step.",
        discussion: "  cbl-tool trace check ann.trace.json")

      @Argument(help: "The trace.")
      var file: String

      func run() throws {
        let bytes = try DocumentFile.read(file)
        do throws(TraceCheckerError) { try TraceCheck.check(json: bytes) } catch {
          throw ToolFailure(65, "\(file): \(error)")
        }
        try Console.print("\(file): every step follows.\n")
      }
    }

    /// `cbl-tool trace tell`
    struct TellCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "tell", abstract: "Tells a trace in plain sentences.",
        discussion: "  cbl-tool trace tell ann.trace.json --language es")

      @Argument(help: "The trace.")
      var file: String

      @Option(name: .long, help: "The language: en or es.")
      var language = "en"

      func validate() throws {
        guard TraceLanguage(rawValue: language) != nil else {
          throw ValidationError("--language takes en or es")
        }
      }

      func run() throws {
        let bytes = try DocumentFile.read(file)
        let trace: DocumentValue
        do throws(DomainError) { trace = try DocumentReader.read(bytes) } catch {
          throw ToolFailure(65, "\(file): \(error)")
        }
        let sentences = try TraceSentences(TraceLanguage(rawValue: language) ?? .english)
        try Console.print(sentences.tell(trace).map { $0 + "\n" }.joined())
      }
    }
  }
#endif
