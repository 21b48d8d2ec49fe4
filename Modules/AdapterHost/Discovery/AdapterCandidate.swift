/// An adapter that was found and not loaded.
public struct AdapterCandidate: Hashable, Sendable {
  /// The path of the library, or of the folder of a bundle.
  public let path: String
  /// Where it was found.
  public let origin: AdapterOrigin
  /// What a bundle says of itself; `nil` for a library alone.
  public let bundle: AdapterBundle?
  /// The path of the library, or `nil` when a bundle has none for this platform.
  public let library: String?
  /// Why it cannot be used, whoever trusts it; `nil` when nothing is known against it.
  public let failure: AdapterHostError?

  /// Looks at a library or a bundle; nothing of it is run.
  ///
  /// - Parameters:
  ///   - path: An absolute path.
  ///   - origin: Where it was found.
  public init(path: String, origin: AdapterOrigin) {
    self.path = path
    self.origin = origin
    guard path.hasSuffix(BundlePath.ending) else {
      let isThere = HostFile.status(path) != nil
      bundle = nil
      library = isThere ? path : nil
      failure =
        isThere ? nil : AdapterHostError(.missing, "there is no such library", adapter: path)
      return
    }
    var read: AdapterBundle?
    do throws(AdapterHostError) {
      let bundle = try AdapterBundle.read(path)
      read = bundle
      library = try bundle.library()
      failure = nil
    } catch {
      library = nil
      failure = error
    }
    bundle = read
  }

  /// The identifier of the adapter, or the name of the file when it is a library alone.
  public var name: String { bundle?.manifest.identifier ?? HostFile.name(of: path) }

  /// Whether a format of it has this name, as far as that is known before it runs; `nil` when it is
  /// a library alone.
  public func knows(format name: String) -> Bool? {
    bundle.map { $0.manifest.formats.contains { $0.isNamed(name) } }
  }
}

extension AdapterTrust {
  /// What may be done with an adapter that was found, without running any of its code.
  ///
  /// A library whose bytes are not those that its manifest names may not run, whoever asks.
  public func decision(for candidate: AdapterCandidate) -> TrustDecision {
    let manifest = candidate.bundle?.manifest
    guard let library = candidate.library else {
      return TrustDecision(.unknown, .none, candidate.failure?.message ?? "it has no library")
    }
    let decision = decision(
      Subject(
        library: library, origin: candidate.origin, path: candidate.path,
        manifest: manifest?.digest, identifier: manifest?.identifier, version: manifest?.version,
        key: candidate.bundle?.signature?.key))
    guard decision.state.mayRun, let named = manifest?.library()?.digest else { return decision }
    do throws(AdapterHostError) {
      let digest = try digest(of: library)
      guard digest == named else {
        return TrustDecision(
          .unknown, .none,
          "the library is not the one that its manifest names; install the bundle again",
          digest: digest)
      }
      return decision
    } catch {
      return TrustDecision(.unknown, .none, error.message)
    }
  }
}
