#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A generator of random numbers that gives the same numbers for the same seed on every machine.
///
/// It is xoshiro256** of Blackman and Vigna (2018), seeded by SplitMix64, with a period of
/// 2^256 - 1. ``stream(_:)`` makes independent generators from a seed and a number, so that work
/// that is cut into pieces gives the same results for any number of threads. It is not for
/// secrets.
public struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  private let seed: UInt64

  /// Creates a generator.
  public init(seed: UInt64) {
    self.seed = seed
    var word = seed
    state = (
      Self.mix(&word), Self.mix(&word), Self.mix(&word), Self.mix(&word)
    )
  }

  /// A generator for one piece of the work, such as one simulated learner.
  ///
  /// - Parameter number: The number of the piece.
  /// - Returns: A generator that depends on the seed and the number alone, not on what was drawn.
  public func stream(_ number: Int) -> SeededGenerator {
    var word = seed ^ 0x6A09_E667_F3BC_C909
    let first = Self.mix(&word)
    word = first ^ (UInt64(bitPattern: Int64(number)) &* 0x9E37_79B9_7F4A_7C15)
    return SeededGenerator(seed: Self.mix(&word))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = Self.rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotate(state.3, 45)
    return result
  }

  /// A number of 53 random bits, at least 0 and below 1.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A whole number below a bound, without bias (Lemire 2019).
  ///
  /// - Parameter bound: The bound, at least 1.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound >= 1, "a bound is at least 1")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A standard normal number, by the inverse of the distribution function.
  public mutating func normal() -> Double {
    SpecialFunctions.normalQuantile((Double(next() >> 12) + 0.5) * 0x1p-52)
  }

  /// Brings a list into random order (Fisher and Yates).
  public mutating func shuffle<Element>(_ list: inout [Element]) {
    guard list.count > 1 else { return }
    for index in stride(from: list.count - 1, to: 0, by: -1) {
      list.swapAt(index, below(index + 1))
    }
  }

  private static func mix(_ word: inout UInt64) -> UInt64 {
    word &+= 0x9E37_79B9_7F4A_7C15
    var mixed = word
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
    (word << count) | (word >> (64 - count))
  }

  /// Whether two generators will give the same numbers.
  public static func == (left: SeededGenerator, right: SeededGenerator) -> Bool {
    left.seed == right.seed && left.state == right.state
  }

  /// Feeds the state to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(state.0)
    hasher.combine(state.1)
  }
}
