public import Domain

/// A run of days with a first and a last one, both included.
public struct DateSpan: Hashable, Sendable, CustomStringConvertible {
  /// The first day.
  public let first: CalendarDate
  /// The last day.
  public let last: CalendarDate

  /// Creates a span.
  ///
  /// - Throws: ``SchedulingError`` with the code `impossibleWindow` when it ends before it begins.
  public init(_ first: CalendarDate, through last: CalendarDate) throws(SchedulingError) {
    guard first <= last else {
      throw SchedulingError(
        .impossibleWindow,
        "The days \(first) to \(last) end before they begin; exchange the two dates.")
    }
    self.first = first
    self.last = last
  }

  /// Creates a span of one day.
  public init(_ day: CalendarDate) {
    first = day
    last = day
  }

  init(trusted first: CalendarDate, _ last: CalendarDate) {
    self.first = first
    self.last = last
  }

  /// How many days there are; at least 1.
  public var count: Int { first.days(until: last) + 1 }

  /// Whether a day lies in the span.
  public func contains(_ day: CalendarDate) -> Bool { first <= day && day <= last }

  /// Whether the spans share a day.
  public func overlaps(_ other: DateSpan) -> Bool { first <= other.last && other.first <= last }

  /// The days from first to last.
  public var days: [CalendarDate] {
    (first.daysSince1970...last.daysSince1970).compactMap { CalendarDate(daysSince1970: $0) }
  }

  /// The span as `2026-08-24 to 2026-12-18`.
  public var description: String { "\(first) to \(last)" }
}
