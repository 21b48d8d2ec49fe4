internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Numbers of records as cells.
enum NumberText {
  /// Appends a plain decimal with the decimal mark of the column; exponents are written out.
  ///
  /// - Returns: `false`, and nothing appended, when the number has no plain form of decent length.
  static func append(_ number: Text, mark: UInt8, to bytes: inout [UInt8]) -> Bool {
    guard number.isDecimal else { return false }
    var hasExponent = false
    for place in 0..<number.count where number.byte(place) | 0x20 == UInt8(ascii: "e") {
      hasExponent = true
    }
    guard hasExponent else {
      for place in 0..<number.count {
        let byte = number.byte(place)
        bytes.append(byte == UInt8(ascii: ".") ? mark : byte)
      }
      return true
    }
    guard let (mantissa, exponent) = unsafe parseDecimal(number.rawBytes), abs(exponent) <= 40
    else { return false }
    var digits = Array(String(mantissa.magnitude).utf8)
    if mantissa < 0 { bytes.append(UInt8(ascii: "-")) }
    if exponent >= 0 {
      if mantissa != 0 { digits += [UInt8](repeating: UInt8(ascii: "0"), count: Int(exponent)) }
      bytes += digits
      return true
    }
    let decimals = Int(-exponent)
    if digits.count <= decimals {
      digits.insert(
        contentsOf: [UInt8](repeating: UInt8(ascii: "0"), count: decimals + 1 - digits.count),
        at: 0)
    }
    bytes += digits[..<(digits.count - decimals)]
    bytes.append(mark)
    bytes += digits[(digits.count - decimals)...]
    return true
  }
}
