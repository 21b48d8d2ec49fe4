import CScanning
import Scanning
import Testing

@Suite("Copies and comparisons of short texts")
struct CopyTests {
  @Test("copy every length, and find every mark in every place")
  func marks() {
    for count in 0...150 {
      let plain = (0..<count).map { UInt8(truncatingIfNeeded: 0x61 + $0 % 26) }
      #expect(copied(plain).bytes == plain)
      #expect(!copied(plain).isMarked)
      for place in 0..<count {
        for mark: UInt8 in [0x2C, 0x22, 0x0A, 0x0D] {
          var marked = plain
          marked[place] = mark
          #expect(copied(marked).isMarked, "\(mark) at \(place) of \(count)")
          #expect(copied(marked).bytes == marked)
        }
        var other = plain
        other[place] ^= 0x80
        #expect(!copied(other).isMarked)
        #expect(!isSame(plain, other))
      }
      #expect(isSame(plain, plain))
    }
  }

  @Test("a share of a word is appended byte by byte")
  func words() {
    let text = written { buffer in
      buffer.append(word: 0x6463_6261, count: 3)
      buffer.append(word: 0, count: 0)
      buffer.append(word: 0x6867_6665_6463_6261, count: 8)
    }
    #expect(text == "abcabcdefgh")
  }

  private func copied(_ bytes: [UInt8]) -> (bytes: [UInt8], isMarked: Bool) {
    unsafe withBytes(bytes) { source in
      guard let from = source.baseAddress, source.count > 0 else { return ([], false) }
      let room = UnsafeMutablePointer<UInt8>.allocate(capacity: source.count)
      defer { unsafe room.deallocate() }
      let text = unsafe from.assumingMemoryBound(to: UInt8.self)
      unsafe cbl_copy(room, text, source.count)
      let plain = unsafe Array(UnsafeBufferPointer(start: room, count: source.count))
      let isMarked = unsafe cbl_copy_marked(room, text, source.count, 0x2C, 0x22) != 0
      #expect(unsafe Array(UnsafeBufferPointer(start: room, count: source.count)) == plain)
      return (plain, isMarked)
    }
  }

  private func isSame(_ one: [UInt8], _ two: [UInt8]) -> Bool {
    unsafe withBytes(one) { one in
      unsafe withBytes(two) { two in
        guard let left = one.baseAddress, let right = two.baseAddress else {
          return one.count == two.count
        }
        return unsafe cbl_same(
          left.assumingMemoryBound(to: UInt8.self), right.assumingMemoryBound(to: UInt8.self),
          one.count) != 0
      }
    }
  }
}
