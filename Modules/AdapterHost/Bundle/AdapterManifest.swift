public import Domain

/// What the file `adapter.json` of a bundle says of an adapter.
///
/// It is read without running the adapter, so that listing adapters and guessing which one knows a
/// file is safe with adapters that nobody trusts yet.
public struct AdapterManifest: Hashable, Sendable {
  /// The version of the layout of manifests that this host reads.
  public static let layout = 1
  /// How many bytes a manifest has at most.
  public static let byteLimit = 1 << 20

  /// A library for one kind of machine.
  public struct Library: Hashable, Sendable {
    /// The system and the processor, such as `linux-x86_64`.
    public let platform: String
    /// The path in the bundle.
    public let path: String
    /// The digest of its bytes.
    public let digest: SHA256.Digest
  }

  /// A format, as far as it is known before the adapter runs.
  public struct Format: Hashable, Sendable {
    /// Identifier, as `--from` and `--to` take it.
    public let identifier: String
    /// Another name, or blank.
    public let alias: String
    /// Title for people.
    public let title: String
    /// Version of the format, or blank.
    public let version: String
    /// Whether it can be read.
    public let reads: Bool
    /// Whether it can be written.
    public let writes: Bool
    /// File name extensions in small letters, without dots.
    public let extensions: [String]
    /// Media types, such as `text/csv`.
    public let mediaTypes: [String]
    /// Bytes that files of the format have; one of them is enough.
    public let magic: [MagicBytes]
    /// Options that it understands.
    public let options: [FormatOption]
    /// Paths of samples in the bundle.
    public let samples: [String]

    /// Whether a name, as a user types it, means this format.
    public func isNamed(_ name: String) -> Bool { name == identifier || name == alias }
  }

  /// Bytes at a place in a file.
  public struct MagicBytes: Hashable, Sendable {
    /// How many bytes stand before.
    public let offset: Int
    /// The bytes.
    public let bytes: [UInt8]
  }

  /// Identifier in reverse domain form.
  public let identifier: String
  /// Version of the adapter.
  public let version: String
  /// Who made it.
  public let vendor: String
  /// SPDX licence identifier.
  public let license: String
  /// Major version of the boundary that it was built for.
  public let major: Int
  /// Minor version of the boundary that it was built for; a newer one than the host's is no hurdle.
  public let minor: Int
  /// The libraries, one for each platform.
  public let libraries: [Library]
  /// The formats.
  public let formats: [Format]
  /// The digest of the bytes of the file.
  public let digest: SHA256.Digest
  /// What a signature is made over: the manifest as RFC 8785 writes it.
  public let canonicalBytes: [UInt8]

  /// Reads the text of a manifest strictly.
  ///
  /// - Parameters:
  ///   - bytes: The text, JSON in UTF-8.
  ///   - file: The path, for messages.
  /// - Throws: ``AdapterHostError`` with `malformed` and the pointer to the value at fault, or with
  ///   `wrongVersion` for a manifest or a boundary that is newer than this host.
  public init(json bytes: [UInt8], file: String) throws(AdapterHostError) {
    let root = try StrictValue.read(
      bytes, file: file, limits: DocumentReader.Limits(bytes: Self.byteLimit, depth: 8))
    let members = try root.members(of: [
      "manifest", "identifier", "version", "vendor", "license", "abi", "libraries", "formats",
    ])
    try Self.checkLayout(root.need("manifest", in: members))
    let reader = ManifestReader()
    identifier = try reader.identifier(root.need("identifier", in: members))
    version = try reader.word(root.need("version", in: members))
    vendor = try root.need("vendor", in: members).text(256)
    license = try root.need("license", in: members).text(256)
    (major, minor) = try reader.boundary(root.need("abi", in: members))
    libraries = try reader.libraries(root.need("libraries", in: members))
    formats = try reader.formats(root.need("formats", in: members))
    digest = SHA256.hash(bytes)
    canonicalBytes = Array(root.value.canonicalText.utf8)
  }

  private static func checkLayout(_ value: StrictValue) throws(AdapterHostError) {
    let layout = try value.number(1...1_000_000)
    guard layout == Self.layout else {
      throw AdapterHostError(
        .wrongVersion,
        "the manifest has layout \(layout), this host reads \(Self.layout); get a newer cbl-tool",
        adapter: value.file, pointer: value.pointer)
    }
  }

  /// The library for a platform, or `nil` when there is none.
  public func library(for platform: String = .hostPlatform) -> Library? {
    libraries.first { $0.platform == platform }
  }
}

extension String {
  /// The platform of this process, as manifests name it.
  public static var hostPlatform: String {
    #if os(Linux) && arch(x86_64)
      "linux-x86_64"
    #elseif os(Linux) && arch(arm64)
      "linux-aarch64"
    #elseif os(macOS) && arch(x86_64)
      "macos-x86_64"
    #elseif os(macOS) && arch(arm64)
      "macos-aarch64"
    #else
      "unknown"
    #endif
  }
}
