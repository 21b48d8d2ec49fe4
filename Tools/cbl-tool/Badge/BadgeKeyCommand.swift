#if CommandLine
  import ArgumentParser
  import Badges
  import Domain
  import LinkedData

  /// `cbl-tool badge key`
  struct BadgeKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "key",
      abstract: "Makes keys and shows what of them is public.",
      discussion: """
        A new key does not end the old one: badges name the key that signed
        them, so keep the old one published.
          cbl-tool badge key new -o school.key
          cbl-tool badge key show school.key
        """,
      subcommands: [BadgeKeyNewCommand.self, BadgeKeyShowCommand.self])
  }

  /// `cbl-tool badge key new`
  struct BadgeKeyNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new",
      abstract: "Makes a key in a file that only its owner reads.")

    @Option(
      name: .long,
      help: ArgumentHelp(
        "\(SigningKey.Kind.allCases.map(\.rawValue).joined(separator: " or ")).",
        valueName: "kind"))
    var kind = SigningKey.Kind.ed25519.rawValue

    @Option(
      name: .long,
      help: ArgumentHelp("The DID or URL that the key belongs to.", valueName: "id"))
    var controller: String?

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    func validate() throws {
      guard SigningKey.Kind(rawValue: kind) != nil else {
        throw ValidationError("--kind is Ed25519 or P-256, found \(kind)")
      }
    }

    func run() throws {
      let key: SigningKey
      do throws(BadgesError) {
        key = try SigningKey(new: SigningKey.Kind(rawValue: kind) ?? .ed25519)
      } catch {
        throw BadgeFile.failure(error, output)
      }
      // An existing key is never replaced: what it signed could not be signed again.
      try BadgeFile.write(
        key.document(controller: controller.map { Identifier($0) }), to: output, force: false)
      try Console.print("\(key.publicKey.didKey ?? "")\n")
    }
  }

  /// `cbl-tool badge key show`
  struct BadgeKeyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Prints the public key, for the document of the issuer.")

    @Argument(help: "A key file.")
    var file: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The DID or URL that the key belongs to; the did:key of the key without it.",
        valueName: "id"))
    var controller: String?

    func run() throws {
      let key = try BadgeFile.key(file)
      let multikey = key.publicKey.multikey ?? ""
      let owner = controller.map { Identifier($0) } ?? key.publicKey.didKey ?? ""
      let node: JSONNode = [
        "id": .string(Identifier("\(owner)#\(multikey)")), "type": "Multikey",
        "controller": .string(owner), "publicKeyMultibase": .string(multikey),
      ]
      try Console.print(String(decoding: node.compactBytes(), as: UTF8.self) + "\n")
    }
  }
#endif
