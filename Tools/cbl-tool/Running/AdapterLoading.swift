import AdapterHost
import Interop

/// Loads the adapters that a command needs.
enum AdapterLoading {
  /// All adapters that can be found.
  ///
  /// - Parameter named: Paths that the user named; these must load.
  /// - Throws: `AdapterHostError` when one that the user named does not load.
  static func all(_ named: [String]) throws -> AdapterCatalog {
    let search = AdapterSearch(named: named)
    return try load(search, search.libraries(), named: named)
  }

  /// The adapters that know some formats, as few as possible.
  ///
  /// - Parameter formats: What the user calls the formats.
  static func knowing(_ formats: [String], _ named: [String]) throws -> AdapterCatalog {
    let few = try load(families(of: formats), named)
    return knows(formats, few) ? few : try all(named)
  }

  /// The families that come with the tool whose formats have such names.
  private static func families(of formats: [String]) -> [String] {
    AdapterSearch.bundledFamilies.filter { family in
      formats.contains { $0.lowercased().hasPrefix(family.lowercased()) }
    }
  }

  private static func knows(_ formats: [String], _ catalog: AdapterCatalog) -> Bool {
    formats.allSatisfy { name in catalog.formats.contains { $0.format.isNamed(name) } }
  }

  private static func load(_ families: [String], _ named: [String]) throws -> AdapterCatalog {
    let search = AdapterSearch(named: named)
    return try load(search, search.libraries(families: families), named: named)
  }

  private static func load(
    _ search: AdapterSearch, _ paths: [String], named: [String]
  ) throws -> AdapterCatalog {
    let catalog = AdapterCatalog(loading: paths)
    if !named.isEmpty {
      let wanted = Set(AdapterSearch.resolving(named))
      if let failure = catalog.failures.first(where: { wanted.contains($0.adapter) }) {
        throw failure
      }
    }
    guard !catalog.libraries.isEmpty else {
      throw AdapterHostError(
        .missing,
        "no adapter was found beside the tool, in CBL_ADAPTER_PATH or in the data folders; "
          + "name one with --adapter", adapter: "")
    }
    return catalog
  }
}
