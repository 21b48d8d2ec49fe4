#if CommandLine
  import ArgumentParser
  import Badges
  import Domain

  /// `cbl-tool badge verify`
  struct BadgeVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Checks badges, records and status lists, each check by its name.",
      discussion: """
        Reads JSON, signed tokens, PNG and SVG images, folders and zip archives
        of them, and streams with a badge on each line. A badge is valid when
        no check failed or could not be made; ends with 65 when one is not.

        With --json one object a line for each badge.
          cbl-tool badge verify badge.png --resolver resolver.json
          cbl-tool badge verify issued.ndjson --trust trust.json --json
        """)

    @Argument(help: "Files, folders, archives, or - for standard input.")
    var inputs: [String]

    @OptionGroup var options: BadgeOptions

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Whom badges have to be about: the identifier of the subject, or a kind of identifier, a "
          + "colon and the plain text, such as emailAddress:a@example.com.", valueName: "who"))
    var recipient: String?

    @Flag(name: .long, help: "Show checks that passed too.")
    var all = false

    @Flag(name: .long, help: "Show what proofs were computed over; goes with --json.")
    var values = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    func validate() throws {
      if inputs.isEmpty { throw ValidationError("name at least one file") }
      if values, !json { throw ValidationError("--values goes with --json") }
    }

    func run() throws {
      try InputCheck.check(inputs)
      var verifier = try options.verifier()
      verifier.keepsTraces = values
      verifier.recipient = recipient.map(Self.recipient)
      let text = BadgeReportText(showsAll: all)
      var (count, valid) = (0, 0)
      try BadgeInputs(isQuiet: quiet).forEach(inputs) { item in
        let report = verifier.verify(item.bytes)
        count += 1
        if report.verdict == .valid { valid += 1 }
        try Console.print(
          json
            ? BadgeReportJSON.object(report, name: item.name).compact + "\n"
            : text.text(report, name: item.name))
      }
      guard count > 0 else { throw ToolFailure(65, "the input is empty; name a file with a badge") }
      if count > 1, !json { try Console.print("\(valid) of \(count) valid\n") }
      if valid < count { throw ToolFailure.ended(65) }
    }

    /// The words before a colon are a kind of identifier, unless they are the scheme of a URI.
    private static func recipient(_ text: String) -> BadgeVerifier.Recipient {
      let kinds: Set<String> = [
        "name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress",
        "nationalIdentityNumber", "lisSourcedId", "oneRosterSourcedId", "sisSourcedId",
        "ltiUserId", "identifier",
      ]
      guard let colon = text.firstIndex(of: ":"),
        kinds.contains(String(text[..<colon])) || text.hasPrefix("ext:")
      else { return BadgeVerifier.Recipient(value: Identifier(text)) }
      return BadgeVerifier.Recipient(
        type: Identifier(String(text[..<colon])),
        value: Identifier(String(text[text.index(after: colon)...])))
    }
  }
#endif
