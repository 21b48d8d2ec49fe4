internal import AdapterKit
internal import CAdapterABI

/// Numbers as Canvas writes them.
enum NumberText {
  /// Appends a plain decimal.
  ///
  /// - Parameters:
  ///   - number: As the records have it.
  ///   - mark: The decimal mark.
  ///   - hasTwoDecimals: Whether there are at least two decimals, as Canvas exports them; further
  ///     ones stay unless they are zeros.
  /// - Returns: `false`, and nothing appended, when this is no number that the file can hold.
  static func append(
    _ number: Text, mark: UInt8, hasTwoDecimals: Bool, to bytes: inout [UInt8]
  ) -> Bool {
    let digits = unsafe number.rawBytes
    let count = digits.count
    var index = 0
    var point = -1
    if count > 0, unsafe digits[0] == UInt8(ascii: "-") { index = 1 }
    let first = index
    while index < count {
      let byte = unsafe digits[index]
      if byte == UInt8(ascii: "."), point < 0 {
        point = index
      } else if byte < UInt8(ascii: "0") || byte > UInt8(ascii: "9") {
        return expand(number, mark: mark, hasTwoDecimals: hasTwoDecimals, to: &bytes)
      }
      index += 1
    }
    guard count > first, point != first else { return false }
    guard hasTwoDecimals else {
      for index in 0..<count { unsafe bytes.append(index == point ? mark : digits[index]) }
      return true
    }
    var end = count
    if point >= 0 {
      while end > point + 3, unsafe digits[end - 1] == UInt8(ascii: "0") { end -= 1 }
    }
    for index in 0..<end { unsafe bytes.append(index == point ? mark : digits[index]) }
    if point < 0 { bytes.append(mark) }
    let decimals = point < 0 ? 0 : end - point - 1
    for _ in stride(from: decimals, to: 2, by: 1) { bytes.append(UInt8(ascii: "0")) }
    return true
  }

  /// Writes `1.5e3` out as `1500`.
  private static func expand(
    _ number: Text, mark: UInt8, hasTwoDecimals: Bool, to bytes: inout [UInt8]
  ) -> Bool {
    let parts = number.array.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
    }
    guard parts.count == 2,
      let exponent = Int(String(decoding: parts[1], as: UTF8.self)), abs(exponent) <= 30
    else { return false }
    var mantissa = Array(parts[0])
    let isNegative = mantissa.first == UInt8(ascii: "-")
    if isNegative { mantissa.removeFirst() }
    let place = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count
    var digits = mantissa.filter { $0 != UInt8(ascii: ".") }
    guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
    var point = place + exponent
    while point <= 0 {
      digits.insert(UInt8(ascii: "0"), at: 0)
      point += 1
    }
    while point > digits.count { digits.append(UInt8(ascii: "0")) }
    var plain: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    plain += digits[..<point]
    if point < digits.count { plain += [UInt8(ascii: ".")] + digits[point...] }
    return unsafe plain.withUnsafeBytes { plain in
      unsafe append(Text(plain), mark: mark, hasTwoDecimals: hasTwoDecimals, to: &bytes)
    }
  }
}
