internal import CAdapterABI
internal import Scanning

/// Numbers of records as cells.
package enum DecimalText {
  /// Exponents beyond this are not written out.
  private static let exponentLimit: Int32 = 40

  /// Appends a plain decimal; exponents are written out.
  ///
  /// - Parameters:
  ///   - number: As the records have it.
  ///   - mark: The decimal mark.
  ///   - hasTwoDecimals: Whether there are at least two decimals; further ones stay unless they are
  ///     zeros at the end.
  /// - Returns: `false`, and nothing appended, when the number has no plain form of decent length.
  package static func append(
    _ number: Text, mark: UInt8, hasTwoDecimals: Bool = false, to bytes: inout [UInt8]
  ) -> Bool {
    let start = bytes.count
    var point = -1
    for place in 0..<number.count {
      let byte = number.byte(place)
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
      case UInt8(ascii: "-") where place == 0: bytes.append(byte)
      case UInt8(ascii: ".") where point < 0 && bytes.last.map(isDigit) == true:
        point = bytes.count
        bytes.append(mark)
      default:
        bytes.removeSubrange(start...)
        return expand(number, mark: mark, hasTwoDecimals: hasTwoDecimals, to: &bytes)
      }
    }
    guard bytes.count > start, isDigit(bytes[bytes.count - 1]) else {
      bytes.removeSubrange(start...)
      return false
    }
    guard hasTwoDecimals else { return true }
    if point < 0 {
      point = bytes.count
      bytes.append(mark)
    }
    while bytes.count > point + 3, bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    while bytes.count < point + 3 { bytes.append(UInt8(ascii: "0")) }
    return true
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// Writes `1.5e3` out as `1500`.
  private static func expand(
    _ number: Text, mark: UInt8, hasTwoDecimals: Bool, to bytes: inout [UInt8]
  ) -> Bool {
    guard let (mantissa, exponent) = unsafe parseDecimal(number.rawBytes),
      abs(exponent) <= exponentLimit
    else { return false }
    var digits = Array(String(mantissa.magnitude).utf8)
    func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: UInt8(ascii: "0"), count: count) }
    if exponent > 0, mantissa != 0 { digits += zeros(Int(exponent)) }
    if exponent < 0 {
      let decimals = Int(-exponent)
      digits = zeros(max(0, decimals + 1 - digits.count)) + digits
      digits.insert(UInt8(ascii: "."), at: digits.count - decimals)
    }
    if mantissa < 0 { digits.insert(UInt8(ascii: "-"), at: 0) }
    return withText(digits) {
      append($0, mark: mark, hasTwoDecimals: hasTwoDecimals, to: &bytes)
    }
  }
}
