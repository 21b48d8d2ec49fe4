import Interop

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A line without its end, borrowed until the next one is read.
@safe
struct EvidenceLine {
  let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    let isMarked = unsafe bytes.last == 0x0D
    unsafe self.bytes = isMarked ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes
  }
}

/// Lines of an input, one at a time, in a buffer that does not grow with the input.
@safe
struct EvidenceLines: ~Copyable {
  /// The longest line, in bytes.
  static let longest = 1 << 20

  private var reader: MemberReader
  private let buffer: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  /// The number of the line that was read last, from 1.
  private(set) var number = 0

  /// Opens an input.
  ///
  /// - Parameter path: The input; `-` is standard input.
  init(_ path: String) throws {
    let container = try Container.open(path)
    guard container.members.count == 1 else {
      throw ToolFailure(65, "\(path): lines of evidence come in one file; name a file")
    }
    reader = try container.reader(of: 0)
    unsafe buffer = .allocate(byteCount: Self.longest + 1, alignment: 16)
  }

  deinit {
    unsafe buffer.deallocate()
  }

  /// The next line; `nil` at the end.
  mutating func next() throws -> EvidenceLine? {
    var searched = start
    while true {
      if let stop = newline(from: searched) {
        let line = unsafe EvidenceLine(UnsafeRawBufferPointer(rebasing: buffer[start..<stop]))
        start = stop + 1
        number += 1
        return line
      }
      if isAtEnd {
        guard start < end else { return nil }
        let line = unsafe EvidenceLine(UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
        start = end
        number += 1
        return line
      }
      searched = try fill()
    }
  }

  private func newline(from place: Int) -> Int? {
    guard place < end, let base = unsafe buffer.baseAddress else { return nil }
    guard let found = unsafe memchr(base + place, 0x0A, end - place) else { return nil }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Moves what is left to the front and reads on; gives the place of the first new byte.
  private mutating func fill() throws -> Int {
    let left = end - start
    if start > 0, left > 0, let base = unsafe buffer.baseAddress {
      unsafe memmove(base, base + start, left)
    }
    start = 0
    end = left
    guard left <= Self.longest else {
      throw ToolFailure(
        65, "line \(number + 1) has more than \(Self.longest) bytes; is a line end missing?")
    }
    // Pieces of 256 KiB are read fastest.
    let most = unsafe min(buffer.count - left, 1 << 18)
    let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[left..<(left + most)])
    let count = try unsafe reader.read(into: piece)
    isAtEnd = count == 0
    end += count
    return left
  }
}
