#if CommandLine
  import ArgumentParser

  /// How many rows may be wrong before nothing is judged.
  struct RejectOptions: ParsableArguments {
    @Option(
      name: .long,
      help: ArgumentHelp(
        "Leave out up to this many rows that are wrong, and end with 1. Without it none may be, "
          + "with --lenient any number.", valueName: "count"))
    var maxRejects: Int?

    func validate() throws {
      if let maxRejects, maxRejects < 0 {
        throw ValidationError("--max-rejects wants 0 or more")
      }
    }

    /// The most rejected rows with which results are still written.
    func limit(_ input: InputOptions) throws -> Int {
      if input.strict, maxRejects != nil {
        throw ValidationError("--strict and --max-rejects exclude each other")
      }
      if input.strict { return 0 }
      return maxRejects ?? (input.lenient ? Int.max : 0)
    }
  }
#endif
