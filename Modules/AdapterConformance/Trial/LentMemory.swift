internal import CAdapterABI

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Memory that an adapter may look at for a while.
///
/// When the while is over, the memory is overwritten and its pages are taken away, so that a pointer
/// that was kept leads to a fall and not to a wrong record.
@safe
final class LentMemory {
  private var blocks: [UnsafeMutableRawBufferPointer] = unsafe []
  private var used = 0
  /// Whether pages are taken away at the end; else they are used again.
  private let isTakenAway: Bool

  private static let blockSize = 1 << 16

  init(isTakenAway: Bool) { self.isTakenAway = isTakenAway }

  deinit { end() }

  /// Ends the while.
  func end() {
    for index in unsafe blocks.indices {
      let block = unsafe blocks[index]
      guard let start = block.baseAddress else { continue }
      unsafe memset(start, 0xA5, block.count)
      if isTakenAway {
        // Stays reserved, so that nothing else comes to lie there.
        unsafe _ = mprotect(start, block.count, PROT_NONE)
      } else {
        unsafe _ = munmap(start, block.count)
      }
    }
    unsafe blocks.removeAll()
    used = 0
  }

  /// Zeroed memory, aligned to 16 bytes.
  func room(_ count: Int) -> UnsafeMutableRawPointer {
    let size = (max(count, 1) + 15) & ~15
    if unsafe blocks.isEmpty || used + size > blocks[blocks.count - 1].count {
      let wanted = max(Self.blockSize, (size + 4095) & ~4095)
      let start = unsafe mmap(
        nil, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
      guard let start = unsafe start, unsafe start != MAP_FAILED else {
        preconditionFailure("out of memory for \(wanted) bytes")
      }
      unsafe blocks.append(UnsafeMutableRawBufferPointer(start: start, count: wanted))
      used = 0
    }
    let block = unsafe blocks[blocks.count - 1]
    guard let start = block.baseAddress else { preconditionFailure("an empty block") }
    defer { used += size }
    return unsafe start + used
  }

  /// A copy of bytes as text; absent when there are none to copy.
  func text(_ bytes: [UInt8]?) -> cbl_text {
    guard let bytes else { return unsafe cbl_text(bytes: nil, count: 0) }
    let copy = unsafe room(bytes.count)
    unsafe bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe copy.copyMemory(from: start, byteCount: source.count)
    }
    return unsafe cbl_text(
      bytes: UnsafePointer(copy.assumingMemoryBound(to: CChar.self)), count: bytes.count)
  }

  func text(_ string: String) -> cbl_text { text(Array(string.utf8)) }

  /// A copy of a struct whose first field is its size.
  ///
  /// - Parameter extra: Bytes that a newer host would have appended; they are filled with noise.
  func lend<Value>(_ value: Value, extra: Int) -> UnsafePointer<Value> {
    let size = MemoryLayout<Value>.size
    let copy = unsafe room(size + extra)
    let typed = unsafe copy.bindMemory(to: Value.self, capacity: 1)
    unsafe typed.initialize(to: value)
    unsafe copy.storeBytes(of: UInt32(size + extra), as: UInt32.self)
    unsafe memset(copy + size, 0xC3, extra)
    return unsafe UnsafePointer(typed)
  }
}
