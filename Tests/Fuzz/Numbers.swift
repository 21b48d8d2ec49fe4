import Scanning

/// Numbers are read with the value that the standard library gives them, or not at all; what is
/// brought into plain form is a plain number.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (choice, bytes) = unsafe input(start, count)
  alone(bytes[...]) { cell in
    if let value = unsafe parseDecimal(cell) {
      let text = String(decoding: bytes, as: UTF8.self)
      let expected = Double(text)
      must(expected != nil && expected?.isFinite == true, "no number for the library")
      must(Double("\(value.mantissa)e\(value.exponent)") == expected, "another value")
    }
    for mark in [DecimalMark.point, .comma, .ambiguous] {
      var output = ByteBuffer()
      output.append("x")
      if let findings = unsafe normalizedDecimal(cell, mark: mark, into: &output) {
        let plain = unsafe UnsafeRawBufferPointer(rebasing: output.bytes[1...])
        must(unsafe parseDecimal(plain) != nil, "the plain form is no number")
        must(findings.contains(.percent) == (bytes.last == 0x25), "the percent sign")
        let digits = bytes.filter { $0 >= 0x30 && $0 <= 0x39 }
        let kept = unsafe plain.filter { $0 >= 0x30 && $0 <= 0x39 }
        must(digits == kept, "digits were changed")
      } else {
        must(output.count == 1, "something was written for no number")
      }
    }
    if let parts = unsafe fraction(cell) {
      must(unsafe parseDecimal(parts.numerator) != nil, "the numerator is no number")
      must(unsafe parseDecimal(parts.denominator) != nil, "the denominator is no number")
    }
    _ = unsafe percentage(cell)
  }
  var finder = DecimalMarkFinder(delimiter: choice % 2 == 0 ? 0x2C : 0x3B)
  for cell in bytes.split(separator: 0x0A) { alone(cell) { unsafe finder.observe($0) } }
  _ = finder.decision
  return 0
}
