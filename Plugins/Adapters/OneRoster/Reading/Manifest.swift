internal import AdapterKit

/// What the manifest says of a file.
enum FileMode: String {
  case absent
  case bulk
  case delta
}

/// The manifest of a package.
struct Manifest {
  /// A row of the manifest.
  struct Entry {
    var property: String
    var value: String
    var line: UInt64
  }

  var member = ""
  var entries: [Entry] = []
  /// The version, when the manifest names one that we know.
  var version: Version?
  /// What it says of the files, by name.
  var modes: [String: FileMode] = [:]

  /// The value of a property.
  func value(_ property: String) -> String? {
    entries.first { $0.property == property }?.value
  }

  /// Whether files with changes and whole files are mixed.
  var isMixed: Bool {
    modes.values.contains(.delta) && modes.values.contains(.bulk)
  }
}

/// Checks a manifest and says what is wrong with it.
struct ManifestCheck {
  var problems: [RecordProblem] = []
  let isStrict: Bool
  let member: String

  init(member: String, isStrict: Bool) {
    self.member = member
    self.isStrict = isStrict
  }

  /// Whether the package cannot be read.
  var isFatal: Bool { problems.contains { $0.severity == .fatal } }

  private mutating func add(
    _ severity: RecordProblem.Severity, _ code: String, _ message: String, line: UInt64 = 0,
    column: UInt64 = 0, value: String = ""
  ) {
    problems.append(
      RecordProblem(
        severity, code, message, member: member, line: line, column: column, value: value))
  }

  /// A deviation that is read, unless the reading is strict.
  private var deviation: RecordProblem.Severity { isStrict ? .fatal : .warning }

  /// Checks the headings.
  mutating func check(header: [String], line: UInt64) {
    guard header != ["propertyName", "value"] else { return }
    var message = "the first line of the manifest must be propertyName,value"
    for (mark, name) in [(";", "semicolon"), ("\t", "tab")]
    where header == ["propertyName" + mark + "value"] {
      message +=
        "; the files seem to have \(name)s between their columns: save them with commas, "
        + "or name the delimiter (--delimiter \(name))"
    }
    add(
      .fatal, "manifest.invalid_header", message, line: line, column: 1,
      value: header.joined(separator: ","))
  }

  /// Takes version and modes from the entries.
  mutating func check(_ manifest: inout Manifest) {
    for entry in manifest.entries { check(entry, &manifest) }
    if manifest.value("manifest.version") == nil {
      add(deviation, "manifest.row_missing", "the row manifest.version is missing; write 1.0")
    }
    guard manifest.value("oneroster.version") != nil else {
      add(
        deviation, "manifest.row_missing",
        "the row oneroster.version is missing; write 1.1 or 1.2")
      return
    }
    guard let version = manifest.version else { return }
    for name in version.manifestNames where manifest.value("file." + name) == nil {
      add(
        deviation, "manifest.row_missing",
        "the row file.\(name) is missing; write absent, bulk or delta")
    }
  }

  private mutating func check(_ entry: Manifest.Entry, _ manifest: inout Manifest) {
    if let first = manifest.entries.first(where: { $0.property == entry.property }),
      first.line != entry.line
    {
      let same = first.value == entry.value
      add(
        same ? .warning : .fatal, "manifest.row_repeated",
        "the property \(entry.property) occurs twice; keep one row", line: entry.line)
      return
    }
    switch entry.property {
    case "manifest.version":
      if entry.value != "1.0" {
        add(
          deviation, "manifest.version_form", "manifest.version is not 1.0", line: entry.line,
          column: 2, value: entry.value)
      }
    case "oneroster.version":
      manifest.version = Version.allCases.first { $0.number == entry.value }
      if manifest.version == nil {
        add(
          .fatal, "manifest.version_unknown", "oneroster.version must be 1.0, 1.1 or 1.2",
          line: entry.line, column: 2, value: entry.value)
      }
    case "source.systemName", "source.systemCode": break
    default: checkFile(entry, &manifest)
    }
  }

  private mutating func checkFile(_ entry: Manifest.Entry, _ manifest: inout Manifest) {
    guard entry.property.hasPrefix("file."),
      let name = Version.allNames.first(where: { "file." + $0 == entry.property })
    else {
      add(
        .warning, "manifest.row_unknown", "the property \(entry.property) is not known",
        line: entry.line, column: 1, value: entry.property)
      return
    }
    if let mode = FileMode(rawValue: entry.value) {
      manifest.modes[name] = mode
    } else if let mode = FileMode(rawValue: entry.value.lowercased()) {
      manifest.modes[name] = mode
      add(
        deviation, "oneroster.token_case", "write \(mode.rawValue) in lower case",
        line: entry.line, column: 2, value: entry.value)
    } else {
      add(
        .fatal, "manifest.mode_unknown",
        "\(entry.property) must be absent, bulk or delta", line: entry.line, column: 2,
        value: entry.value)
    }
  }

  /// Says that the manifest has another version than the user.
  mutating func note(otherVersion stated: Version, than asked: Version) {
    add(
      isStrict ? .fatal : .warning, "manifest.version_differs",
      "the manifest says \(stated.number), not \(asked.number); \(stated.number) was read",
      column: 2, value: stated.number)
  }

  /// Compares the manifest with the files that are there.
  mutating func check(_ manifest: Manifest, against package: Package) {
    for file in package.files {
      switch manifest.modes[file.name] {
      case .absent:
        add(
          .fatal, "manifest.file_unexpected",
          "the manifest says that \(file.name).csv is absent, but it is there; "
            + "write bulk or delta in the row file.\(file.name), or leave the file out",
          line: manifest.line(of: file.name), column: 2, value: file.memberName)
      case nil:
        add(
          deviation, "manifest.file_unlisted",
          "\(file.name).csv is there, but the manifest has no row file.\(file.name)",
          value: file.memberName)
      default: break
      }
    }
    for name in Version.allNames {
      guard let mode = manifest.modes[name], mode != .absent, package.file(name) == nil else {
        continue
      }
      add(
        .fatal, "manifest.file_missing",
        "the manifest says that \(name).csv is there (\(mode.rawValue)), but it is not; "
          + "add the file or write absent",
        line: manifest.line(of: name), column: 2, value: name + ".csv")
    }
  }
}

extension Manifest {
  /// The line of a file's row, or 0.
  fileprivate func line(of name: String) -> UInt64 {
    entries.first { $0.property == "file." + name }?.line ?? 0
  }
}
