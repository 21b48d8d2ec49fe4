public import Domain

/// Which evidence is meant; every field that is there has to fit.
public struct EvidenceDemand: Hashable, Sendable {
  /// Only these kinds; `nil` for all.
  public var kinds: [EvidenceKind]?
  /// Only these purposes; `nil` for all.
  public var purposes: [EvidencePurpose]?
  /// Only these contexts; `nil` for all, also evidence without one.
  public var contexts: [Identifier]?
  /// Only these raters; `nil` for all, also evidence without one.
  public var raters: [ID<Person>]?
  /// Only these depths, as `Depth.text` writes them; `nil` for all.
  public var depths: [Identifier]?
  /// Only sources that vouch for it at least so far.
  public var trust: Trust?
  /// Only the first so many attempts; evidence that counts none is a first attempt.
  public var attempts: Int?

  /// Creates a demand.
  public init(
    kinds: [EvidenceKind]? = nil, purposes: [EvidencePurpose]? = nil,
    contexts: [Identifier]? = nil, raters: [ID<Person>]? = nil, depths: [Identifier]? = nil,
    trust: Trust? = nil, attempts: Int? = nil
  ) {
    self.kinds = kinds
    self.purposes = purposes
    self.contexts = contexts
    self.raters = raters
    self.depths = depths
    self.trust = trust
    self.attempts = attempts
  }

  /// Whether nothing is demanded.
  public var isEmpty: Bool { self == EvidenceDemand() }

  /// The first field that evidence does not fit, by its name in documents.
  ///
  /// - Parameter evidence: The evidence.
  /// - Returns: `nil` when all fit.
  public func misfit(of evidence: Evidence) -> String? { misfit(of: EvidenceTraits(evidence)) }

  func misfit(of evidence: EvidenceTraits) -> String? {
    if let kinds, !kinds.contains(evidence.kind) { return "kinds" }
    if let purposes, !purposes.contains(evidence.purpose) { return "purposes" }
    if let contexts, !(evidence.context.map(contexts.contains) ?? false) { return "contexts" }
    if let raters, !(evidence.rater.map(raters.contains) ?? false) { return "raters" }
    if let depths, !(evidence.depth.map { depths.contains(Identifier($0.text)) } ?? false) {
      return "depths"
    }
    if let trust, evidence.trust < trust { return "trust" }
    if let attempts, (evidence.attempt ?? 1) > attempts { return "attempts" }
    return nil
  }
}
