#if CommandLine
  import AdapterHost
  import ArgumentParser

  /// What decides which adapters may run.
  struct TrustOptions: ParsableArguments {
    @Option(
      name: .long,
      help: ArgumentHelp(
        "The trust store, instead of CBL_TRUST_STORE or the one in the data folder.",
        valueName: "file"))
    var trustStore: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "A list of revoked adapters and keys, besides the one beside the trust store.",
        valueName: "file"))
    var revocations: String?

    @Flag(
      name: .long, help: "Allow nothing that is not allowed yet: unknown adapters do not run.")
    var locked = false

    /// The file of the trust store, or `nil` when there is no place for one.
    var file: TrustFile? {
      trustStore.map { TrustFile(path: AbsolutePath.lexical($0)) } ?? .ofUser()
    }

    /// What was decided so far.
    func open() throws -> AdapterTrust {
      try AdapterTrust.open(file: file, revocations: revocations, isLocked: locked)
    }
  }
#endif
