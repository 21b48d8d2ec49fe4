#if CommandLine
  import ArgumentParser
  import Badges
  import Domain
  import LinkedData

  /// `cbl-tool badge derive`
  struct BadgeDeriveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "derive",
      abstract: "Shows a part of a badge, which still verifies.",
      discussion: """
        Takes a badge that was issued with --suite ecdsa-sd-2023. What the issuer
        demands is always shown; name with --reveal what else is.
          cbl-tool badge derive badge.json \\
            --reveal /credentialSubject/achievement/name -o shown.json
        """)

    @Argument(help: "A badge with a base proof of ecdsa-sd-2023.")
    var badge: String

    @Option(
      name: .long,
      help: ArgumentHelp("What is shown, as a JSON pointer.", valueName: "pointer"))
    var reveal: [String] = []

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The file to write; standard output without it.", valueName: "file"))
    var output: String?

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    func run() throws {
      try InputCheck.check(outputs: [("-o", output)], inputs: [badge])
      let credential = try BadgeFile.object(badge)
      let shown: JSONObject
      do throws(BadgesError) {
        shown = try BadgeDisclosure.derive(credential, reveal: reveal.map { Identifier($0) })
      } catch {
        throw BadgeFile.failure(error, badge)
      }
      try BadgeFile.write(
        JSONNode.object(shown).compactBytes() + [0x0A], to: output, force: force)
    }
  }
#endif
