import Scanning

/// Calls a closure with the UTF-8 bytes of a text.
func withBytes<Value>(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> Value) rethrows
  -> Value
{
  try unsafe Array(text.utf8).withUnsafeBytes { bytes in try unsafe body(bytes) }
}

/// Calls a closure with bytes that stand alone in memory, so that address checks see every byte
/// read before or after them.
func withBytes<Value>(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Value) rethrows
  -> Value
{
  let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
  defer { unsafe copy.deallocate() }
  unsafe copy.copyBytes(from: bytes)
  return try unsafe body(UnsafeRawBufferPointer(copy))
}

/// The bytes as text.
func text(_ bytes: UnsafeRawBufferPointer) -> String {
  unsafe String(decoding: bytes, as: UTF8.self)
}

/// What a closure appends to a buffer, as text.
func written(_ body: (inout ByteBuffer) -> Void) -> String {
  var buffer = ByteBuffer()
  body(&buffer)
  return unsafe text(buffer.bytes)
}
