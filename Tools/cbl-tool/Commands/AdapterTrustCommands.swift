#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Interop

  /// What the commands that change the state of an adapter have in common.
  struct TrustChangeOptions: ParsableArguments {
    @Argument(help: "The path of a bundle or a library, or the identifier of one that was found.")
    var name: String

    @Option(name: .long, help: "Why, for those who look at the trust store later.")
    var reason = ""

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup var adapters: AdapterOptions

    func validate() throws {
      if let fault = DecisionNote.fault(of: reason) { throw ValidationError(fault) }
    }

    /// Lets something happen to the adapter and tells the state that follows.
    func change(_ event: TrustEvent, acceptance: KeyAcceptance = .pinned) throws {
      let trust = try adapters.trust.open()
      let listing = try AdapterListing.find(name, in: adapters.found(), trust: trust)
      let pin = try trust.change(
        event, of: listing.candidate, note: DecisionNote.now(reason),
        signatures: Ed25519.checker, acceptance: acceptance)
      trust.saveDigests()
      let value = TrustText.json(pin, path: listing.candidate.path)
      try Console.print(json ? value.pretty + "\n" : TrustText.line(pin, listing: listing))
    }
  }

  extension AdapterCommand {
    /// `cbl-tool adapter allow`
    struct AllowCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "allow", abstract: "Lets an adapter run.",
        discussion: """
          Pins the digests of its library and manifest: when one of them changes
          the adapter is unknown again. The key that the manifest is signed with
          is pinned the first time, and another one is refused afterwards. Takes
          trust back from an adapter that was trusted.
            cbl-tool adapter allow points.cbladapter --reason "tested by Ada"
            cbl-tool adapter allow org.example.points
          """)

      @OptionGroup var options: TrustChangeOptions

      @Option(
        name: .long,
        help: ArgumentHelp(
          "Pin this key in the place of the one that is pinned for the vendor.", valueName: "key"))
      var acceptKey: String?

      @Flag(name: .long, help: "Take a bundle without signature though a key is pinned.")
      var acceptUnsigned = false

      func validate() throws {
        if acceptKey != nil, acceptUnsigned {
          throw ValidationError("--accept-key and --accept-unsigned exclude each other")
        }
      }

      func run() throws {
        let acceptance = acceptKey.map { KeyAcceptance.key($0.lowercased()) }
        try options.change(.allow, acceptance: acceptance ?? (acceptUnsigned ? .unsigned : .pinned))
      }
    }

    /// `cbl-tool adapter trust`
    struct TrustCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Lets an adapter run in the process of the tool.",
        discussion: """
          It can then do what you can do, and when it crashes so does the tool.
          What is blocked has to be allowed first.
            cbl-tool adapter trust points.cbladapter --reason "built by us"
          """)

      @OptionGroup var options: TrustChangeOptions

      func run() throws { try options.change(.trust) }
    }

    /// `cbl-tool adapter block`
    struct BlockCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "block", abstract: "Cuts an adapter off, also one that came with the tool.",
        discussion: """
          The block holds for the bytes of its library, wherever they are found.
            cbl-tool adapter block points.cbladapter --reason "hangs on large files"
          """)

      @OptionGroup var options: TrustChangeOptions

      func run() throws { try options.change(.block) }
    }

    /// `cbl-tool adapter lock`
    struct LockCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "lock", abstract: "Keeps everything from being allowed that is not yet.",
        discussion: """
          From then on nothing can be allowed, trusted or installed, and nothing
          unknown runs, as with --locked at each command. To take it back, write
          "locked": false into the trust store, whose path is printed.
            cbl-tool adapter lock
          """)

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      @OptionGroup var trust: TrustOptions

      func run() throws {
        guard let file = trust.file else {
          throw ToolFailure(73, "there is no place for the trust store; set HOME or --trust-store")
        }
        try file.update { $0.isLocked = true }
        let value: JSONValue = ["locked": .boolean(true), "store": .text(file.path)]
        try Console.print(json ? value.pretty + "\n" : "locked: \(file.path)\n")
      }
    }
  }
#endif
