#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Interop

  /// `cbl-tool adapter`
  struct AdapterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "adapter",
      abstract: "Lists adapters, tells what one can do, and begins a new one.",
      discussion: """
        Adapters are found, in this order, at --adapter, in CBL_ADAPTER_PATH,
        beside the tool, in the data folder of the user and in the folders of
        the system.
          cbl-tool adapter info Canvas
        """,
      subcommands: [
        ListCommand.self, InfoCommand.self, NewCommand.self, AdapterCheckCommand.self,
        AdapterRulesCommand.self, AdapterCheckRuleCommand.self,
      ])

    /// `cbl-tool adapter list`
    struct ListCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the adapters that were found.",
        discussion: "  cbl-tool adapter list --json")

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      @OptionGroup var adapters: AdapterOptions

      func run() throws {
        let catalog = try adapters.load()
        for failure in catalog.failures { Console.error("adapter left out: \(failure)") }
        let libraries = catalog.libraries
        try Console.print(
          json ? AdapterText.json(libraries).pretty + "\n" : AdapterText.list(libraries))
      }
    }

    /// `cbl-tool adapter info`
    struct InfoCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Tells what an adapter can do and which options it takes.",
        discussion: "  cbl-tool adapter info OneRoster")

      @Argument(help: "The identifier of an adapter, or a part of it.")
      var name: String

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      @OptionGroup var adapters: AdapterOptions

      func run() throws {
        let libraries = try adapters.load().libraries
        let wanted = name.lowercased()
        let matches = libraries.filter { library in
          library.info.identifier.lowercased() == wanted
            || library.info.identifier.lowercased().hasSuffix(".\(wanted)")
            || library.info.formats.contains { $0.isNamed(name) }
        }
        guard let library = matches.first else {
          let names = libraries.map(\.info.identifier).joined(separator: ", ")
          throw ToolFailure(69, "there is no adapter \(name); there are: \(names)")
        }
        try Console.print(
          json ? AdapterText.json(library).pretty + "\n" : AdapterText.info(library))
      }
    }
  }
#endif
