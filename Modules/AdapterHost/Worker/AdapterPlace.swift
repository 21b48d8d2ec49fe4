/// Where adapters run: in the process of the host, or in one of their own.
public struct AdapterPlace: Hashable, Sendable {
  /// Whether every adapter gets a process of its own, trusted ones too.
  public var isIsolated: Bool
  /// What such a process may use.
  public var isolation: IsolationOptions

  /// The usual place: trusted adapters in the process of the host, all others apart.
  public init(isIsolated: Bool = false, isolation: IsolationOptions = IsolationOptions()) {
    self.isIsolated = isIsolated
    self.isolation = isolation
  }

  /// Loads a library where it has to run.
  ///
  /// - Parameters:
  ///   - path: An absolute path.
  ///   - trust: How far it is trusted, as ``AdapterTrust`` decided.
  /// - Throws: ``AdapterHostError`` with `notAllowed` when it may not run at all, or as
  ///   ``AdapterLibrary/load(_:trust:)`` and ``AdapterLibrary/isolate(_:options:trust:)`` do.
  public func open(_ path: String, trust: TrustState) throws(AdapterHostError) -> AdapterLibrary {
    switch trust {
    case .trusted where !isIsolated: return try AdapterLibrary.load(path, trust: trust)
    case .trusted, .allowed:
      return try AdapterLibrary.isolate(path, options: isolation, trust: trust)
    case .unknown, .blocked:
      throw AdapterHostError(
        .notAllowed, "it is \(trust.rawValue); look at it and run: cbl-tool adapter allow \(path)",
        adapter: path)
    }
  }
}
