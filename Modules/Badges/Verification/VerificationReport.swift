public import Domain
public import LinkedData

/// What a verification concludes.
public enum Verdict: String, Hashable, Sendable {
  /// Every check passed.
  case valid
  /// A check failed.
  case invalid
  /// No check failed; one could not be made.
  case indeterminate
  /// The credential itself holds, and something inside of it does not.
  case outerValid = "outer-valid"
}

/// The checks of one credential, and of those inside of it.
public struct VerificationReport: Hashable, Sendable {
  /// The checks that were made, in their order.
  public var checks: [Check] = []
  /// What came of every proof.
  public var proofs: [ProofOutcome] = []
  /// The credential, where one was found.
  public var credential: JSONObject?
  /// The reports of nested credentials and endorsements by their pointers.
  public var embedded: [Embedded] = []

  /// A credential inside of another one.
  public struct Embedded: Hashable, Sendable {
    /// Where it is.
    public var pointer: String
    /// What came of it.
    public var report: VerificationReport
  }

  /// Creates a report without checks.
  public init() {}

  /// The conclusion.
  public var verdict: Verdict {
    if checks.contains(where: { $0.outcome == .fail && $0.name != .embedded }) { return .invalid }
    if checks.contains(where: { $0.outcome == .unknown && $0.name != .embedded }) {
      return .indeterminate
    }
    return checks.contains { $0.name == .embedded && $0.outcome != .pass } ? .outerValid : .valid
  }

  /// The reason for the conclusion: that of the first check that failed, or could not be made.
  public var reason: Reason {
    (checks.first { $0.outcome == .fail && $0.name != .embedded }
      ?? checks.first { $0.outcome == .unknown && $0.name != .embedded }
      ?? checks.first { $0.outcome != .pass })?.reason ?? .ok
  }

  /// The identifier of the issuer.
  public var issuer: Identifier? {
    credential?["issuer"]?.string ?? credential?["issuer"]?["id"]?.string
  }

  mutating func add(_ check: Check) { checks.append(check) }
}
