/// One entry of the evidence log.
///
/// A correction is a reversal and, where there is a better score, new evidence after it. Nothing
/// is deleted, so that what was known on any day can be told again.
public enum EvidenceEvent: Hashable, Sendable {
  /// Evidence entered the log.
  case recorded(Evidence)
  /// Evidence was taken back.
  case reversed(Reversal)

  /// When the entry was made.
  public var recorded: Instant {
    switch self {
    case .recorded(let evidence): evidence.times.recorded
    case .reversed(let reversal): reversal.recorded
    }
  }

  /// Where the entry comes from.
  public var provenance: Provenance? {
    switch self {
    case .recorded(let evidence): evidence.provenance
    case .reversed(let reversal): reversal.provenance
    }
  }

  /// The evidence that the entry is about.
  public var evidence: EvidenceID {
    switch self {
    case .recorded(let evidence): evidence.id
    case .reversed(let reversal): reversal.evidence
    }
  }
}

/// The taking back of a piece of evidence.
public struct Reversal: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public var id: ID<Reversal>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// What is taken back.
  public var evidence: EvidenceID
  /// Why, in words that the learner may read.
  public var reason: String
  /// Who took it back.
  public var actor: ID<Person>
  /// When it entered the log.
  public var recorded: Instant
  /// Where it comes from.
  public var provenance: Provenance?

  /// Creates a reversal.
  public init(
    id: ID<Reversal>, externalIdentifiers: [ExternalIdentifier] = [], of evidence: EvidenceID,
    reason: String, actor: ID<Person>, recorded: Instant, provenance: Provenance? = nil
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.evidence = evidence
    self.reason = reason
    self.actor = actor
    self.recorded = recorded
    self.provenance = provenance
  }
}
