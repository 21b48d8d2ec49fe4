import Domain
import Testing

/// A date from its ISO text; a text that is none fails the test.
func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

/// A moment from its ISO text.
func moment(_ text: String) throws -> Instant { try #require(Instant(text)) }

/// A generator of numbers that gives the same ones on every machine (SplitMix64).
struct Numbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
}
