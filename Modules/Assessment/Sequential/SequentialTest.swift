#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Decides between mastery and not yet with as few items as the wanted error rates allow.
///
/// It is the sequential probability ratio test (Wald 1947) between two points around the cut:
/// for calibrated items cut +- delta on the ability scale (Reckase 1983; Spray and Reckase 1996),
/// for items without calibration two shares of right answers. The second form is the one for small
/// schools: it classifies and estimates nothing.
public struct SequentialTest: Hashable, Sendable {
  /// What is decided.
  public enum Decision: String, Hashable, Sendable {
    /// The learner has mastered it.
    case mastery
    /// The learner has not mastered it yet.
    case notYet = "non-mastery"
    /// More answers are needed.
    case goOn = "continue"
  }

  /// The probability of a right answer at the lower and at the upper point.
  private enum Points: Hashable {
    case abilities(low: Double, high: Double)
    case shares(low: Double, high: Double)
  }

  private let points: Points
  /// The probability of passing somebody at the lower point that is tolerated.
  public let falsePassRate: Double
  /// The probability of failing somebody at the upper point that is tolerated.
  public let falseFailRate: Double
  /// The log of the likelihood ratio.
  public private(set) var logRatio = 0.0
  /// The number of answers.
  public private(set) var count = 0

  /// Begins a test with calibrated items.
  ///
  /// - Parameters:
  ///   - cut: The ability from which on a learner has mastered it.
  ///   - delta: Half the width of the zone around the cut in which either decision is right.
  ///   - falsePassRate: Wald's alpha, above 0 and below 0.5.
  ///   - falseFailRate: Wald's beta, above 0 and below 0.5.
  /// - Throws: ``AssessmentError`` with the code `wrongValue` for other numbers.
  public init(
    cut: Double, delta: Double, falsePassRate: Double = 0.05, falseFailRate: Double = 0.05
  ) throws(AssessmentError) {
    guard cut.isFinite, delta > 0, delta.isFinite else {
      throw AssessmentError(
        .wrongValue, "The cut is \(cut) with the zone \(delta); give a zone above 0, such as 0.3.")
    }
    try self.init(.abilities(low: cut - delta, high: cut + delta), falsePassRate, falseFailRate)
  }

  /// Begins a test with items without calibration.
  ///
  /// - Parameters:
  ///   - notYet: The share of right answers of somebody who has clearly not mastered it.
  ///   - mastery: The share of right answers of somebody who clearly has, above the other.
  ///   - falsePassRate: As for calibrated items.
  ///   - falseFailRate: As for calibrated items.
  /// - Throws: ``AssessmentError`` with the code `wrongValue` for other numbers.
  public init(
    notYet: Double, mastery: Double, falsePassRate: Double = 0.05, falseFailRate: Double = 0.05
  ) throws(AssessmentError) {
    guard notYet > 0, notYet < mastery, mastery < 1 else {
      throw AssessmentError(
        .wrongValue,
        "The shares \(notYet) and \(mastery) have to lie between 0 and 1, the second above the "
          + "first, such as 0.6 and 0.85.")
    }
    try self.init(.shares(low: notYet, high: mastery), falsePassRate, falseFailRate)
  }

  private init(
    _ points: Points, _ falsePassRate: Double, _ falseFailRate: Double
  ) throws(AssessmentError) {
    for rate in [falsePassRate, falseFailRate] where !(rate > 0 && rate < 0.5) {
      throw AssessmentError(
        .wrongValue, "The error rate \(rate) has to be above 0 and below 0.5, such as 0.05.")
    }
    self.points = points
    self.falsePassRate = falsePassRate
    self.falseFailRate = falseFailRate
  }

  /// The log ratio from which on it is mastery: ln((1 - beta) / alpha).
  public var upper: Double { log((1 - falseFailRate) / falsePassRate) }
  /// The log ratio up to which it is not mastery: ln(beta / (1 - alpha)).
  public var lower: Double { log(falseFailRate / (1 - falsePassRate)) }

  /// What is decided by the answers so far.
  public var decision: Decision {
    logRatio >= upper ? .mastery : (logRatio <= lower ? .notYet : .goOn)
  }

  /// The decision when no more can be asked: the nearer bound.
  ///
  /// Its error rates are greater than those that were asked for; say so when it is used.
  public var forcedDecision: Decision {
    guard decision == .goOn else { return decision }
    return logRatio >= (upper + lower) / 2 ? .mastery : .notYet
  }

  /// Takes an answer.
  ///
  /// - Parameters:
  ///   - isRight: Whether it was right.
  ///   - item: The item; it may be left out only in a test without calibration.
  /// - Throws: ``AssessmentError`` when a test with calibrated items is given none.
  public mutating func record(
    isRight: Bool, item: LogisticItem? = nil
  ) throws(AssessmentError) {
    let (low, high): (Double, Double)
    switch points {
    case .shares(let first, let second): (low, high) = (first, second)
    case .abilities(let first, let second):
      guard let item else {
        throw AssessmentError(
          .wrongValue, "A test with calibrated items needs the item of each answer.")
      }
      (low, high) = (item.probability(at: first), item.probability(at: second))
    }
    // Probabilities of exactly 0 and 1 come of slopes beyond all measure.
    let bound = 1e-15
    let (a, b) = (min(1 - bound, max(bound, low)), min(1 - bound, max(bound, high)))
    logRatio += isRight ? log(b / a) : log((1 - b) / (1 - a))
    count += 1
  }

  /// Roughly how many items a test without calibration takes for a learner with a share of right
  /// answers (Wald 1947, for the two points themselves).
  ///
  /// - Returns: The expected numbers at the lower and at the upper point, or `nil` for calibrated
  ///   items, whose numbers depend on the bank.
  public var expectedCounts: (notYet: Double, mastery: Double)? {
    guard case .shares(let low, let high) = points else { return nil }
    let (win, lose) = (log(high / low), log((1 - high) / (1 - low)))
    let (alpha, beta) = (falsePassRate, falseFailRate)
    let notYet = (alpha * upper + (1 - alpha) * lower) / (low * win + (1 - low) * lose)
    let mastery = ((1 - beta) * upper + beta * lower) / (high * win + (1 - high) * lose)
    return (notYet, mastery)
  }
}
