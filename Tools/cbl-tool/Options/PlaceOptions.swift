#if CommandLine
  import AdapterHost
  import ArgumentParser

  /// Where adapters run, and what they may use there.
  struct PlaceOptions: ParsableArguments {
    @Flag(
      name: .long,
      help: "Run trusted adapters in processes of their own too, as those that are only allowed.")
    var isolate = false

    @Flag(
      name: .long,
      help: "Isolate all adapters, and refuse when this system lacks a layer of the sandbox.")
    var requireSandbox = false

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The memory of an isolated adapter in MiB; 4096 when it is not given.",
        valueName: "MiB"))
    var memoryLimit: Int?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "End an isolated adapter that makes no progress for so long; 10 when it is not given.",
        valueName: "seconds"))
    var timeLimit: Int?

    func validate() throws {
      if let memoryLimit, !(64...1 << 24).contains(memoryLimit) {
        throw ValidationError("--memory-limit wants MiB, from 64 to 16777216")
      }
      if let timeLimit, !(1...86_400).contains(timeLimit) {
        throw ValidationError("--time-limit wants seconds, from 1 to 86400")
      }
    }

    /// Where adapters run.
    var place: AdapterPlace {
      var options = IsolationOptions()
      options.requiresEveryLayer = requireSandbox
      if let memoryLimit { options.memoryBytes = memoryLimit << 20 }
      if let timeLimit { options.secondsOfSilence = timeLimit }
      return AdapterPlace(isIsolated: isolate || requireSandbox, isolation: options)
    }
  }
#endif
