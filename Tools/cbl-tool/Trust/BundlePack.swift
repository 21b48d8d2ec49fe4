import AdapterHost
import Domain
import Interop

/// Makes a bundle of an adapter's libraries.
struct BundlePack {
  /// A library for another platform.
  struct Other {
    let platform: String
    let path: String
  }

  /// The library for this platform, which tells what is in the manifest.
  let library: String
  let others: [Other]
  /// A folder of samples, or `nil`.
  let samples: String?

  /// Writes the bundle as a folder or a zip archive.
  ///
  /// - Returns: The manifest.
  func callAsFunction(to path: String, force: Bool) throws -> AdapterManifest {
    // Whoever packs an adapter made it; its own table is what the manifest repeats.
    let info = try AdapterLibrary.load(AbsolutePath.lexical(AbsolutePath.of(library))).info
    var files: [(name: String, source: String)] = []
    var libraries: [JSONValue] = []
    for item in [Other(platform: .hostPlatform, path: library)] + others {
      let name = "\(item.platform)/\(Self.name(of: item.path))"
      guard let digest = try HostFile.digest(AbsolutePath.of(item.path)) else {
        throw ToolFailure(66, "\(item.path): there is no such library")
      }
      libraries.append([
        "platform": .text(item.platform), "path": .text(name), "sha256": .text("\(digest)"),
      ])
      files.append((name, item.path))
    }
    let container = try samples.map { try Container.open($0) }
    let text = manifest(info, libraries, samples: container?.members.map(\.name) ?? []).pretty
    // Read back, so that no bundle is written that no host takes.
    let manifest = try AdapterManifest(json: Array("\(text)\n".utf8), file: path)
    let kind = OutputKind(path: path, hasSeveralMembers: true)
    var options = OutputOptions()
    options.mode = 0o644
    options.force = force
    let output = try OutputContainer.create(path, kind: kind, options: options)
    try output.begin(member: BundlePath.manifest)
    try output.write(Array("\(text)\n".utf8))
    for file in files { try Self.copy(Container.open(file.source), 0, file.name, output) }
    if let container {
      for (index, member) in container.members.enumerated() {
        try Self.copy(container, index, "samples/\(member.name)", output)
      }
    }
    try output.commit()
    return manifest
  }

  private func manifest(
    _ info: LoadedAdapterInfo, _ libraries: [JSONValue], samples: [String]
  ) -> JSONValue {
    [
      "manifest": .number(AdapterManifest.layout), "identifier": .text(info.identifier),
      "version": .text(info.version), "vendor": .text(info.vendor),
      "license": .text(info.license), "abi": .text("1.\(info.minor)"),
      "libraries": .array(libraries),
      "formats": .array(info.formats.map { format($0, samples: samples) }),
    ]
  }

  private func format(_ format: LoadedFormat, samples: [String]) -> JSONValue {
    let own = samples.filter { name in
      format.extensions.contains { name.lowercased().hasSuffix(".\($0.lowercased())") }
    }
    let extensions = format.extensions.map { $0.lowercased() }
    var members: [JSONMember] = [
      JSONMember(key: "identifier", value: .text(format.identifier)),
      JSONMember(key: "title", value: .text(format.title)),
      JSONMember(key: "version", value: .text(format.version)),
      JSONMember(key: "reads", value: .boolean(format.reads)),
      JSONMember(key: "writes", value: .boolean(format.writes)),
      JSONMember(key: "extensions", value: .array(extensions.map { .text($0) })),
      JSONMember(
        key: "mediaTypes",
        value: .array(extensions.compactMap { Self.mediaTypes[$0].map { .text($0) } })),
      JSONMember(key: "options", value: .array(format.options.map(option))),
      JSONMember(key: "samples", value: .array(own.map { .text("samples/\($0)") })),
    ]
    if !format.alias.isEmpty {
      members.insert(JSONMember(key: "alias", value: .text(format.alias)), at: 1)
    }
    return .members(members)
  }

  private func option(_ option: FormatOption) -> JSONValue {
    [
      "name": .text(option.name), "values": .array(option.values.map { .text($0) }),
      "default": .text(option.defaultValue), "help": .text(option.help),
    ]
  }

  /// The media types of endings that everybody uses alike (RFC 7111, RFC 8259, RFC 7303).
  private static let mediaTypes: [String: String] = [
    "csv": "text/csv", "json": "application/json", "xml": "application/xml",
    "zip": "application/zip", "tsv": "text/tab-separated-values", "txt": "text/plain",
  ]

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func copy(
    _ container: Container, _ index: Int, _ name: String, _ output: OutputContainer
  ) throws {
    if let fault = BundlePath.fault(name) { throw ToolFailure(65, "\(name): \(fault)") }
    try output.begin(member: name)
    var reader = try container.reader(of: index)
    var block = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let count = try unsafe block.withUnsafeMutableBytes { try unsafe reader.read(into: $0) }
      if count == 0 { break }
      try unsafe block.withUnsafeBytes { bytes in
        try unsafe output.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
    }
    try output.end()
  }
}
