#if CommandLine
  import ArgumentParser
  import Badges
  import Domain
  import LinkedData

  /// `cbl-tool badge bake`
  struct BadgeBakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "bake",
      abstract: "Puts a badge into an image.",
      discussion: """
        The image is a PNG or SVG without a badge; all else in it stays as it is.
          cbl-tool badge bake badge.json --image star.svg -o badge.svg
        """)

    @Argument(help: "The badge: JSON or a signed token.")
    var badge: String

    @Option(name: .long, help: ArgumentHelp("A PNG or SVG.", valueName: "file"))
    var image: String

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The image to write.", valueName: "file"))
    var output: String

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    func run() throws {
      try InputCheck.check([badge, image])
      var payload = try DocumentFile.read(badge)
      while let last = payload.last, last == 0x0A || last == 0x0D { payload.removeLast() }
      let report = BadgeVerifier(at: SystemMoment.now).verify(payload)
      guard let credential = report.credential else {
        throw ToolFailure(65, "\(badge): this is no badge: \(report.reason)")
      }
      let types = (credential["type"]?.asArray ?? []).compactMap(\.string)
      let kind: BadgeImage.Kind =
        types.contains("Assertion")
        ? .badge2 : types.contains("ClrCredential") ? .record2 : .badge3
      let picture = try DocumentFile.read(image)
      let baked: [UInt8]
      do throws(BadgesError) {
        baked = try BadgeImage.bake(payload, into: picture, as: kind)
      } catch {
        throw BadgeFile.failure(error, image)
      }
      try BadgeFile.write(baked, to: output, force: force)
    }
  }

  /// `cbl-tool badge unbake`
  struct BadgeUnbakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unbake",
      abstract: "Takes the badge out of an image.",
      discussion: """
        Nothing is checked; see 'cbl-tool badge verify'.
          cbl-tool badge unbake badge.svg -o badge.json
        """)

    @Argument(help: "A PNG or SVG with a badge.")
    var image: String

    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The file to write; standard output without it.", valueName: "file"))
    var output: String?

    @Flag(name: .long, help: "Replace an existing file.")
    var force = false

    func run() throws {
      try InputCheck.check([image])
      let bytes = try DocumentFile.read(image)
      let payload: [UInt8]
      do throws(BadgesError) { payload = try BadgeImage.payload(of: bytes) } catch {
        throw BadgeFile.failure(error, image)
      }
      try BadgeFile.write(payload, to: output, force: force)
    }
  }
#endif
