#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Domain
  import Interop

  /// `cbl-tool adapter pack`
  struct AdapterPackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pack", abstract: "Makes a bundle of an adapter that you built.",
      discussion: """
        Loads the library, because its table tells what stands in the manifest,
        and writes a folder NAME.cbladapter, or a zip archive when the output
        ends with .zip. Libraries for other platforms are taken as they are.
          cbl-tool adapter pack build/libMyAdapter.so -o my.cbladapter --samples samples
          cbl-tool adapter pack linux/libMyAdapter.so -o my.cbladapter \\
            --library macos-aarch64=mac/libMyAdapter.dylib
        """)

    @Argument(help: "The library for this platform.")
    var path: String

    @Option(
      name: [.customShort("o"), .long],
      help: ArgumentHelp("The new bundle: NAME.cbladapter or NAME.zip.", valueName: "path"))
    var output: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "A library for another platform; may be given often.", valueName: "platform=path"))
    var library: [String] = []

    @Option(name: .long, help: ArgumentHelp("A folder of samples.", valueName: "folder"))
    var samples: String?

    @Flag(name: .long, help: "Replace a bundle that is there already.")
    var force = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      guard output.hasSuffix(BundlePath.ending) || output.hasSuffix(".zip") else {
        throw ValidationError("-o wants a name that ends with \(BundlePath.ending) or .zip")
      }
      _ = try others()
    }

    private func others() throws -> [BundlePack.Other] {
      try library.map { text in
        guard let equals = text.firstIndex(of: "=") else {
          throw ValidationError("--library wants PLATFORM=PATH, not '\(text)'")
        }
        return BundlePack.Other(
          platform: String(text[..<equals]), path: String(text[text.index(after: equals)...]))
      }
    }

    func run() throws {
      let pack = BundlePack(library: path, others: try others(), samples: samples)
      let manifest = try pack(to: output, force: force)
      let value: JSONValue = [
        "identifier": .text(manifest.identifier), "version": .text(manifest.version),
        "path": .text(output), "manifest": .text(manifest.digest.description),
        "libraries": .array(
          manifest.libraries.map {
            ["platform": .text($0.platform), "digest": .text($0.digest.description)]
          }),
      ]
      let platforms = manifest.libraries.map(\.platform).joined(separator: ", ")
      try Console.print(
        json
          ? value.pretty + "\n"
          : "packed: \(manifest.identifier) \(manifest.version) for \(platforms) in \(output)\n")
    }
  }
#endif
