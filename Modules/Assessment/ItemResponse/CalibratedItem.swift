#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An item with known parameters on a scale of ability.
///
/// Parameters are slopes *a* and intercepts *d*, as estimation has them:
///
/// - `logistic`: P(1) = g + (u - g) / (1 + exp(-(a θ + d))); the difficulty is -d / a.
/// - `graded`: P(x >= k) = 1 / (1 + exp(-(a θ + d[k]))), with falling *d*.
/// - `partialCredit`: P(k) in proportion to exp(k a θ + d[k]), with d[0] = 0.
public struct CalibratedItem: Hashable, Sendable {
  /// The kind of curve.
  public enum Family: String, Hashable, Sendable {
    /// Two categories.
    case logistic
    /// Ordered categories by cumulative curves.
    case graded
    /// Ordered categories by steps.
    case partialCredit = "partial_credit"
  }

  /// The name of the item.
  public var name: String
  /// The kind of curve.
  public var family: Family
  /// How steep the curve is.
  public var slope: Double
  /// The intercepts of the categories from 1 upwards.
  public var intercepts: [Double]
  /// The chance of a right answer at the lowest ability; 0 but for `logistic`.
  public var guessing: Double
  /// The chance of a right answer at the highest ability; 1 but for `logistic`.
  public var upper: Double

  /// Creates an item from slope and intercepts.
  public init(
    _ name: String, _ family: Family, slope: Double, intercepts: [Double], guessing: Double = 0,
    upper: Double = 1
  ) {
    self.name = name
    self.family = family
    self.slope = slope
    self.intercepts = intercepts
    self.guessing = guessing
    self.upper = upper
  }

  /// Creates an item of two categories from slope and difficulty.
  public init(
    _ name: String, slope: Double = 1, difficulty: Double, guessing: Double = 0,
    upper: Double = 1
  ) {
    self.init(
      name, .logistic, slope: slope, intercepts: [-slope * difficulty], guessing: guessing,
      upper: upper)
  }

  /// How many categories there are.
  public var categoryCount: Int { intercepts.count + 1 }

  /// The difficulty of an item of two categories; the mean of the thresholds of others.
  public var difficulty: Double { thresholds.reduce(0, +) / Double(max(1, thresholds.count)) }

  /// Where the curves of neighbouring categories cross (partial credit), or where half reach the
  /// category (graded).
  public var thresholds: [Double] {
    switch family {
    case .logistic, .graded: return intercepts.map { -$0 / slope }
    case .partialCredit:
      var before = 0.0
      return intercepts.map { intercept in
        defer { before = intercept }
        return -(intercept - before) / slope
      }
    }
  }

  /// The probabilities of all categories at an ability.
  public func probabilities(at ability: Double) -> [Double] {
    switch family {
    case .logistic:
      let right = guessing + (upper - guessing) * Self.logistic(slope * ability + intercepts[0])
      return [1 - right, right]
    case .graded:
      var list: [Double] = []
      var above = 1.0
      for intercept in intercepts {
        let next = Self.logistic(slope * ability + intercept)
        list.append(max(0, above - next))
        above = next
      }
      return list + [above]
    case .partialCredit:
      let exponents =
        [0]
        + intercepts.enumerated().map {
          Double($0.offset + 1) * slope * ability + $0.element
        }
      let most = exponents.max() ?? 0
      let parts = exponents.map { exp($0 - most) }
      let sum = parts.reduce(0, +)
      return parts.map { $0 / sum }
    }
  }

  /// The derivatives of ``probabilities(at:)`` by ability, and the second ones.
  func derivatives(at ability: Double) -> (values: [Double], first: [Double], second: [Double]) {
    let p = probabilities(at: ability)
    switch family {
    case .logistic:
      let s = Self.logistic(slope * ability + intercepts[0])
      let first = (upper - guessing) * slope * s * (1 - s)
      let second = first * slope * (1 - 2 * s)
      return (p, [-first, first], [-second, second])
    case .graded:
      var (first, second) = ([Double](), [Double]())
      var (above, curve) = (0.0, 0.0)
      for intercept in intercepts {
        let s = Self.logistic(slope * ability + intercept)
        let (next, bend) = (slope * s * (1 - s), slope * slope * s * (1 - s) * (1 - 2 * s))
        first.append(above - next)
        second.append(curve - bend)
        (above, curve) = (next, bend)
      }
      return (p, first + [above], second + [curve])
    case .partialCredit:
      var (mean, square) = (0.0, 0.0)
      for (k, p) in p.enumerated() {
        mean += Double(k) * p
        square += Double(k * k) * p
      }
      let spread = square - mean * mean
      let first = p.enumerated().map { $0.element * slope * (Double($0.offset) - mean) }
      let second = p.enumerated().map { k, p in
        let away = Double(k) - mean
        return p * slope * slope * (away * away - spread)
      }
      return (p, first, second)
    }
  }

  /// How much an answer tells about ability: Fisher's information.
  public func information(at ability: Double) -> Double {
    let (p, first, _) = derivatives(at: ability)
    return zip(p, first).reduce(0) { $0 + ($1.0 > 1e-300 ? $1.1 * $1.1 / $1.0 : 0) }
  }

  /// The expected score, from 0 upwards.
  public func expectedScore(at ability: Double) -> Double {
    probabilities(at: ability).enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
  }

  static func logistic(_ x: Double) -> Double {
    x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
  }
}
