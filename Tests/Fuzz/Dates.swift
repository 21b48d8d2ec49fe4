import Scanning

/// What is brought into ISO form is an ISO date, and an ISO date stays as it is.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (choice, bytes) = unsafe input(start, count)
  let order = [DateOrder.unknown, .dayFirst, .monthFirst][Int(choice) % 3]
  alone(bytes[...]) { cell in
    var output = ByteBuffer()
    let finding = unsafe normalizeDate(cell, order: order, into: &output)
    if finding.isDate {
      must(unsafe validateISODate(output.bytes) == finding.precision, "no ISO date")
      must(finding.zoneName.upperBound <= bytes.count, "the zone lies outside")
    } else {
      must(output.count == 0, "something was written for no date")
    }
    if unsafe validateISODate(cell) != nil {
      must(unsafe finding.outcome == .iso && Array(output.bytes) == bytes, "a date was changed")
    }
    var finder = DateOrderFinder()
    unsafe finder.observe(cell)
    _ = finder.decision
  }
  return 0
}
