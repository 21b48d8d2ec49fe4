/// Numbers from a seed: the same on every machine.
struct RandomSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// A number below a bound, which is at least 1.
  mutating func below(_ bound: Int) -> Int {
    // xorshift64 of Marsaglia.
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int((state >> 11) % UInt64(max(1, bound)))
  }
}
