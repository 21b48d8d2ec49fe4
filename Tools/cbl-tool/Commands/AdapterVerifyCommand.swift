#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Domain
  import Interop

  /// `cbl-tool adapter verify`
  struct AdapterVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Checks an adapter without running it.",
      discussion: """
        Checks the manifest, the platform, the digest of each library, who can
        write to the files, the signature, the key and the lists of revocations;
        each passes, fails or is unknown. Ends with 0 when none fails, and with
        65 when one does.
          cbl-tool adapter verify points.cbladapter
          cbl-tool adapter verify points.cbladapter --revocations revoked.json --json
        """)

    @Argument(help: "The path of a bundle or a library, or the identifier of one that was found.")
    var name: String

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup var adapters: AdapterOptions

    func run() throws {
      let trust = try adapters.trust.open()
      let listing = try AdapterListing.find(name, in: adapters.found(), trust: trust)
      let checks = trust.verify(listing.candidate, signatures: Ed25519.checker)
      let path = listing.candidate.path
      let text =
        json
        ? TrustText.json(checks, path: path, state: listing.decision).pretty + "\n"
        : TrustText.checks(checks)
      try Console.print(text)
      if checks.contains(where: { $0.outcome == .fail }) { throw ToolFailure.ended(65) }
    }
  }

  /// `cbl-tool adapter sign`
  struct AdapterSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sign", abstract: "Signs the manifest of a bundle with the key of its vendor.",
      discussion: """
        Writes signature.json beside the manifest: an Ed25519 signature of the
        manifest in canonical form (RFC 8785). Sign after the last change. The
        key file holds a secret: keep it out of the bundle and of repositories.
          cbl-tool adapter sign points.cbladapter --key vendor.key --new-key
          cbl-tool adapter sign points.cbladapter --key vendor.key
        """)

    @Argument(help: "The folder of the bundle.")
    var bundle: String

    @Option(name: .long, help: "The file with the private key.")
    var key: String

    @Flag(name: .long, help: "Make a new key and write it into the key file, which must be new.")
    var newKey = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let bundle = try AdapterBundle.read(AbsolutePath.of(bundle))
      let trust = try AdapterTrust.open(file: nil, policy: nil)
      for library in bundle.manifest.libraries {
        let digest = try trust.digest(of: bundle.library(for: library.platform))
        guard digest == library.digest else {
          throw ToolFailure(
            65,
            "\(library.path) has the digest \(digest) and the manifest names \(library.digest); "
              + "pack the bundle again before it is signed")
        }
      }
      let secret = newKey ? try SigningKeyFile.create(key) : try SigningKeyFile.read(key)
      let signature = try Ed25519.sign(bundle.manifest.canonicalBytes, privateKey: secret)
      let path = "\(bundle.path)/\(BundlePath.signature)"
      try HostFile.replace(path, Array(signature.json.utf8), mode: 0o644)
      let value: JSONValue = ["signature": .text(path), "key": .text(signature.key)]
      try Console.print(
        json ? value.pretty + "\n" : "signed: \(path)\npublic key: \(signature.key)\n")
    }
  }

  /// `cbl-tool adapter revoke`
  struct AdapterRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke", abstract: "Adds an adapter or a key to the list of revocations.",
      discussion: """
        What is revoked does not run, whoever allowed it. The list is
        revocations.json beside the trust store; the same file can be handed to
        others, who put it there or name it with --revocations. To take an entry
        back, take it out of the file.
          cbl-tool adapter revoke points.cbladapter --reason "leaks names"
          cbl-tool adapter revoke --identifier org.example.points --version 1.2 \\
            --reason "wrong scores"
        """)

    @Argument(help: "The path of a bundle or a library, or the identifier of one that was found.")
    var name: String?

    @Option(name: .long, help: "The SHA-256 digest of a library or a manifest.")
    var digest: String?

    @Option(name: .long, help: "The public key of a vendor: 64 hexadecimal digits.")
    var key: String?

    @Option(name: .long, help: "The identifier of an adapter, all versions unless one is given.")
    var identifier: String?

    @Option(name: .customLong("version"), help: "The version, with --identifier.")
    var adapterVersion: String?

    @Option(name: .long, help: "Why, for everybody who is refused.")
    var reason: String

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup var adapters: AdapterOptions

    func validate() throws {
      guard [name, digest, key, identifier].count(where: { $0 != nil }) == 1 else {
        throw ValidationError("name one adapter, or give one of --digest, --key and --identifier")
      }
      if adapterVersion != nil, identifier == nil {
        throw ValidationError("--version wants --identifier")
      }
      if reason.isEmpty { throw ValidationError("--reason wants a reason") }
      if let fault = DecisionNote.fault(of: reason) { throw ValidationError(fault) }
    }

    func run() throws {
      guard let file = adapters.trust.file else {
        throw ToolFailure(73, "there is no place for the list; set HOME or name --trust-store")
      }
      let date = try DecisionNote.today()
      let entries = try subjects().map {
        RevocationList.Entry($0, reason: reason, date: date)
      }
      try file.updateRevocations { list in
        for entry in entries where !list.entries.contains(where: { $0.subject == entry.subject }) {
          list.entries.append(entry)
        }
      }
      let texts = entries.map { TrustText.subject($0.subject) }
      let value: JSONValue = [
        "revocations": .text(file.revocations), "revoked": .array(texts.map { .text($0) }),
      ]
      let lines = texts.map { "revoked: \($0)".escapingControls() + "\n" }.joined()
      try Console.print(json ? value.pretty + "\n" : lines)
    }

    private func subjects() throws -> [RevocationList.Entry.Subject] {
      if let digest {
        guard let value = SHA256.Digest(digest) else {
          throw ToolFailure.usage("--digest wants 64 hexadecimal digits")
        }
        return [.digest(value)]
      }
      if let key { return [.key(key.lowercased())] }
      if let identifier { return [.adapter(identifier: identifier, version: adapterVersion)] }
      let trust = try adapters.trust.open()
      let listing = try AdapterListing.find(name ?? "", in: adapters.found(), trust: trust)
      if let manifest = listing.candidate.bundle?.manifest {
        return [manifest.digest].map { .digest($0) } + manifest.libraries.map { .digest($0.digest) }
      }
      return [.digest(try trust.digest(of: listing.candidate.library ?? listing.candidate.path))]
    }
  }
#endif
