public import Domain

extension RecurrenceRule {
  /// The most occurrences that one rule is followed for.
  static let mostOccurrences = 100_000

  /// The days on which the event occurs, from the first one to a last day, in order.
  ///
  /// A first day that the rule does not have is no occurrence.
  ///
  /// - Parameters:
  ///   - start: The first day (DTSTART).
  ///   - last: The last day asked for.
  /// - Complexity: O(*n*) in the number of days up to the last one.
  public func dates(from start: CalendarDate, through last: CalendarDate) -> [CalendarDate] {
    let stop = min(last, until?.date ?? last)
    var dates: [CalendarDate] = []
    var round = 0
    while dates.count < min(count ?? .max, Self.mostOccurrences) {
      guard let (first, days) = self.round(round, from: start), first <= stop else { break }
      for day in chosen(days) where day >= start && day <= stop {
        dates.append(day)
        if dates.count == count { return dates }
      }
      round += 1
    }
    return dates
  }

  /// The days of one round, in order, with the day from which it reaches on.
  private func round(_ number: Int, from start: CalendarDate) -> (CalendarDate, [CalendarDate])? {
    let steps = number * interval
    switch frequency {
    case .daily:
      guard let day = start.adding(days: steps) else { return nil }
      let fits =
        isInMonths(day) && isInMonthDays(day)
        && (weekdays.isEmpty || weekdays.contains { $0.day == day.weekday })
      return (day, fits ? [day] : [])
    case .weekly:
      let offset = (start.weekday - weekStart + 7) % 7
      guard let first = start.adding(days: steps * 7 - offset) else { return nil }
      let wanted = weekdays.isEmpty ? [start.weekday] : weekdays.map(\.day)
      let days = (0..<7).compactMap { first.adding(days: $0) }
      return (first, days.filter { wanted.contains($0.weekday) && isInMonths($0) })
    case .monthly:
      let month = start.year * 12 + start.month - 1 + steps
      guard let first = CalendarDate(year: month / 12, month: month % 12 + 1, day: 1) else {
        return nil
      }
      return (first, isInMonths(first) ? monthDays(of: first, start) : [])
    case .yearly:
      guard let first = CalendarDate(year: start.year + steps, month: 1, day: 1) else { return nil }
      return (first, yearDays(of: first.year, start))
    }
  }

  private func monthDays(of first: CalendarDate, _ start: CalendarDate) -> [CalendarDate] {
    let length = CalendarDate.days(inMonth: first.month, of: first.year)
    let all = (0..<length).compactMap { first.adding(days: $0) }
    guard !(weekdays.isEmpty && monthDays.isEmpty) else {
      return all.filter { $0.day == start.day }
    }
    return all.filter { isInMonthDays($0) && isWeekday($0, in: all) }
  }

  private func yearDays(of year: Int, _ start: CalendarDate) -> [CalendarDate] {
    let firsts = (1...12).compactMap { CalendarDate(year: year, month: $0, day: 1) }
    if !months.isEmpty {
      return firsts.filter(isInMonths).flatMap { monthDays(of: $0, start) }
    }
    if weekdays.isEmpty, monthDays.isEmpty {
      return CalendarDate(year: year, month: start.month, day: start.day).map { [$0] } ?? []
    }
    let count = CalendarDate.isLeapYear(year) ? 366 : 365
    let all = (0..<count).compactMap { firsts.first?.adding(days: $0) }
    return all.filter { isInMonthDays($0) && isWeekday($0, in: all) }
  }

  private func isInMonths(_ day: CalendarDate) -> Bool {
    months.isEmpty || months.contains(day.month)
  }

  private func isInMonthDays(_ day: CalendarDate) -> Bool {
    guard !monthDays.isEmpty else { return true }
    let (year, month, number) = day.parts
    let fromEnd = number - CalendarDate.days(inMonth: month, of: year) - 1
    return monthDays.contains(number) || monthDays.contains(fromEnd)
  }

  /// Whether a day is one of the weekdays, counted inside of a month or year.
  private func isWeekday(_ day: CalendarDate, in all: [CalendarDate]) -> Bool {
    guard !weekdays.isEmpty else { return true }
    guard let first = all.first, let last = all.last else { return false }
    return weekdays.contains { wanted in
      guard wanted.day == day.weekday else { return false }
      guard let nth = wanted.nth else { return true }
      return nth > 0
        ? first.days(until: day) / 7 + 1 == nth : -(day.days(until: last) / 7 + 1) == nth
    }
  }

  private func chosen(_ days: [CalendarDate]) -> [CalendarDate] {
    guard !positions.isEmpty else { return days }
    return days.indices.filter {
      positions.contains($0 + 1) || positions.contains($0 - days.count)
    }.map { days[$0] }
  }
}
