/// What a piece of evidence is beside its score and its times; many pieces share it.
public struct EvidenceTraits: Hashable, Sendable {
  /// What it is, such as a quiz.
  public var kind: EvidenceKind
  /// Why it was gathered.
  public var purpose: EvidencePurpose
  /// Which try it is, counted from 1, where the source counts tries.
  public var attempt: Int?
  /// Where it was shown.
  public var context: Identifier?
  /// How deep the thinking is that it asks for.
  public var depth: Depth?
  /// How far the source vouches for it.
  public var trust: Trust
  /// Who judged it.
  public var rater: ID<Person>?

  /// Creates traits.
  public init(
    kind: EvidenceKind, purpose: EvidencePurpose, attempt: Int? = nil, context: Identifier? = nil,
    depth: Depth? = nil, trust: Trust = .claimed, rater: ID<Person>? = nil
  ) {
    self.kind = kind
    self.purpose = purpose
    self.attempt = attempt
    self.context = context
    self.depth = depth
    self.trust = trust
    self.rater = rater
  }

  /// The traits of a piece of evidence.
  public init(_ evidence: Evidence) {
    self.init(
      kind: evidence.kind, purpose: evidence.purpose, attempt: evidence.attempt,
      context: evidence.context, depth: evidence.depth, trust: evidence.trust,
      rater: evidence.rater)
  }
}
