/// How finely a date is given.
public enum DatePrecision: UInt8, Hashable, Sendable, Comparable {
  /// A year.
  case year
  /// A month.
  case month
  /// A day.
  case day
  /// A day with hours and minutes.
  case minute
  /// A day with hours, minutes and seconds.
  case second
  /// A day with a fraction of a second.
  case fraction

  /// Orders from coarse to fine.
  public static func < (left: DatePrecision, right: DatePrecision) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// How finely an ISO 8601 date is given, when the bytes are one.
///
/// Accepted are `2024`, `2024-09`, `2024-09-30` and, after `T`, `14:05`, `14:05:00` and
/// `14:05:00.25`, each with `Z`, `+02:00`, `+0200`, `+02` or nothing. The day must exist: neither
/// 2025-02-30 nor the year 0000 passes.
///
/// - Parameter bytes: The whole text of the date.
/// - Returns: The precision, or `nil` when the bytes are no such date.
/// - Complexity: O(1) but for the digits of the fraction.
public func validateISODate(_ bytes: UnsafeRawBufferPointer) -> DatePrecision? {
  let count = bytes.count
  guard count >= 4, let year = unsafe fixedDigits(bytes, 0, 4), year > 0 else { return nil }
  guard count > 4 else { return .year }
  guard count >= 7, unsafe bytes[4] == 0x2D, let month = unsafe fixedDigits(bytes, 5, 2),
    month >= 1, month <= 12
  else { return nil }
  guard count > 7 else { return .month }
  guard count >= 10, unsafe bytes[7] == 0x2D, let day = unsafe fixedDigits(bytes, 8, 2),
    isDay(year, month, day)
  else { return nil }
  guard count > 10 else { return .day }
  guard count >= 16, unsafe bytes[10] == 0x54, unsafe bytes[13] == 0x3A,
    let hour = unsafe fixedDigits(bytes, 11, 2), hour < 24,
    let minute = unsafe fixedDigits(bytes, 14, 2), minute < 60
  else { return nil }
  var place = 16
  var precision = DatePrecision.minute
  if unsafe place < count && bytes[place] == 0x3A {
    guard let second = unsafe fixedDigits(bytes, 17, 2), second < 60 else { return nil }
    place = 19
    precision = .second
    if unsafe place < count && bytes[place] == 0x2E {
      let end = unsafe endOfDigits(bytes, from: place + 1)
      guard end > place + 1 else { return nil }
      place = end
      precision = .fraction
    }
  }
  guard place < count else { return precision }
  return unsafe zoneEnd(bytes, from: place) == count ? precision : nil
}

/// Whether a day exists in the Gregorian calendar.
func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
  guard year > 0, month >= 1, month <= 12, day >= 1 else { return false }
  switch month {
  case 4, 6, 9, 11: return day <= 30
  case 2:
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return day <= (isLeap ? 29 : 28)
  default: return day <= 31
  }
}

/// The number of a fixed count of digits, or `nil` when other bytes stand there.
@inline(__always)
func fixedDigits(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int? {
  guard start + count <= bytes.count else { return nil }
  var value = 0
  for place in start..<start + count {
    let digit = unsafe bytes[place] &- 0x30
    guard digit < 10 else { return nil }
    value = value * 10 + Int(digit)
  }
  return value
}

/// Where the offset from UTC at a place ends, or `nil` when there is none.
func zoneEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
  guard start < bytes.count else { return nil }
  if unsafe bytes[start] == 0x5A { return start + 1 }
  guard unsafe bytes[start] == 0x2B || bytes[start] == 0x2D,
    let hours = unsafe fixedDigits(bytes, start + 1, 2), hours < 24
  else { return nil }
  guard start + 3 < bytes.count else { return start + 3 }
  let place = unsafe bytes[start + 3] == 0x3A ? start + 4 : start + 3
  guard let minutes = unsafe fixedDigits(bytes, place, 2), minutes < 60 else { return nil }
  return place + 2
}
