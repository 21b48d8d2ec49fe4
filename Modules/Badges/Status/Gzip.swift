internal import CZlib

/// Gzip of bytes that are all at hand, with a bound on what comes out.
enum Gzip {
  /// Expands bytes.
  ///
  /// - Returns: `nil` where they are no gzip, are cut, or expand to more than the limit.
  static func expand(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    var stream = unsafe z_stream()
    guard unsafe cbl_inflate_init(&stream, 31) == Z_OK else { return nil }
    defer { unsafe inflateEnd(&stream) }
    var (input, output) = (bytes, [UInt8](repeating: 0, count: 65_536))
    var result: [UInt8] = []
    return unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe stream.next_in = source.baseAddress
      unsafe stream.avail_in = uInt(source.count)
      while true {
        let (status, count) = unsafe output.withUnsafeMutableBufferPointer { target in
          unsafe stream.next_out = target.baseAddress
          unsafe stream.avail_out = uInt(target.count)
          let status = unsafe inflate(&stream, Z_NO_FLUSH)
          return unsafe (status, target.count - Int(stream.avail_out))
        }
        guard result.count + count <= limit else { return nil }
        result += output[..<count]
        if status == Z_STREAM_END { return unsafe stream.avail_in == 0 ? result : nil }
        let isMoving = unsafe count > 0 || stream.avail_in > 0
        guard status == Z_OK, isMoving else { return nil }
      }
    }
  }

  /// Compresses bytes.
  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var stream = unsafe z_stream()
    guard unsafe cbl_deflate_init(&stream, 9, 31) == Z_OK else { return [] }
    defer { unsafe deflateEnd(&stream) }
    let room = unsafe Int(deflateBound(&stream, uLong(bytes.count))) + 64
    var (input, output) = (bytes, [UInt8](repeating: 0, count: room))
    let count = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = uInt(source.count)
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = uInt(target.count)
        _ = unsafe deflate(&stream, Z_FINISH)
        return unsafe target.count - Int(stream.avail_out)
      }
    }
    return Array(output[..<count])
  }

  /// The CRC-32 of bytes, as PNG uses it.
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let bytes = Array(bytes)
    return unsafe bytes.withUnsafeBufferPointer {
      unsafe UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, uInt($0.count)))
    }
  }
}
