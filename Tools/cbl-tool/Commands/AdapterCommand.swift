#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Interop

  /// `cbl-tool adapter`
  struct AdapterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "adapter",
      abstract: "Lists adapters, decides which may run, and makes new ones.",
      discussion: """
        Adapters are found, in this order, at --adapter, in CBL_ADAPTER_PATH,
        beside the tool, in the data folder of the user and in the folders of
        the system. Those beside the tool are trusted, those that you name are
        allowed for the run, all others run once you allow them.
          cbl-tool adapter list
          cbl-tool adapter info Canvas
          cbl-tool adapter verify points.cbladapter
        """,
      subcommands: [
        ListCommand.self, InfoCommand.self, AllowCommand.self, TrustCommand.self,
        BlockCommand.self, LockCommand.self, AdapterInstallCommand.self,
        AdapterVerifyCommand.self, AdapterRevokeCommand.self, NewCommand.self,
        AdapterCheckCommand.self, AdapterRulesCommand.self, AdapterCheckRuleCommand.self,
        AdapterPackCommand.self, AdapterSignCommand.self,
      ])

    /// `cbl-tool adapter list`
    struct ListCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the adapters that were found, and their states.",
        discussion: """
          States: unknown (does not run), allowed, trusted (runs in the process
          of the tool), blocked. Only what is trusted is loaded for the list.
            cbl-tool adapter list --json
          """)

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      @OptionGroup var adapters: AdapterOptions

      func run() throws {
        let trust = try adapters.trust.open()
        let listings = try adapters.found().map { AdapterListing($0, trust: trust) }
        trust.saveDigests()
        try Console.print(
          json ? AdapterText.json(listings).pretty + "\n" : AdapterText.list(listings))
      }
    }

    /// `cbl-tool adapter info`
    struct InfoCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Tells what an adapter can do and which options it takes.",
        discussion: """
          Of a bundle that is not trusted the manifest is shown. A library alone
          is loaded only when it is trusted, or when you name its path.
            cbl-tool adapter info OneRoster
            cbl-tool adapter info ./points.cbladapter --json
          """)

      @Argument(help: "The identifier of an adapter or a part of it, or a path.")
      var name: String

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      @OptionGroup var adapters: AdapterOptions

      func run() throws {
        let trust = try adapters.trust.open()
        var listing = try AdapterListing.find(name, in: adapters.found(), trust: trust)
        // To name a library is to ask what it says of itself, and only running it tells that.
        if listing.library == nil, listing.candidate.bundle == nil,
          listing.candidate.origin == .named, listing.decision.state.mayRun,
          let path = listing.candidate.library
        {
          listing.library = try adapters.running.place.open(path, trust: listing.decision.state)
        }
        trust.saveDigests()
        let sandbox = Result { () throws(AdapterHostError) in
          if let report = listing.library?.sandbox { return report }
          return try SandboxReport.ofThisSystem(adapters.running.place.isolation)
        }
        try Console.print(
          json
            ? AdapterText.json(listing, sandbox).pretty + "\n"
            : AdapterText.info(listing) + AdapterText.sandbox(sandbox))
      }
    }
  }
#endif
