/// Which module may import which: arrows point downwards only.
///
/// A new module is entered here together with its target.
enum Layers {
  /// Modules of the toolchain that anybody may import.
  static let toolchain: Set<String> = [
    "Bionic", "Builtin", "Cxx", "Darwin", "Glibc", "Musl", "Swift", "Synchronization",
    "_Builtin_intrinsics",
  ]

  /// Modules that pull in Foundation, for Interop's users and upwards.
  static let foundation: Set<String> = ["Dispatch", "Foundation", "FoundationEssentials"]

  /// What a module under `Modules` may import of our own.
  static let modules: [String: Set<String>] = [
    // Values
    "Domain": [],
    // Bytes
    "CScanning": [],
    "Scanning": ["CScanning"],
    // The adapter boundary
    "CAdapterABI": [],
    "CAdapterSandbox": [],
    "AdapterKit": ["CAdapterABI", "CScanning", "Scanning"],
    "Records": ["CAdapterABI", "CScanning", "Domain"],
    "AdapterHost": ["CAdapterABI", "CAdapterSandbox", "CScanning", "Domain", "Records"],
    "AdapterConformance": ["AdapterHost", "CAdapterABI", "Domain", "Records", "Scanning"],
    // Files and conversion
    "CZlib": [],
    "Interop": [
      "AdapterHost", "CAdapterABI", "CScanning", "CZlib", "Domain", "Records", "Scanning",
    ],
    // Rules
    "Catalogs": ["Domain"],
    "CatalogFiles": ["Catalogs", "Domain", "Scanning"],
    "TraceChecker": ["Domain"],
    "Grading": ["Domain"],
    "Assessment": ["Domain"],
    "Scheduling": ["Domain"],
    "TimetableFiles": ["Domain", "Scanning", "Scheduling"],
    "LinkedData": ["Domain", "Scanning"],
    "Badges": ["CZlib", "Domain", "LinkedData"],
    "CarriedRecords": ["Badges", "Domain", "Grading", "LinkedData", "TraceChecker"],
  ]

  /// The products of packages that a module may import, each behind a trait.
  static let products: [String: Set<String>] = ["Badges": ["Crypto", "CryptoExtras"]]

  /// What an adapter may import of our own.
  static let adapter: Set<String> = ["AdapterKit", "CAdapterABI", "Scanning"]

  /// Modules that stay free of Foundation, because it costs start-up time and size.
  static let withoutFoundation: Set<String> = [
    "AdapterConformance", "AdapterHost", "AdapterKit", "Assessment", "Badges", "CAdapterABI",
    "CAdapterSandbox", "CScanning", "CZlib", "CarriedRecords", "CatalogFiles", "Catalogs", "Domain",
    "Grading", "Interop", "LinkedData", "Records", "Scanning", "Scheduling", "TimetableFiles",
    "TraceChecker",
  ]

  /// The modules that a Swift file imports.
  static func imports(of file: SourceTree.File) -> [(line: Int, module: String)] {
    let kinds: Set<Substring> = [
      "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]
    let levels: Set<Substring> = [
      "@_exported", "@_implementationOnly", "@preconcurrency", "@testable", "fileprivate",
      "internal", "package", "private", "public",
    ]
    var found: [(line: Int, module: String)] = []
    for (index, line) in file.lines.enumerated() {
      var words = line.split(separator: " ")[...]
      while let word = words.first, levels.contains(word) { words.removeFirst() }
      guard words.first == "import" else { continue }
      words.removeFirst()
      if let word = words.first, kinds.contains(word) { words.removeFirst() }
      guard let name = words.first?.split(separator: ".").first else { continue }
      found.append((index + 1, String(name)))
    }
    return found
  }
}
