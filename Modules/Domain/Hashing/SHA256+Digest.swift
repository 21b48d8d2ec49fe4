extension SHA256 {
  /// The 32 bytes that SHA-256 gives.
  public struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let words: SIMD8<UInt32>

    init(words: SIMD8<UInt32>) {
      self.words = words
    }

    /// Reads a digest from its bytes.
    ///
    /// - Parameter bytes: The bytes, as ``bytes`` gives them.
    /// - Returns: `nil` unless there are exactly 32 bytes.
    public init?(bytes: [UInt8]) {
      guard bytes.count == 32 else { return nil }
      var words = SIMD8<UInt32>()
      for (index, byte) in bytes.enumerated() {
        words[index / 4] = words[index / 4] << 8 | UInt32(byte)
      }
      self.words = words
    }

    /// Reads a digest from hexadecimal text.
    ///
    /// - Parameter text: 64 digits, in lower or upper case.
    /// - Returns: `nil` for any other text.
    public init?(_ text: String) {
      guard text.utf8.count == 64 else { return nil }
      var words = SIMD8<UInt32>()
      for (index, character) in text.utf8.enumerated() {
        guard let digit = SHA256.Digest.hexadecimalDigit(character) else { return nil }
        words[index / 8] = words[index / 8] << 4 | digit
      }
      self.words = words
    }

    /// The 32 bytes, in the order of the standard.
    public var bytes: [UInt8] {
      (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 4] >> UInt32(24 - 8 * ($0 % 4))) }
    }

    /// The digest as 64 lower-case hexadecimal digits.
    public var description: String {
      var digits: [UInt8] = []
      append(to: &digits)
      return String(decoding: digits, as: UTF8.self)
    }

    /// Appends the hexadecimal digits of ``description``.
    package func append(to digits: inout [UInt8]) {
      digits.reserveCapacity(digits.count + 64)
      for index in 0..<8 {
        var word = words[index]
        for _ in 0..<8 {
          let digit = UInt8(word >> 28)
          digits.append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
          word <<= 4
        }
      }
    }

    /// Orders digests by their bytes, which is also the order of their texts.
    public static func < (left: Digest, right: Digest) -> Bool {
      left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    private static func hexadecimalDigit(_ character: UInt8) -> UInt32? {
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(character - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(character - UInt8(ascii: "A")) + 10
      default: nil
      }
    }
  }
}
