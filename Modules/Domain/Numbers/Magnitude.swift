/// A whole number of zero or more with as many digits as it needs.
struct Magnitude: Hashable, Sendable {
  /// The digits to the base 2^64, lowest first; the last one is not zero.
  private var digits: [UInt64]

  init(_ number: UInt128) {
    self.init(digits: [
      UInt64(truncatingIfNeeded: number), UInt64(truncatingIfNeeded: number >> 64),
    ])
  }

  private init(digits: [UInt64]) {
    self.digits = digits
    while self.digits.last == 0 { self.digits.removeLast() }
  }

  /// Whether the number is zero.
  var isZero: Bool { digits.isEmpty }

  /// The same number, where 128 bits are enough.
  var number: UInt128? {
    guard digits.count <= 2 else { return nil }
    let low = digits.first.map { UInt128($0) } ?? 0
    return digits.count == 2 ? UInt128(digits[1]) << 64 | low : low
  }

  /// How many binary digits the number has.
  var bitWidth: Int {
    digits.count * 64 - (digits.last?.leadingZeroBitCount ?? 0)
  }

  private var trailingZeros: Int {
    guard let first = digits.firstIndex(where: { $0 != 0 }) else { return 0 }
    return first * 64 + digits[first].trailingZeroBitCount
  }

  static func + (left: Magnitude, right: Magnitude) -> Magnitude {
    var sum = left.digits
    var carry: UInt64 = 0
    for index in 0..<max(left.digits.count, right.digits.count) {
      if index == sum.count { sum.append(0) }
      let other = index < right.digits.count ? right.digits[index] : 0
      let (first, firstCarries) = sum[index].addingReportingOverflow(other)
      let (second, secondCarries) = first.addingReportingOverflow(carry)
      sum[index] = second
      carry = firstCarries || secondCarries ? 1 : 0
    }
    if carry > 0 { sum.append(carry) }
    return Magnitude(digits: sum)
  }

  /// Subtracts a number that is not greater.
  static func - (left: Magnitude, right: Magnitude) -> Magnitude {
    var difference = left.digits
    var borrow: UInt64 = 0
    for index in difference.indices {
      let other = index < right.digits.count ? right.digits[index] : 0
      let (first, firstBorrows) = difference[index].subtractingReportingOverflow(other)
      let (second, secondBorrows) = first.subtractingReportingOverflow(borrow)
      difference[index] = second
      borrow = firstBorrows || secondBorrows ? 1 : 0
    }
    precondition(borrow == 0, "a greater number was subtracted")
    return Magnitude(digits: difference)
  }

  static func * (left: Magnitude, right: Magnitude) -> Magnitude {
    guard !left.isZero, !right.isZero else { return Magnitude(0) }
    var product = [UInt64](repeating: 0, count: left.digits.count + right.digits.count)
    for (place, digit) in left.digits.enumerated() {
      var carry: UInt64 = 0
      for (offset, other) in right.digits.enumerated() {
        let (high, low) = digit.multipliedFullWidth(by: other)
        let (first, firstCarries) = product[place + offset].addingReportingOverflow(low)
        let (second, secondCarries) = first.addingReportingOverflow(carry)
        product[place + offset] = second
        // The high half of a product is at most 2^64 - 2, so this has room.
        carry = high + (firstCarries ? 1 : 0) + (secondCarries ? 1 : 0)
      }
      product[place + right.digits.count] = carry
    }
    return Magnitude(digits: product)
  }

  /// The number times 2 to the power of `count`.
  private func shiftedUp(by count: Int) -> Magnitude {
    let (whole, bits) = (count / 64, count % 64)
    var shifted = [UInt64](repeating: 0, count: whole)
    var carry: UInt64 = 0
    for digit in digits {
      shifted.append(digit << bits | carry)
      carry = bits == 0 ? 0 : digit >> (64 - bits)
    }
    shifted.append(carry)
    return Magnitude(digits: shifted)
  }

  /// The number divided by 2 to the power of `count`, rounded down.
  private func shiftedDown(by count: Int) -> Magnitude {
    let (whole, bits) = (count / 64, count % 64)
    guard whole < digits.count else { return Magnitude(0) }
    var shifted = Array(digits[whole...])
    guard bits > 0 else { return Magnitude(digits: shifted) }
    for index in shifted.indices {
      let above = index + 1 < shifted.count ? shifted[index + 1] : 0
      shifted[index] = shifted[index] >> bits | above << (64 - bits)
    }
    return Magnitude(digits: shifted)
  }

  /// The quotient rounded down and what is left; bit by bit, for quotients of few bits.
  ///
  /// - Complexity: O(*n* times the bits of the quotient).
  func divided(by divisor: Magnitude) -> (quotient: Magnitude, rest: Magnitude) {
    precondition(!divisor.isZero, "a number was divided by zero")
    var rest = self
    var quotient = Magnitude(0)
    var bit = bitWidth - divisor.bitWidth
    guard bit >= 0 else { return (quotient, rest) }
    var part = divisor.shiftedUp(by: bit)
    while bit >= 0 {
      quotient = quotient.shiftedUp(by: 1)
      if part <= rest {
        rest = rest - part
        quotient = quotient + Magnitude(1)
      }
      part = part.shiftedDown(by: 1)
      bit -= 1
    }
    return (quotient, rest)
  }

  /// The greatest number that divides both (Stein's algorithm; Knuth, volume 2, 4.5.2 B).
  static func greatestCommonDivisor(_ first: Magnitude, _ second: Magnitude) -> Magnitude {
    if first.isZero { return second }
    if second.isZero { return first }
    let shared = min(first.trailingZeros, second.trailingZeros)
    var left = first.shiftedDown(by: first.trailingZeros)
    var right = second.shiftedDown(by: second.trailingZeros)
    while left != right {
      if left < right { swap(&left, &right) }
      left = left - right
      left = left.shiftedDown(by: left.trailingZeros)
    }
    return left.shiftedUp(by: shared)
  }
}

extension Magnitude: Comparable {
  static func < (left: Magnitude, right: Magnitude) -> Bool {
    guard left.digits.count == right.digits.count else {
      return left.digits.count < right.digits.count
    }
    return left.digits.reversed().lexicographicallyPrecedes(right.digits.reversed())
  }
}
