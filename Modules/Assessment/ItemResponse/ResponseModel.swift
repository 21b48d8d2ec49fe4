/// A model of how the answer to an item depends on ability.
public enum ResponseModel: String, Hashable, Sendable, CaseIterable {
  /// Scores of 0 and 1; one slope for all items (Rasch 1960).
  case rasch
  /// Scores of 0 and 1; a slope for each item (Birnbaum 1968).
  case twoParameter = "2pl"
  /// Scores of 0 and 1; a slope and a chance of guessing right for each item (Birnbaum 1968).
  ///
  /// It needs thousands of persons and is not for schools.
  case threeParameter = "3pl"
  /// Ordered scores; a slope for each item (Samejima 1969).
  case gradedResponse = "graded"
  /// Ordered scores; one slope for all items (Masters 1982).
  case partialCredit = "pcm"
  /// Ordered scores; a slope for each item (Muraki 1992).
  case generalizedPartialCredit = "gpcm"

  /// Whether all items have one slope.
  public var hasCommonSlope: Bool { self == .rasch || self == .partialCredit }

  /// Whether scores are 0 and 1 only.
  public var isDichotomous: Bool {
    self == .rasch || self == .twoParameter || self == .threeParameter
  }

  var family: CalibratedItem.Family {
    switch self {
    case .rasch, .twoParameter, .threeParameter: .logistic
    case .gradedResponse: .graded
    case .partialCredit, .generalizedPartialCredit: .partialCredit
    }
  }
}
