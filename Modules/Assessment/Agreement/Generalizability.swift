/// A generalisability study of units and raters, and what other numbers of raters would give.
///
/// Every unit is rated by every rater (p x r). The G study estimates the variances of units,
/// raters and the rest; the D study turns them into coefficients for any number of raters
/// (Brennan 2001). Phi is for decisions against a cut, the G coefficient for ranking.
public struct Generalizability: Sendable {
  /// The variance of units: what is to be measured.
  public let unitVariance: Double
  /// The variance of raters: their severity.
  public let raterVariance: Double
  /// The variance of the rest: raters who rank units differently, and chance.
  public let restVariance: Double
  /// What is remarkable.
  public let findings: [Finding]

  /// Estimates the variances by the mean squares.
  ///
  /// - Parameter table: The ratings; units with a missing one are left out.
  /// - Throws: ``AssessmentError`` with `notEstimable` when fewer than two units have all ratings
  ///   or all are alike.
  public init(of table: RatingTable) throws(AssessmentError) {
    let correlation = IntraclassCorrelation(of: table)
    guard let parts = correlation.components else {
      throw AssessmentError(
        .notEstimable,
        "Variances need two units that two raters rated, and ratings that are not all alike.")
    }
    var findings = correlation.findings
    if parts.rater < 0 {
      findings.append(
        Finding(.boundary, nil, "the variance of raters comes out below 0 and counts as 0"))
    }
    unitVariance = max(0, parts.unit)
    raterVariance = max(0, parts.rater)
    restVariance = parts.rest
    self.findings = findings
  }

  /// The coefficient for ranking units by the mean of some raters.
  public func gCoefficient(raters: Int) -> Double? {
    share(restVariance / Double(max(1, raters)))
  }

  /// The coefficient for decisions against a cut by the mean of some raters.
  public func phi(raters: Int) -> Double? {
    share((raterVariance + restVariance) / Double(max(1, raters)))
  }

  /// The standard error of a unit's mean against a cut.
  public func absoluteError(raters: Int) -> Double {
    ((raterVariance + restVariance) / Double(max(1, raters))).squareRoot()
  }

  /// The fewest raters that reach a value of phi.
  ///
  /// - Parameter goal: The wanted value, below 1.
  /// - Returns: The number, or `nil` when no number up to 1000 does.
  public func raters(forPhi goal: Double) -> Int? {
    (1...1_000).first { phi(raters: $0).map { $0 >= goal } ?? false }
  }

  private func share(_ error: Double) -> Double? {
    let all = unitVariance + error
    return all > 0 ? unitVariance / all : nil
  }
}
