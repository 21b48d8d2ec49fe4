internal import AdapterKit

/// Tells OneRoster packages from others, by names and headings alone.
enum PackageProbe {
  static func verdict(
    _ input: AdapterInput, _ version: Version
  ) throws(AdapterError) -> Probe {
    let package = try Package(input)
    if let manifest = package.manifest {
      let head = String(
        decoding: try PackageText.head(of: manifest.member, in: input, count: 8192), as: UTF8.self)
      if let number = versionNumber(in: head) {
        if number == version.number { return Probe(99, "its manifest says so") }
        let isKnown = Version.allCases.contains { $0.number == number }
        return isKnown
          ? Probe(30, "its manifest names another version")
          : Probe(version == .v12 ? 45 : 40, "its manifest names a version that is not known")
      }
      if head.lowercased().hasPrefix("propertyname") || head.contains("file.orgs") {
        return Probe(version == .v12 ? 60 : 50, "it has a manifest without a version")
      }
    }
    guard let guess = try package.guessedVersion(input) else { return .no }
    if guess == version {
      return Probe(package.files.count >= 3 ? 85 : 60, "its files and headings are OneRoster's")
    }
    return Probe(20, "its headings are those of another version")
  }

  /// The value of `oneroster.version`.
  private static func versionNumber(in head: String) -> String? {
    for line in head.split(whereSeparator: \.isNewline) {
      let cells = line.split(
        omittingEmptySubsequences: false, whereSeparator: { ",;\t".contains($0) })
      guard cells.count == 2, cells[0].filter({ $0 != "\"" }) == "oneroster.version" else {
        continue
      }
      return String(cells[1].filter { $0 != "\"" && $0 != " " })
    }
    return nil
  }
}
