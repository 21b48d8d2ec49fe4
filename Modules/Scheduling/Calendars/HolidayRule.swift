public import Domain

/// A rule that gives a holiday its date in every year: holidays are data, not code.
public struct HolidayRule: Hashable, Sendable {
  /// Which day of the year it is.
  public enum Day: Hashable, Sendable {
    /// A day of a month; 29 February comes in leap years only.
    case fixed(month: Int, day: Int)
    /// The *n*-th such weekday of a month (1 for Monday); -1 is the last one.
    case weekday(Int, nth: Int, month: Int)
    /// Days after the Western Easter Sunday; negative is before.
    case easter(offset: Int)
  }

  /// What happens to a holiday at a weekend.
  public enum Observance: String, Hashable, Sendable, CaseIterable {
    /// It stays where it is.
    case none
    /// Saturday is kept on Friday, Sunday on Monday.
    case nearestWeekday
    /// Saturday and Sunday are kept on Monday.
    case nextMonday
  }

  /// The title.
  public var title: String
  /// Which day it is.
  public var day: Day
  /// What happens at a weekend.
  public var observance: Observance

  /// Creates a rule.
  ///
  /// - Throws: ``SchedulingError`` with the code `wrongValue` when no year has such a day.
  public init(
    _ title: String, _ day: Day, observance: Observance = .none
  ) throws(SchedulingError) {
    let isPossible =
      switch day {
      case .fixed(let month, let day): CalendarDate(year: 2000, month: month, day: day) != nil
      case .weekday(let weekday, let nth, let month):
        (1...7).contains(weekday) && (1...12).contains(month) && (1...5).contains(abs(nth))
      case .easter(let offset): abs(offset) <= 180
      }
    guard isPossible else {
      throw SchedulingError(
        .wrongValue,
        "The holiday \"\(title)\" falls on no day of any year; give a real day of a month, the "
          + "first to fifth weekday of one, or at most 180 days from Easter.")
    }
    self.title = title
    self.day = day
    self.observance = observance
  }

  /// The day on which the holiday is kept.
  ///
  /// - Parameter year: The year whose holiday it is; the day kept may lie in a neighbour.
  /// - Returns: `nil` when the year has none, such as a 29 February.
  public func date(in year: Int) -> CalendarDate? {
    let date: CalendarDate? =
      switch day {
      case .fixed(let month, let day): CalendarDate(year: year, month: month, day: day)
      case .weekday(let weekday, let nth, let month):
        nthWeekday(weekday, nth: nth, month: month, year: year)
      case .easter(let offset): easterSunday(of: year)?.adding(days: offset)
      }
    guard let date, date.weekday > 5 else { return date }
    return switch observance {
    case .none: date
    case .nearestWeekday: date.adding(days: date.weekday == 6 ? -1 : 1)
    case .nextMonday: date.adding(days: 8 - date.weekday)
    }
  }

  /// The days on which the holiday is kept in a span, in order.
  public func dates(in span: DateSpan) -> [CalendarDate] {
    (span.first.year - 1...span.last.year + 1).compactMap { date(in: $0) }.filter(span.contains)
  }
}

/// The *n*-th weekday of a month; negative counts from its end.
func nthWeekday(_ weekday: Int, nth: Int, month: Int, year: Int) -> CalendarDate? {
  let length = CalendarDate.days(inMonth: month, of: year)
  if nth > 0 {
    guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
    let day = 1 + (weekday - first.weekday + 7) % 7 + (nth - 1) * 7
    return CalendarDate(year: year, month: month, day: day)
  }
  guard let last = CalendarDate(year: year, month: month, day: length) else { return nil }
  let day = length - (last.weekday - weekday + 7) % 7 + (nth + 1) * 7
  return CalendarDate(year: year, month: month, day: day)
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Jones, Butcher).
///
/// - Returns: `nil` outside of the years 1 to 9999.
public func easterSunday(of year: Int) -> CalendarDate? {
  let (golden, century, rest) = (year % 19, year / 100, year % 100)
  let epact =
    (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30
  let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7
  let correction = (golden + 11 * epact + 22 * weekday) / 451
  let sum = epact + weekday - 7 * correction + 114
  return CalendarDate(year: year, month: sum / 31, day: sum % 31 + 1)
}
