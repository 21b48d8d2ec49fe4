#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Interop

  /// Where adapters are found, and which of them may run.
  struct AdapterOptions: ParsableArguments {
    @Option(
      name: .long,
      help: ArgumentHelp(
        "An adapter, or a folder of adapters, to use before all others; may be given often. To name "
          + "one is to allow it for this run.",
        valueName: "path"))
    var adapter: [String] = []

    @OptionGroup var trust: TrustOptions
    @OptionGroup var running: PlaceOptions

    /// All adapters that may run.
    ///
    /// - Parameter inputs: What will be read; adapters whose manifests say that they know none of it
    ///   are not loaded.
    func load(for inputs: [String] = []) throws -> AdapterCatalog {
      try loading().all(for: inputs)
    }

    /// The adapters that know some formats; all when one of the formats is not named.
    func load(knowing formats: [String?], for inputs: [String] = []) throws -> AdapterCatalog {
      let names = formats.compactMap { $0 }
      return names.count == formats.count
        ? try loading().knowing(names) : try loading().all(for: inputs, keeping: names)
    }

    /// What was found, whether it may run or not, with warnings told.
    func found() throws -> [AdapterCandidate] {
      let findings = AdapterSearch(named: adapter).find()
      for warning in findings.warnings { Console.error(warning) }
      return findings.candidates
    }

    private func loading() throws -> AdapterLoading {
      AdapterLoading(named: adapter, trust: try trust.open(), place: running.place)
    }
  }
#endif
