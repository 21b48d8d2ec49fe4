public import Domain

/// The pattern of a balanced calendar: equal parts of instruction with short breaks between them.
///
/// The usual one is 4 parts of 45 days, with breaks of 15 weekdays ("45-15"). Bounds are data.
public struct BalancedPattern: Hashable, Sendable {
  /// How many parts.
  public var parts: Int
  /// How many days of instruction each part has.
  public var partDays: Int
  /// How many days a break may have.
  public var breakDays: ClosedRange<Int>
  /// Whether breaks are counted in weekdays of instruction, otherwise in all days.
  public var countsWeekdays: Bool

  /// Creates a pattern.
  public init(
    parts: Int = 4, partDays: Int = 45, breakDays: ClosedRange<Int> = 15...30,
    countsWeekdays: Bool = false
  ) {
    self.parts = parts
    self.partDays = partDays
    self.breakDays = breakDays
    self.countsWeekdays = countsWeekdays
  }

  /// Makes a calendar of this pattern.
  ///
  /// Closures and holidays inside of a part make it longer, so that it keeps its days.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - first: The first day.
  ///   - breaks: How long each break is, one fewer than parts.
  ///   - weekdays: The weekdays of instruction.
  ///   - holidays: Rules whose days are closed.
  ///   - closures: Other closed days.
  /// - Throws: ``SchedulingError`` when a break is out of bounds or the year does not come to an
  ///   end within two years.
  public func calendar(
    title: String, from first: CalendarDate, breaks: [Int], weekdays: Set<Int> = [1, 2, 3, 4, 5],
    holidays: [HolidayRule] = [], closures: [SchoolCalendar.Closure] = []
  ) throws(SchedulingError) -> SchoolCalendar {
    try check(breaks, title)
    guard let horizon = first.adding(days: 731) else {
      throw SchedulingError(.wrongValue, "The year from \(first) leaves the calendar.")
    }
    let open = try SchoolCalendar(
      title: title, span: DateSpan(first, through: horizon), weekdays: weekdays,
      closures: closures, holidays: holidays)
    var terms: [SchoolCalendar.Term] = []
    var recesses: [SchoolCalendar.Closure] = []
    var start = first
    for part in 0..<parts {
      let from = open.index(atOrAfter: start)
      guard from + partDays <= open.days.count else { throw Self.tooLong(title) }
      let end = open.days[from + partDays - 1]
      terms.append(
        SchoolCalendar.Term("Part \(part + 1)", DateSpan(trusted: open.days[from], end)))
      guard part + 1 < parts else { break }
      let recess = try recess(after: end, breaks[part], weekdays, title)
      recesses.append(SchoolCalendar.Closure("Break \(part + 1)", .recess, recess))
      guard let next = recess.last.adding(days: 1) else { throw Self.tooLong(title) }
      start = next
    }
    let last = terms.last?.span.last ?? first
    return try SchoolCalendar(
      title: title, span: DateSpan(terms.first?.span.first ?? first, through: last),
      weekdays: weekdays, terms: terms, closures: closures + recesses, holidays: holidays)
  }

  private func check(_ breaks: [Int], _ title: String) throws(SchedulingError) {
    guard (1...12).contains(parts), (1...200).contains(partDays), breaks.count == parts - 1 else {
      throw SchedulingError(
        .wrongValue,
        "The calendar \"\(title)\" has \(parts) parts of \(partDays) days and "
          + "\(counted(breaks.count, "break")); give 1 to 12 parts of 1 to 200 days and a break "
          + "between each two.")
    }
    for (index, days) in breaks.enumerated() where !breakDays.contains(days) {
      throw SchedulingError(
        .wrongValue,
        "Break \(index + 1) of \"\(title)\" has \(counted(days, "day")); it must have "
          + "\(breakDays.lowerBound) to \(breakDays.upperBound).")
    }
  }

  private func recess(
    after end: CalendarDate, _ length: Int, _ weekdays: Set<Int>, _ title: String
  ) throws(SchedulingError) -> DateSpan {
    guard var last = end.adding(days: 1), length > 0 else { throw Self.tooLong(title) }
    let first = last
    var left = length
    while true {
      if !countsWeekdays || weekdays.contains(last.weekday) { left -= 1 }
      guard left > 0 else { return DateSpan(trusted: first, last) }
      guard let next = last.adding(days: 1), first.days(until: next) < 400 else {
        throw Self.tooLong(title)
      }
      last = next
    }
  }

  private static func tooLong(_ title: String) -> SchedulingError {
    SchedulingError(
      .impossibleWindow,
      "The calendar \"\(title)\" does not reach its days within two years; close fewer days or ask "
        + "for fewer.")
  }

  /// Says where a calendar leaves this pattern.
  ///
  /// - Returns: One problem for each part and break that is out of bounds; none when it fits.
  public func problems(of calendar: SchoolCalendar) -> [Problem] {
    var problems: [Problem] = []
    func report(_ text: String) {
      problems.append(Problem(.error, "scheduling.unbalanced", text))
    }
    if calendar.terms.count != parts {
      report("Found \(counted(calendar.terms.count, "part")), expected \(parts).")
    }
    for term in calendar.terms {
      let count = calendar.days(in: term.span).count
      guard count != partDays else { continue }
      report("\(term.title) has \(counted(count, "day")) of instruction, expected \(partDays).")
    }
    for (index, bridge) in calendar.bridges.enumerated() {
      let count =
        countsWeekdays
        ? bridge.days.filter { calendar.weekdays.contains($0.weekday) }.count : bridge.count
      guard !breakDays.contains(count) else { continue }
      report(
        "Break \(index + 1) (\(bridge)) has \(counted(count, "day")), expected "
          + "\(breakDays.lowerBound) to \(breakDays.upperBound).")
    }
    let missing = calendar.terms.count - 1 - calendar.bridges.count
    if missing > 0 { report("\(counted(missing, "part")) follow the one before without a break.") }
    return problems
  }
}
