public import Badges
internal import Domain

/// The files of a carried record: what a learner learned, signed by a school, with its evidence.
///
/// A package is a folder or an archive with these files and no others; all of it can be read without
/// a network.
///
/// - `cover.json`: a signed credential with the digests of the other files but two;
/// - `record.json`: a CLR 2.0 with the cover and a credential for each assessed target; not in
///   presentations;
/// - `policy.json`, `targets.json`, `consent.json`: the rule, what it is applied to, and which
///   personal fields may leave;
/// - `digests.json`: the digests of all claims; `disclosures.ndjson`: the claims that are shown, each
///   with its salt.
public struct RecordPackage: Hashable, Sendable {
  /// A file of a package.
  public enum File: String, Hashable, Sendable, CaseIterable {
    /// The signed credential that pins the others.
    case cover = "cover.json"
    /// The signed CLR.
    case record = "record.json"
    /// The policy of the school that signs.
    case policy = "policy.json"
    /// The targets that were graded, with their titles.
    case targets = "targets.json"
    /// Which personal fields may leave.
    case consent = "consent.json"
    /// The digests of all claims.
    case digests = "digests.json"
    /// The claims that are shown.
    case disclosures = "disclosures.ndjson"

    /// Whether the cover pins the file by its digest.
    var isPinned: Bool {
      switch self {
      case .policy, .targets, .consent, .digests: true
      case .cover, .record, .disclosures: false
      }
    }
  }

  /// The most bytes of one file that are read.
  public static let limit = 256 << 20

  /// The bytes of each file.
  public private(set) var files: [File: [UInt8]]

  init(files: [File: [UInt8]]) {
    self.files = files
  }

  /// Takes the files of a package.
  ///
  /// - Parameter named: Names and bytes.
  /// - Throws: `BadgesError` with the code `document` for a name that no package has, one that
  ///   stands there twice, and without a cover.
  public init(named: [(name: String, bytes: [UInt8])]) throws(BadgesError) {
    files = [:]
    for (name, bytes) in named {
      guard let file = File(rawValue: name) else {
        throw BadgesError(
          .document,
          "A carried record has no file \(name); its files are "
            + File.allCases.map(\.rawValue).joined(separator: ", ") + ".")
      }
      guard files.updateValue(bytes, forKey: file) == nil else {
        throw BadgesError(.document, "The file \(name) stands in the record twice.")
      }
    }
    guard files[.cover] != nil else {
      throw BadgesError(
        .document, "There is no cover.json; name the archive or folder of a carried record.")
    }
  }

  /// The files in the order in which they are written.
  public var ordered: [(name: String, bytes: [UInt8])] {
    File.allCases.compactMap { file in files[file].map { (file.rawValue, $0) } }
  }

  subscript(file: File) -> [UInt8]? {
    get { files[file] }
    set { files[file] = newValue }
  }
}
