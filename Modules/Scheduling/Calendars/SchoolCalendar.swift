public import Domain

/// The days on which a school teaches, with its terms and what closes it.
///
/// Days of instruction are numbered from 0, so that plans count in days and come back to dates at
/// the end.
public struct SchoolCalendar: Hashable, Sendable {
  /// Days on which there is no instruction.
  public struct Closure: Hashable, Sendable {
    /// Why a school is closed.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// A holiday.
      case holiday
      /// A break between parts of the year.
      case recess = "break"
      /// A day for staff only.
      case staffDay
    }

    /// The title.
    public var title: String
    /// Why.
    public var kind: Kind
    /// The days.
    public var span: DateSpan

    /// Creates a closure.
    public init(_ title: String, _ kind: Kind, _ span: DateSpan) {
      self.title = title
      self.kind = kind
      self.span = span
    }
  }

  /// A part of the year.
  public struct Term: Hashable, Sendable {
    /// The title.
    public var title: String
    /// The days.
    public var span: DateSpan

    /// Creates a term.
    public init(_ title: String, _ span: DateSpan) {
      self.title = title
      self.span = span
    }
  }

  /// The title.
  public let title: String
  /// The first and last day of the year.
  public let span: DateSpan
  /// The weekdays of instruction, 1 for Monday.
  public let weekdays: Set<Int>
  /// The terms, in order; they do not overlap.
  public let terms: [Term]
  /// What closes the school, in order of the first day.
  public let closures: [Closure]
  /// The days of instruction, in order; never empty.
  public let days: [CalendarDate]

  /// Creates a calendar.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - span: The first and last day.
  ///   - weekdays: The weekdays of instruction, 1 for Monday to 7.
  ///   - terms: The terms, in any order; with terms, days between them are no days of instruction.
  ///   - closures: Days without instruction; they may overlap.
  ///   - holidays: Rules whose days in the span are closed too.
  /// - Throws: ``SchedulingError`` when the span is longer than ten years, terms overlap or leave
  ///   the year, or no day of instruction is left.
  public init(
    title: String, span: DateSpan, weekdays: Set<Int> = [1, 2, 3, 4, 5], terms: [Term] = [],
    closures: [Closure] = [], holidays: [HolidayRule] = []
  ) throws(SchedulingError) {
    guard span.count <= 3_660 else {
      throw SchedulingError(
        .limitExceeded,
        "The calendar \"\(title)\" has \(span.count) days; a calendar may have ten years. Split it."
      )
    }
    let terms = terms.sorted { $0.span.first < $1.span.first }
    try Self.check(terms, in: span)
    let observed = holidays.flatMap { rule in
      rule.dates(in: span).map { Closure(rule.title, .holiday, DateSpan($0)) }
    }
    let closures = (closures + observed).sorted {
      ($0.span.first, $0.span.last, $0.title) < ($1.span.first, $1.span.last, $1.title)
    }
    var closed: Set<CalendarDate> = []
    for closure in closures where closure.span.overlaps(span) {
      let (first, last) = (max(span.first, closure.span.first), min(span.last, closure.span.last))
      closed.formUnion(DateSpan(trusted: first, last).days)
    }
    let days = span.days.filter { day in
      weekdays.contains(day.weekday) && !closed.contains(day)
        && (terms.isEmpty || terms.contains { $0.span.contains(day) })
    }
    guard !days.isEmpty else {
      throw SchedulingError(
        .impossibleWindow,
        "The calendar \"\(title)\" has no day of instruction from \(span); check its weekdays, terms "
          + "and closures.")
    }
    self.title = title
    self.span = span
    self.weekdays = weekdays
    self.terms = terms
    self.closures = closures
    self.days = days
  }

  private static func check(_ terms: [Term], in span: DateSpan) throws(SchedulingError) {
    for term in terms where !span.contains(term.span.first) || !span.contains(term.span.last) {
      throw SchedulingError(
        .impossibleWindow,
        "The term \"\(term.title)\" (\(term.span)) leaves the year (\(span)); change one of them.")
    }
    for (first, second) in zip(terms, terms.dropFirst()) where first.span.overlaps(second.span) {
      throw SchedulingError(
        .doubleBooking,
        "The terms \"\(first.title)\" (\(first.span)) and \"\(second.title)\" (\(second.span)) "
          + "overlap; end the first one earlier.")
    }
  }

  /// How many days of instruction come before a date.
  ///
  /// - Complexity: O(log *n*).
  public func index(atOrAfter date: CalendarDate) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < date { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The number of a day of instruction, or `nil` when there is none on it.
  ///
  /// - Complexity: O(log *n*).
  public func index(of date: CalendarDate) -> Int? {
    let index = index(atOrAfter: date)
    return index < days.count && days[index] == date ? index : nil
  }

  /// The days of instruction in a span.
  ///
  /// - Complexity: O(log *n*).
  public func days(in span: DateSpan) -> ArraySlice<CalendarDate> {
    let first = index(atOrAfter: span.first)
    let end = span.last.adding(days: 1).map { index(atOrAfter: $0) } ?? days.count
    return days[first..<max(first, end)]
  }

  /// The runs of days between terms, in which the school does not teach.
  public var bridges: [DateSpan] {
    zip(terms, terms.dropFirst()).compactMap { before, after in
      guard let first = before.span.last.adding(days: 1),
        let last = after.span.first.adding(days: -1), first <= last
      else { return nil }
      return DateSpan(trusted: first, last)
    }
  }
}
