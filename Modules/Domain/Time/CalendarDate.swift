/// A day of the proleptic Gregorian calendar in the years 1 to 9999, without time and zone.
///
/// Every value is a real day: 30 February cannot be made.
public struct CalendarDate: Hashable, Sendable, Comparable {
  /// Days since 1 January 1970, negative before.
  public let daysSince1970: Int

  /// Creates a date from its number of days.
  ///
  /// - Parameter days: Days since 1 January 1970.
  /// - Returns: `nil` outside of the years 1 to 9999.
  public init?(daysSince1970 days: Int) {
    guard (-719_162...2_932_896).contains(days) else { return nil }
    daysSince1970 = days
  }

  /// Creates a date from its parts.
  ///
  /// - Parameters:
  ///   - year: 1 to 9999.
  ///   - month: 1 to 12.
  ///   - day: 1 to the last day of the month.
  /// - Returns: `nil` when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9_999).contains(year), (1...12).contains(month),
      day >= 1, day <= CalendarDate.days(inMonth: month, of: year)
    else { return nil }
    // Years begin in March here, so that the leap day comes last.
    let shiftedYear = month > 2 ? year : year - 1
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSince1970 = era * 146_097 + dayOfEra - 719_468
  }

  /// The year, month and day.
  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = daysSince1970 + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The year, 1 to 9999.
  public var year: Int { parts.year }
  /// The month, 1 to 12.
  public var month: Int { parts.month }
  /// The day of the month, 1 to 31.
  public var day: Int { parts.day }

  /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
  public var weekday: Int { (daysSince1970 + 719_162) % 7 + 1 }

  /// Goes forwards or backwards.
  ///
  /// - Parameter days: How many days; negative goes back.
  /// - Returns: `nil` outside of the years 1 to 9999.
  public func adding(days: Int) -> CalendarDate? {
    let (sum, overflows) = daysSince1970.addingReportingOverflow(days)
    return overflows ? nil : CalendarDate(daysSince1970: sum)
  }

  /// How many days later another date is; negative when it is earlier.
  public func days(until other: CalendarDate) -> Int {
    other.daysSince1970 - daysSince1970
  }

  /// Orders dates from early to late.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.daysSince1970 < right.daysSince1970
  }

  /// Whether a year has 366 days.
  public static func isLeapYear(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// How many days a month has.
  ///
  /// - Parameters:
  ///   - month: 1 to 12; any other month has 0 days.
  ///   - year: The year.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 1, 3, 5, 7, 8, 10, 12: 31
    case 4, 6, 9, 11: 30
    case 2: isLeapYear(year) ? 29 : 28
    default: 0
    }
  }
}

extension CalendarDate: LosslessStringConvertible {
  /// Reads a date written as `2024-09-30` (ISO 8601), nothing else.
  ///
  /// - Returns: `nil` for any other text and for days that do not exist.
  public init?(_ text: String) {
    guard let date = PartialDate(text), date.precision == .day, let day = date.date else {
      return nil
    }
    self = day
  }

  /// The date as `2024-09-30` (ISO 8601).
  public var description: String {
    let (year, month, day) = parts
    return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
  }
}

extension CalendarDate: Codable {
  /// Reads a date from its ISO text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let date = CalendarDate(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "Expected a date such as \"2024-09-30\".")
    }
    self = date
  }

  /// Writes the date as its ISO text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Int {
  /// The digits of a number that is not negative, with zeros in front.
  func padded(_ width: Int) -> String {
    let digits = description
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}
