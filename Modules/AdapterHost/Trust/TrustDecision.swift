public import Domain

/// What may be done with an adapter, and why.
public struct TrustDecision: Hashable, Sendable {
  /// What a decision rests on.
  public enum Basis: String, Hashable, Sendable, CaseIterable {
    /// The user's store pins the digest.
    case store
    /// The system's policy pins the digest.
    case policy
    /// It came with the tool: it stands beside the executable, where only those can write who can
    /// replace the executable too.
    case bundled
    /// The user named it for this run.
    case named
    /// A list of revocations names it.
    case revoked
    /// Nobody has decided.
    case none
  }

  /// The state.
  public var state: TrustState
  /// What it rests on.
  public var basis: Basis
  /// Why, as one sentence, with what can be done where it may not run.
  public var reason: String
  /// The digest of the library, where the decision needed it.
  public var digest: SHA256.Digest?

  /// A decision.
  public init(
    _ state: TrustState, _ basis: Basis, _ reason: String, digest: SHA256.Digest? = nil
  ) {
    self.state = state
    self.basis = basis
    self.reason = reason
    self.digest = digest
  }
}

/// Where an adapter was found.
public enum AdapterOrigin: String, Hashable, Sendable, CaseIterable {
  /// The user named it on the command line.
  case named
  /// The user named it, or its folder, in `CBL_ADAPTER_PATH`.
  case environment
  /// Beside the executable.
  case bundled
  /// In the folder of the user's own adapters.
  case user
  /// In a folder for everybody.
  case system

  /// Whether the user named it for this run, which lets it run unless something forbids it.
  ///
  /// Whoever can set a variable of the process can make it load any library anyway.
  public var isExplicit: Bool { self == .named || self == .environment }
}
