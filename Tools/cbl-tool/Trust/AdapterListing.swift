import AdapterHost
import Interop

/// An adapter that was found, what may be done with it, and what it can do as far as that is known
/// without running code that nobody trusts.
struct AdapterListing {
  let candidate: AdapterCandidate
  let decision: TrustDecision
  /// The adapter, loaded where it came with the tool or is trusted.
  var library: AdapterLibrary?

  /// Looks at what was found.
  ///
  /// Only what is trusted is loaded, because its table tells more than a manifest.
  init(_ candidate: AdapterCandidate, trust: AdapterTrust) {
    self.candidate = candidate
    decision = trust.decision(for: candidate)
    if decision.state == .trusted, let path = candidate.library {
      library = try? AdapterLibrary.load(path, trust: .trusted)
    }
  }

  /// The identifier, or the name of the file when only running it would tell.
  var name: String { library?.info.identifier ?? candidate.name }
  var version: String { library?.info.version ?? candidate.bundle?.manifest.version ?? "" }
  var vendor: String { library?.info.vendor ?? candidate.bundle?.manifest.vendor ?? "" }
  var license: String { library?.info.license ?? candidate.bundle?.manifest.license ?? "" }

  /// The identifiers of its formats; `nil` when only running it would tell.
  var formats: [String]? {
    library?.info.formats.map(\.identifier)
      ?? candidate.bundle?.manifest.formats.map(\.identifier)
  }

  /// Whether a name, as a user types it, means this adapter: its identifier or the end of it, a
  /// format, or the name of its file.
  func isNamed(_ text: String) -> Bool {
    let wanted = text.lowercased()
    let identifier = name.lowercased()
    if identifier == wanted || identifier.hasSuffix(".\(wanted)") { return true }
    if library?.info.formats.contains(where: { $0.isNamed(text) }) == true { return true }
    if candidate.knows(format: text) == true { return true }
    let file = candidate.path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return file == wanted || file == "\(wanted).cbladapter"
      || file.hasPrefix("lib\(wanted)adapter.")
  }
}

extension AdapterListing {
  /// The one adapter that a user means, by path or by name.
  ///
  /// - Throws: ``ToolFailure`` when there is none or there are several.
  static func find(
    _ text: String, in candidates: [AdapterCandidate], trust: AdapterTrust
  ) throws -> AdapterListing {
    let path = AbsolutePath.of(text)
    if path.hasPrefix("/") {
      let origin = candidates.first { $0.path == path || $0.library == path }?.origin ?? .named
      return AdapterListing(AdapterCandidate(path: path, origin: origin), trust: trust)
    }
    let all = candidates.map { AdapterListing($0, trust: trust) }
    let matches = all.filter { $0.isNamed(text) }
    guard let first = matches.first else {
      let names = all.map(\.name).joined(separator: ", ")
      throw ToolFailure(
        69,
        "there is no adapter \(text)" + (names.isEmpty ? "" : "; there are: \(names)"))
    }
    // The bundled adapters come first when formats have such a name; others need their own.
    let exact = matches.filter { $0.name.lowercased() == text.lowercased() }
    guard matches.count > 1, exact.count != 1 else { return exact.first ?? first }
    let paths = matches.map(\.candidate.path).joined(separator: ", ")
    throw ToolFailure(64, "several adapters are named \(text); name the path of one: \(paths)")
  }
}
