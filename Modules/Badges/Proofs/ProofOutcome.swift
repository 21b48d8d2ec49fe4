public import Domain

/// What came of one proof of a credential.
public struct ProofOutcome: Sendable, Hashable {
  /// Whether the signature is right, and whose it is.
  public enum State: String, Sendable, Hashable {
    /// The signature is right and its key is the issuer's.
    case verified
    /// The signature is right; nothing binds its key to the issuer.
    case unbound
    /// The proof or its signature is wrong.
    case failed
    /// Nothing can be said.
    case unknown
  }

  /// The place of the proof among those of the credential, from 0.
  public var index = 0
  /// The name of the cryptosuite, or of the type of a proof without one.
  public var suite: Identifier = ""
  /// The method that the proof names.
  public var method: Identifier?
  /// What came of it.
  public var state: State
  /// Why.
  public var reason: Reason
  /// What was found, as one sentence.
  public var message: String
  /// What the proof was computed over.
  public var trace: ProofTrace?
  /// Members that the proof lets the holder leave out and that decide whether the badge holds.
  public var unsettled: String?

  init(_ state: State, _ reason: Reason, _ message: String) {
    self.state = state
    self.reason = reason
    self.message = message
  }
}
