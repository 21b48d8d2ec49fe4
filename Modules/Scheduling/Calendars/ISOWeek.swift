public import Domain

/// A week of the ISO 8601 calendar: Monday to Sunday, numbered by the year of its Thursday.
public struct ISOWeek: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The year that the week is counted in, which may differ from that of its days.
  public let year: Int
  /// The number, 1 to 53.
  public let number: Int

  /// Finds the week of a day.
  public init(of day: CalendarDate) {
    // The Thursday decides; it is worked out in days because it may lie outside of the years of dates.
    let thursday = day.daysSince1970 - day.weekday + 4
    let start = CalendarDate(daysSince1970: thursday)
    let year = start?.year ?? (thursday < 0 ? 0 : 10_000)
    let newYear =
      CalendarDate(year: year, month: 1, day: 1)?.daysSince1970
      ?? (year == 0 ? -719_528 : 2_932_897)
    self.year = year
    number = (thursday - newYear) / 7 + 1
  }

  /// Creates a week from its parts.
  ///
  /// - Returns: `nil` when the year has no such week.
  public init?(year: Int, number: Int) {
    guard number >= 1, let fourth = CalendarDate(year: year, month: 1, day: 4),
      let day = fourth.adding(days: (number - 1) * 7), ISOWeek(of: day).year == year
    else { return nil }
    self.year = year
    self.number = number
  }

  /// A day of the week.
  ///
  /// - Parameter weekday: 1 for Monday to 7 for Sunday.
  /// - Returns: `nil` for other numbers and outside of the years 1 to 9999.
  public func day(_ weekday: Int) -> CalendarDate? {
    guard (1...7).contains(weekday), let fourth = CalendarDate(year: year, month: 1, day: 4) else {
      return nil
    }
    return fourth.adding(days: (number - 1) * 7 - fourth.weekday + weekday)
  }

  /// The week as `2026-W35`.
  public var description: String { "\(digits(year, 4))-W\(digits(number, 2))" }

  /// Orders weeks from early to late.
  public static func < (left: ISOWeek, right: ISOWeek) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }
}

/// The digits of a number that is not negative, with zeros in front.
func digits(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}

/// A count with its noun, such as `1 day` and `2 days`.
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
