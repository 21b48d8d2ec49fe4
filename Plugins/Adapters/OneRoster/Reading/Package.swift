internal import AdapterKit

/// The members of an input, by what they are.
struct Package {
  /// A member that is one of the format's files.
  struct File {
    var member: Int
    /// As the input has it.
    var memberName: String
    /// As the format has it, without `.csv`.
    var name: String
    /// Whether only the case of letters differs from the format's name.
    var isMisspelt: Bool
  }

  /// The manifest, or `nil`.
  var manifest: File?
  /// The data files, in the order of the input.
  var files: [File] = []
  /// Names of CSV files that the format does not know.
  var others: [String] = []
  /// The first file that occurs twice.
  var repeated: File?

  /// Finds the files of the format in an input.
  init(_ input: AdapterInput) throws(AdapterError) {
    for member in 0..<input.memberCount {
      let path = try input.name(of: member)
      let name = try input.lastName(of: member)
      if name.hasPrefix("._") || path.hasPrefix("__MACOSX/") { continue }
      let lowered = name.lowercased()
      guard lowered.hasSuffix(".csv") else { continue }
      let stem = String(lowered.dropLast(4))
      guard let known = (Version.allNames + ["manifest"]).first(where: { $0.lowercased() == stem })
      else {
        others.append(path)
        continue
      }
      let file = File(
        member: member, memberName: path, name: known, isMisspelt: name != known + ".csv")
      if known == "manifest" {
        if manifest != nil { repeated = repeated ?? file }
        manifest = manifest ?? file
      } else if self.file(known) != nil {
        repeated = repeated ?? file
      } else {
        files.append(file)
      }
    }
  }

  /// A file by its name without `.csv`.
  func file(_ name: String) -> File? {
    files.first { $0.name == name }
  }

  /// Names of the seven files of a 1.0 package.
  static let filesOf10 = [
    "academicSessions", "classes", "courses", "demographics", "enrollments", "orgs", "users",
  ]

  /// The version of a package without a manifest, from its files and their headings.
  ///
  /// - Returns: `nil` when it cannot be told from its files that this is OneRoster.
  func guessedVersion(_ input: AdapterInput) throws(AdapterError) -> Version? {
    var known = 0
    var versions: Set<Int> = []
    for file in files {
      let headers = try Self.headers(of: file.member, in: input)
      let lower = Set(headers.map { $0.lowercased() })
      guard lower.contains("sourcedid") || lower.contains("usersourcedid"),
        lower.contains("status") || lower.contains("datelastmodified")
      else { continue }
      if Self.likeness(headers, to: file.name) >= 4 { known += 1 }
      if Version.v11.file(file.name) == nil || !lower.isDisjoint(with: Self.onlyIn12) {
        versions.insert(12)
      }
      if Version.v10.file(file.name) == nil || !lower.isDisjoint(with: Self.notIn10) {
        versions.insert(11)
      }
    }
    guard known >= 3 || (known >= 1 && known == files.count && !files.isEmpty && others.isEmpty)
    else { return nil }
    if versions.contains(12) { return .v12 }
    return versions.contains(11) ? .v11 : .v10
  }

  /// Headings in lower case that only 1.2 has, whatever the file.
  private static let onlyIn12: Set = [
    "primaryorgsourcedid", "academicsessionsourcedid", "usermasteridentifier", "textscore",
    "inprogress", "weight",
  ]

  /// Headings in lower case that came after 1.0.
  private static let notIn10: Set = ["enableduser", "schoolyear", "termsourcedids"]

  /// How many headings of a file are those that some version has.
  static func likeness(_ headers: [String], to name: String) -> Int {
    Version.allCases.map { version in
      guard let table = version.file(name) else { return 0 }
      return headers.count { header in
        table.columns.contains { $0.header.lowercased() == header.lowercased() }
      }
    }.max() ?? 0
  }

  /// The headings of a member, from its first bytes alone.
  static func headers(of member: Int, in input: AdapterInput) throws(AdapterError) -> [String] {
    let bytes = try PackageText.head(of: member, in: input, count: 4096)
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let marks = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let delimiter = marks.first { line.contains($0) } ?? marks[0]
    return line.split(separator: delimiter, omittingEmptySubsequences: false).map { cell in
      var cell = cell
      if cell.first == 0x22, cell.last == 0x22, cell.count > 1 {
        cell = cell.dropFirst().dropLast()
      }
      return String(decoding: cell, as: UTF8.self)
    }
  }
}
