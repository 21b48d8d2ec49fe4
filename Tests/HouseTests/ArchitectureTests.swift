import Testing

@Suite("Architecture")
struct ArchitectureTests {
  @Test("the top level holds only what belongs there")
  func topLevel() throws {
    let allowed: Set<String> = [
      "Docs", "Modules", "Package.resolved", "Package.swift", "Plugins", "README.md", "Tests",
      "Tools",
    ]
    let strangers = try SourceTree.topLevel().filter { name in
      !allowed.contains(name) && !name.hasPrefix(".")
    }
    #expect(strangers == [])
  }

  @Test("every module has a place in the layers")
  func modulesAreKnown() throws {
    let unknown = try SourceTree.folders(in: "Modules").filter { Layers.modules[$0] == nil }
    #expect(unknown == [], "enter new modules in Tests/HouseTests/Layers.swift")
  }

  @Test("modules import downwards only")
  func moduleImports() throws {
    var faults: [String] = []
    for module in try SourceTree.folders(in: "Modules") {
      let own = Layers.modules[module] ?? []
      let products = Layers.products[module] ?? []
      let allowed = own.union(products).union(Layers.toolchain).union(
        Layers.withoutFoundation.contains(module) ? [] : Layers.foundation)
      faults += Self.faults(in: "Modules/\(module)", allowed: allowed)
    }
    #expect(faults == [])
  }

  @Test("adapters import the kit, the boundary and the scanners only")
  func adapterImports() throws {
    var faults: [String] = []
    for family in try SourceTree.folders(in: "Plugins/Adapters") {
      faults += Self.faults(
        in: "Plugins/Adapters/\(family)", allowed: Layers.adapter.union(Layers.toolchain))
    }
    #expect(faults == [])
  }

  @Test("the layers have no loop")
  func noLoops() {
    var done: Set<String> = []
    var rest = Layers.modules
    while let (module, _) = rest.first(where: { $0.value.isSubset(of: done) }) {
      done.insert(module)
      rest[module] = nil
    }
    #expect(rest.keys.sorted() == [])
  }

  @Test("the manifest has no flags or conditions that keep others from using the package")
  func manifest() throws {
    let text = try SourceTree.text(of: "Package.swift")
    for word in ["unsafeFlags", "ProcessInfo", "#if", "Context.environment", "import Foundation"] {
      #expect(!text.contains(word))
    }
  }

  @Test("the checker of traces is small enough to be read: under 500 lines, comments too")
  func checkerIsSmall() {
    let files = SourceTree.files(in: ["Modules/TraceChecker"], endings: ["swift"])
    #expect(!files.isEmpty)
    // Each file ends with a line end, after which nothing stands.
    #expect(files.reduce(0) { $0 + $1.lines.count - 1 } < 500)
  }

  /// The imports of a folder's files that are not allowed.
  private static func faults(in folder: String, allowed: Set<String>) -> [String] {
    SourceTree.files(in: [folder], endings: ["swift"]).flatMap { file in
      Layers.imports(of: file).filter { !allowed.contains($0.module) }.map {
        "\(file.path):\($0.line): imports \($0.module)"
      }
    }
  }
}
