#if CommandLine
  import ArgumentParser
  import Badges
  import Domain
  import LinkedData

  /// `cbl-tool badge issue`
  struct BadgeIssueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "issue",
      abstract: "Signs badges, records and endorsements.",
      discussion: """
        Takes credentials without a proof, one in a file or one on each line,
        and adds what is missing: contexts, identifier, issuer and validFrom.
        Nothing is signed that a verifier would refuse. An Ed25519 key makes
        the proofs eddsa-rdfc-2022 and eddsa-jcs-2022, a P-256 key
        ecdsa-rdfc-2019. With --suite ecdsa-sd-2023 the badge is for its holder
        alone, who shows parts of it; see 'cbl-tool badge derive'.
          cbl-tool badge issue award.json --key school.key \\
            --issuer-name "Riverside School" -o badge.json
          cbl-tool badge issue awards.ndjson --key school.key -o badges.ndjson
        """)

    @Argument(help: "Credentials without a proof, or - for standard input.")
    var inputs: [String]

    @OptionGroup var signing: BadgeSigningOptions

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The name of an issuer that the credential does not say.", valueName: "name"))
    var issuerName: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "A way of signing: \(Self.suites.joined(separator: ", ")).",
        valueName: "suite"))
    var suite: [String] = []

    @Flag(name: .long, help: "Sign as a token (VC-JWT).")
    var jwt = false

    @Option(
      name: .long,
      help: ArgumentHelp(
        "What the holder may never leave out, as a JSON pointer, beside issuer, validity and status; "
          + "goes with --suite ecdsa-sd-2023.", valueName: "pointer"))
    var mandatory: [String] = []

    @OptionGroup var status: BadgeStatusOptions

    func validate() throws {
      if inputs.isEmpty { throw ValidationError("name at least one file") }
      for name in suite where !Self.suites.contains(name) {
        throw ValidationError("--suite is one of \(Self.suites.joined(separator: ", "))")
      }
      if suite.contains(Self.selective), suite.count > 1 {
        throw ValidationError("--suite \(Self.selective) stands alone")
      }
      if !mandatory.isEmpty, suite != [Self.selective] {
        throw ValidationError("--mandatory goes with --suite \(Self.selective)")
      }
      if jwt, !suite.isEmpty { throw ValidationError("--jwt and --suite exclude each other") }
    }

    private static let selective = "ecdsa-sd-2023"
    private static let suites = BadgeIssuer.Suite.allCases.map(\.rawValue) + [selective]

    func run() throws {
      try InputCheck.check(inputs)
      try InputCheck.check(
        outputs: [("-o", signing.output), ("--status-taken", status.statusTaken)], inputs: inputs)
      let issuer = try signing.issuer()
      let moment = signing.moment
      var places = try status.places()
      let file = try signing.output.map { try TextFile($0, force: signing.force) }
      var count = 0
      try BadgeInputs(isQuiet: false).forEach(inputs) { item in
        let text: [UInt8]
        do {
          let entry = try status.entry(count, &places)
          text = try signed(try draft(item.bytes, entry, issuer: issuer, moment), issuer, moment)
        } catch let error as LinkedDataError {
          throw ToolFailure(65, "\(item.name): \(error)")
        } catch let error as BadgesError {
          throw BadgeFile.failure(error, item.name)
        }
        count += 1
        let line = String(decoding: text, as: UTF8.self) + "\n"
        if let file { try file.write(line) } else { try Console.print(line) }
      }
      guard count > 0 else { throw ToolFailure(65, "the input is empty; name a file to issue") }
      // First the places: one that is lost costs nothing, one given twice revokes two badges.
      if let taken = status.statusTaken {
        try BadgeFile.write(places.bytes, to: taken, force: true)
      }
      try file?.commit()
    }

    private func signed(
      _ draft: JSONObject, _ issuer: BadgeIssuer, _ moment: Instant
    ) throws(BadgesError) -> [UInt8] {
      if jwt { return try issuer.token(draft) }
      if suite == [Self.selective] {
        let signed = try issuer.signForDisclosure(
          draft, mandatory: mandatory.map { Identifier($0) }, created: moment)
        return JSONNode.object(signed).compactBytes()
      }
      let suites = suite.compactMap { BadgeIssuer.Suite(rawValue: $0) }
      let signed = try issuer.sign(
        draft, with: suites.isEmpty ? nil : suites, created: moment)
      return JSONNode.object(signed).compactBytes()
    }

    /// A credential with what it does not say itself.
    private func draft(
      _ bytes: [UInt8], _ status: JSONNode?, issuer: BadgeIssuer, _ moment: Instant
    ) throws -> JSONObject {
      guard case .object(var draft) = try JSONNode(reading: bytes) else {
        throw BadgesError(.document, "A credential is an object.")
      }
      if let status { draft["credentialStatus"] = status }
      return BadgeDraft.completed(
        draft, issuer: issuer.id, issuerName: issuerName.map { Identifier($0) }, at: moment)
    }
  }
#endif
