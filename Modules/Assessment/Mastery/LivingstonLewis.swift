#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Accuracy and consistency of a cut from scores and their reliability alone (Livingston and
/// Lewis 1995).
///
/// True scores are taken to have a beta distribution with four parameters, and scores to be
/// binomial on a test of the length that gives the reliability. A learner passes that test with at
/// least the whole part of cut / most * length.
public struct LivingstonLewis: Hashable, Sendable {
  /// The parameters of the distribution of true shares.
  public struct TrueScores: Hashable, Sendable {
    /// The first shape.
    public var alpha: Double
    /// The second shape.
    public var beta: Double
    /// The lowest share.
    public var low: Double
    /// The highest share.
    public var high: Double
  }

  /// The length of the test that has this reliability.
  public let effectiveLength: Double
  /// The distribution of true shares.
  public let trueScores: TrueScores
  /// Learners who are below the cut and are found to be.
  public let rightBelow: Double
  /// Learners who are at or above the cut and are found to be.
  public let rightAbove: Double
  /// Learners who are above the cut but are found below.
  public let wrongBelow: Double
  /// Learners who are below the cut but are found above.
  public let wrongAbove: Double
  /// Accuracy, consistency and kappa.
  public let decision: ClassificationAccuracy

  /// Estimates the accuracy of a cut.
  ///
  /// - Parameters:
  ///   - scores: The scores of learners.
  ///   - frequencies: How many learners each stands for; without it one.
  ///   - reliability: The reliability of scores, between 0 and 1.
  ///   - most: The highest possible score; the lowest is 0.
  ///   - cut: The lowest score that passes.
  /// - Throws: ``AssessmentError`` when scores do not differ, or no beta distribution fits them.
  public init(
    scores: [Double], frequencies: [Double]? = nil, reliability: Double, most: Double, cut: Double
  ) throws(AssessmentError) {
    let weights = frequencies ?? [Double](repeating: 1, count: scores.count)
    guard weights.count == scores.count, scores.allSatisfy({ (0...most).contains($0) }) else {
      throw AssessmentError(.wrongValue, "Scores are from 0 to \(most), with one frequency each.")
    }
    guard reliability > 0, reliability < 1, cut > 0, cut < most else {
      throw AssessmentError(
        .wrongValue,
        "The reliability \(reliability) is between 0 and 1, the cut \(cut) between 0 "
          + "and \(most).")
    }
    let count = weights.reduce(0, +)
    let mean = zip(scores, weights).reduce(0) { $0 + $1.0 * $1.1 } / max(1, count)
    let squares = zip(scores, weights).reduce(0) {
      $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1
    }
    guard count > 3, squares > 0 else {
      throw AssessmentError(.notEstimable, "Four learners whose scores differ are needed.")
    }
    let variance = squares / (count - 1)
    let length =
      (mean * (most - mean) - reliability * variance) / (variance * (1 - reliability))
    let whole = length.rounded()
    guard whole >= 4 else {
      throw AssessmentError(
        .notEstimable, "The scores are worth \(whole) questions; at least 4 are needed.")
    }
    effectiveLength = length
    trueScores = try Self.trueScores(scores.map { $0 / most * length }, weights, length)
    let needed = (cut / most * whole).rounded(.down)
    let chances = Self.chances(
      trueScores, cut: cut / most, length: Int(whole), needed: Int(needed))
    (rightBelow, rightAbove, wrongBelow, wrongAbove, decision) = chances
  }

  /// A beta distribution with the first four moments of true shares (Hanson 1991).
  private static func trueScores(
    _ scores: [Double], _ weights: [Double], _ length: Double
  ) throws(AssessmentError) -> TrueScores {
    let count = weights.reduce(0, +)
    // Factorial moments of a binomial number are moments of its chance.
    let moments = (1...4).map { order in
      var sum = 0.0
      for (score, weight) in zip(scores, weights) {
        sum += weight * (0..<order).reduce(1.0) { $0 * (score - Double($1)) }
      }
      return sum / count / (0..<order).reduce(1.0) { $0 * (length - Double($1)) }
    }
    let m = moments[0]
    let variance = moments[1] - m * m
    guard variance > 0 else {
      throw AssessmentError(.notEstimable, "True scores do not differ at this reliability.")
    }
    let third = moments[2] - 3 * m * moments[1] + 2 * m * m * m
    let fourth = moments[3] - 4 * m * moments[2] + 6 * m * m * moments[1] - 3 * m * m * m * m
    let skew = third / (variance * variance.squareRoot())
    let kurtosis = fourth / (variance * variance)
    let r = 6 * (kurtosis - skew * skew - 1) / (6 + 3 * skew * skew - 2 * kurtosis)
    let inner = 1 - 24 * (r + 1) / ((r + 2) * (r + 3) * kurtosis - 3 * (r - 6) * (r + 1))
    if r > 0, inner >= 0 {
      let root = inner.squareRoot()
      let (large, small) = (r / 2 * (1 + root), r / 2 * (1 - root))
      let (a, b) = skew < 0 ? (large, small) : (small, large)
      let scale = (variance * (a + b + 1)).squareRoot() / (a * b).squareRoot()
      let found = TrueScores(alpha: a, beta: b, low: m - a * scale, high: m + b * scale)
      if found.low >= 0, found.high <= 1, small > 0 { return found }
    }
    // Outside of 0 to 1 the borders are set, and two moments remain.
    let common = m * (1 - m) / variance - 1
    guard common > 0 else {
      throw AssessmentError(.notEstimable, "No beta distribution fits these scores.")
    }
    return TrueScores(alpha: m * common, beta: (1 - m) * common, low: 0, high: 1)
  }

  private static func chances(
    _ scores: TrueScores, cut: Double, length: Int, needed: Int
  ) -> (Double, Double, Double, Double, ClassificationAccuracy) {
    let logs = (0...length).map { SpecialFunctions.logChoose(length, $0) }
    var (rightBelow, rightAbove, wrongBelow, wrongAbove) = (0.0, 0.0, 0.0, 0.0)
    var consistency = 0.0
    let steps = 4_000
    let width = scores.high - scores.low
    // Cells end at the cut, so that none is on both sides.
    let border = min(1, max(0, (cut - scores.low) / width))
    for (start, end) in [(0.0, border), (border, 1.0)] where end > start {
      var below = SpecialFunctions.incompleteBeta(start, scores.alpha, scores.beta)
      for step in 0..<steps {
        let right = start + (end - start) * Double(step + 1) / Double(steps)
        let edge = SpecialFunctions.incompleteBeta(right, scores.alpha, scores.beta)
        let weight = edge - below
        below = edge
        let middle = start + (end - start) * (Double(step) + 0.5) / Double(steps)
        let p = scores.low + width * middle
        var pass = 0.0
        for k in max(0, needed)...length where p > 0 && p < 1 {
          pass += exp(logs[k] + Double(k) * log(p) + Double(length - k) * log1p(-p))
        }
        consistency += weight * (pass * pass + (1 - pass) * (1 - pass))
        if p >= cut {
          rightAbove += weight * pass
          wrongBelow += weight * (1 - pass)
        } else {
          wrongAbove += weight * pass
          rightBelow += weight * (1 - pass)
        }
      }
    }
    let above = rightAbove + wrongAbove
    let chance = above * above + (1 - above) * (1 - above)
    let decision = ClassificationAccuracy(
      accuracy: rightBelow + rightAbove, consistency: consistency,
      kappa: chance < 1 ? (consistency - chance) / (1 - chance) : nil)
    return (rightBelow, rightAbove, wrongBelow, wrongAbove, decision)
  }
}
