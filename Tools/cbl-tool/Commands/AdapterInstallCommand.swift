#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Interop

  /// `cbl-tool adapter install`
  struct AdapterInstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "install", abstract: "Copies a bundle into the folder of your adapters.",
      discussion: """
        The bundle is a folder NAME.cbladapter or a zip archive of one. Its
        manifest, digests and signature are checked, none of its code runs, and
        it appears whole or not at all. It is unknown until it is allowed.
          cbl-tool adapter install points.cbladapter
          cbl-tool adapter install points.zip --allow --reason "tested by Ada"
        """)

    @Argument(help: "The folder or the zip archive of a bundle.")
    var source: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Install in this folder instead of the one in the data folder.", valueName: "folder"))
    var folder: String?

    @Flag(name: .long, help: "Replace a bundle of the same identifier.")
    var force = false

    @Flag(name: .long, help: "Allow it too, as 'cbl-tool adapter allow' does.")
    var allow = false

    @Option(name: .long, help: "Why it is allowed.")
    var reason = ""

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup var trustOptions: TrustOptions

    func validate() throws {
      if let fault = DecisionNote.fault(of: reason) { throw ValidationError(fault) }
      if !allow, !reason.isEmpty { throw ValidationError("--reason wants --allow") }
    }

    func run() throws {
      let trust = try trustOptions.open()
      guard let folder = folder.map(AbsolutePath.lexical) ?? AdapterSearch().userFolder else {
        throw ToolFailure(73, "there is no data folder; set HOME or name a folder with --folder")
      }
      let install = BundleInstall(source: source, folder: folder, trust: trust, force: force)
      let candidate = AdapterCandidate(path: try install(), origin: .user)
      var pin: TrustPin?
      if allow {
        pin = try trust.change(
          .allow, of: candidate, note: DecisionNote.now(reason), signatures: Ed25519.checker)
      }
      let state = pin?.state ?? trust.decision(for: candidate).state
      trust.saveDigests()
      let manifest = candidate.bundle?.manifest
      let value: JSONValue = [
        "identifier": .text(candidate.name), "version": .optional(manifest?.version),
        "path": .text(candidate.path), "state": .text(state.rawValue),
      ]
      let next = state.mayRun ? "" : "To let it run: cbl-tool adapter allow \(candidate.name)\n"
      try Console.print(
        json
          ? value.pretty + "\n"
          : "installed: \(candidate.name) \(manifest?.version ?? "") in \(candidate.path), "
            + "\(state.rawValue)\n" + next)
    }
  }
#endif
