#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Performance factors analysis (Pavlik, Cen and Koedinger 2009) of one skill.
///
/// The logit of a right answer is easiness + success * earlier right answers + failure * earlier
/// wrong answers.
public struct PerformanceFactors: Hashable, Sendable {
  /// The logit of a right answer at first.
  public var easiness: Double
  /// What each earlier right answer adds.
  public var success: Double
  /// What each earlier wrong answer adds.
  public var failure: Double

  /// Creates factors.
  public init(easiness: Double, success: Double, failure: Double) {
    self.easiness = easiness
    self.success = success
    self.failure = failure
  }

  /// The probability that the next answer is right.
  public func chance(successes: Int, failures: Int) -> Double {
    CalibratedItem.logistic(
      easiness + success * Double(successes) + failure * Double(failures))
  }

  /// A skill's factors that fit answers best, with their errors.
  public struct Fit: Hashable, Sendable {
    /// The factors; `nil` when answers do not determine them.
    public var factors: PerformanceFactors?
    /// The standard errors of easiness, success and failure.
    public var standardErrors: [Double]
    /// The log-likelihood, without any penalty.
    public var logLikelihood: Double
    /// What is remarkable.
    public var findings: [Finding]
  }

  /// Fits the factors of all skills of a log by maximum likelihood.
  ///
  /// Answers after the same numbers of right and wrong ones are added up first, so that a step
  /// does not depend on the number of rows.
  ///
  /// - Parameter log: The answers, in order.
  /// - Returns: A fit for each skill of the log.
  /// - Complexity: O(*rows* + *skills* * *learners*).
  public static func fits(_ log: PracticeLog) -> [Fit] {
    zip(log.skills, log.performanceCells()).map { fit($0, $1) }
  }

  private static func fit(_ skill: String, _ cells: [PerformanceCell]) -> Fit {
    let (right, all) = cells.reduce((0.0, 0.0)) { ($0.0 + $1.right, $0.1 + $1.all) }
    guard right > 0, right < all else {
      return Fit(
        factors: nil, standardErrors: [], logLikelihood: 0,
        findings: [
          Finding(.constantItem, skill, "all answers are alike; there is nothing to fit")
        ])
    }
    var x = [logarithm(right / (all - right)), 0, 0]
    var value = likelihood(cells, x)
    var information = SquareMatrix(size: 3)
    var hasConverged = false
    for _ in 0..<60 {
      let (gradient, curvature) = score(cells, x)
      information = curvature
      guard let step = curvature.solve(gradient) else {
        return Fit(
          factors: nil, standardErrors: [], logLikelihood: value,
          findings: [
            Finding(
              .notIdentified, skill, "answers do not tell the effects of right and wrong apart")
          ])
      }
      var scale = 1.0
      for _ in 0..<30 {
        let candidate = zip(x, step).map { $0 + scale * $1 }
        let reached = likelihood(cells, candidate)
        if reached >= value - 1e-12 * abs(value) {
          (x, value) = (candidate, reached)
          break
        }
        scale /= 2
      }
      if step.allSatisfy({ abs($0) < 1e-9 }) {
        hasConverged = true
        break
      }
    }
    let variances = information.inversePositive()
    return Fit(
      factors: PerformanceFactors(easiness: x[0], success: x[1], failure: x[2]),
      standardErrors: (0..<3).map { place in
        variances.map { max(0, $0[place, place]).squareRoot() } ?? .infinity
      }, logLikelihood: value,
      findings: hasConverged
        ? [] : [Finding(.notConverged, skill, "the factors run off; answers separate fully")])
  }

  /// The C library's logarithm, which the name of a log would hide.
  private static func logarithm(_ x: Double) -> Double { log(x) }

  private static func likelihood(_ cells: [PerformanceCell], _ x: [Double]) -> Double {
    cells.reduce(0) { sum, cell in
      let z = x[0] + x[1] * cell.successes + x[2] * cell.failures
      let small = log1p(exp(-abs(z)))
      return sum - cell.all * small - (z > 0 ? (cell.all - cell.right) * z : -cell.right * z)
    }
  }

  private static func score(
    _ cells: [PerformanceCell], _ x: [Double]
  ) -> ([Double], SquareMatrix) {
    var gradient = [0.0, 0, 0]
    var information = SquareMatrix(size: 3)
    for cell in cells {
      let row = [1, cell.successes, cell.failures]
      let p = CalibratedItem.logistic(x[0] + x[1] * row[1] + x[2] * row[2])
      let (error, weight) = (cell.right - cell.all * p, cell.all * p * (1 - p))
      for a in 0..<3 {
        gradient[a] += error * row[a]
        for b in 0..<3 { information[a, b] += weight * row[a] * row[b] }
      }
    }
    return (gradient, information)
  }
}
