#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Interop

  /// Where adapters are found.
  struct AdapterOptions: ParsableArguments {
    @Option(
      name: .long,
      help: ArgumentHelp(
        "An adapter, or a folder of adapters, to use before all others; may be given often.",
        valueName: "path"))
    var adapter: [String] = []

    /// All adapters that can be found.
    func load() throws -> AdapterCatalog { try AdapterLoading.all(adapter) }

    /// The adapters that know some formats; all when one of the formats is not named.
    func load(knowing formats: [String?]) throws -> AdapterCatalog {
      let names = formats.compactMap { $0 }
      return names.count == formats.count
        ? try AdapterLoading.knowing(names, adapter) : try load()
    }
  }
#endif
