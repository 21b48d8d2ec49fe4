// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "competency-toolkit",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Domain", targets: ["Domain"]),
    .library(name: "Scanning", targets: ["Scanning"]),
    .library(name: "Records", targets: ["Records"]),
    .library(name: "AdapterKit", targets: ["AdapterKit"]),
    .library(name: "AdapterHost", targets: ["AdapterHost"]),
    .library(name: "AdapterConformance", targets: ["AdapterConformance"]),
    .library(name: "Interop", targets: ["Interop"]),
    .library(name: "Catalogs", targets: ["Catalogs"]),
    .library(name: "CatalogFiles", targets: ["CatalogFiles"]),
    .library(name: "Grading", targets: ["Grading"]),
    .library(name: "Assessment", targets: ["Assessment"]),
    .library(name: "Scheduling", targets: ["Scheduling"]),
    .library(name: "TimetableFiles", targets: ["TimetableFiles"]),
    .library(name: "TraceChecker", targets: ["TraceChecker"]),
    .library(name: "LinkedData", targets: ["LinkedData"]),
    .library(name: "Badges", targets: ["Badges"]),
    .library(name: "CarriedRecords", targets: ["CarriedRecords"]),
    .plugin(name: "StandardsCatalog", targets: ["StandardsCatalog"]),
    .plugin(name: "UpdateCatalogs", targets: ["UpdateCatalogs"]),
    .executable(name: "cbl-tool", targets: ["cbl-tool"]),
    .executable(name: "adapter-worker", targets: ["adapter-worker"]),
    .adapter("OneRoster"),
    .adapter("Canvas"),
    .adapter("Moodle"),
    .adapter("XAPI"),
    .adapter("CBL"),
    .adapter("Evidence"),
  ],
  traits: [
    .trait(name: "CommandLine", description: "Builds cbl-tool (swift-argument-parser, Yams)."),
    .trait(name: "Crypto", description: "Keyed pseudonyms (swift-crypto)."),
    .default(enabledTraits: ["CommandLine", "Crypto"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // Values
    .module("Domain"),
    // Bytes
    .target(name: "CScanning", path: "Modules/CScanning"),
    .module("Scanning", ["CScanning"]),
    // The adapter boundary
    .target(name: "CAdapterABI", path: "Modules/CAdapterABI"),
    .module("AdapterKit", ["CAdapterABI", "CScanning", "Scanning"]),
    .module("Records", ["CAdapterABI", "CScanning", "Domain"]),
    .target(name: "CAdapterSandbox", path: "Modules/CAdapterSandbox"),
    .module(
      "AdapterHost", ["CAdapterABI", "CAdapterSandbox", "CScanning", "Domain", "Records"]),
    .module("AdapterConformance", ["AdapterHost", "CAdapterABI", "Records", "Scanning"]),
    // Files and conversion
    .systemLibrary(name: "CZlib", path: "Modules/CZlib", providers: [.apt(["zlib1g-dev"])]),
    .module(
      "Interop",
      ["AdapterHost", "CAdapterABI", "CScanning", "CZlib", "Domain", "Records", "Scanning"]),
    // Rules
    .module("Catalogs", ["Domain"]),
    .module("CatalogFiles", ["Catalogs", "Domain", "Scanning"]),
    .module(
      "Grading", ["Domain"],
      resources: [.embedInCode("Packs"), .embedInCode("Schema"), .embedInCode("Sentences")]),
    .module("TraceChecker", ["Domain"]),
    .module("Assessment", ["Domain"]),
    .module("Scheduling", ["Domain"]),
    .module("TimetableFiles", ["Domain", "Scanning", "Scheduling"]),
    // Credentials
    .module("LinkedData", ["Domain", "Scanning"]),
    .module(
      "Badges",
      [
        "CZlib", "Domain", "LinkedData",
        .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["Crypto"])),
        .product(
          name: "CryptoExtras", package: "swift-crypto", condition: .when(traits: ["Crypto"])),
      ]),
    .module(
      "CarriedRecords", ["Badges", "Domain", "Grading", "LinkedData", "TraceChecker"],
      resources: [.embedInCode("Schema")]),
    // Catalogs as code
    .tool("catalog-compiler", ["CatalogFiles", "Catalogs", "Domain"]),
    .plugin(
      name: "StandardsCatalog", capability: .buildTool(), dependencies: ["catalog-compiler"],
      path: "Plugins/StandardsCatalog"),
    .plugin(
      name: "UpdateCatalogs",
      capability: .command(
        intent: .custom(
          verb: "update-catalogs",
          description: "Brings the lock files beside catalogs to their catalogs."),
        permissions: [
          .writeToPackageDirectory(reason: "The lock files stand beside their catalogs.")
        ]),
      dependencies: ["catalog-compiler"], path: "Plugins/UpdateCatalogs"),
    // Adapters, loaded with dlopen
    .adapter("OneRoster"),
    .adapter("Canvas"),
    .adapter("Moodle"),
    .adapter("XAPI"),
    .adapter("CBL"),
    .adapter("Evidence"),
    // Tools
    .target(
      name: "CAdapterTemplates", path: "Tools/adapter-templates",
      exclude: ["c", "common", "rust", "swift"], sources: ["templates.c"]),
    .tool(
      "cbl-tool",
      [
        "AdapterConformance", "AdapterHost", "Assessment", "Badges", "CAdapterTemplates",
        "CarriedRecords", "CatalogFiles", "Catalogs", "Domain", "Grading", "Interop", "LinkedData",
        "Records", "Scanning", "Scheduling", "TimetableFiles", "TraceChecker",
        .product(
          name: "ArgumentParser", package: "swift-argument-parser",
          condition: .when(traits: ["CommandLine"])),
        .product(name: "Yams", package: "Yams", condition: .when(traits: ["CommandLine"])),
        .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["Crypto"])),
      ]),
    .tool("adapter-worker", ["AdapterHost"]),
    .tool("grading-benchmark", ["Domain", "Grading"]),
    .tool("badge-benchmark", ["Badges", "Domain", "LinkedData"]),
    .tool("assessment-benchmark", ["Assessment", "Domain"]),
    .tool("scheduling-benchmark", ["Domain", "Scheduling"]),
    // Tests
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .tests("Domain", ["Domain", "TestSupport"]),
    .tests("Scanning", ["CScanning", "Scanning", "TestSupport"]),
    .tests("Records", ["CAdapterABI", "Domain", "Records"]),
    .tests("AdapterKit", ["AdapterHost", "AdapterKit", "CAdapterABI", "Records", "Scanning"]),
    .tests("AdapterHost", ["AdapterHost", "CAdapterABI", "Domain", "Records"]),
    .tests("AdapterConformance", ["AdapterConformance"]),
    .tests("Interop", ["AdapterHost", "Domain", "Interop", "Records", "Scanning"]),
    .tests("Catalogs", ["CatalogFiles", "Catalogs", "Domain", "TestSupport"]),
    // As a test target: a plugin that a module uses is built by every consumer of the package.
    .testTarget(
      name: "ExampleCatalogsTests", dependencies: ["Catalogs", "Domain"],
      path: "Tests/ExampleCatalogsTests", plugins: ["StandardsCatalog"]),
    .tests("CatalogFiles", ["CatalogFiles", "Catalogs", "Domain"]),
    .tests("Adapter", ["AdapterHost", "CAdapterABI", "Domain", "Interop", "Records", "Scanning"]),
    .tests("Grading", ["Domain", "Grading", "TestSupport"]),
    .tests("Assessment", ["Assessment", "Domain"]),
    .tests("TraceChecker", ["Domain", "Grading", "TestSupport", "TraceChecker"]),
    .tests("Scheduling", ["Domain", "Scheduling", "TestSupport"]),
    .tests("TimetableFiles", ["Domain", "Scheduling", "TimetableFiles"]),
    .tests(
      "CarriedRecords", ["Badges", "CarriedRecords", "Domain", "Grading", "TestSupport"]),
    .tests("LinkedData", ["Domain", "LinkedData"]),
    .tests("Badges", ["Badges", "Domain", "LinkedData"]),
    .tests("Tool", []),
    .tests("House"),
  ]
)

extension Product {
  /// A gradebook-format adapter: a dynamic library that the host opens at run time.
  static func adapter(_ family: String) -> Product {
    .library(name: "\(family)Adapter", type: .dynamic, targets: ["\(family)Adapter"])
  }
}

extension Target {
  /// A library under `Modules`.
  static func module(
    _ name: String, _ dependencies: [Dependency] = [], resources: [Resource] = []
  ) -> Target {
    .target(
      name: name, dependencies: dependencies, path: "Modules/\(name)", resources: resources)
  }

  /// A gradebook-format adapter under `Plugins/Adapters`.
  static func adapter(_ family: String) -> Target {
    .target(
      name: "\(family)Adapter", dependencies: ["AdapterKit", "CAdapterABI", "Scanning"],
      path: "Plugins/Adapters/\(family)")
  }

  /// An executable under `Tools`.
  static func tool(_ name: String, _ dependencies: [Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Tools/\(name)")
  }

  /// The tests of a module.
  static func tests(_ name: String, _ dependencies: [Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests")
  }
}

for target in package.targets where target.type != .plugin && target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
  if target.type != .test { target.swiftSettings?.append(.strictMemorySafety()) }
}
