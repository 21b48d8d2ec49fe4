#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How far the sum of the items would come out the same for the same persons.
///
/// Persons with a missing answer are left out. Alpha is no mark of quality for a short mastery
/// quiz: five good items on one target may have an alpha of .3, because nearly everybody masters
/// them. Ask for the accuracy of the decision instead (``ClassificationAccuracy``).
public struct Reliability: Sendable {
  /// How many persons had no missing answer.
  public let count: Double
  /// Cronbach's alpha (1951), KR-20 for scores of 0 and 1.
  public let alpha: Double?
  /// The 95 % interval of alpha by Feldt, Woodruff and Salih (1987).
  public let alphaInterval: ClosedRange<Double>?
  /// Alpha from correlations instead of covariances.
  public let standardizedAlpha: Double?
  /// Alpha without each item.
  public let alphaWithoutItem: [Double?]
  /// Guttman's lambda 6 (1945), from the multiple correlations of items.
  public let lambda6: Double?
  /// McDonald's omega (1999) of one common factor, estimated by minimum residuals.
  public let omega: Double?
  /// The loadings of items on the common factor, in units of scores.
  public let loadings: [Double]?
  /// The reliability of odd and even items as halves, by Spearman and Brown (1910).
  public let splitHalf: Double?
  /// The standard error of measurement of the sum: its deviation times the root of 1 - alpha.
  public let standardError: Double?
  /// What is remarkable.
  public let findings: [Finding]

  /// Estimates the reliability of the sum of all items.
  ///
  /// - Parameter table: The answers.
  /// - Complexity: O(*persons* * *items*^2 / 64), and O(*items*^3).
  public init(of table: ResponseTable) {
    var findings: [Finding] = []
    guard let moments = ScoreMoments(of: table), table.items.count > 1 else {
      findings.append(
        Finding(
          .notIdentified, nil,
          "reliability needs two items and two persons who answered all of them"))
      self.init(count: 0, findings: findings)
      return
    }
    if moments.completeCount < table.persons.count {
      findings.append(
        Finding(
          .caution, nil,
          "\(table.persons.count - moments.completeCount) persons with missing answers are left "
            + "out"))
    }
    let covariances = moments.covariances
    let items = covariances.size
    let variances = (0..<items).map { covariances[$0, $0] }
    for item in 0..<items where variances[item] <= 1e-12 {
      findings.append(
        Finding(.constantItem, table.items[item], "every answer is the same; it adds nothing"))
    }
    let alpha = Self.alpha(covariances, without: nil)
    let total = covariances.cells.reduce(0, +)
    let correlations = Self.correlations(covariances)
    let factor = correlations.flatMap { Self.oneFactor($0) }
    let loadings = factor.map { zip($0, variances).map { $0 * $1.squareRoot() } }
    if correlations != nil, factor == nil {
      findings.append(
        Finding(.notConverged, nil, "omega's factor did not come to rest; omega is left out"))
    }
    if let alpha, alpha < 0 {
      findings.append(
        Finding(.degenerate, nil, "alpha is below 0: items point in different directions"))
    }
    self.init(
      count: moments.count, alpha: alpha,
      alphaInterval: alpha.flatMap { Self.interval($0, moments.count, items) },
      standardizedAlpha: correlations.flatMap { Self.alpha($0, without: nil) },
      alphaWithoutItem: (0..<items).map { Self.alpha(covariances, without: $0) },
      lambda6: correlations.flatMap { Self.lambda6($0) },
      omega: loadings.map { loadings in
        let common = loadings.reduce(0, +) * loadings.reduce(0, +)
        let unique = zip(variances, loadings).reduce(0) { $0 + max(0, $1.0 - $1.1 * $1.1) }
        return common / (common + unique)
      },
      loadings: loadings, splitHalf: Self.splitHalf(covariances),
      standardError: alpha.map { (total * max(0, 1 - $0)).squareRoot() }, findings: findings)
  }

  private init(
    count: Double, alpha: Double? = nil, alphaInterval: ClosedRange<Double>? = nil,
    standardizedAlpha: Double? = nil, alphaWithoutItem: [Double?] = [], lambda6: Double? = nil,
    omega: Double? = nil, loadings: [Double]? = nil, splitHalf: Double? = nil,
    standardError: Double? = nil, findings: [Finding]
  ) {
    self.count = count
    self.alpha = alpha
    self.alphaInterval = alphaInterval
    self.standardizedAlpha = standardizedAlpha
    self.alphaWithoutItem = alphaWithoutItem
    self.lambda6 = lambda6
    self.omega = omega
    self.loadings = loadings
    self.splitHalf = splitHalf
    self.standardError = standardError
    self.findings = findings
  }

  private static func alpha(_ matrix: SquareMatrix, without left: Int?) -> Double? {
    let kept = (0..<matrix.size).filter { $0 != left }
    guard kept.count > 1 else { return nil }
    var (total, own) = (0.0, 0.0)
    for i in kept {
      own += matrix[i, i]
      for j in kept { total += matrix[i, j] }
    }
    guard total > 1e-12 else { return nil }
    return Double(kept.count) / Double(kept.count - 1) * (1 - own / total)
  }

  private static func interval(
    _ alpha: Double, _ count: Double, _ items: Int
  ) -> ClosedRange<Double>? {
    let (persons, both) = (count - 1, (count - 1) * Double(items - 1))
    guard persons >= 1 else { return nil }
    let low = 1 - (1 - alpha) * SpecialFunctions.fQuantile(0.975, persons, both)
    let high = 1 - (1 - alpha) * SpecialFunctions.fQuantile(0.025, persons, both)
    return low <= high ? low...high : nil
  }

  private static func correlations(_ matrix: SquareMatrix) -> SquareMatrix? {
    var result = matrix
    for i in 0..<matrix.size {
      for j in 0..<matrix.size {
        let scale = (matrix[i, i] * matrix[j, j]).squareRoot()
        guard scale > 1e-12 else { return nil }
        result[i, j] = matrix[i, j] / scale
      }
    }
    return result
  }

  private static func lambda6(_ correlations: SquareMatrix) -> Double? {
    guard let inverse = correlations.inversePositive() else { return nil }
    let errors = (0..<correlations.size).reduce(0) { $0 + 1 / inverse[$1, $1] }
    return 1 - errors / correlations.cells.reduce(0, +)
  }

  /// The loadings of one factor that leave the least squares of residuals off the diagonal.
  private static func oneFactor(_ correlations: SquareMatrix) -> [Double]? {
    let size = correlations.size
    guard size > 2 else { return nil }
    var loadings = (0..<size).map { i in
      let mean = (0..<size).reduce(0) { $0 + correlations[i, $1] } / Double(size)
      return max(0.05, mean.squareRoot().isNaN ? 0.05 : mean.squareRoot())
    }
    // One loading at a time has a closed form (Harman and Jones 1966).
    for _ in 0..<5_000 {
      var change = 0.0
      for i in 0..<size {
        var (top, bottom) = (0.0, 0.0)
        for j in 0..<size where j != i {
          top += correlations[i, j] * loadings[j]
          bottom += loadings[j] * loadings[j]
        }
        guard bottom > 1e-12 else { return nil }
        let next = min(1, max(-1, top / bottom))
        change = max(change, abs(next - loadings[i]))
        loadings[i] = next
      }
      if change < 1e-12 { return loadings }
    }
    return nil
  }

  private static func splitHalf(_ covariances: SquareMatrix) -> Double? {
    var (odd, even, both) = (0.0, 0.0, 0.0)
    for i in 0..<covariances.size {
      for j in 0..<covariances.size {
        switch (i % 2, j % 2) {
        case (0, 0): odd += covariances[i, j]
        case (1, 1): even += covariances[i, j]
        case (0, _): both += covariances[i, j]
        default: break
        }
      }
    }
    guard odd > 1e-12, even > 1e-12 else { return nil }
    let correlation = both / (odd * even).squareRoot()
    guard correlation > -1 else { return nil }
    return 2 * correlation / (1 + correlation)
  }
}
