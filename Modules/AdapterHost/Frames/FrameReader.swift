/// The contents of one frame, read from front to back; nothing in it is trusted.
@safe
struct FrameReader {
  /// The contents; borrowed.
  let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = unsafe bytes
  }

  /// Bytes that are left.
  var rest: Int { unsafe bytes.count - offset }

  mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type = Number.self
  ) throws(FrameFault) -> Number {
    let size = MemoryLayout<Number>.size
    guard rest >= size else { throw FrameFault(reason: "it ends inside of a number") }
    let value = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Number.self)
    offset += size
    return value
  }

  /// Some bytes; borrowed like the frame.
  mutating func take(_ count: Int) throws(FrameFault) -> UnsafeRawBufferPointer {
    guard count >= 0, rest >= count else { throw FrameFault(reason: "it ends too early") }
    let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    offset += count
    return unsafe part
  }

  /// A text; what is not UTF-8 is repaired.
  mutating func text(limit: Int = 1 << 24) throws(FrameFault) -> String {
    let count = Int(try number(UInt32.self))
    guard count <= limit else { throw FrameFault(reason: "a text of it is \(count) bytes long") }
    return unsafe String(decoding: try take(count), as: UTF8.self)
  }

  /// Texts with their number before them.
  mutating func texts(limit: Int) throws(FrameFault) -> [String] {
    let count = Int(try number(UInt32.self))
    guard count <= limit else { throw FrameFault(reason: "it has a list of \(count) texts") }
    var texts: [String] = []
    for _ in 0..<count { texts.append(try text(limit: 1 << 16)) }
    return texts
  }

  /// Goes on at a multiple of 8 bytes.
  mutating func align() throws(FrameFault) {
    let gap = (8 - offset % 8) % 8
    guard rest >= gap else { throw FrameFault(reason: "it ends too early") }
    offset += gap
  }
}
