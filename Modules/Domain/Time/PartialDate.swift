/// A date or time as precise as its source: a year, a month, a day, a minute or finer.
///
/// Nothing is made up: a date without a time has none, a time without a zone has none. The text of
/// the source is kept beside the parts.
public struct PartialDate: Hashable, Sendable {
  /// How much is known.
  public enum Precision: Int, Hashable, Sendable, Comparable, CaseIterable {
    /// Only the year.
    case year
    /// The year and month.
    case month
    /// The day.
    case day
    /// The day, hour and minute.
    case minute
    /// As ``minute`` with the second.
    case second
    /// As ``second`` with a part of the second.
    case fraction

    /// Orders precisions from coarse to fine.
    public static func < (left: Precision, right: Precision) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// How much is known; finer parts are 1 for month and day and 0 for times.
  public let precision: Precision
  /// The first day that is meant.
  public let firstDay: CalendarDate
  /// Seconds since the start of the day, in the zone of the source.
  public let secondOfDay: Int
  /// Nanoseconds after that second.
  public let nanoseconds: Int32
  /// Minutes to the east of UTC, or `nil` when the source does not say.
  public let offsetMinutes: Int?
  /// The text of the source.
  public let source: String

  /// Creates a date without a time.
  ///
  /// - Parameters:
  ///   - day: The day.
  ///   - source: The text of the source; without it the ISO text.
  public init(_ day: CalendarDate, source: String? = nil) {
    precision = .day
    firstDay = day
    secondOfDay = 0
    nanoseconds = 0
    offsetMinutes = nil
    self.source = source ?? day.description
  }

  /// Creates a moment in UTC.
  ///
  /// - Parameters:
  ///   - instant: The moment.
  ///   - source: The text of the source; without it the ISO text.
  public init(_ instant: Instant, source: String? = nil) {
    let seconds = Int(instant.secondsSince1970)
    let days = seconds.dividedDown(by: 86_400)
    precision = instant.nanoseconds == 0 ? .second : .fraction
    firstDay = CalendarDate(trustedDaysSince1970: days)
    secondOfDay = seconds - days * 86_400
    nanoseconds = instant.nanoseconds
    offsetMinutes = 0
    self.source = source ?? instant.description
  }

  /// Creates a date or time from its parts; leave out what the source does not have.
  ///
  /// - Parameters:
  ///   - year: 1 to 9999.
  ///   - month: 1 to 12.
  ///   - day: The day of the month; needs a month.
  ///   - hour: 0 to 23; needs a day and a minute.
  ///   - minute: 0 to 59.
  ///   - second: 0 to 59; needs a minute.
  ///   - nanoseconds: 0 to 999,999,999; needs a second.
  ///   - offsetMinutes: Minutes to the east of UTC, at most 18 hours; needs a time.
  ///   - source: The text of the source.
  /// - Throws: ``DomainError`` with the code `invalidDate` when there is no such date or time.
  public init(
    year: Int, month: Int? = nil, day: Int? = nil, hour: Int? = nil, minute: Int? = nil,
    second: Int? = nil, nanoseconds: Int32? = nil, offsetMinutes: Int? = nil, source: String
  ) throws(DomainError) {
    let parts: [Bool] = [
      month != nil, day != nil, hour != nil && minute != nil, second != nil, nanoseconds != nil,
    ]
    let known = parts.prefix { $0 }.count
    guard !parts.dropFirst(known).contains(true), (hour == nil) == (minute == nil),
      offsetMinutes == nil || known >= 3, (-1_080...1_080).contains(offsetMinutes ?? 0),
      (0...23).contains(hour ?? 0), (0...59).contains(minute ?? 0),
      (0...59).contains(second ?? 0), (0..<1_000_000_000).contains(nanoseconds ?? 0),
      let precision = Precision(rawValue: known),
      let firstDay = CalendarDate(year: year, month: month ?? 1, day: day ?? 1)
    else { throw .invalidDate(source) }
    self.precision = precision
    self.firstDay = firstDay
    secondOfDay = (hour ?? 0) * 3_600 + (minute ?? 0) * 60 + (second ?? 0)
    self.nanoseconds = nanoseconds ?? 0
    self.offsetMinutes = offsetMinutes
    self.source = source
  }

  /// The day, or `nil` when only the month or year is known.
  public var date: CalendarDate? { precision >= .day ? firstDay : nil }

  /// The first moment that can be meant.
  ///
  /// - Parameter assumed: Minutes to the east of UTC, for sources that do not say.
  /// - Returns: `nil` outside of the years 1 to 9999.
  public func earliest(offsetMinutes assumed: Int) -> Instant? {
    let offset = (offsetMinutes ?? assumed) * 60
    let seconds = firstDay.daysSince1970 * 86_400 + secondOfDay - offset
    return Instant(secondsSince1970: Int64(seconds), nanoseconds: nanoseconds)
  }

  /// The ISO 8601 text of what is known, whatever the source looked like.
  public var isoText: String {
    var text = firstDay.description
    switch precision {
    case .year: return String(text.prefix(4))
    case .month: return String(text.prefix(7))
    case .day: return text
    case .minute, .second, .fraction: break
    }
    text += "T\((secondOfDay / 3_600).padded(2)):\((secondOfDay / 60 % 60).padded(2))"
    if precision >= .second { text += ":\((secondOfDay % 60).padded(2))" }
    if precision == .fraction {
      var digits = Int(nanoseconds).padded(9)
      while digits.utf8.count > 1, digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
      text += ".\(digits)"
    }
    guard let offsetMinutes else { return text }
    guard offsetMinutes != 0 else { return text + "Z" }
    let minutes = abs(offsetMinutes)
    let sign = offsetMinutes < 0 ? "-" : "+"
    return text + "\(sign)\((minutes / 60).padded(2)):\((minutes % 60).padded(2))"
  }
}

extension PartialDate: CustomStringConvertible {
  /// The text of the source.
  public var description: String { source }
}

extension CalendarDate {
  /// Takes a number of days that comes from a value already in range.
  init(trustedDaysSince1970 days: Int) {
    daysSince1970 = days
  }
}

extension DomainError {
  static func invalidDate(_ source: String) -> DomainError {
    DomainError(
      .invalidDate,
      "\"\(source)\" is no date or time; write a real day such as 2024-09-30 or a time such as "
        + "2024-09-30T14:05:00Z.")
  }
}
