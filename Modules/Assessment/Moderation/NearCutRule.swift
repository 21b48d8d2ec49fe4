/// Adds a rater only where it matters: near the cut.
///
/// Far from the cut a second rating changes no decision; near it every rating does. That is the
/// cheapest way to better decisions when there are not enough raters for two ratings of all.
public struct NearCutRule: Hashable, Sendable {
  /// The lowest score that is mastery.
  public let cut: Double
  /// The standard error of one rating, in points of the score.
  public let standardError: Double
  /// A second rating is wanted where the probability of a wrong decision is greater.
  public let risk: Double

  /// Creates a rule.
  ///
  /// - Throws: ``AssessmentError`` with the code `wrongValue` for errors of 0 and below, and risks
  ///   that are not between 0 and 0.5.
  public init(
    cut: Double, standardError: Double, risk: Double = 0.1
  ) throws(AssessmentError) {
    guard cut.isFinite, standardError > 0, standardError.isFinite, risk > 0, risk < 0.5 else {
      throw AssessmentError(
        .wrongValue,
        "The rule near the cut \(cut) has the error \(standardError) and the risk \(risk); the "
          + "error has to be above 0, the risk above 0 and below 0.5.")
    }
    self.cut = cut
    self.standardError = standardError
    self.risk = risk
  }

  /// How probable it is that the decision by this score is wrong, for errors that are normal.
  public func riskOfWrongDecision(at score: Double) -> Double {
    SpecialFunctions.normalCumulative(-abs(score - cut) / standardError)
  }

  /// Whether a second rating is wanted.
  public func wantsSecondRating(of score: Double) -> Bool {
    riskOfWrongDecision(at: score) > risk
  }

  /// How far from the cut scores are rated again.
  public var reach: Double { -SpecialFunctions.normalQuantile(risk) * standardError }

  /// What second ratings near the cut are worth.
  public struct Benefit: Hashable, Sendable {
    /// How many scores get a second rating.
    public var secondRatingCount: Int
    /// The expected share of right decisions with one rating for all.
    public var accuracyWithOne: Double
    /// The same with second ratings near the cut.
    public var accuracyWithRule: Double
    /// The same with two ratings for all.
    public var accuracyWithTwo: Double
  }

  /// What the rule is worth for scores, when decisions are by the mean of two ratings where there
  /// are two.
  ///
  /// A second rating of a score that is d errors from the cut moves the mean by Z / sqrt(2) errors,
  /// Z being standard normal, and halves the error variance; so its decision is right with the
  /// probability E Phi(|sqrt(2) d + Z|), which is 3/4 at the cut and 1/2 before.
  ///
  /// - Throws: ``AssessmentError`` when there are no scores.
  public func benefit(for scores: [Double]) throws(AssessmentError) -> Benefit {
    guard !scores.isEmpty else { throw AssessmentError(.empty, "There are no scores.") }
    var (one, rule, two, count) = (0.0, 0.0, 0.0, 0)
    let grid = QuadratureGrid.normal(count: 241)
    for score in scores {
      let single = 1 - riskOfWrongDecision(at: score)
      let distance = abs(score - cut) * 2.0.squareRoot() / standardError
      var double = 0.0
      for (node, weight) in zip(grid.nodes, grid.weights) {
        double += weight * SpecialFunctions.normalCumulative(abs(distance + node))
      }
      let isNear = wantsSecondRating(of: score)
      one += single
      two += double
      rule += isNear ? double : single
      if isNear { count += 1 }
    }
    let size = Double(scores.count)
    return Benefit(
      secondRatingCount: count, accuracyWithOne: one / size, accuracyWithRule: rule / size,
      accuracyWithTwo: two / size)
  }
}
