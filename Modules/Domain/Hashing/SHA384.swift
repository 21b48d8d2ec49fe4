/// SHA-384 of bytes that are all at hand (FIPS 180-4, section 6.5).
///
/// It canonicalizes datasets that are signed with P-384. It has no key: signatures need a library
/// made for them.
public enum SHA384 {
  /// The 48 bytes that SHA-384 gives.
  public struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The bytes.
    public let bytes: [UInt8]

    /// The bytes as 96 hexadecimal digits in lower case.
    public var description: String {
      let digits = Array("0123456789abcdef".utf8)
      return String(
        decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
  }

  /// Computes the digest of bytes.
  ///
  /// - Parameter bytes: The whole input.
  /// - Returns: Its digest.
  /// - Complexity: O(*n*) in the number of bytes; the input is copied once.
  public static func hash(_ bytes: [UInt8]) -> Digest {
    var message = bytes
    message.append(0x80)
    while message.count % 128 != 112 { message.append(0) }
    let bits = UInt128(bytes.count) * 8
    for shift in stride(from: 120, through: 0, by: -8) {
      message.append(UInt8(truncatingIfNeeded: bits >> UInt128(shift)))
    }
    var state = initialState
    for start in stride(from: 0, to: message.count, by: 128) {
      compress(message[start..<start + 128], into: &state)
    }
    return Digest(
      bytes: (0..<6).flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: state[word] >> UInt64(56 - 8 * $0)) }
      })
  }

  /// The first 64 bits of the fractional parts of the square roots of the ninth to sixteenth prime
  /// (FIPS 180-4, section 5.3.4).
  private static let initialState = SIMD8<UInt64>(
    0xcbbb_9d5d_c105_9ed8, 0x629a_292a_367c_d507, 0x9159_015a_3070_dd17, 0x152f_ecd8_f70e_5939,
    0x6733_2667_ffc0_0b31, 0x8eb4_4a87_6858_1511, 0xdb0c_2e0d_64f9_8fa7, 0x47b5_481d_befa_4fa4)

  /// The first 64 bits of the fractional parts of the cube roots of the first 80 primes (FIPS 180-4,
  /// section 4.2.3), computed exactly: they are the constants' definition.
  private static let roundConstants: [UInt64] = {
    var constants: [UInt64] = []
    var candidate: UInt64 = 2
    while constants.count < 80 {
      if (2..<candidate).allSatisfy({ candidate % $0 != 0 }) {
        constants.append(cubeRootFraction(of: candidate))
      }
      candidate += 1
    }
    return constants
  }()

  /// The first 64 bits after the point of the cube root of a small number.
  private static func cubeRootFraction(of number: UInt64) -> UInt64 {
    // The largest r with r^3 <= number * 2^192 has the root's 64 bits after the point as its low
    // half. With r = whole * 2^64 + bits it is found bit by bit in wide arithmetic.
    var root = Wide(0)
    let target = Wide(number).shifted(words: 3)
    for bit in stride(from: 67, through: 0, by: -1) {
      let trial = root.settingBit(bit)
      if trial.multiplied(by: trial).multiplied(by: trial) <= target { root = trial }
    }
    return root.words[0]
  }

  private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
    (word &>> count) | (word &<< (64 &- count))
  }

  private static func compress(_ block: ArraySlice<UInt8>, into state: inout SIMD8<UInt64>) {
    var schedule: [UInt64] = []
    schedule.reserveCapacity(80)
    for word in 0..<16 {
      schedule.append(
        (0..<8).reduce(0) { $0 << 8 | UInt64(block[block.startIndex + word * 8 + $1]) })
    }
    for index in 16..<80 {
      let (early, late) = (schedule[index - 15], schedule[index - 2])
      let first = rotated(early, 1) ^ rotated(early, 8) ^ (early &>> 7)
      let second = rotated(late, 19) ^ rotated(late, 61) ^ (late &>> 6)
      schedule.append(schedule[index - 16] &+ first &+ schedule[index - 7] &+ second)
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<80 {
      let upper = rotated(e, 14) ^ rotated(e, 18) ^ rotated(e, 41)
      let choice = (e & f) ^ (~e & g)
      let first = h &+ upper &+ choice &+ roundConstants[index] &+ schedule[index]
      let lower = rotated(a, 28) ^ rotated(a, 34) ^ rotated(a, 39)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ lower &+ majority)
    }
    state = state &+ SIMD8(a, b, c, d, e, f, g, h)
  }

  /// A whole number of 64-bit words, the lowest first.
  private struct Wide: Comparable {
    var words: [UInt64]

    init(_ word: UInt64) { words = [word] }

    func shifted(words count: Int) -> Wide {
      var wide = self
      wide.words = [UInt64](repeating: 0, count: count) + words
      return wide
    }

    func settingBit(_ bit: Int) -> Wide {
      var wide = self
      while wide.words.count <= bit / 64 { wide.words.append(0) }
      wide.words[bit / 64] |= 1 << UInt64(bit % 64)
      return wide
    }

    func multiplied(by other: Wide) -> Wide {
      var product = [UInt64](repeating: 0, count: words.count + other.words.count)
      for (index, word) in words.enumerated() {
        var carry: UInt64 = 0
        for (offset, factor) in other.words.enumerated() {
          let wide =
            UInt128(word) * UInt128(factor) + UInt128(product[index + offset]) + UInt128(carry)
          product[index + offset] = UInt64(truncatingIfNeeded: wide)
          carry = UInt64(truncatingIfNeeded: wide >> 64)
        }
        product[index + other.words.count] &+= carry
      }
      var result = Wide(0)
      result.words = product
      return result
    }

    static func < (left: Wide, right: Wide) -> Bool {
      for index in stride(from: max(left.words.count, right.words.count) - 1, through: 0, by: -1) {
        let first = index < left.words.count ? left.words[index] : 0
        let second = index < right.words.count ? right.words[index] : 0
        if first != second { return first < second }
      }
      return false
    }

    static func == (left: Wide, right: Wide) -> Bool { !(left < right) && !(right < left) }
  }
}
