/// The value of a plain decimal number.
///
/// The grammar is `-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?`: no plus sign, no blanks, no grouping,
/// no digits of other scripts, no `5.` and no `.5`, no names such as `nan`. At most 18 digits count,
/// the value must be finite as a double, so `1e400` and `1.8e308` are refused instead of becoming
/// infinite, and it must be 0 or at least 1e-308 in size. The pair is not reduced: `85.50` is 8550
/// and -2.
///
/// - Parameter bytes: The whole text of the number.
/// - Returns: The number as mantissa times ten to the exponent, or `nil` when the bytes are not
///   such a number.
/// - Complexity: O(*n*).
public func parseDecimal(
  _ bytes: UnsafeRawBufferPointer
) -> (mantissa: Int64, exponent: Int32)? {
  let count = bytes.count
  guard count > 0 else { return nil }
  let start = unsafe bytes[0] == 0x2D ? 1 : 0
  // 18 characters hold at most 18 digits, so nothing can overflow.
  guard count - start <= 18 else { return unsafe parseLongDecimal(bytes) }
  var mantissa: Int64 = 0
  var place = start
  while place < count {
    let digit = unsafe bytes[place] &- 0x30
    guard digit < 10 else { break }
    mantissa = mantissa &* 10 &+ Int64(digit)
    place &+= 1
  }
  guard place > start else { return nil }
  if place == count { return (start == 0 ? mantissa : 0 &- mantissa, 0) }
  guard unsafe bytes[place] == 0x2E else { return unsafe parseLongDecimal(bytes) }
  let fraction = place &+ 1
  place = fraction
  while place < count {
    let digit = unsafe bytes[place] &- 0x30
    guard digit < 10 else { return unsafe parseLongDecimal(bytes) }
    mantissa = mantissa &* 10 &+ Int64(digit)
    place &+= 1
  }
  guard place > fraction else { return nil }
  return (start == 0 ? mantissa : 0 &- mantissa, Int32(truncatingIfNeeded: fraction &- place))
}

/// The same for long numbers and for those with an exponent.
private func parseLongDecimal(
  _ bytes: UnsafeRawBufferPointer
) -> (mantissa: Int64, exponent: Int32)? {
  guard let shape = unsafe DecimalShape(bytes) else { return nil }
  var mantissa: Int64 = 0
  var significant = 0
  // Zeros count only when a digit follows that is not zero.
  var zeros = 0
  for place in shape.digits {
    let byte = unsafe bytes[place]
    if byte == 0x2E { continue }
    guard byte != 0x30 else {
      zeros += 1
      continue
    }
    let added = mantissa == 0 ? 1 : zeros + 1
    significant += added
    guard significant <= 18 else { return nil }
    for _ in 0..<added { mantissa *= 10 }
    mantissa += Int64(byte - 0x30)
    zeros = 0
  }
  guard mantissa != 0 else { return (0, 0) }
  let exponent = shape.exponent - shape.fractionDigits + zeros
  let order = exponent + significant - 1
  guard order >= -308, order < 308 || (order == 308 && isFinite(mantissa, significant))
  else { return nil }
  return (shape.isNegative ? -mantissa : mantissa, Int32(exponent))
}

/// Whether a number of order 308 stays finite as a double: it lies below 1.7976931348623158079e308,
/// the middle between the greatest double and the next power of two, which would round away.
private func isFinite(_ mantissa: Int64, _ digits: Int) -> Bool {
  var scaled = mantissa
  for _ in digits..<18 { scaled *= 10 }
  return scaled <= 179_769_313_486_231_580
}

/// Where the parts of a plain decimal number stand.
private struct DecimalShape {
  var isNegative = false
  /// The digits with their point.
  var digits = 0..<0
  var fractionDigits = 0
  /// The written exponent; beyond 100,000 it stays there.
  var exponent = 0

  init?(_ bytes: UnsafeRawBufferPointer) {
    let count = bytes.count
    var place = 0
    if unsafe count > 0 && bytes[0] == 0x2D {
      isNegative = true
      place = 1
    }
    let start = place
    place = unsafe endOfDigits(bytes, from: place)
    guard place > start else { return nil }
    if unsafe place < count && bytes[place] == 0x2E {
      let end = unsafe endOfDigits(bytes, from: place + 1)
      guard end > place + 1 else { return nil }
      fractionDigits = end - place - 1
      place = end
    }
    digits = start..<place
    guard place < count else { return }
    guard unsafe bytes[place] | 0x20 == 0x65 else { return nil }
    place += 1
    var isSmall = false
    if unsafe place < count && (bytes[place] == 0x2B || bytes[place] == 0x2D) {
      isSmall = unsafe bytes[place] == 0x2D
      place += 1
    }
    let end = unsafe endOfDigits(bytes, from: place)
    guard end > place, end == count else { return nil }
    for index in place..<end where exponent < 100_000 {
      exponent = unsafe exponent * 10 + Int(bytes[index] - 0x30)
    }
    if isSmall { exponent = -exponent }
  }
}

/// Where the ASCII digits from a place on end.
func endOfDigits(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
  var place = start
  while unsafe place < bytes.count && bytes[place] &- 0x30 < 10 { place += 1 }
  return place
}
