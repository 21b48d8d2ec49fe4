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
        ecdsa-rdfc-2019.
          cbl-tool badge issue award.json --key school.key \\
            --issuer-name "Riverside School" -o badge.json
          cbl-tool badge issue awards.ndjson --key school.key -o badges.ndjson
        """)

    @Argument(help: "Credentials without a proof, or - for standard input.")
    var inputs: [String]

    @Option(
      name: .long,
      help: ArgumentHelp("The key; see 'cbl-tool badge key new'.", valueName: "file"))
    var key: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The verification method that the issuer publishes, such as did:web:school.example#key-1. "
          + "Without it the did:key of the key.", valueName: "url"))
    var method: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The name of an issuer that the credential does not say.", valueName: "name"))
    var issuerName: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "A way of signing: \(BadgeIssuer.Suite.allCases.map(\.rawValue).joined(separator: ", ")).",
        valueName: "suite"))
    var suite: [String] = []

    @Flag(name: .long, help: "Sign as a token (VC-JWT).")
    var jwt = false

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The moment of issuing, such as 2026-09-01T00:00:00Z. Without it now.", valueName: "time"))
    var at: String?

    @Option(
      name: .long,
      help: ArgumentHelp("The URL of the status list for revocation.", valueName: "url"))
    var statusList: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The place on the status list; of several badges the first one's.", valueName: "index"))
    var statusIndex: Int?

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The file to write; standard output without it.", valueName: "file"))
    var output: String?

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    func validate() throws {
      if inputs.isEmpty { throw ValidationError("name at least one file") }
      if let at, Instant(at) == nil {
        throw ValidationError("--at wants a moment such as 2026-09-01T00:00:00Z, found \(at)")
      }
      for name in suite where BadgeIssuer.Suite(rawValue: name) == nil {
        throw ValidationError(
          "--suite is one of "
            + BadgeIssuer.Suite.allCases.map(\.rawValue).joined(separator: ", "))
      }
      if jwt, !suite.isEmpty { throw ValidationError("--jwt and --suite exclude each other") }
      if (statusList == nil) != (statusIndex == nil) || statusIndex.map({ $0 < 0 }) ?? false {
        throw ValidationError("--status-list and --status-index go together")
      }
    }

    func run() throws {
      try InputCheck.check(inputs)
      let key = try BadgeFile.key(key)
      let issuer = BadgeIssuer(key: key, method: method.map { Identifier($0) })
      let suites = suite.compactMap { BadgeIssuer.Suite(rawValue: $0) }
      let moment = at.flatMap { Instant($0) } ?? SystemMoment.now
      let file = try output.map { try TextFile($0, force: force) }
      var count = 0
      try BadgeInputs(isQuiet: false).forEach(inputs) { item in
        let text: [UInt8]
        do {
          let draft = try draft(item.bytes, issuer: issuer, moment, place: count)
          text =
            jwt
            ? try issuer.token(draft)
            : JSONNode.object(
              try issuer.sign(draft, with: suites.isEmpty ? nil : suites, created: moment)
            ).compactBytes()
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
      try file?.commit()
    }

    /// A credential with what it does not say itself.
    private func draft(
      _ bytes: [UInt8], issuer: BadgeIssuer, _ moment: Instant, place: Int
    ) throws -> JSONObject {
      guard case .object(var draft) = try JSONNode(reading: bytes) else {
        throw BadgesError(.document, "A credential is an object.")
      }
      draft = BadgeDraft.completed(
        draft, issuer: issuer.id, issuerName: issuerName.map { Identifier($0) }, at: moment)
      if let statusList, let statusIndex {
        draft["credentialStatus"] = StatusListCredential.entry(
          list: Identifier(statusList), index: statusIndex + place, purpose: .revocation)
      }
      return draft
    }
  }
#endif
