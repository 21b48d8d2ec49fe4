/// How far an adapter is trusted.
///
/// The state belongs to the bytes of a library, not to its name: a changed file is unknown again.
public enum TrustState: String, Hashable, Sendable, CaseIterable {
  /// It was cut off: by the user, by a list of revocations, or because it crashed in a check.
  case blocked
  /// Nobody has decided; it is listed and not loaded.
  case unknown
  /// It may run, apart from the host where there is a worker.
  case allowed
  /// It may run in the process of the host.
  case trusted

  /// Whether an adapter in this state may run at all.
  public var mayRun: Bool { self == .allowed || self == .trusted }

  /// The state after something happened, or `nil` when that is not done.
  ///
  /// What is blocked is not trusted in one step: it is allowed first, so that it has run apart from
  /// the host before it runs inside.
  public func after(_ event: TrustEvent) -> TrustState? {
    switch event {
    case .allow: .allowed
    case .trust: self == .blocked ? nil : .trusted
    case .block, .crash, .revoke: .blocked
    case .change: .unknown
    }
  }

  /// Whether a state lets an adapter do more than this one does.
  ///
  /// That is what a lock forbids.
  public func isLoosened(by next: TrustState) -> Bool { next.rank > rank }

  private var rank: Int { TrustState.allCases.firstIndex(of: self) ?? 0 }
}

/// What changes the state of an adapter.
public enum TrustEvent: String, Hashable, Sendable, CaseIterable {
  /// The user lets it run.
  case allow
  /// The user lets it run in the process of the host.
  case trust
  /// The user cuts it off.
  case block
  /// It crashed while it was probed or checked.
  case crash
  /// A list of revocations names it.
  case revoke
  /// Its file has other bytes than before.
  case change
}
