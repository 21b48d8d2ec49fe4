#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension StandardSetting {
  /// What a judge finds acceptable (Hofstee 1983).
  public struct Compromise: Hashable, Sendable {
    /// The cuts that are acceptable even if nobody or everybody fails.
    public var cuts: ClosedRange<Double>
    /// The shares of learners that may fail.
    public var failRates: ClosedRange<Double>

    /// Creates a judgement.
    public init(cuts: ClosedRange<Double>, failRates: ClosedRange<Double>) {
      self.cuts = cuts
      self.failRates = failRates
    }
  }

  /// The Hofstee cut: where the share of learners below a cut meets the line from the lowest cut
  /// with the highest fail rate to the highest cut with the lowest one; a check of other methods.
  ///
  /// - Parameters:
  ///   - judgements: One for each judge; their bounds are averaged.
  ///   - scores: The scores of the learners.
  /// - Returns: The cut and the share that fails, or `nil` when the curve does not meet the line:
  ///   then what the panel finds acceptable does not go with how learners do.
  /// - Throws: ``AssessmentError`` when there are no judgements or scores.
  public static func hofstee(
    _ judgements: [Compromise], scores: [Double]
  ) throws(AssessmentError) -> (cut: Double, failRate: Double)? {
    guard !judgements.isEmpty, !scores.isEmpty, scores.allSatisfy(\.isFinite) else {
      throw AssessmentError(.empty, "The method needs a judge and the scores of learners.")
    }
    let count = Double(judgements.count)
    func mean(_ number: (Compromise) -> Double) -> Double {
      judgements.reduce(0) { $0 + number($1) } / count
    }
    let (lowCut, highCut) = (mean { $0.cuts.lowerBound }, mean { $0.cuts.upperBound })
    let (lowRate, highRate) = (mean { $0.failRates.lowerBound }, mean { $0.failRates.upperBound })
    func line(_ cut: Double) -> Double {
      guard highCut > lowCut else { return lowRate }
      return highRate + (lowRate - highRate) * (cut - lowCut) / (highCut - lowCut)
    }
    let sorted = scores.sorted()
    func failing(_ cut: Double) -> Double {
      Double(sorted.count { $0 < cut }) / Double(sorted.count)
    }
    guard failing(lowCut) <= highRate, failing(highCut) >= lowRate else { return nil }
    // The share below a cut is a staircase that rises just above each score.
    var before = lowCut
    for step in Set(sorted).sorted() + [highCut] where step >= lowCut && step <= highCut {
      let share = failing(step)
      if line(step) <= share, lowRate < highRate {
        let cut = lowCut + (highRate - share) / (highRate - lowRate) * (highCut - lowCut)
        let place = max(before, min(step, cut))
        return (place, failing(place))
      }
      before = step
    }
    return (before, failing(before))
  }

  /// The cut of a body-of-work study: whole portfolios were sorted into mastered and not yet, and
  /// the cut is the score with an even chance in a logistic regression (Kingston and others 2001).
  public struct BodyOfWorkCut: Hashable, Sendable {
    /// The score with an even chance.
    public var cut: Double
    /// Its standard error, by the delta method.
    public var standardError: Double
    /// How much the log odds of "mastered" rise with each score point.
    public var slope: Double
  }

  /// Finds the cut of a body-of-work study.
  ///
  /// - Parameters:
  ///   - scores: The score of each portfolio.
  ///   - isMastery: Whether the panel sorted it as mastered; a portfolio may come once per judge.
  /// - Throws: ``AssessmentError`` with the code `notEstimable` when a score parts both groups
  ///   without overlap, or judgements do not rise with scores.
  public static func bodyOfWork(
    scores: [Double], isMastery: [Bool]
  ) throws(AssessmentError) -> BodyOfWorkCut {
    guard scores.count == isMastery.count, scores.allSatisfy(\.isFinite) else {
      throw AssessmentError(
        .shape, "\(scores.count) scores have \(isMastery.count) judgements; give one for each.")
    }
    let masters = zip(scores, isMastery).filter(\.1).map(\.0)
    let others = zip(scores, isMastery).filter { !$0.1 }.map(\.0)
    guard let lowest = masters.min(), let highest = others.max(), lowest < highest,
      (masters.max() ?? 0) > (others.min() ?? 0)
    else {
      throw AssessmentError(
        .notEstimable,
        "The scores part both groups without overlap, or a group is empty: any cut between them "
          + "is as good. Take the contrasting-groups cut, or add portfolios near the cut.")
    }
    // Centred scores keep the two unknowns apart.
    let mean = scores.reduce(0, +) / Double(scores.count)
    let spread = max(
      1e-12,
      (scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)).squareRoot())
    var (start, slope) = (0.0, 0.0)
    var (aa, ab, bb) = (0.0, 0.0, 0.0)
    for _ in 0..<100 {
      var (first, second) = (0.0, 0.0)
      (aa, ab, bb) = (0, 0, 0)
      for (score, isMaster) in zip(scores, isMastery) {
        let x = (score - mean) / spread
        let chance = 1 / (1 + exp(-(start + slope * x)))
        let surplus = (isMaster ? 1 : 0) - chance
        let weight = chance * (1 - chance)
        first += surplus
        second += surplus * x
        aa += weight
        ab += weight * x
        bb += weight * x * x
      }
      let determinant = aa * bb - ab * ab
      guard determinant > 1e-12 else { break }
      let changes = (
        (bb * first - ab * second) / determinant, (aa * second - ab * first) / determinant
      )
      start += changes.0
      slope += changes.1
      if max(abs(changes.0), abs(changes.1)) < 1e-12 { break }
    }
    guard slope > 0, start.isFinite, slope.isFinite else {
      throw AssessmentError(
        .notEstimable,
        "Portfolios with higher scores were not called mastered more often; the scores do not "
          + "measure what the panel looked at.")
    }
    let place = -start / slope
    let determinant = aa * bb - ab * ab
    // Var(a)/b^2 + a^2 Var(b)/b^4 - 2 a Cov(a, b)/b^3 with the inverse of the information.
    let variance = (bb + place * place * aa + 2 * place * -ab) / (determinant * slope * slope)
    return BodyOfWorkCut(
      cut: mean + spread * place, standardError: spread * max(0, variance).squareRoot(),
      slope: slope / spread)
  }
}
