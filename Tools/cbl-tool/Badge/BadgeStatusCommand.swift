#if CommandLine
  import ArgumentParser
  import Badges
  import Domain
  import LinkedData

  /// `cbl-tool badge status`
  struct BadgeStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status",
      abstract: "Makes status lists and shows the state of a badge on them.",
      discussion: """
          cbl-tool badge status new --id https://school.example/list \\
            --key school.key -o list.json
          cbl-tool badge status show list.json --index 94567
        """,
      subcommands: [BadgeStatusNewCommand.self, BadgeStatusShowCommand.self])
  }

  /// `cbl-tool badge status new`
  struct BadgeStatusNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new", abstract: "Makes a status list on which nothing is revoked.")

    @Option(
      name: .long,
      help: ArgumentHelp("The URL under which the list is published.", valueName: "url"))
    var id: String

    @OptionGroup var signing: BadgeSigningOptions

    @Option(name: .long, help: ArgumentHelp("revocation or suspension.", valueName: "purpose"))
    var purpose = StatusListCredential.Purpose.revocation.rawValue

    @Option(
      name: .long,
      help: ArgumentHelp("How many badges it is for, 131072 at least.", valueName: "number"))
    var count = StatusList.leastCount

    func validate() throws {
      guard StatusListCredential.Purpose(rawValue: purpose) != nil else {
        throw ValidationError("--purpose is revocation or suspension, found \(purpose)")
      }
      guard (StatusList.leastCount...(1 << 24)).contains(count) else {
        throw ValidationError("--count is 131072 to 16777216, found \(count)")
      }
    }

    func run() throws {
      let issuer = try signing.issuer()
      let list = StatusListCredential.credential(
        of: StatusList(count: count), id: Identifier(id), issuer: issuer.id,
        purpose: StatusListCredential.Purpose(rawValue: purpose) ?? .revocation,
        validFrom: signing.moment)
      try signing.write(list, by: issuer)
    }
  }

  /// `cbl-tool badge status show`
  struct BadgeStatusShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Shows the state of a badge on a status list.",
      discussion: "The signature of the list is not checked; see 'cbl-tool badge verify'.")

    @Argument(help: "A status list.")
    var file: String

    @Option(name: .long, help: ArgumentHelp("The place on the list.", valueName: "index"))
    var index: Int

    func run() throws {
      let credential = try BadgeFile.object(file)
      let list: StatusList
      do throws(BadgesError) { list = try StatusListCredential.list(of: credential) } catch {
        throw BadgeFile.failure(error, file)
      }
      guard let state = list.state(at: index) else {
        throw ToolFailure(
          65, "\(file): the index \(index) lies outside of the list of \(list.count)")
      }
      let purpose = credential["credentialSubject"]?["statusPurpose"]?.string ?? "status"
      try Console.print("\(index): \(purpose.text.escapingControls()) \(state)\n")
    }
  }

  /// `cbl-tool badge revoke`
  struct BadgeRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke",
      abstract: "Changes the state of badges on a status list and signs the list anew.",
      discussion: """
        Publish the new list under the URL of the old one. A suspension can be
        taken back with --undo, a revocation cannot.
          cbl-tool badge revoke --list list.json --badge badge.json \\
            --key school.key -o list.json --force
        """)

    @Option(name: .long, help: ArgumentHelp("The status list.", valueName: "file"))
    var list: String

    @Option(
      name: .long,
      help: ArgumentHelp("A badge whose entry names the list.", valueName: "file"))
    var badge: [String] = []

    @Option(name: .long, help: ArgumentHelp("A place on the list.", valueName: "index"))
    var index: [Int] = []

    @Flag(name: .long, help: "Take a suspension back.")
    var undo = false

    @OptionGroup var signing: BadgeSigningOptions

    func validate() throws {
      if badge.isEmpty, index.isEmpty { throw ValidationError("name a --badge or an --index") }
    }

    func run() throws {
      let issuer = try signing.issuer()
      var credential = try BadgeFile.object(list)
      for place in try index + badge.map({ try place(of: $0, on: credential) }) {
        do throws(BadgesError) {
          credential = try StatusListCredential.changing(
            credential, index: place, to: !undo, validFrom: signing.moment)
        } catch {
          throw BadgeFile.failure(error, list)
        }
      }
      try signing.write(credential, by: issuer)
    }

    /// The place of a badge on the list.
    private func place(of path: String, on list: JSONObject) throws -> Int {
      let bytes = try DocumentFile.read(path)
      guard let credential = BadgeVerifier(at: signing.moment).verify(bytes).credential else {
        throw ToolFailure(65, "\(path): this is no badge")
      }
      for entry in credential["credentialStatus"]?.asArray ?? []
      where entry["statusListCredential"] == list["id"] {
        if let index = entry["statusListIndex"]?.string.flatMap({ Int($0.text) }) { return index }
      }
      throw ToolFailure(65, "\(path): the badge has no entry for the list \(self.list)")
    }
  }

  /// The key, the moment and the file of what is signed.
  struct BadgeSigningOptions: ParsableArguments {
    @Option(
      name: .long,
      help: ArgumentHelp("The key; see 'cbl-tool badge key new'.", valueName: "file"))
    var key: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The verification method that the issuer publishes; that of the did:key of the key without "
          + "it.", valueName: "url"))
    var method: String?

    @Option(
      name: .long,
      help: ArgumentHelp("The moment of signing. Without it now.", valueName: "time"))
    var at: String?

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The file to write; standard output without it.", valueName: "file"))
    var output: String?

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    func validate() throws {
      if let at, Instant(at) == nil {
        throw ValidationError("--at wants a moment such as 2026-09-01T00:00:00Z, found \(at)")
      }
    }

    var moment: Instant { at.flatMap { Instant($0) } ?? SystemMoment.now }

    func issuer() throws -> BadgeIssuer {
      BadgeIssuer(key: try BadgeFile.key(key), method: method.map { Identifier($0) })
    }

    /// Signs and writes a credential.
    func write(_ credential: JSONObject, by issuer: BadgeIssuer) throws {
      let signed: JSONObject
      do throws(BadgesError) { signed = try issuer.sign(credential, created: moment) } catch {
        throw BadgeFile.failure(error, output ?? "standard output")
      }
      try BadgeFile.write(
        JSONNode.object(signed).compactBytes() + [0x0A], to: output, force: force)
    }
  }
#endif
