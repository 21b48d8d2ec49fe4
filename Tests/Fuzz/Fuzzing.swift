/// Stops the program when something that must hold does not.
///
/// It stops in optimised programs too, so that libFuzzer keeps the input.
func must(_ holds: Bool, _ what: StaticString) {
  if !holds { fatalError("\(what)") }
}

/// Calls a closure with bytes that stand alone in memory, so that the address checks see every byte
/// read before or after them.
func alone<Value, Failure: Error>(
  _ bytes: ArraySlice<UInt8>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
) throws(Failure) -> Value {
  let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
  defer { unsafe copy.deallocate() }
  unsafe copy.copyBytes(from: bytes)
  return try unsafe body(UnsafeRawBufferPointer(copy))
}

/// The input without its first byte, which chooses how the rest is fed.
func input(_ start: UnsafePointer<UInt8>?, _ count: Int) -> (choice: UInt8, bytes: [UInt8]) {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  return (bytes.first ?? 0, Array(bytes.dropFirst()))
}

/// How many bytes are added at a time.
func step(_ choice: UInt8) -> Int {
  [1, 2, 3, 7, 16, 63, 64, 65, 200, 1 << 20][Int(choice) % 10]
}
