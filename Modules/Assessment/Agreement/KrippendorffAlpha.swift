/// Krippendorff's alpha (2011) for any number of raters, missing ratings and four metrics.
///
/// Always say which metric was used: alpha without it means nothing.
public struct KrippendorffAlpha: Hashable, Sendable {
  /// How far apart two ratings are.
  public enum Metric: String, Hashable, Sendable, CaseIterable {
    /// Different is different.
    case nominal
    /// By the ratings that lie between.
    case ordinal
    /// By the square of the difference.
    case interval
    /// By the square of the difference as a share of the sum; ratings are 0 or more.
    case ratio
  }

  /// The metric.
  public let metric: Metric
  /// Alpha; `nil` where ratings do not determine it.
  public let value: Double?
  /// The 95 % interval by drawing units with replacement; `nil` when it was not asked for.
  public let interval: ClosedRange<Double>?
  /// How many units have two ratings or more.
  public let pairedUnits: Int
  /// What is remarkable.
  public let findings: [Finding]

  /// Measures the agreement of the raters of a table.
  ///
  /// - Parameters:
  ///   - table: The ratings.
  ///   - metric: How far apart two ratings are.
  ///   - draws: How many samples of units to draw for the interval; 0 for no interval.
  ///   - seed: The seed of the draws.
  /// - Complexity: O(*units* * *raters* + *draws* * *units*), and *categories*^2 for each
  ///   different row of ratings.
  public init(of table: RatingTable, metric: Metric, draws: Int = 0, seed: UInt64 = 1) {
    self.metric = metric
    let units = PairedPatterns(RatingPatterns(of: table))
    pairedUnits = units.units.count
    var findings = table.findings
    if metric == .ratio, let least = table.values.first, least < 0 {
      findings.append(
        Finding(.notIdentified, nil, "the ratio metric needs ratings of 0 or more"))
      (value, interval) = (nil, nil)
      self.findings = findings
      return
    }
    let (sums, pairs) = units.sums
    value = Self.alpha(sums, pairs, table.values, metric)
    if value == nil {
      findings.append(
        Finding(
          .notIdentified, nil,
          units.units.isEmpty
            ? "no unit has two ratings; have some rated twice"
            : "every rating is the same; alpha is not defined"))
    }
    interval = value.flatMap { value in
      Self.interval(around: value, units, table.values, metric, draws, seed)
    }
    self.findings = findings
  }

  private static func interval(
    around value: Double, _ patterns: PairedPatterns, _ values: [Double], _ metric: Metric,
    _ draws: Int, _ seed: UInt64
  ) -> ClosedRange<Double>? {
    guard draws >= 40, patterns.units.count > 1 else { return nil }
    var random = SeededGenerator(seed: seed)
    var found: [Double] = []
    for _ in 0..<draws {
      var times = [Double](repeating: 0, count: patterns.count)
      for _ in patterns.units {
        times[Int(patterns.units[random.below(patterns.units.count)])] += 1
      }
      let (sums, pairs) = patterns.sums(times)
      if let alpha = alpha(sums, pairs, values, metric) { found.append(alpha) }
    }
    guard found.count >= 40 else { return nil }
    found.sort()
    let low = found[Int(0.025 * Double(found.count))]
    let high = found[min(found.count - 1, Int(0.975 * Double(found.count)))]
    return min(low, value)...max(high, value)
  }

  /// Patterns of ratings with two ratings or more.
  private struct PairedPatterns {
    let categories: Int
    private let counts: [Double]
    private let ratings: [Double]
    private let times: [Double]
    /// For each unit with two ratings its pattern.
    let units: [Int32]
    var count: Int { ratings.count }

    init(_ patterns: RatingPatterns) {
      categories = patterns.categories
      (counts, ratings) = patterns.categoryCounts
      times = patterns.multiplicities
      let ratings = ratings
      units = patterns.rows.filter { ratings[Int($0)] >= 2 }
    }

    /// The sums of ratings and of pairs over all units.
    var sums: (sums: [Double], pairs: [Double]) { sums(times) }

    /// The sums of ratings and of pairs, each pattern so many times.
    func sums(_ times: [Double]) -> (sums: [Double], pairs: [Double]) {
      let q = categories
      var sums = [Double](repeating: 0, count: q)
      var pairs = [Double](repeating: 0, count: q * q)
      for row in ratings.indices where ratings[row] >= 2 && times[row] > 0 {
        let scale = times[row] / (ratings[row] - 1)
        for k in 0..<q where counts[row * q + k] > 0 {
          let own = counts[row * q + k]
          sums[k] += own * times[row]
          for l in 0..<q {
            pairs[k * q + l] += own * (counts[row * q + l] - (k == l ? 1 : 0)) * scale
          }
        }
      }
      return (sums, pairs)
    }
  }

  private static func alpha(
    _ sums: [Double], _ pairs: [Double], _ values: [Double], _ metric: Metric
  ) -> Double? {
    let q = values.count
    let n = sums.reduce(0, +)
    // Ratings up to the middle of a category, for the ordinal metric.
    var middles: [Double] = []
    var below = 0.0
    for sum in sums {
      middles.append(below + sum / 2)
      below += sum
    }
    var (seen, chance) = (0.0, 0.0)
    for k in 0..<q where sums[k] > 0 {
      for l in 0..<k where sums[l] > 0 {
        let distance: Double
        switch metric {
        case .nominal: distance = 1
        case .ordinal: distance = middles[k] - middles[l]
        case .interval: distance = values[k] - values[l]
        case .ratio:
          let sum = values[k] + values[l]
          distance = sum > 0 ? (values[k] - values[l]) / sum : 0
        }
        seen += pairs[k * q + l] * distance * distance
        chance += sums[k] * sums[l] * distance * distance
      }
    }
    guard chance > 0, n > 1 else { return nil }
    return 1 - (n - 1) * seen / chance
  }
}
