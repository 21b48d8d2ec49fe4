public import Domain

/// An event of an iCalendar stream (VEVENT).
public struct CalendarEvent: Hashable, Sendable {
  /// The identifier, which stays the same over all exports.
  public var uid: String
  /// How often the event was changed.
  public var sequence: Int
  /// When this edition of it was made.
  public var stamp: Instant
  /// The title.
  public var summary: String
  /// More about it.
  public var details: String?
  /// The place.
  public var location: String?
  /// The categories.
  public var categories: [String]
  /// A CSS3 colour name (RFC 7986).
  public var color: String?
  /// Whether it does not take place any more.
  public var isCancelled: Bool
  /// When it begins.
  public var start: EventTime
  /// When it ends; the end itself is not part of it, also for days.
  public var end: EventTime?
  /// How it comes again.
  public var recurrence: RecurrenceRule?
  /// Occurrences of the rule that do not take place.
  public var exceptions: [EventTime]
  /// Lines that are kept and not read.
  public var others: [ContentLine]

  /// Creates an event.
  public init(
    uid: String, sequence: Int = 0, stamp: Instant, summary: String, details: String? = nil,
    location: String? = nil, categories: [String] = [], color: String? = nil,
    isCancelled: Bool = false, start: EventTime, end: EventTime? = nil,
    recurrence: RecurrenceRule? = nil, exceptions: [EventTime] = [], others: [ContentLine] = []
  ) {
    self.uid = uid
    self.sequence = sequence
    self.stamp = stamp
    self.summary = summary
    self.details = details
    self.location = location
    self.categories = categories
    self.color = color
    self.isCancelled = isCancelled
    self.start = start
    self.end = end
    self.recurrence = recurrence
    self.exceptions = exceptions
    self.others = others
  }

  /// An identifier that depends on a key alone, so that every export gives the same one.
  ///
  /// - Parameters:
  ///   - key: What the event is, such as `term/2026/1`.
  ///   - domain: The domain of the school.
  public static func uid(for key: String, domain: String) -> String {
    var hash = SHA256()
    hash.update(Array(key.utf8).span)
    return "\(String(hash.finalize().description.prefix(32)))@\(domain)"
  }

  /// The starts of the occurrences that begin in a span of days, in order.
  public func occurrences(in span: DateSpan) -> [EventTime] {
    guard var recurrence else { return span.contains(start.date) ? [start] : [] }
    recurrence.until = recurrence.until.map(onClocksOfStart)
    let (excluded, until) = (Set(exceptions), recurrence.until)
    return recurrence.dates(from: start.date, through: span.last).lazy.map {
      start.moved(to: $0)
    }.filter { time in
      guard span.contains(time.date), !excluded.contains(time) else { return false }
      guard let until else { return true }
      if case .day = until { return true }
      return time.order <= until.order
    }
  }

  /// The end of a rule, which is given in UTC, as clocks show it where the event takes place: there it
  /// may be another day.
  private func onClocksOfStart(_ until: EventTime) -> EventTime {
    guard case .moment(let moment) = until, case .wall(_, _, let name) = start else { return until }
    guard let zone = name.flatMap(SchoolTimeZone.named), let (date, minute) = zone.wall(at: moment)
    else { return until }
    return .wall(date, second: minute * 60 + until.second % 60, zone: name)
  }
}
