internal import CZlib

/// The state of zlib while it compresses into a file.
///
/// Owns its stream; it is freed with the last reference.
@safe
final class Deflater {
  private let stream: UnsafeMutablePointer<z_stream>
  private let file: OutputFile
  /// The number of compressed bytes of this stream.
  private(set) var produced = 0

  /// - Parameter windowBits: -15 for bare deflate, 31 for gzip.
  init(_ file: OutputFile, level: Int32, windowBits: Int32) throws(InteropError) {
    self.file = file
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe cbl_deflate_init(stream, max(0, min(9, level)), windowBits) == Z_OK else {
      throw InteropError(.limit, "there is not enough memory to compress", place: file.place)
    }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Compresses bytes into the file.
  func write(_ bytes: UnsafeRawBufferPointer) throws(InteropError) {
    var rest = unsafe bytes[...]
    // zlib counts in 32 bits.
    while unsafe !rest.isEmpty {
      let part = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      unsafe rest = rest.dropFirst(part.count)
      unsafe stream.pointee.next_in = UnsafeMutablePointer(
        mutating: part.baseAddress?.assumingMemoryBound(to: Bytef.self))
      unsafe stream.pointee.avail_in = uInt(part.count)
      while unsafe stream.pointee.avail_in > 0 { _ = try step(Z_NO_FLUSH) }
    }
  }

  /// Ends the compressed stream and makes ready for the next one.
  func finish() throws(InteropError) -> Int {
    unsafe stream.pointee.next_in = nil
    unsafe stream.pointee.avail_in = 0
    while try step(Z_FINISH) != Z_STREAM_END {}
    let count = produced
    produced = 0
    unsafe deflateReset(stream)
    return count
  }

  private func step(_ flush: Int32) throws(InteropError) -> Int32 {
    var result: Int32 = Z_OK
    try unsafe file.fill { (free) throws(InteropError) in
      unsafe stream.pointee.next_out = free.baseAddress?.assumingMemoryBound(to: Bytef.self)
      unsafe stream.pointee.avail_out = uInt(free.count)
      result = unsafe deflate(stream, flush)
      precondition(result != Z_STREAM_ERROR, "the state of the compressor is damaged")
      let count = unsafe free.count - Int(stream.pointee.avail_out)
      produced += count
      return count
    }
    return result
  }
}
