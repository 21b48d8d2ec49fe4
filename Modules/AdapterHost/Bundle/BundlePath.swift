/// Paths of members in a bundle.
public enum BundlePath {
  /// The ending of the name of a bundle's folder.
  public static let ending = ".cbladapter"
  /// The name of the manifest.
  public static let manifest = "adapter.json"
  /// The name of the signature.
  public static let signature = "signature.json"

  /// What is wrong with a path in a bundle, or `nil`.
  ///
  /// A path goes down from the bundle's folder by names of letters, digits and `- _ . +` and blanks;
  /// it does not begin with a slash, and no name begins with a dot.
  public static func fault(_ path: String) -> String? {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    guard names.count <= 8 else {
      return "found a path of \(names.count) names, expected at most 8"
    }
    for name in names {
      guard !name.isEmpty, name.utf8.first != UInt8(ascii: "."), name.utf8.count <= 128 else {
        return "expected a path in the bundle: names with / between them, none begins with a dot"
      }
      let isPlain = name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-_.+ ".utf8.contains(byte)
        }
      }
      guard isPlain else {
        return "expected names of letters, digits, blanks and - _ . + in the path"
      }
    }
    return nil
  }
}
