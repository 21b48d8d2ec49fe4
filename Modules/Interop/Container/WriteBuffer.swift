/// Raw memory that gathers small writes.
///
/// The one owner of its memory; it is freed with the last reference.
@safe
final class WriteBuffer {
  private let memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(capacity: Int) {
    unsafe memory = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit {
    unsafe memory.deallocate()
  }

  /// The free part, for somebody who fills it and says how far with ``advance(by:)``.
  var free: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory[count...])
  }

  func advance(by amount: Int) {
    count += amount
    unsafe precondition(count <= memory.count)
  }

  /// Adds bytes; when they do not fit, everything goes to `write` in as few pieces as possible.
  func append(
    _ bytes: UnsafeRawBufferPointer,
    write: (UnsafeRawBufferPointer) throws(InteropError) -> Void
  ) throws(InteropError) {
    guard unsafe !bytes.isEmpty else { return }
    if unsafe bytes.count > memory.count - count {
      try unsafe flush(write: write)
      // A large piece is not worth a copy.
      if unsafe bytes.count >= memory.count / 2 {
        try unsafe write(bytes)
        return
      }
    }
    unsafe free.copyMemory(from: bytes)
    count += bytes.count
  }

  /// Empties the buffer into `write`.
  func flush(
    write: (UnsafeRawBufferPointer) throws(InteropError) -> Void
  ) throws(InteropError) {
    guard count > 0 else { return }
    let full = unsafe UnsafeRawBufferPointer(rebasing: memory[..<count])
    count = 0
    try unsafe write(full)
  }

  /// Replaces bytes that are still in the buffer.
  func replace(at position: Int, with byte: UInt8) {
    precondition(position < count)
    unsafe memory[position] = byte
  }
}
