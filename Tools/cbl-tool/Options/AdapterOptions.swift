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

    /// The adapters that read inputs of a format, or of any when none is named, and write another.
    func load(reading inputs: [String], as format: String?, writing target: String) throws
      -> AdapterCatalog
    {
      guard let format else { return try AdapterLoading.fitting(inputs, target: target, adapter) }
      return try AdapterLoading.knowing([format, target], adapter)
    }

    /// The adapters that know some formats; all when one of the formats is not named.
    func load(knowing formats: [String?]) throws -> AdapterCatalog {
      let names = formats.compactMap { $0 }
      return names.count == formats.count
        ? try AdapterLoading.knowing(names, adapter) : try load()
    }
  }
#endif
