/// The six intraclass correlations of Shrout and Fleiss (1979), and Kendall's W.
///
/// Units with a missing rating are left out. Forms with 1 are about one rater's rating, forms with
/// k about the mean of all raters.
public struct IntraclassCorrelation: Sendable {
  /// One form with its 95 % interval by the F distribution.
  public struct Form: Hashable, Sendable {
    /// The name of the form, such as `ICC(2,1)`.
    public var name: String
    /// The correlation.
    public var value: Double?
    /// The 95 % interval.
    public var interval: ClosedRange<Double>?
  }

  /// ICC(1,1): each unit has its own raters.
  public let single1: Form
  /// ICC(2,1): the raters stand for all raters; differences in severity count.
  public let single2: Form
  /// ICC(3,1): these raters only; differences in severity do not count.
  public let single3: Form
  /// ICC(1,k): the mean of k raters.
  public let mean1: Form
  /// ICC(2,k): the mean of k raters.
  public let mean2: Form
  /// ICC(3,k): the mean of k raters, which is Cronbach's alpha.
  public let mean3: Form
  /// Kendall's coefficient of concordance of ranks, corrected for ties.
  public let kendallW: Double?
  /// The variances of units, raters and the rest, by the mean squares.
  public let components: (unit: Double, rater: Double, rest: Double)?
  /// How many units have all ratings.
  public let count: Int
  /// What is remarkable.
  public let findings: [Finding]

  /// Measures the agreement of raters on numbers.
  ///
  /// - Parameter table: The ratings.
  /// - Complexity: O(*units* * *raters*); O(*units* * log *units* * *raters*) for W.
  public init(of table: RatingTable) {
    let raters = table.raters.count
    let complete = table.units.indices.filter { unit in
      !table.codes[unit * raters..<(unit + 1) * raters].contains(RatingTable.missing)
    }
    count = complete.count
    var findings = table.findings
    if complete.count < table.units.count {
      findings.append(
        Finding(
          .caution, nil,
          "\(table.units.count - complete.count) units with a missing rating are left out; "
            + "Krippendorff's alpha keeps them"))
    }
    let forms = ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]
    guard complete.count > 1, raters > 1, let squares = MeanSquares(table, complete) else {
      findings.append(
        Finding(.notIdentified, nil, "two units rated by two raters, not all alike, are needed"))
      let empty = forms.map { Form(name: $0) }
      (single1, single2, single3) = (empty[0], empty[1], empty[2])
      (mean1, mean2, mean3) = (empty[3], empty[4], empty[5])
      (kendallW, components) = (nil, nil)
      self.findings = findings
      return
    }
    (single1, mean1) = squares.first(forms[0], forms[3])
    (single2, mean2) = squares.second(forms[1], forms[4])
    (single3, mean3) = squares.third(forms[2], forms[5])
    components = squares.components
    kendallW = Self.concordance(table, complete)
    if let parts = components, parts.unit <= 0 {
      findings.append(
        Finding(
          .boundary, nil,
          "units differ less than chance makes them; correlations are 0 "
            + "or below"))
    }
    self.findings = findings
  }

  private static func concordance(_ table: RatingTable, _ units: [Int]) -> Double? {
    let (raters, n) = (table.raters.count, Double(units.count))
    let m = Double(raters)
    var sums = [Double](repeating: 0, count: units.count)
    var ties = 0.0
    for rater in 0..<raters {
      let codes = units.map { table.codes[$0 * raters + rater] }
      // Ranks by counting; equal ratings share the mean of their ranks.
      var counts = [Int](repeating: 0, count: table.values.count)
      for code in codes { counts[Int(code)] += 1 }
      var ranks = [Double](repeating: 0, count: table.values.count)
      var below = 0.0
      for (code, count) in counts.enumerated() {
        let t = Double(count)
        ranks[code] = below + (t + 1) / 2
        below += t
        ties += t * t * t - t
      }
      for (place, code) in codes.enumerated() { sums[place] += ranks[Int(code)] }
    }
    let mean = m * (n + 1) / 2
    let spread = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let most = m * m * (n * n * n - n) - m * ties
    return most > 0 ? 12 * spread / most : nil
  }
}

/// Mean squares of a table of units and raters without gaps.
struct MeanSquares {
  let n: Double
  let k: Double
  /// Between units, within units, between raters, the rest.
  let between: Double
  let within: Double
  let raters: Double
  let rest: Double

  init?(_ table: RatingTable, _ units: [Int]) {
    let raters = table.raters.count
    (n, k) = (Double(units.count), Double(raters))
    // Around a value near the middle, so that squares do not cancel.
    let centre = table.values[table.values.count / 2]
    var byRater = [Double](repeating: 0, count: raters)
    var (all, ofUnits, squares) = (0.0, 0.0, 0.0)
    for unit in units {
      var sum = 0.0
      for rater in 0..<raters {
        let x = table.values[Int(table.codes[unit * raters + rater])] - centre
        sum += x
        squares += x * x
        byRater[rater] += x
      }
      all += sum
      ofUnits += sum * sum
    }
    let correction = all * all / (n * k)
    let total = squares - correction
    guard total > 1e-12 * max(1, squares) else { return nil }
    let betweenSquares = max(0, ofUnits / k - correction)
    let raterSquares = max(0, byRater.reduce(0) { $0 + $1 * $1 } / n - correction)
    between = betweenSquares / (n - 1)
    within = max(0, total - betweenSquares) / (n * (k - 1))
    self.raters = raterSquares / (k - 1)
    rest = max(0, total - betweenSquares - raterSquares) / ((n - 1) * (k - 1))
  }

  var components: (unit: Double, rater: Double, rest: Double) {
    ((between - rest) / k, (raters - rest) / n, rest)
  }

  typealias Form = IntraclassCorrelation.Form

  private func range(_ a: Double, _ b: Double) -> ClosedRange<Double>? {
    a.isFinite && b.isFinite && a <= b ? a...b : nil
  }

  private func quantile(_ first: Double, _ second: Double) -> Double {
    SpecialFunctions.fQuantile(0.975, first, second)
  }

  func first(_ single: String, _ mean: String) -> (Form, Form) {
    guard within > 0 else { return (Form(name: single, value: 1), Form(name: mean, value: 1)) }
    let f = between / within
    let (low, high) = (f / quantile(n - 1, n * (k - 1)), f * quantile(n * (k - 1), n - 1))
    return (
      Form(
        name: single, value: (between - within) / (between + (k - 1) * within),
        interval: range((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))),
      Form(
        name: mean, value: between > 0 ? (between - within) / between : nil,
        interval: range(1 - 1 / low, 1 - 1 / high))
    )
  }

  func third(_ single: String, _ mean: String) -> (Form, Form) {
    guard rest > 0 else { return (Form(name: single, value: 1), Form(name: mean, value: 1)) }
    let f = between / rest
    let degrees = (n - 1) * (k - 1)
    let (low, high) = (f / quantile(n - 1, degrees), f * quantile(degrees, n - 1))
    return (
      Form(
        name: single, value: (between - rest) / (between + (k - 1) * rest),
        interval: range((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))),
      Form(
        name: mean, value: between > 0 ? (between - rest) / between : nil,
        interval: range(1 - 1 / low, 1 - 1 / high))
    )
  }

  func second(_ single: String, _ mean: String) -> (Form, Form) {
    let bottom = between + (k - 1) * rest + k * (raters - rest) / n
    let value = (between - rest) / bottom
    let meanBottom = between + (raters - rest) / n
    guard rest > 0 else {
      return (
        Form(name: single, value: value),
        Form(name: mean, value: meanBottom > 0 ? between / meanBottom : nil)
      )
    }
    // Satterthwaite's degrees of freedom (Shrout and Fleiss 1979, McGraw and Wong 1996).
    let f = raters / rest
    let a = k * value * f + n * (1 + (k - 1) * value) - k * value
    let degrees =
      (k - 1) * (n - 1) * a * a
      / ((n - 1) * k * k * value * value * f * f
        + (n * (1 + (k - 1) * value) - k * value) * (n * (1 + (k - 1) * value) - k * value))
    let (upper, lower) = (quantile(n - 1, degrees), quantile(degrees, n - 1))
    let common = k * raters + (k * n - k - n) * rest
    let low = n * (between - upper * rest) / (upper * common + n * between)
    let high = n * (lower * between - rest) / (common + n * lower * between)
    return (
      Form(name: single, value: value, interval: range(low, high)),
      Form(
        name: mean, value: meanBottom > 0 ? (between - rest) / meanBottom : nil,
        interval: range(low * k / (1 + low * (k - 1)), high * k / (1 + high * (k - 1))))
    )
  }
}
