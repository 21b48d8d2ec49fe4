#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Functions behind distributions.
///
/// The relative error is below 1e-13 in the body of a distribution and below 1e-10 in its tails
/// (probabilities above 1e-300); the tests hold them to published tables.
package enum SpecialFunctions {
  /// The natural logarithm of the gamma function of a positive number.
  ///
  /// Stirling's series from 12 upwards; smaller numbers go up by the recurrence.
  package static func logGamma(_ number: Double) -> Double {
    guard number > 0 else { return .infinity }
    var shift = 0.0
    var x = number
    var product = 1.0
    while x < 12 {
      product *= x
      x += 1
    }
    if product != 1 { shift = log(product) }
    let inverse = 1 / (x * x)
    let series =
      1.0 / 12 - inverse
      * (1.0 / 360 - inverse
        * (1.0 / 1260 - inverse
          * (1.0 / 1680 - inverse * (1.0 / 1188 - inverse * (691.0 / 360_360)))))
    return (x - 0.5) * log(x) - x + 0.918_938_533_204_672_741_8 + series / x - shift
  }

  /// The logarithm of the beta function.
  package static func logBeta(_ a: Double, _ b: Double) -> Double {
    logGamma(a) + logGamma(b) - logGamma(a + b)
  }

  /// The logarithm of a binomial coefficient.
  package static func logChoose(_ n: Int, _ k: Int) -> Double {
    logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
  }

  /// The probability that a standard normal number is at most `x`.
  package static func normalCumulative(_ x: Double) -> Double {
    0.5 * erfc(-x * 0.707_106_781_186_547_524_4)
  }

  /// The density of the standard normal distribution.
  package static func normalDensity(_ x: Double) -> Double {
    0.398_942_280_401_432_677_9 * exp(-0.5 * x * x)
  }

  /// The inverse of ``normalCumulative(_:)``: rational functions of Wichura (1988), AS 241.
  package static func normalQuantile(_ p: Double) -> Double {
    guard p > 0 else { return -.infinity }
    guard p < 1 else { return .infinity }
    let q = p - 0.5
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      return q * polynomial(r, centreTop) / polynomial(r, centreBottom)
    }
    let tail = q < 0 ? p : 1 - p
    var r = (-log(tail)).squareRoot()
    let value: Double
    if r <= 5 {
      r -= 1.6
      value = polynomial(r, nearTop) / polynomial(r, nearBottom)
    } else {
      r -= 5
      value = polynomial(r, farTop) / polynomial(r, farBottom)
    }
    return q < 0 ? -value : value
  }

  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    var sum = 0.0
    for coefficient in coefficients.reversed() { sum = sum * x + coefficient }
    return sum
  }

  private static let centreTop = [
    3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
  ]
  private static let centreBottom = [
    1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
    21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610,
  ]
  private static let nearTop = [
    1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
    3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770,
    0.0227238449892691845833, 7.74545014278341407640e-4,
  ]
  private static let nearBottom = [
    1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
    0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4,
    1.05075007164441684324e-9,
  ]
  private static let farTop = [
    6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
    0.296560571828504891230, 0.0265321895265761230930, 0.00124266094738807843860,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ]
  private static let farBottom = [
    1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15,
  ]
}
