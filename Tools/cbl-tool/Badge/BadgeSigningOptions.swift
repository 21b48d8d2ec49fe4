#if CommandLine
  import ArgumentParser
  import Badges
  import Domain
  import LinkedData

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

    /// Writes a document as it is.
    func write(unsigned document: JSONObject) throws {
      try BadgeFile.write(
        JSONNode.object(document).compactBytes() + [0x0A], to: output, force: force)
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
