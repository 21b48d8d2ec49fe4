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

    @Flag(
      name: .long,
      help: "Make the older list of 1EdTech, which names badges by identifier and is not signed.")
    var legacy = false

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
      if legacy {
        let list = RevocationList.empty(id: Identifier(id), issuer: issuer.id)
        try signing.write(unsigned: list)
        return
      }
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
      help: ArgumentHelp(
        "A badge whose entry names the list, or a file with one on each line.", valueName: "file"))
    var badge: [String] = []

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The ledger of 'cbl-tool badge award'; of its badges those that it revokes are taken, and "
          + "each has to be among the badges.", valueName: "file"))
    var ledger: String?

    @Option(name: .long, help: ArgumentHelp("A place on the list.", valueName: "index"))
    var index: [Int] = []

    @Flag(name: .long, help: "Take a suspension back.")
    var undo = false

    @OptionGroup var signing: BadgeSigningOptions

    func validate() throws {
      if badge.isEmpty, index.isEmpty { throw ValidationError("name a --badge or an --index") }
      if ledger != nil, badge.isEmpty || undo {
        throw ValidationError("--ledger goes with --badge and without --undo")
      }
    }

    func run() throws {
      let issuer = try signing.issuer()
      var credential = try BadgeFile.object(list)
      if RevocationList.isList(credential) {
        try signing.write(unsigned: try revoked(on: credential))
        return
      }
      let entries = try badges().map { try place(of: $0.credential, $0.name, on: credential) }
      for place in index + entries {
        do throws(BadgesError) {
          credential = try StatusListCredential.changing(
            credential, index: place, to: !undo, validFrom: signing.moment)
        } catch {
          throw BadgeFile.failure(error, list)
        }
      }
      try signing.write(credential, by: issuer)
    }

    /// An older list with the badges revoked, which are named by their identifiers.
    private func revoked(on list: JSONObject) throws -> JSONObject {
      guard index.isEmpty, !undo else {
        throw ToolFailure(
          65, "\(self.list): the list names badges and has no places; use --badge without --undo")
      }
      var changed = list
      for badge in try badges() {
        guard let id = badge.credential["id"]?.string else {
          throw ToolFailure(65, "\(badge.name): the badge has no id")
        }
        do throws(BadgesError) { changed = try RevocationList.revoking(id, on: changed) } catch {
          throw BadgeFile.failure(error, self.list)
        }
      }
      return changed
    }

    /// The badges that are revoked: all that are named, or those that the ledger revokes.
    private func badges() throws -> [(name: String, credential: JSONObject)] {
      var wanted: Set<Identifier>?
      if let ledger {
        let awards = try BadgeFile.ledger(ledger).awards
        wanted = Set(awards.filter(\.isRevoked).map(\.credential))
      }
      var found: [(name: String, credential: JSONObject)] = []
      try BadgeInputs(isQuiet: true).forEach(badge) { item in
        guard let credential = BadgeVerifier(at: signing.moment).verify(item.bytes).credential
        else { throw ToolFailure(65, "\(item.name): this is no badge") }
        if wanted != nil {
          guard let id = credential["id"]?.string, wanted?.remove(id) != nil else { return }
        }
        found.append((item.name, credential))
      }
      if let missing = wanted?.min() {
        throw ToolFailure(
          65,
          "the ledger revokes \(missing), which is in none of the files; name with --badge those "
            + "with all badges that were issued")
      }
      return found
    }

    /// The place of a badge on the list.
    private func place(
      of credential: JSONObject, _ name: String, on list: JSONObject
    ) throws -> Int {
      for entry in credential["credentialStatus"]?.asArray ?? []
      where entry["statusListCredential"] == list["id"] {
        if let index = entry["statusListIndex"]?.string.flatMap({ Int($0.text) }) { return index }
      }
      throw ToolFailure(65, "\(name): the badge has no entry for the list \(self.list)")
    }
  }
#endif
