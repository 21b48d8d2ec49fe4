#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A calibrated item that is right or wrong: the logistic models with one to four parameters.
///
/// The probability of a right answer is *c* + (*d* - *c*) / (1 + e^(-*a*(ability - *b*))), without
/// the factor 1.7 (Birnbaum 1968; Barton and Lord 1981 for *d*). Abilities and difficulties are in
/// logits.
public struct LogisticItem: Hashable, Sendable {
  /// The slope *a*, above 0; 1 in the Rasch model.
  public let discrimination: Double
  /// The difficulty *b*, in logits.
  public let difficulty: Double
  /// The lower asymptote *c*: how often those who know nothing are right.
  public let guessing: Double
  /// The upper asymptote *d*: how often those who know everything are right.
  public let ceiling: Double

  /// Creates an item.
  ///
  /// - Parameters:
  ///   - discrimination: The slope.
  ///   - difficulty: The difficulty in logits.
  ///   - guessing: The lower asymptote.
  ///   - ceiling: The upper asymptote.
  /// - Throws: ``AssessmentError`` with the code `wrongValue` when the slope is not above 0, the
  ///   asymptotes do not leave room between 0 and 1, or a number is not finite.
  public init(
    discrimination: Double = 1, difficulty: Double, guessing: Double = 0, ceiling: Double = 1
  ) throws(AssessmentError) {
    guard discrimination.isFinite, discrimination > 0 else {
      throw AssessmentError(
        .wrongValue,
        "An item has the discrimination \(discrimination); it has to be above 0, such as 1. "
          + "An item that the able miss more often is keyed wrongly: repair its key.")
    }
    guard difficulty.isFinite else {
      throw AssessmentError(
        .wrongValue, "An item has the difficulty \(difficulty); give a number of logits.")
    }
    guard guessing >= 0, ceiling <= 1, guessing < ceiling else {
      throw AssessmentError(
        .wrongValue,
        "An item has the asymptotes \(guessing) and \(ceiling); give 0 <= c < d <= 1.")
    }
    self.discrimination = discrimination
    self.difficulty = difficulty
    self.guessing = guessing
    self.ceiling = ceiling
  }

  /// The probability of a right answer.
  public func probability(at ability: Double) -> Double {
    guessing + (ceiling - guessing) / (1 + exp(-discrimination * (ability - difficulty)))
  }

  /// Fisher's information about an ability: P'^2 / (P (1 - P)).
  public func information(at ability: Double) -> Double {
    // The logistic part first, so that nothing cancels far from the difficulty.
    let odds = exp(-abs(discrimination * (ability - difficulty)))
    let isAbove = ability >= difficulty
    let (up, down) =
      isAbove ? (1 / (1 + odds), odds / (1 + odds)) : (odds / (1 + odds), 1 / (1 + odds))
    let spread = ceiling - guessing
    let slope = discrimination * spread * up * down
    let right = guessing + spread * up
    let wrong = (1 - ceiling) + spread * down
    guard right > 0, wrong > 0 else { return 0 }
    return slope * slope / (right * wrong)
  }

  /// The ability at which an answer is right with a probability, such as 2/3 for bookmarks.
  ///
  /// - Parameter probability: The probability.
  /// - Returns: `nil` when the item never has that probability.
  public func ability(atProbability probability: Double) -> Double? {
    guard probability > guessing, probability < ceiling else { return nil }
    return difficulty
      + log((probability - guessing) / (ceiling - probability)) / discrimination
  }

  /// Where the information is greatest.
  ///
  /// It has a closed form where *d* is 1 (Lord 1980, equation 10-4); else it is searched.
  public var mostInformativeAbility: Double {
    if ceiling == 1 {
      return difficulty + log((1 + (1 + 8 * guessing).squareRoot()) / 2) / discrimination
    }
    let reach = 6 / discrimination
    return RootFinding.minimum(in: difficulty - reach...difficulty + reach) {
      -information(at: $0)
    }
  }
}

extension LogisticItem {
  /// Takes over an item that was calibrated.
  ///
  /// - Throws: ``AssessmentError`` when it has more than two categories or a slope that is not above
  ///   0, with which no item can be chosen.
  public init(_ item: CalibratedItem) throws(AssessmentError) {
    guard item.family == .logistic, item.intercepts.count == 1 else {
      throw AssessmentError(
        .wrongValue,
        "Item \(item.name) has \(item.categoryCount) categories; adaptive tests take items that are "
          + "right or wrong.")
    }
    try self.init(
      discrimination: item.slope, difficulty: item.difficulty, guessing: item.guessing,
      ceiling: item.upper)
  }
}
