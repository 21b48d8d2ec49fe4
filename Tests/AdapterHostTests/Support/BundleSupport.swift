import AdapterHost
import Domain
import Foundation

/// Makes bundles of made-up bytes.
struct TestBundle {
  let folder: ScratchFolder
  let name: String

  static let library = "the bytes of a library"

  /// The manifest of a bundle with one library for this machine.
  static func manifest(
    identifier: String = "org.example.points", version: String = "1.0",
    vendor: String = "Example Ltd", abi: String = "1.0", platform: String = .hostPlatform,
    path: String = "lib/libPointsAdapter.so", digest: String = SHA256.hash(library).description,
    format: String = "points", extensions: [String] = ["pts"]
  ) -> String {
    """
    {
      "manifest": 1, "identifier": "\(identifier)", "version": "\(version)",
      "vendor": "\(vendor)", "license": "MIT", "abi": "\(abi)",
      "libraries": [{"platform": "\(platform)", "path": "\(path)", "sha256": "\(digest)"}],
      "formats": [
        {"identifier": "\(format)", "title": "Points", "reads": true, "writes": false,
         "extensions": [\(extensions.map { "\"\($0)\"" }.joined(separator: ", "))]}
      ]
    }
    """
  }

  /// Writes a bundle.
  init(
    in folder: ScratchFolder, name: String = "adapters/points.cbladapter",
    manifest: String = manifest(), library: String? = library, signature: ManifestSignature? = nil
  ) throws {
    self.folder = folder
    self.name = name
    try folder.write("\(name)/adapter.json", manifest)
    if let library { try folder.write("\(name)/lib/libPointsAdapter.so", library) }
    if let signature { try folder.write("\(name)/signature.json", signature.json) }
  }

  var path: String { "\(folder.path)/\(name)" }

  func candidate(_ origin: AdapterOrigin = .user) -> AdapterCandidate {
    AdapterCandidate(path: path, origin: origin)
  }
}

/// Signatures that anybody can make: the digest of the key and the message, twice.
struct ToySignatures: SignatureChecking {
  static func signature(of message: [UInt8], key: [UInt8]) -> ManifestSignature {
    ManifestSignature(key: key, value: value(message, key))
  }

  /// The signature of a manifest with a key of equal bytes.
  static func sign(_ manifest: String, key: UInt8) throws -> ManifestSignature {
    let read = try AdapterManifest(json: Array(manifest.utf8), file: "adapter.json")
    return signature(of: read.canonicalBytes, key: Array(repeating: key, count: 32))
  }

  private static func value(_ message: [UInt8], _ key: [UInt8]) -> [UInt8] {
    let half = SHA256.hash(key + message).bytes
    return half + half
  }

  func isValid(signature: [UInt8], key: [UInt8], message: [UInt8]) -> Bool {
    signature == Self.value(message, key)
  }
}
