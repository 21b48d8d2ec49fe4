public import Domain

extension SchoolCalendar {
  /// What takes place every week at the same times, on days of instruction.
  public struct Meeting: Hashable, Sendable {
    /// The title.
    public var title: String
    /// The weekdays, 1 for Monday to 7.
    public var weekdays: Set<Int>
    /// The minutes of the day from the beginning to the end.
    public var minutes: Range<Int>
    /// The place.
    public var location: String?

    /// Creates a meeting.
    ///
    /// - Throws: ``SchedulingError`` with the code `zeroLength` when it ends when it begins,
    ///   `wrongValue` for a weekday or minute that does not exist.
    public init(
      _ title: String, weekdays: Set<Int>, from start: Int, to end: Int, location: String? = nil
    ) throws(SchedulingError) {
      guard start < end else {
        throw SchedulingError(
          .zeroLength,
          "\"\(title)\" ends at minute \(end) of the day and begins at \(start); it needs some time."
        )
      }
      guard !weekdays.isEmpty, weekdays.isSubset(of: [1, 2, 3, 4, 5, 6, 7]), start >= 0, end < 1_440
      else {
        throw SchedulingError(
          .wrongValue,
          "\"\(title)\" needs weekdays from 1 to 7 and times from 00:00 to 23:59.")
      }
      self.title = title
      self.weekdays = weekdays
      minutes = start..<end
      self.location = location
    }
  }

  /// The calendar as whole-day events, and meetings as events that come again every week.
  ///
  /// Days without instruction are exceptions of the rule, so that subscribers see a meeting on days
  /// of instruction alone. A meeting that falls on no day of instruction is left out.
  ///
  /// - Parameters:
  ///   - stamp: When this edition was made.
  ///   - domain: The domain of the school, for identifiers.
  ///   - meetings: What takes place every week.
  ///   - zone: The zone of their times; without one they are meant wherever one is.
  public func iCalendar(
    stamp: Instant, domain: String, meetings: [Meeting], zone: SchoolTimeZone? = nil
  ) -> ICalendar {
    var calendar = iCalendar(stamp: stamp, domain: domain)
    if let zone, !meetings.isEmpty { calendar.zones = [zone] }
    var used: [String: Int] = [:]
    for meeting in meetings {
      let number = used[meeting.title, default: 0]
      used[meeting.title] = number + 1
      let taught = days.filter { meeting.weekdays.contains($0.weekday) }
      guard let first = taught.first, let last = taught.last else { continue }
      func time(_ day: CalendarDate, _ minute: Int) -> EventTime {
        .wall(day, second: minute * 60, zone: zone?.name)
      }
      var rule = RecurrenceRule(.weekly)
      rule.weekdays = meeting.weekdays.sorted().map { .init($0) }
      // With a zone, the last moment is given in UTC, as RFC 5545 has it.
      let end = meeting.minutes.lowerBound
      rule.until = zone?.moment(last, minute: end).map { .moment($0) } ?? time(last, end)
      let known = Set(taught)
      var exceptions: [EventTime] = []
      var day: CalendarDate? = first
      while let date = day, date <= last {
        if meeting.weekdays.contains(date.weekday), !known.contains(date) {
          exceptions.append(time(date, meeting.minutes.lowerBound))
        }
        day = date.adding(days: 1)
      }
      calendar.events.append(
        CalendarEvent(
          uid: CalendarEvent.uid(
            for: "\(title)/meeting/\(meeting.title)/\(number)", domain: domain),
          stamp: stamp, summary: meeting.title, location: meeting.location,
          categories: ["meeting"], start: time(first, meeting.minutes.lowerBound),
          end: time(first, meeting.minutes.upperBound), recurrence: rule, exceptions: exceptions))
    }
    return calendar
  }
}
