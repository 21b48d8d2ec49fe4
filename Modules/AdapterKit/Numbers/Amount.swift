public import CAdapterABI
public import Scanning

/// A decimal number of at most 18 digits, exactly; for scores and their maxima.
public struct Amount: Hashable, Sendable {
  /// The digits as one whole number.
  public private(set) var mantissa: UInt64
  /// Digits after the point.
  public private(set) var digits: Int
  /// Whether the number is less than 0, or is written so.
  public private(set) var isNegative: Bool

  /// The number that a text says, or `nil` when it is none or has too many digits.
  public init?(_ text: Text) {
    let bytes = unsafe text.rawBytes
    let count = bytes.count
    var index = 0
    isNegative = unsafe count > 0 && bytes[0] == 0x2D
    if isNegative { index = 1 }
    mantissa = 0
    digits = 0
    var seen = 0
    var significant = 0
    var isFraction = false
    while index < count {
      let digit = unsafe bytes[index] &- 0x30
      if digit < 10 {
        if mantissa != 0 || digit != 0 { significant &+= 1 }
        guard significant <= 18, digits < 18 else { return nil }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        seen &+= 1
        if isFraction { digits &+= 1 }
      } else if digit == 0xFE, !isFraction, seen > 0 {
        isFraction = true
      } else {
        guard seen > 0, unsafe bytes[index] | 0x20 == 0x65 else { return nil }
        guard let exponent = unsafe Self.exponent(bytes, from: index &+ 1) else { return nil }
        guard shift(by: exponent) else { return nil }
        return
      }
      index &+= 1
    }
    guard seen > 0 else { return nil }
  }

  private static func exponent(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    var isNegative = false
    if index < bytes.count, unsafe bytes[index] == 0x2D || bytes[index] == 0x2B {
      isNegative = unsafe bytes[index] == 0x2D
      index += 1
    }
    guard index < bytes.count, bytes.count - index <= 3 else { return nil }
    var value = 0
    while index < bytes.count {
      let digit = unsafe bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
      index += 1
    }
    return isNegative ? -value : value
  }

  private mutating func shift(by exponent: Int) -> Bool {
    digits -= exponent
    while digits < 0 {
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
      guard !overflow else { return false }
      mantissa = product
      digits += 1
    }
    return digits <= 18
  }

  /// This number as parts of another, in millionths, halves away from zero.
  ///
  /// - Returns: `nil` when the other is not positive, or the numbers are too long.
  public func millionths(of whole: Amount) -> UInt64? {
    guard whole.mantissa > 0, !whole.isNegative else { return nil }
    let shift = 6 &+ whole.digits &- digits
    if shift >= 0, shift < 19 {
      let (product, overflow) = mantissa.multipliedReportingOverflow(
        by: Self.powers[shift])
      if !overflow, product < 1 << 63 {
        return (product &+ whole.mantissa >> 1) / whole.mantissa
      }
    }
    return wideMillionths(of: whole, shift: shift)
  }

  @inline(never)
  private func wideMillionths(of whole: Amount, shift: Int) -> UInt64? {
    var numerator = UInt128(mantissa)
    var denominator = UInt128(whole.mantissa)
    for _ in 0..<abs(shift) {
      let (product, overflow) = (shift > 0 ? numerator : denominator)
        .multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      if shift > 0 { numerator = product } else { denominator = product }
    }
    let (sum, overflow) = numerator.addingReportingOverflow(denominator >> 1)
    guard !overflow else { return nil }
    return UInt64(exactly: sum / denominator)
  }

  private static let powers: [UInt64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
    100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
    100_000_000_000_000_000, 1_000_000_000_000_000_000,
  ]
}

extension ByteBuffer {
  /// Appends millionths as a decimal without needless digits.
  public mutating func append(millionths: UInt64, isNegative: Bool) {
    if isNegative, millionths > 0 { append(0x2D) }
    let whole = millionths / 1_000_000
    var rest = UInt32(truncatingIfNeeded: millionths % 1_000_000)
    if whole < 10 {
      append(0x30 &+ UInt8(truncatingIfNeeded: whole))
    } else {
      append(decimal: Int(clamping: whole))
    }
    guard rest > 0 else { return }
    append(0x2E)
    var unit: UInt32 = 100_000
    while rest > 0 {
      append(0x30 &+ UInt8(truncatingIfNeeded: rest / unit))
      rest %= unit
      unit /= 10
    }
  }
}
