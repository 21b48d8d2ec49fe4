import Domain

/// A value that is read from a text comes back from its own text, and compares with itself as equal.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (_, bytes) = unsafe input(start, count)
  let text = String(decoding: bytes, as: UTF8.self)
  let number = ExactDecimal(text)
  must(
    ExactDecimal(utf8: bytes.span) == (text.utf8.elementsEqual(bytes) ? number : nil),
    "bytes and text give other numbers")
  returns(number)
  returns(Rational(text))
  returns(CalendarDate(text))
  returns(Instant(text))
  if let number, let double = Double(text) {
    must(Double(number.description) == double, "another number than the library reads")
  }
  if let digest = SHA256.Digest(text) {
    must(SHA256.Digest(bytes: digest.bytes) == digest, "digest")
  }
  if let name = Identifier(validating: bytes) {
    must(String(describing: name).utf8.elementsEqual(bytes), "the bytes of an identifier changed")
  }
  return 0
}

private func returns<Value: LosslessStringConvertible & Hashable>(_ value: Value?) {
  guard let value else { return }
  must(Value(value.description) == value, "a value does not come back from its text")
}
