/// A SHA-256 computation that takes its input in pieces (FIPS 180-4, section 6.2).
///
/// It gives content hashes of policies, evidence sets, catalogs and manifests. It has no key:
/// signatures and pseudonyms need a library made for them. How the input is cut into pieces does
/// not change the digest. The memory is constant; one small buffer is allocated per computation.
///
/// ```swift
/// var hash = SHA256()
/// hash.update([0x61, 0x62])
/// hash.update([0x63])
/// let digest = hash.finalize()
/// ```
public struct SHA256: Sendable {
  private var state = SHA256.initialState
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// Creates a computation that has taken no input.
  public init() {
    pending.reserveCapacity(2 * SHA256.blockSize)
  }

  /// Takes the next bytes of the input.
  ///
  /// - Parameter bytes: The bytes; they are not kept.
  /// - Complexity: O(*n*) in the number of bytes.
  public mutating func update(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// Takes the next bytes of the input.
  ///
  /// - Parameter bytes: The bytes; they are not kept.
  /// - Complexity: O(*n*) in the number of bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe update(bytes.bytes)
  }

  /// Takes the next bytes of the input.
  ///
  /// - Parameter bytes: The bytes; they are not kept.
  /// - Complexity: O(*n*) in the number of bytes.
  public mutating func update(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// Takes the UTF-8 bytes of a text as the next bytes of the input.
  ///
  /// Texts that differ in their bytes give different digests, also where they look alike.
  ///
  /// - Parameter text: The text.
  /// - Complexity: O(*n*) in the number of bytes.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { unsafe update(UnsafeRawBufferPointer($0)) }
  }

  /// Takes the next bytes of the input.
  ///
  /// - Parameter bytes: Initialized memory, which is only read during the call.
  /// - Complexity: O(*n*) in the number of bytes.
  @unsafe
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var rest = unsafe bytes[...]
    if !pending.isEmpty {
      let taken = unsafe rest.prefix(SHA256.blockSize - pending.count)
      unsafe pending.append(contentsOf: taken)
      unsafe rest = unsafe rest.dropFirst(taken.count)
      guard pending.count == SHA256.blockSize else { return }
      compressPending()
    }
    let whole = unsafe rest.count - rest.count % SHA256.blockSize
    unsafe SHA256.compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)), into: &state)
    unsafe pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// Ends the computation.
  ///
  /// - Returns: The digest of all bytes taken so far.
  public consuming func finalize() -> Digest {
    let bits = length &* 8
    pending.append(0x80)
    while pending.count % SHA256.blockSize != SHA256.blockSize - 8 { pending.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      pending.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    compressPending()
    return Digest(words: state)
  }

  /// Computes the digest of bytes that are all at hand.
  ///
  /// - Parameter bytes: The whole input.
  /// - Returns: Its digest.
  public static func hash(_ bytes: [UInt8]) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  /// Computes the digest of the UTF-8 bytes of a text.
  ///
  /// - Parameter text: The whole input.
  /// - Returns: Its digest.
  public static func hash(_ text: String) -> Digest {
    var hash = SHA256()
    hash.update(text)
    return hash.finalize()
  }

  private mutating func compressPending() {
    unsafe pending.withUnsafeBytes { unsafe SHA256.compress($0, into: &state) }
    pending.removeAll(keepingCapacity: true)
  }
}

extension SHA256 {
  private static let blockSize = 64

  /// The first 32 bits of the fractional parts of the square roots of the first eight primes
  /// (FIPS 180-4, section 5.3.3).
  private static let initialState = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes
  /// (FIPS 180-4, section 4.2.2).
  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]

  private static func rotated(_ word: UInt32, right count: UInt32) -> UInt32 {
    (word &>> count) | (word &<< (32 &- count))
  }

  /// Works whole blocks into the state (FIPS 180-4, section 6.2.2).
  private static func compress(
    _ blocks: UnsafeRawBufferPointer, into state: inout SIMD8<UInt32>
  ) {
    let count = blocks.count
    guard count > 0 else { return }
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      unsafe roundConstants.withUnsafeBufferPointer { constants in
        for start in stride(from: 0, to: count, by: blockSize) {
          unsafe expand(blocks, from: start, into: schedule)
          unsafe mix(schedule, constants, into: &state)
        }
      }
    }
  }

  private static func expand(
    _ blocks: UnsafeRawBufferPointer, from start: Int,
    into schedule: UnsafeMutableBufferPointer<UInt32>
  ) {
    for index in 0..<16 {
      let word = unsafe blocks.loadUnaligned(
        fromByteOffset: start &+ 4 &* index, as: UInt32.self)
      unsafe schedule.initializeElement(at: index, to: UInt32(bigEndian: word))
    }
    for index in 16..<64 {
      let early = unsafe schedule[index &- 15]
      let late = unsafe schedule[index &- 2]
      let first = rotated(early, right: 7) ^ rotated(early, right: 18) ^ (early &>> 3)
      let second = rotated(late, right: 17) ^ rotated(late, right: 19) ^ (late &>> 10)
      let word = unsafe schedule[index &- 16] &+ first &+ schedule[index &- 7] &+ second
      unsafe schedule.initializeElement(at: index, to: word)
    }
  }

  private static func mix(
    _ schedule: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>,
    into state: inout SIMD8<UInt32>
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    var index = 0
    // Eight rounds bring each word back to its place, so that none has to be moved.
    while index < 64 {
      unsafe round(a, b, c, &d, e, f, g, &h, schedule[index] &+ constants[index])
      unsafe round(h, a, b, &c, d, e, f, &g, schedule[index &+ 1] &+ constants[index &+ 1])
      unsafe round(g, h, a, &b, c, d, e, &f, schedule[index &+ 2] &+ constants[index &+ 2])
      unsafe round(f, g, h, &a, b, c, d, &e, schedule[index &+ 3] &+ constants[index &+ 3])
      unsafe round(e, f, g, &h, a, b, c, &d, schedule[index &+ 4] &+ constants[index &+ 4])
      unsafe round(d, e, f, &g, h, a, b, &c, schedule[index &+ 5] &+ constants[index &+ 5])
      unsafe round(c, d, e, &f, g, h, a, &b, schedule[index &+ 6] &+ constants[index &+ 6])
      unsafe round(b, c, d, &e, f, g, h, &a, schedule[index &+ 7] &+ constants[index &+ 7])
      index &+= 8
    }
    state = state &+ SIMD8(a, b, c, d, e, f, g, h)
  }

  /// One round; the word that was `h` is the new `a`, and `d` the new `e`.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let upper = rotated(e, right: 6) ^ rotated(e, right: 11) ^ rotated(e, right: 25)
    let first = h &+ upper &+ (g ^ (e & (f ^ g))) &+ word
    let lower = rotated(a, right: 2) ^ rotated(a, right: 13) ^ rotated(a, right: 22)
    d = d &+ first
    h = first &+ lower &+ ((a & b) | (c & (a | b)))
  }
}
