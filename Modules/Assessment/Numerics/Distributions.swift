#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension SpecialFunctions {
  /// The regularised incomplete beta function I_x(a, b), by Lentz's continued fraction.
  package static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    let front = exp(a * log(x) + b * log1p(-x) - logBeta(a, b))
    if x < (a + 1) / (a + b + 2) { return front * betaFraction(x, a, b) / a }
    return 1 - front * betaFraction(1 - x, b, a) / b
  }

  private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var value = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 + even * d
      c = 1 + even / c
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = abs(c) < tiny ? tiny : c
      value *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 + odd * d
      c = 1 + odd / c
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = abs(c) < tiny ? tiny : c
      value *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return value
  }

  /// The regularised upper incomplete gamma function Q(a, x).
  package static func upperGamma(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 1 }
    let front = exp(a * log(x) - x - logGamma(a))
    if x < a + 1 {
      var term = 1 / a
      var sum = term
      var n = a
      while abs(term) > abs(sum) * 1e-17 {
        n += 1
        term *= x / n
        sum += term
      }
      return 1 - front * sum
    }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var value = d
    for step in 1...100_000 {
      let i = Double(step)
      let numerator = -i * (i - a)
      b += 2
      d = 1 / (numerator * d + b)
      c = b + numerator / c
      value *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return front * value
  }

  /// The probability that a chi-square number exceeds `x`.
  package static func chiSquareUpper(_ x: Double, degrees: Double) -> Double {
    upperGamma(degrees / 2, x / 2)
  }

  /// The probability that a number of Student's t distribution is at most `t`.
  package static func studentCumulative(_ t: Double, degrees: Double) -> Double {
    let tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
    return t > 0 ? 1 - tail : tail
  }

  /// The probability that a number of the F distribution exceeds `f`.
  package static func fUpper(_ f: Double, _ first: Double, _ second: Double) -> Double {
    guard f > 0 else { return 1 }
    return incompleteBeta(second / (second + first * f), second / 2, first / 2)
  }

  /// The inverse of the incomplete beta function, by bisection and the secant rule.
  package static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    guard p > 0 else { return 0 }
    guard p < 1 else { return 1 }
    return RootFinding.root(in: 0...1) { incompleteBeta($0, a, b) - p }
  }

  /// The quantile of the F distribution.
  package static func fQuantile(_ p: Double, _ first: Double, _ second: Double) -> Double {
    // Through the smaller of x and 1 - x, so that nothing cancels in the upper tail.
    let rest = betaQuantile(1 - p, second / 2, first / 2)
    guard rest > 0 else { return .infinity }
    return second * (1 - rest) / (first * rest)
  }

  /// The quantile of Student's t distribution.
  package static func studentQuantile(_ p: Double, degrees: Double) -> Double {
    guard p != 0.5 else { return 0 }
    let tail = min(p, 1 - p)
    let x = betaQuantile(2 * tail, degrees / 2, 0.5)
    guard x > 0 else { return p < 0.5 ? -.infinity : .infinity }
    let t = (degrees * (1 - x) / x).squareRoot()
    return p < 0.5 ? -t : t
  }
}
