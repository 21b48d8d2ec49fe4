// The only owner of its memory, which is freed with it.
/// Bytes that were received, from which whole frames are taken.
@safe
struct FrameStream: ~Copyable {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private var start = 0
  private var end = 0

  private static let usual = 1 << 20

  init() {
    capacity = Self.usual
    unsafe memory = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { unsafe memory.deallocate() }

  /// Whether part of a frame is there.
  var isInsideFrame: Bool { start < end }

  /// The next whole frame; borrowed until ``room()`` is called.
  ///
  /// - Returns: The frame, or `nil` when more bytes are needed.
  mutating func next() throws(FrameFault) -> (type: FrameType, contents: FrameReader)? {
    guard let length = try length(), end - start >= FrameLimit.heading + length else { return nil }
    let number = unsafe memory.load(fromByteOffset: start, as: UInt32.self)
    guard let type = FrameType(rawValue: number) else {
      throw FrameFault(reason: "it is of the unknown type \(number)")
    }
    let contents = unsafe UnsafeRawBufferPointer(
      start: memory + start + FrameLimit.heading, count: length)
    start += FrameLimit.heading + length
    return (type, unsafe FrameReader(contents))
  }

  /// The length of the frame that begins, when its heading is there.
  private func length() throws(FrameFault) -> Int? {
    guard end - start >= FrameLimit.heading else { return nil }
    let length = Int(unsafe memory.load(fromByteOffset: start + 4, as: UInt32.self))
    guard length <= FrameLimit.bytes, length % 8 == 0 else {
      throw FrameFault(reason: "it claims to be \(length) bytes long")
    }
    return length
  }

  /// Room for more bytes; frames that were taken are gone.
  mutating func room() throws(FrameFault) -> UnsafeMutableRawBufferPointer {
    let pending = end - start
    let wanted = FrameLimit.heading + (try length() ?? 0)
    let larger = max(Self.usual, wanted)
    if start > 0 || larger != capacity {
      // A frame starts at a multiple of 8, so it does here too.
      if larger != capacity, larger > capacity || pending <= Self.usual {
        let block = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        unsafe block.copyMemory(from: memory + start, byteCount: pending)
        unsafe memory.deallocate()
        unsafe memory = unsafe block
        capacity = larger
      } else {
        unsafe memory.copyMemory(from: memory + start, byteCount: pending)
      }
      start = 0
      end = pending
    }
    return unsafe UnsafeMutableRawBufferPointer(start: memory + end, count: capacity - end)
  }

  /// Notes how many bytes of the room were filled.
  mutating func filled(_ count: Int) { end += count }
}
