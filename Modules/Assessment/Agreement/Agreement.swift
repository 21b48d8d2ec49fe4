/// How far raters agree beyond chance, by the usual coefficients.
///
/// All are of the form (observed - expected) / (1 - expected) and differ in what they expect by
/// chance (Gwet 2014). Any number of raters may rate, and ratings may be missing. Intervals are by
/// linearisation over units, for raters as they are.
public struct Agreement: Sendable {
  /// The weights of partial agreement.
  public let weights: AgreementWeights
  /// The agreement that was seen, not corrected for chance.
  public let percent: Coefficient
  /// Gwet's AC1 (2008), or AC2 with weights: little hurt by skewed categories.
  public let gwet: Coefficient
  /// Fleiss's kappa (1971); Scott's pi for two raters.
  public let fleiss: Coefficient
  /// Conger's kappa (1980); Cohen's kappa for two raters without missing ratings.
  public let conger: Coefficient
  /// Krippendorff's alpha with these weights.
  public let krippendorff: Coefficient
  /// Brennan and Prediger's kappa (1981): chance is even over categories.
  public let brennanPrediger: Coefficient
  /// How many units have two ratings or more.
  public let pairedUnits: Int
  /// What is remarkable.
  public let findings: [Finding]

  /// Measures the agreement of the raters of a table.
  ///
  /// - Parameters:
  ///   - table: The ratings.
  ///   - weights: How far different categories count as agreement.
  /// - Complexity: O(*units* * (*raters* + *categories*^2)).
  public init(of table: RatingTable, weights: AgreementWeights = .identity) {
    self.weights = weights
    var findings = table.findings
    let sums = AgreementSums(RatingPatterns(of: table), weights.matrix(table.values))
    pairedUnits = sums.paired
    guard sums.paired > 0, table.values.count > 1 else {
      findings.append(
        Finding(
          .notIdentified, nil,
          sums.paired == 0
            ? "no unit has two ratings; have some rated twice"
            : "every rating is the same; agreement beyond chance is not defined"))
      percent = Coefficient(value: sums.paired > 0 ? 1 : nil)
      (gwet, fleiss, conger) = (
        Coefficient(value: nil), Coefficient(value: nil), Coefficient(value: nil)
      )
      (krippendorff, brennanPrediger) = (Coefficient(value: nil), Coefficient(value: nil))
      self.findings = findings
      return
    }
    percent = sums.percent
    gwet = sums.gwet
    fleiss = sums.fleiss
    brennanPrediger = sums.brennanPrediger
    krippendorff = sums.krippendorff
    conger = sums.conger
    self.findings = findings
  }
}
