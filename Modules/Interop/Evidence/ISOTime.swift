/// Seconds of ISO 8601 dates and instants.
enum ISOTime {
  /// Seconds from 1970-01-01T00:00Z of a year, month, date or instant; `nil` when it is none.
  ///
  /// A time without a zone is `offsetMinutes` to the east of UTC; fractions of a second are dropped.
  static func seconds(_ bytes: UnsafeRawBufferPointer, offsetMinutes: Int = 0) -> Int64? {
    guard unsafe ValueCheck.isDate(bytes) else { return nil }
    let year = unsafe digits(bytes, 0, 4)
    let month = unsafe bytes.count >= 7 ? digits(bytes, 5, 2) : 1
    let day = unsafe bytes.count >= 10 ? digits(bytes, 8, 2) : 1
    let zone = Int64(offsetMinutes) * 60
    var seconds = days(year, month, day) * 86_400
    guard bytes.count >= 16 else { return seconds - zone }
    unsafe seconds += digits(bytes, 11, 2) * 3_600 + digits(bytes, 14, 2) * 60
    var place = 16
    if unsafe place < bytes.count && bytes[place] == 0x3A {
      unsafe seconds += digits(bytes, 17, 2)
      place = 19
    }
    while place < bytes.count, unsafe ![0x5A, 0x2B, 0x2D].contains(bytes[place]) { place += 1 }
    if unsafe place < bytes.count && bytes[place] == 0x5A { return seconds }
    guard place + 2 < bytes.count else { return seconds - zone }
    let sign: Int64 = unsafe bytes[place] == 0x2D ? -1 : 1
    let minutesAt =
      unsafe place + 3 < bytes.count && bytes[place + 3] == 0x3A ? place + 4 : place + 3
    let minutes = unsafe minutesAt + 2 <= bytes.count ? digits(bytes, minutesAt, 2) : 0
    return unsafe seconds - sign * (digits(bytes, place + 1, 2) * 3_600 + minutes * 60)
  }

  private static func digits(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int64 {
    var value: Int64 = 0
    for index in start..<(start + count) {
      value = value * 10 + Int64(unsafe bytes[index] &- 0x30)
    }
    return value
  }

  /// Days from 1970-01-01 of a date of the Gregorian calendar.
  static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
