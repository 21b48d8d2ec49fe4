/// Exponentials and logistic functions of eight numbers at once.
///
/// The relative error of the exponential is below 3e-16 from -708 to 709; below, the result is 0.
/// Only IEEE 754 operations in a fixed order are used, so that results do not depend on the C
/// library.
enum VectorMath {
  /// e to the power of eight numbers that are at most 709.
  @inline(__always)
  static func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let floor = SIMD8<Double>(repeating: -708)
    let clamped = x.replacing(with: floor, where: x .< floor)
    let magic = SIMD8<Double>(repeating: 0x1.8p52)
    let shifted = clamped * 1.442_695_040_888_963_4 + magic
    let count = shifted - magic
    let rest = (clamped - count * 0x1.62e42fefap-1) - count * 0x1.cf79abc9e3b39p-40
    // Taylor's series to the 12th power; |rest| is at most ln 2 / 2.
    var sum = rest * (1.0 / 479_001_600) + (1.0 / 39_916_800)
    sum = sum * rest + (1.0 / 3_628_800)
    sum = sum * rest + (1.0 / 362_880)
    sum = sum * rest + (1.0 / 40_320)
    sum = sum * rest + (1.0 / 5_040)
    sum = sum * rest + (1.0 / 720)
    sum = sum * rest + (1.0 / 120)
    sum = sum * rest + (1.0 / 24)
    sum = sum * rest + (1.0 / 6)
    sum = sum * rest + 0.5
    sum = sum * rest + 1
    sum = sum * rest + 1
    // The low bits of the shifted number are the power of two.
    let bits = unsafe unsafeBitCast(shifted, to: SIMD8<UInt64>.self) &<< 52
    let scaled = unsafe unsafeBitCast(sum, to: SIMD8<UInt64>.self) &+ bits
    let result = unsafe unsafeBitCast(scaled, to: SIMD8<Double>.self)
    return result.replacing(with: SIMD8<Double>(), where: x .< floor)
  }

  /// 1 / (1 + e^-x) of eight numbers.
  @inline(__always)
  static func logistic(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let limit = SIMD8<Double>(repeating: 700)
    let negated = (0 - x)
    return 1 / (1 + exponential(negated.replacing(with: limit, where: negated .> limit)))
  }

  /// Replaces numbers by their exponentials.
  ///
  /// - Parameter numbers: A count that is a multiple of eight.
  static func exponentials(_ numbers: UnsafeMutableBufferPointer<Double>) {
    guard let base = UnsafeMutableRawPointer(numbers.baseAddress) else { return }
    for index in stride(from: 0, to: numbers.count & ~7, by: 8) {
      let place = unsafe base + index * 8
      let x = unsafe place.loadUnaligned(as: SIMD8<Double>.self)
      unsafe place.storeBytes(of: exponential(x), as: SIMD8<Double>.self)
    }
  }
}
