/// Roots and minima of functions of one number.
package enum RootFinding {
  /// A root between two numbers with different signs, by Brent's method (1973).
  ///
  /// - Returns: The root to the last digits; the end with the smaller value when signs do not
  ///   differ.
  package static func root(
    in range: ClosedRange<Double>, _ function: (Double) -> Double
  ) -> Double {
    var (a, b) = (range.lowerBound, range.upperBound)
    var (fa, fb) = (function(a), function(b))
    guard fa.sign != fb.sign else { return abs(fa) < abs(fb) ? a : b }
    var (c, fc) = (a, fa)
    var step = b - a
    var previous = step
    for _ in 0..<200 {
      if abs(fc) < abs(fb) {
        (a, b, c) = (b, c, b)
        (fa, fb, fc) = (fb, fc, fb)
      }
      let tolerance = 2 * Double.ulpOfOne * abs(b) + 1e-300
      let middle = 0.5 * (c - b)
      if abs(middle) <= tolerance || fb == 0 { return b }
      if abs(previous) >= tolerance, abs(fa) > abs(fb) {
        let s = fb / fa
        var p: Double
        var q: Double
        if a == c {
          p = 2 * middle * s
          q = 1 - s
        } else {
          let (u, v) = (fa / fc, fb / fc)
          p = s * (2 * middle * u * (u - v) - (b - a) * (v - 1))
          q = (u - 1) * (v - 1) * (s - 1)
        }
        if p > 0 { q = -q } else { p = -p }
        if 2 * p < min(3 * middle * q - abs(tolerance * q), abs(previous * q)) {
          (previous, step) = (step, p / q)
        } else {
          (step, previous) = (middle, middle)
        }
      } else {
        (step, previous) = (middle, middle)
      }
      (a, fa) = (b, fb)
      b += abs(step) > tolerance ? step : (middle > 0 ? tolerance : -tolerance)
      fb = function(b)
      if fb.sign == fc.sign {
        (c, fc) = (a, fa)
        (step, previous) = (b - a, b - a)
      }
    }
    return b
  }

  /// Where a function of one valley is least, by golden section.
  package static func minimum(
    in range: ClosedRange<Double>, tolerance: Double = 1e-10, _ function: (Double) -> Double
  ) -> Double {
    let ratio = 0.618_033_988_749_894_9
    var (low, high) = (range.lowerBound, range.upperBound)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atLeft, atRight) = (function(left), function(right))
    while high - low > tolerance * (1 + abs(low) + abs(high)) {
      if atLeft < atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = function(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = function(right)
      }
    }
    return (low + high) / 2
  }
}
