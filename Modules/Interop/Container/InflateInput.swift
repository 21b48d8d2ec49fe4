internal import CZlib

/// The state of zlib while it inflates one stream, and the window of compressed bytes it reads.
///
/// Owns both allocations; they are freed with the last reference.
@safe
final class Inflater {
  private static let windowBytes = 262_144

  private let stream: UnsafeMutablePointer<z_stream>
  private let window: UnsafeMutableRawBufferPointer
  private let source: any MemberInput
  private let place: String
  private(set) var consumed = 0
  private var isSourceAtEnd = false

  /// - Parameter windowBits: -15 for bare deflate, 31 for gzip.
  init(_ source: any MemberInput, windowBits: Int32, place: String) throws(InteropError) {
    self.source = source
    self.place = place
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe window = .allocate(byteCount: Self.windowBytes, alignment: 64)
    guard unsafe cbl_inflate_init(stream, windowBits) == Z_OK else {
      throw InteropError(.limit, "there is not enough memory to inflate", place: place)
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
    unsafe window.deallocate()
  }

  /// How a call of ``inflate(into:)`` ended.
  enum Outcome {
    /// The buffer is full; more may follow.
    case full
    /// The compressed stream is complete.
    case ended
    /// The source ended before the compressed stream did.
    case cut
  }

  /// Inflates until the buffer is full or the stream ends.
  func inflate(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InteropError) -> (count: Int, outcome: Outcome) {
    unsafe stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: Bytef.self)
    unsafe stream.pointee.avail_out = uInt(clamping: buffer.count)
    let room = unsafe Int(stream.pointee.avail_out)
    while unsafe stream.pointee.avail_out > 0 {
      let hasInput = try refill()
      let before = unsafe stream.pointee.avail_in
      let result = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      unsafe consumed += Int(before - stream.pointee.avail_in)
      let count = unsafe room - Int(stream.pointee.avail_out)
      switch result {
      case Z_STREAM_END:
        return (count, .ended)
      case Z_OK, Z_BUF_ERROR:
        if !hasInput, unsafe stream.pointee.avail_out > 0 { return (count, .cut) }
      default:
        throw InteropError(
          .badArchive, "the compressed bytes are damaged; export or download the file again",
          place: place)
      }
    }
    return (room, .full)
  }

  /// Whether compressed bytes are left.
  func hasMoreInput() throws(InteropError) -> Bool {
    try refill()
  }

  /// Begins the next stream in the same source.
  func restart() {
    unsafe inflateReset(stream)
  }

  private func refill() throws(InteropError) -> Bool {
    if unsafe stream.pointee.avail_in > 0 { return true }
    if isSourceAtEnd { return false }
    let count = try unsafe source.read(into: window)
    if count == 0 { isSourceAtEnd = true }
    unsafe stream.pointee.next_in = window.baseAddress?.assumingMemoryBound(to: Bytef.self)
    unsafe stream.pointee.avail_in = uInt(count)
    return count > 0
  }
}

/// The contents of a gzip file: all its members one after the other, sizes and checksums checked.
final class GzipInput: MemberInput {
  private let inflater: Inflater
  private let limits: ContainerLimits
  private let place: String
  private let isPrefix: Bool
  private var produced = 0
  private var isAtEnd = false

  /// - Parameter isPrefix: Whether the source is only the first bytes, so that it may end anywhere.
  init(
    _ source: any MemberInput, limits: ContainerLimits, place: String, isPrefix: Bool = false
  ) throws(InteropError) {
    inflater = try Inflater(source, windowBits: 31, place: place)
    self.limits = limits
    self.place = place
    self.isPrefix = isPrefix
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InteropError) -> Int {
    var filled = 0
    while filled < buffer.count, !isAtEnd {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let (count, outcome) = try unsafe inflater.inflate(into: rest)
      filled += count
      produced += count
      try checkLimits()
      switch outcome {
      case .full: break
      case .ended:
        if try inflater.hasMoreInput() { inflater.restart() } else { isAtEnd = true }
      case .cut:
        guard isPrefix else {
          throw InteropError(
            .badArchive, "the gzip file is cut short; export or download it again", place: place)
        }
        isAtEnd = true
      }
    }
    return filled
  }

  private func checkLimits() throws(InteropError) {
    let allowed = max(
      limits.freeBytes, inflater.consumed.multipliedClamping(by: limits.expansion))
    guard produced <= min(allowed, limits.expandedBytes) else {
      throw InteropError(
        .limit,
        "the gzip file expands to more than \(limits.expansion) times its size; "
          + "inflate it first if you trust it",
        place: place)
    }
  }
}

/// Bytes in memory, read as a member.
final class MemoryInput: MemberInput {
  private let bytes: [UInt8]
  private var used = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InteropError) -> Int {
    let count = min(buffer.count, bytes.count - used)
    unsafe buffer.copyBytes(from: bytes[used..<(used + count)])
    used += count
    return count
  }
}

extension Int {
  /// The product, or the largest number when it does not fit.
  func multipliedClamping(by factor: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}
