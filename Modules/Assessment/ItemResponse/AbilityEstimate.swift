/// An estimate of a person's ability with its error.
public struct AbilityEstimate: Hashable, Sendable {
  /// The ability; `nil` where it has no finite value or there are no answers.
  public var value: Double?
  /// The standard error, or the deviation of the posterior for `eap`.
  public var standardError: Double?

  /// An estimate that is not there.
  static let none = AbilityEstimate(value: nil, standardError: nil)

  init(value: Double?, standardError: Double?) {
    self.value = value.flatMap { $0.isFinite ? $0 : nil }
    self.standardError = standardError.flatMap { $0.isFinite ? $0 : nil }
  }
}

/// How an ability is estimated from answers.
public enum AbilityMethod: String, Hashable, Sendable, CaseIterable {
  /// The mean of the posterior under a normal prior (Bock and Mislevy 1982).
  case eap
  /// The maximum of the posterior under a normal prior.
  case map
  /// The maximum of the likelihood; without a finite value for perfect and zero scores.
  case ml
  /// Warm's weighted likelihood (1989): less biased, and finite for all scores.
  case wle
}
