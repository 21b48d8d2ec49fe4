public import Domain

/// A run of days that is counted from the day on which it opens.
///
/// The day it opens is day 0. A transfer window of two weeks takes day 13 and no longer takes day
/// 14; the length is data.
public struct DayWindow: Hashable, Sendable {
  /// The day on which it opens.
  public let opens: CalendarDate
  /// How many days it is open.
  public let length: Int

  /// Creates a window.
  ///
  /// - Throws: ``SchedulingError`` with the code `impossibleWindow` when it has no day.
  public init(opens: CalendarDate, length: Int = 14) throws(SchedulingError) {
    guard length > 0, opens.adding(days: length - 1) != nil else {
      throw SchedulingError(
        .impossibleWindow,
        "The window from \(opens) has \(counted(length, "day")); give at least 1, such as 14.")
    }
    self.opens = opens
    self.length = length
  }

  /// The number of a day, 0 for the first; negative before.
  public func number(of day: CalendarDate) -> Int { opens.days(until: day) }

  /// Whether the window takes a day.
  public func contains(_ day: CalendarDate) -> Bool { (0..<length).contains(number(of: day)) }
}

/// Reviews of a learner at a steady distance from the day of enrollment.
///
/// The day of enrollment is day 1; with a distance of 30 reviews fall on the days 31, 61 and 91.
public struct ReviewCycle: Hashable, Sendable {
  /// The day of enrollment.
  public let enrolled: CalendarDate
  /// How many days apart reviews are.
  public let distance: Int

  /// Creates a cycle.
  ///
  /// - Throws: ``SchedulingError`` with the code `wrongValue` when the distance is below 1.
  public init(enrolled: CalendarDate, distance: Int = 30) throws(SchedulingError) {
    guard distance > 0 else {
      throw SchedulingError(
        .wrongValue, "Reviews are \(distance) days apart; give at least 1, such as 30.")
    }
    self.enrolled = enrolled
    self.distance = distance
  }

  /// The days of the reviews up to a day, with their numbers.
  public func reviews(through last: CalendarDate) -> [(number: Int, date: CalendarDate)] {
    let count = max(0, enrolled.days(until: last)) / distance
    guard count > 0 else { return [] }
    return (1...count).compactMap { index in
      enrolled.adding(days: index * distance).map { (index * distance + 1, $0) }
    }
  }
}

extension SchoolCalendar {
  /// The days of a weekly meeting, such as the review with the advisor.
  ///
  /// In a week without instruction on that weekday the meeting falls on the next day of
  /// instruction of the week, and is left out where there is none.
  ///
  /// - Parameter weekday: 1 for Monday.
  public func weekly(on weekday: Int) -> [CalendarDate] {
    var weeks: [ISOWeek: CalendarDate] = [:]
    for day in days where day.weekday >= weekday {
      let week = ISOWeek(of: day)
      if weeks[week] == nil { weeks[week] = day }
    }
    return weeks.values.sorted()
  }

  /// The first days of a learner at the school.
  ///
  /// - Parameters:
  ///   - arrival: The day of enrollment.
  ///   - count: How many days of instruction the orientation has.
  /// - Returns: Fewer days where the year ends before.
  public func orientation(from arrival: CalendarDate, days count: Int) -> ArraySlice<CalendarDate> {
    days[index(atOrAfter: arrival)...].prefix(max(0, count))
  }

  /// Weeks between terms that hold an intensive.
  ///
  /// - Parameter count: How many weekdays in a row an intensive has.
  /// - Returns: The days of one intensive for each bridge that is long enough.
  public func intensives(days count: Int = 5) -> [[CalendarDate]] {
    let closed = closures.filter { $0.kind == .holiday }
    return bridges.compactMap { bridge in
      let days = bridge.days.filter { day in
        weekdays.contains(day.weekday) && !closed.contains { $0.span.contains(day) }
      }
      return count > 0 && days.count >= count ? Array(days.prefix(count)) : nil
    }
  }

  /// The starts of modules for rolling entry, one every few days of instruction.
  ///
  /// - Parameter distance: How many days of instruction a module has; at least 1.
  public func moduleStarts(every distance: Int) -> [CalendarDate] {
    stride(from: 0, to: days.count, by: max(1, distance)).map { days[$0] }
  }

  /// The first start of a module at or after the day on which a learner is ready for it.
  public func entry(ready: CalendarDate, moduleDays: Int) -> CalendarDate? {
    moduleStarts(every: moduleDays).first { $0 >= ready }
  }
}
