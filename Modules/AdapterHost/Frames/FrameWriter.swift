internal import CScanning

// The only owner of its memory, which is freed with it.
/// Frames that are made one after the other in one block of memory.
@safe
struct FrameWriter: ~Copyable {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private var begun = 0
  /// Bytes of the frames so far.
  private(set) var count = 0

  init() {
    capacity = 1 << 16
    unsafe memory = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { unsafe memory.deallocate() }

  /// The frames so far; valid until the next change.
  var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: memory, count: count)
  }

  /// Forgets the frames, and memory that a giant among them took.
  mutating func removeAll() {
    count = 0
    guard capacity > 8 << 20 else { return }
    unsafe memory.deallocate()
    capacity = 1 << 16
    unsafe memory = .allocate(byteCount: capacity, alignment: 16)
  }

  /// Begins a frame.
  mutating func begin(_ type: FrameType) {
    begun = count
    append(type.rawValue)
    append(UInt32(0))
  }

  /// Ends the frame: fills it up to a multiple of 8 bytes and notes its length.
  mutating func end() {
    pad()
    let length = UInt32(count - begun - FrameLimit.heading)
    unsafe memory.storeBytes(of: length, toByteOffset: begun + 4, as: UInt32.self)
  }

  /// Ends a frame that begins with the count of the bytes that follow.
  mutating func endBytes(_ bytes: Int) {
    unsafe memory.storeBytes(
      of: UInt32(bytes), toByteOffset: begun + FrameLimit.heading, as: UInt32.self)
    end()
  }

  /// A frame without contents.
  mutating func put(_ type: FrameType) {
    begin(type)
    end()
  }

  mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
    let size = MemoryLayout<Number>.size
    reserve(size)
    unsafe memory.storeBytes(of: number, toByteOffset: count, as: Number.self)
    count += size
  }

  /// A text, with its length before it.
  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      append(UInt32(utf8.count))
      unsafe append(UnsafeRawBufferPointer(utf8))
    }
  }

  /// Texts, with their number before them.
  mutating func append(_ texts: [String]) {
    append(UInt32(texts.count))
    for text in texts { append(text) }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return }
    let place = unsafe room(bytes.count)
    unsafe place.copyMemory(from: start, byteCount: bytes.count)
  }

  /// Room for bytes that the caller fills; valid until the next change.
  mutating func room(_ bytes: Int) -> UnsafeMutableRawPointer {
    reserve(bytes)
    let place = unsafe memory + count
    count += bytes
    return unsafe place
  }

  /// Fills up to a multiple of 8 bytes.
  mutating func pad() {
    while count % 8 != 0 { append(UInt8(0)) }
  }

  /// Gives back room that was not filled.
  mutating func shorten(by bytes: Int) { count -= bytes }

  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    unsafe larger.copyMemory(from: memory, byteCount: count)
    unsafe memory.deallocate()
    unsafe memory = unsafe larger
  }
}
