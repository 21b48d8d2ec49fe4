import AdapterHost
import Domain
import Interop

/// Loads the adapters that a command needs, of those that may run.
struct AdapterLoading {
  /// Paths that the user named; these must load.
  let named: [String]
  /// Decides which may run.
  let trust: AdapterTrust
  /// Where they run.
  let place: AdapterPlace

  /// All adapters that may run.
  ///
  /// - Parameters:
  ///   - inputs: What will be read; a bundle whose manifest says that it knows none of it is not
  ///     loaded.
  ///   - formats: Names of formats; a bundle that knows one of them is loaded anyway.
  /// - Throws: `AdapterHostError` when one that the user named does not load.
  func all(for inputs: [String] = [], keeping formats: [String] = []) throws -> AdapterCatalog {
    // The inputs are looked at when there is a bundle to choose, and then once.
    lazy var heads = InputHead.heads(of: inputs)
    return try load(families: nil) { candidate in
      guard let manifest = candidate.bundle?.manifest, let heads else { return true }
      if formats.contains(where: { candidate.knows(format: $0) == true }) { return true }
      return heads.contains { manifest.mayKnow(name: $0.name, head: $0.bytes) }
    }
  }

  /// The adapters that know some formats, as few as possible.
  ///
  /// - Parameter formats: What the user calls the formats.
  func knowing(_ formats: [String]) throws -> AdapterCatalog {
    let few = try load(families: families(of: formats)) { candidate in
      formats.contains { candidate.knows(format: $0) ?? true }
    }
    return knows(formats, few) ? few : try all()
  }

  /// The families that come with the tool whose formats have such names.
  private func families(of formats: [String]) -> [String] {
    AdapterSearch.bundledFamilies.filter { family in
      formats.contains { $0.lowercased().hasPrefix(family.lowercased()) }
    }
  }

  private func knows(_ formats: [String], _ catalog: AdapterCatalog) -> Bool {
    formats.allSatisfy { name in catalog.formats.contains { $0.format.isNamed(name) } }
  }

  private func load(
    families: [String]?, _ isWanted: (AdapterCandidate) -> Bool
  ) throws -> AdapterCatalog {
    let findings = AdapterSearch(named: named).find(families: families)
    Self.warn(findings.warnings)
    let catalog = AdapterCatalog(
      choosing: findings.candidates.filter { $0.origin == .named || isWanted($0) }, trust: trust,
      place: place, onCrash: block)
    // It is the same for every adapter.
    let isGeneral = [AdapterHostError.Code.unavailable, .unprotected]
    if place.isIsolated,
      let failure = catalog.failures.first(where: { isGeneral.contains($0.code) })
    {
      throw failure
    }
    if !named.isEmpty {
      let wanted = findings.candidates.filter { $0.origin == .named }
      let paths = Set(wanted.flatMap { [$0.path, $0.library ?? $0.path] })
      if let failure = catalog.failures.first(where: { paths.contains($0.adapter) }) {
        throw failure
      }
    }
    // Where there are few families to look at, all others are looked at afterwards.
    guard families != nil || !catalog.libraries.isEmpty else {
      let unknown = findings.candidates.isEmpty ? "" : "; see what there is: cbl-tool adapter list"
      throw AdapterHostError(
        .missing,
        "no adapter that may run was found beside the tool, in CBL_ADAPTER_PATH or in the data "
          + "folders; name one with --adapter\(unknown)", adapter: "")
    }
    return catalog
  }

  /// Blocks an adapter of a folder that crashed or hung while it was looked at.
  @Sendable
  private func block(_ candidate: AdapterCandidate, _ error: AdapterHostError) {
    do {
      let reason = "\(TrustPin.crashReason) while it was looked at: \(error.message)"
      try trust.change(
        .crash, of: candidate, note: DecisionNote.now(String(reason.escapingControls().prefix(500)))
      )
      Console.error("\(candidate.name) is blocked now, because \(reason)".escapingControls())
    } catch {
      Console.error("\(candidate.name) crashed and cannot be blocked: \(error)".escapingControls())
    }
  }

  /// Tells of folders that were left out, each once in a run.
  private static func warn(_ warnings: [String]) {
    for warning in warnings where told.insert(warning) { Console.error(warning) }
  }

  private static let told = ToldOnce()
}
