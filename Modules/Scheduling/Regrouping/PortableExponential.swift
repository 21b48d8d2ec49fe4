/// The exponential function for odds, with basic operations alone, so that every machine agrees.
enum PortableExponential {
  /// e to the power of `-x`, for `x` of 0 or more; good to some ten digits.
  static func negative(_ x: Double) -> Double {
    guard x < 700 else { return 0 }
    let y = x / 1_024
    // The series of e to the y, then ten squarings.
    var value = 1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4 * (1 + y / 5))))
    for _ in 0..<10 { value *= value }
    return 1 / value
  }
}
