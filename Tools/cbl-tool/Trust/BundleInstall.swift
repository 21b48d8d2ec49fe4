import AdapterHost
import Domain
import Interop

/// Copies a bundle into the folder of the user's adapters, whole or not at all.
struct BundleInstall {
  /// A folder or a zip archive.
  let source: String
  /// The folder that bundles are installed in.
  let folder: String
  let trust: AdapterTrust
  /// Whether a bundle of the same identifier may be replaced.
  let force: Bool

  /// No bundle has more bytes than this.
  private static let byteLimit = 2 << 30

  /// Checks the bundle and copies it.
  ///
  /// - Returns: The path of the new folder.
  func callAsFunction() throws -> String {
    guard !trust.isLocked else {
      throw ToolFailure(77, "adapters are locked here, so none is installed")
    }
    let container = try Container.open(source)
    guard container.kind == .folder || container.kind == .zip else {
      throw ToolFailure(65, "\(source): a bundle is a folder or a zip archive of one")
    }
    let files = try Self.files(of: container, source: source)
    let bundle = try manifest(files, container)
    for check in trust.claims(of: bundle, signatures: Ed25519.checker)
    where check.outcome == .fail
      && check.name != "key"
    {
      throw ToolFailure(77, "\(source): \(check.name): \(check.message)")
    }
    let target = "\(folder)/\(bundle.manifest.identifier)\(BundlePath.ending)"
    try HostFile.makeFolders(folder)
    var options = OutputOptions()
    options.force = force
    options.mode = 0o644
    let output = try OutputContainer.create(target, kind: .folder, options: options)
    var digests: [String: SHA256.Digest] = [:]
    for (name, index) in files.sorted(by: { $0.key < $1.key }) {
      digests[name] = try Self.copy(container, index, as: name, to: output)
    }
    for library in bundle.manifest.libraries {
      guard let digest = digests[library.path] else {
        throw ToolFailure(
          65, "\(source): there is no \(library.path), which the manifest names")
      }
      guard digest == library.digest else {
        throw ToolFailure(
          65,
          "\(source): \(library.path) has the digest \(digest), its manifest names "
            + "\(library.digest); get the bundle again")
      }
    }
    try output.commit()
    return target
  }

  /// The members by their paths in the bundle, which may lie in one folder in an archive.
  private static func files(of container: Container, source: String) throws -> [String: Int] {
    var prefix = ""
    let names = container.members.map(\.name)
    if !names.contains(BundlePath.manifest) {
      let inner = names.first { name in
        name.hasSuffix("\(BundlePath.ending)/\(BundlePath.manifest)")
          && name.split(separator: "/").count == 2
      }
      guard let inner else {
        throw ToolFailure(65, "\(source): this is no bundle: there is no \(BundlePath.manifest)")
      }
      prefix = String(inner.dropLast(BundlePath.manifest.count))
    }
    var files: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      guard name.hasPrefix(prefix) else {
        throw ToolFailure(65, "\(source): \(name) lies outside of the bundle")
      }
      let path = String(name.dropFirst(prefix.count))
      if let fault = BundlePath.fault(path) {
        throw ToolFailure(65, "\(source): \(name): \(fault)")
      }
      files[path] = index
    }
    let size = container.members.reduce(0) { $0 + ($1.byteCount ?? 0) }
    guard size <= byteLimit else {
      throw ToolFailure(
        65, "\(source): the bundle has \(size) bytes, at most \(byteLimit) are taken")
    }
    return files
  }

  private func manifest(_ files: [String: Int], _ container: Container) throws -> AdapterBundle {
    guard let index = files[BundlePath.manifest] else {
      throw ToolFailure(65, "\(source): this is no bundle: there is no \(BundlePath.manifest)")
    }
    var reader = try container.reader(of: index)
    let manifest = try AdapterManifest(
      json: try reader.readAll(upTo: AdapterManifest.byteLimit),
      file: "\(source)/\(BundlePath.manifest)")
    var signature: ManifestSignature?
    if let index = files[BundlePath.signature] {
      var reader = try container.reader(of: index)
      signature = try ManifestSignature(
        json: try reader.readAll(upTo: 4096), file: "\(source)/\(BundlePath.signature)")
    }
    return AdapterBundle(path: source, manifest: manifest, signature: signature)
  }

  private static func copy(
    _ container: Container, _ index: Int, as name: String, to output: OutputContainer
  ) throws -> SHA256.Digest {
    var reader = try container.reader(of: index)
    var hash = SHA256()
    try output.begin(member: name)
    var block = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let count = try unsafe block.withUnsafeMutableBytes { try unsafe reader.read(into: $0) }
      if count == 0 { break }
      try unsafe block.withUnsafeBytes { bytes in
        let piece = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<count])
        unsafe hash.update(piece)
        try unsafe output.write(piece)
      }
    }
    try output.end()
    return hash.finalize()
  }
}
