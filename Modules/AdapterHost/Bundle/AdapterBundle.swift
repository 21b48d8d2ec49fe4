#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An adapter as vendors ship it: a folder `NAME.cbladapter` with a manifest and libraries.
///
/// Reading a bundle runs none of its code.
public struct AdapterBundle: Hashable, Sendable {
  /// The folder, as an absolute path.
  public let path: String
  /// What the adapter says of itself.
  public let manifest: AdapterManifest
  /// The signature of the manifest, if there is one; whether it is right is not known.
  public let signature: ManifestSignature?

  /// Reads the manifest and the signature of a bundle.
  ///
  /// - Parameter path: The folder.
  /// - Throws: ``AdapterHostError`` with `missing` when there is no bundle, `notAllowed` for links,
  ///   `malformed` and the pointer when a file is wrong, `wrongVersion` when it is newer than this
  ///   host.
  public static func read(_ path: String) throws(AdapterHostError) -> AdapterBundle {
    let folder = HostFile.resolved(path) ?? TrustFile.absolute(path)
    let file = try member(BundlePath.manifest, of: folder)
    guard let bytes = try HostFile.bytes(file, limit: AdapterManifest.byteLimit, followLinks: false)
    else {
      throw AdapterHostError(
        .missing, "this is no bundle: there is no \(BundlePath.manifest) in it", adapter: folder)
    }
    let place = "\(folder)/\(BundlePath.signature)"
    var signature: ManifestSignature?
    if HostFile.status(place, followLinks: false) != nil {
      let bytes = try HostFile.bytes(
        member(BundlePath.signature, of: folder), limit: 4096, followLinks: false)
      if let bytes { signature = try ManifestSignature(json: bytes, file: place) }
    }
    return AdapterBundle(
      path: folder, manifest: try AdapterManifest(json: bytes, file: file), signature: signature)
  }

  /// A bundle whose files were read already.
  package init(path: String, manifest: AdapterManifest, signature: ManifestSignature?) {
    self.path = path
    self.manifest = manifest
    self.signature = signature
  }

  /// The path of the library for a platform.
  ///
  /// - Throws: ``AdapterHostError`` with `unsupported` when the bundle has none, `missing` when it
  ///   is not there, `notAllowed` when a link stands in its path.
  public func library(for platform: String = .hostPlatform) throws(AdapterHostError) -> String {
    guard let library = manifest.library(for: platform) else {
      let platforms = manifest.libraries.map(\.platform).joined(separator: ", ")
      throw AdapterHostError(
        .unsupported,
        "the bundle has no library for \(platform), only for \(platforms); ask \(manifest.vendor)",
        adapter: path)
    }
    let file = try Self.member(library.path, of: path)
    guard let status = HostFile.status(file, followLinks: false) else {
      throw AdapterHostError(
        .missing, "the library that the manifest names is not there; install the bundle again",
        adapter: file)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw AdapterHostError(.notAllowed, "the library is not a regular file", adapter: file)
    }
    return file
  }

  /// The path of a member, none of whose parts is a link.
  static func member(_ name: String, of folder: String) throws(AdapterHostError) -> String {
    var place = folder
    for part in name.split(separator: "/") {
      place += "/\(part)"
      if let status = HostFile.status(place, followLinks: false),
        status.st_mode & S_IFMT == S_IFLNK
      {
        throw AdapterHostError(
          .notAllowed, "this is a link; a bundle holds its files itself", adapter: place)
      }
    }
    return place
  }
}
