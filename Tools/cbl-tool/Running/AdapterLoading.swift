import AdapterHost
import Interop

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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

  /// The adapters that inputs of no named format and a target need, as few as possible.
  ///
  /// Where the inputs are JSON, the families that read none are left out, unless no other is sure.
  ///
  /// - Parameters:
  ///   - inputs: The paths of the inputs.
  ///   - target: What the user calls the format of the output.
  static func fitting(
    _ inputs: [String], target: String, _ named: [String]
  ) throws -> AdapterCatalog {
    guard inputs.allSatisfy(beginsLikeJSON) else { return try all(named) }
    let few = try load(["XAPI", "CBL", "Evidence"] + families(of: [target]), named)
    let isSure = inputs.allSatisfy { path in
      guard let input = try? Container.open(path), let best = try? few.recognize(input) else {
        return false
      }
      return best.confidence >= 85
    }
    return isSure && knows([target], few) ? few : try all(named)
  }

  /// Whether a path is a regular file whose first letter is a bracket or brace.
  private static func beginsLikeJSON(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    guard let input = try? Container.open(path), input.kind == .file,
      let head = try? input.head(of: 0, count: 256)
    else { return false }
    let first = head.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
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
