internal import AdapterKit

/// How dates with slashes or points are to be read.
enum DateOrder: String {
  case dayFirst = "dmy"
  case monthFirst = "mdy"

  /// The order, for messages.
  var words: String {
    self == .dayFirst
      ? "day, month, year (option dates=dmy)" : "month, day, year (option dates=mdy)"
  }

  /// The order that the user names, else the one that dates of the package leave open.
  ///
  /// A spreadsheet writes all dates alike, so one date such as 9/25/2025 settles the others. Only
  /// the first bytes of each file are looked at. Without any such date, and with dates that
  /// contradict each other, the day comes first.
  static func decide(
    _ request: AdapterRequest, _ package: Package, _ input: AdapterInput
  ) throws(AdapterError) -> DateOrder {
    if let named = request.option("dates").flatMap(DateOrder.init) { return named }
    var orders: Set<DateOrder> = []
    for file in package.files {
      for order in [dayFirst, monthFirst]
      where try shows(order, PackageText.head(of: file.member, in: input)) {
        orders.insert(order)
      }
    }
    return orders == [.monthFirst] ? .monthFirst : .dayFirst
  }

  /// Whether a text holds a date that only this order allows.
  private static func shows(_ order: DateOrder, _ bytes: [UInt8]) -> Bool {
    var numbers: [Int] = []
    var digits = 0
    var last: UInt8 = 0
    for byte in bytes {
      if byte >= 0x30, byte <= 0x39 {
        if digits == 0 { numbers.append(0) }
        digits += 1
        if digits <= 4 {
          numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte & 15)
        }
        continue
      }
      let isMark = byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
      if numbers.count == 3, digits == 4, !isMark {
        let (first, second) = (numbers[0], numbers[1])
        let (day, month) = order == .dayFirst ? (first, second) : (second, first)
        if day > 12, day <= 31, month >= 1, month <= 12 { return true }
      }
      if !isMark || digits == 0 || digits > 2 || (numbers.count > 1 && byte != last) {
        numbers.removeAll(keepingCapacity: true)
      }
      last = byte
      digits = 0
    }
    return false
  }
}

/// The first bytes of members, before they are read.
enum PackageText {
  /// The first bytes in UTF-8; of UTF-16 only the ASCII characters are right.
  static func head(
    of member: Int, in input: AdapterInput, count: Int = 65_536
  ) throws(AdapterError) -> [UInt8] {
    let bytes = try input.head(of: member, count: count)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
    let first = isLittle ? 0 : 1
    return stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      bytes[index + 1 - first] == 0 ? bytes[index + first] : UInt8(ascii: "?")
    }
  }
}
