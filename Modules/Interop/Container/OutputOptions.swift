/// The shape of an output.
public enum OutputKind: String, Hashable, Sendable {
  /// One plain file.
  case file
  /// A folder with a file for each member.
  case folder
  /// A zip archive.
  case zip
  /// One file compressed with gzip.
  case gzip
  /// Standard output, as it comes.
  case stdout

  /// Chooses the shape of an output by its path.
  ///
  /// `-` is standard output; `.zip` and `.gz` at the end say what they are; a slash at the end, an
  /// existing folder or several members make a folder; everything else is a file. A path that ends
  /// like a file of the format is one file even then, and a second member is refused.
  ///
  /// - Parameters:
  ///   - path: The path of the output, or `-`.
  ///   - hasSeveralMembers: Whether more than one member may be written.
  ///   - endings: The file name endings of the format, without dots.
  public init(path: String, hasSeveralMembers: Bool, endings: [String] = []) {
    let ending = path.lowercased()
    if path == "-" {
      self = hasSeveralMembers ? .zip : .stdout
    } else if ending.hasSuffix(".zip") {
      self = .zip
    } else if path.utf8.last == UInt8(ascii: "/") || System.isFolder(path) {
      self = .folder
    } else if ending.hasSuffix(".gz"), !hasSeveralMembers {
      self = .gzip
    } else {
      let isFile = endings.contains { ending.hasSuffix(".\($0)") }
      self = hasSeveralMembers && !isFile ? .folder : .file
    }
  }
}

/// How an output is written.
public struct OutputOptions: Hashable, Sendable {
  /// Whether an existing output may be replaced.
  public var force = false
  /// The permissions of the files, before the mask of the process; folders can be entered by
  /// whoever may read.
  public var mode: UInt32 = 0o600
  /// Whether the bytes are on the disk before the output appears.
  public var synchronizes = true
  /// How hard zip and gzip try, from 1 (fast) to 9 (small).
  public var compressionLevel: Int32 = 1
  /// Whether standard output, a pipe or a device gets nothing before the output is complete; until
  /// then the bytes lie in a temporary file without a name.
  public var holdsBack = false
  /// The inputs, none of which may be replaced.
  public var inputs: [FileIdentity] = []

  /// Creates the usual options.
  public init() {}
}
