internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What a score is of the greatest one, as a decimal text of at most 24 bytes.
struct Share {
  fileprivate(set) var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
  fileprivate(set) var count = 0
}

/// Scaled scores that were worked out before: a class has few different scores, so most are found
/// here and need no division.
struct ShareMemo {
  private struct Entry {
    var score: UInt64 = 0
    var range = nothing
    var isKnown = false
    var share = Share()
  }

  private static let size = 256
  private var entries = [Entry](repeating: Entry(), count: ShareMemo.size)

  /// The share that a score is of the greatest score of a range.
  ///
  /// - Parameters:
  ///   - score: The score.
  ///   - range: The number of the range; one range has one greatest score.
  ///   - whole: The greatest score of the range.
  /// - Returns: `nil` when there is no greatest score or one of the two cannot be used.
  @inline(__always)
  mutating func share(of score: Text, in range: UInt32, _ whole: Amount?) -> Share? {
    guard score.count <= 8 else { return Self.share(of: score, whole) }
    let word = score.shortWord
    let hash = (word ^ UInt64(range) << 56) &* 0x9E37_79B9_7F4A_7C15
    let place = Int(truncatingIfNeeded: hash >> 56)
    if entries[place].score == word, entries[place].range == range, entries[place].isKnown {
      return entries[place].share
    }
    guard let share = Self.share(of: score, whole) else { return nil }
    entries[place] = Entry(score: word, range: range, isKnown: true, share: share)
    return share
  }

  @inline(never)
  private static func share(of score: Text, _ whole: Amount?) -> Share? {
    guard let whole, let score = Amount(score), let millionths = score.millionths(of: whole)
    else { return nil }
    var text = ByteBuffer()
    text.append(millionths: millionths, isNegative: score.isNegative)
    // Millionths are below 2 to the 64, so there are 14 digits, a point and 6 digits at most.
    var share = Share()
    share.count = text.count
    for index in 0..<text.count {
      let byte = unsafe UInt64(text.bytes[index]) << (8 * (index % 8))
      switch index / 8 {
      case 0: share.words.0 |= byte
      case 1: share.words.1 |= byte
      default: share.words.2 |= byte
      }
    }
    return share
  }
}

extension Text {
  /// At most eight bytes as one word, zeros after them.
  @inline(__always)
  fileprivate var shortWord: UInt64 {
    let bytes = unsafe rawBytes
    if count == 8 { return unsafe UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) }
    var word: UInt64 = 0
    var index = count &- 1
    while index >= 0 {
      word = unsafe word << 8 | UInt64(bytes[index])
      index &-= 1
    }
    return word
  }
}

extension ByteBuffer {
  /// Appends a share.
  @inline(__always)
  mutating func append(_ share: Share) {
    append(word: share.words.0, count: min(8, share.count))
    if share.count > 8 { append(word: share.words.1, count: min(8, share.count - 8)) }
    if share.count > 16 { append(word: share.words.2, count: share.count - 16) }
  }
}
