internal import AdapterKit
internal import CAdapterABI

/// Moments as Moodle counts them: seconds since 1970.
enum UnixTime {
  /// The instant of a count of seconds, in UTC.
  ///
  /// - Returns: `nil` when the text is no count of 9 or 10 digits.
  static func instant(_ seconds: String) -> String? {
    guard (9...10).contains(seconds.utf8.count),
      seconds.utf8.allSatisfy({ $0 &- 0x30 < 10 }), seconds.utf8.first != 0x30,
      let count = Int(seconds)
    else { return nil }
    let (year, month, day) = civil(count / 86_400)
    let rest = count % 86_400
    return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + "T" + pad(rest / 3_600, 2)
      + ":" + pad(rest / 60 % 60, 2) + ":" + pad(rest % 60, 2) + "Z"
  }

  /// The count of seconds of an instant with whole seconds in UTC, or `nil`.
  static func seconds(_ instant: String) -> String? {
    let bytes = Array(instant.utf8)
    guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
      let year = number(bytes, 0..<4), let month = number(bytes, 5..<7),
      let day = number(bytes, 8..<10), let hour = number(bytes, 11..<13),
      let minute = number(bytes, 14..<16), let second = number(bytes, 17..<19), year >= 1970
    else { return nil }
    return String(days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
  }

  private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    Int(String(decoding: bytes[range], as: UTF8.self))
  }

  private static func pad(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// The date of a day, counted from 1 January 1970, after the Gregorian rules of 400 years.
  private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
    var year = 1970
    var left = day
    while left >= length(of: year) {
      left -= length(of: year)
      year += 1
    }
    var month = 1
    while left >= length(of: month, in: year) {
      left -= length(of: month, in: year)
      month += 1
    }
    return (year, month, left + 1)
  }

  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    var days = day - 1
    for earlier in 1970..<year { days += length(of: earlier) }
    for earlier in 1..<max(1, month) { days += length(of: earlier, in: year) }
    return days
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func length(of year: Int) -> Int { isLeap(year) ? 366 : 365 }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
