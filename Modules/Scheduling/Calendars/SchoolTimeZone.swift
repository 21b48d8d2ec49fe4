public import Domain

/// A time zone with at most one rule for daylight saving, as schools need for the years around now.
///
/// Rules are data; a few are there by name.
public struct SchoolTimeZone: Hashable, Sendable {
  /// When clocks change.
  public struct Change: Hashable, Sendable {
    /// The month, 1 to 12.
    public var month: Int
    /// Which Sunday of the month; -1 is the last one.
    public var nth: Int
    /// The minute of the day on the clocks before the change.
    public var minute: Int

    /// Creates a change.
    public init(month: Int, nth: Int, minute: Int) {
      self.month = month
      self.nth = nth
      self.minute = minute
    }
  }

  /// The name, such as `America/New_York`.
  public let name: String
  /// Minutes to the east of UTC without daylight saving.
  public let standardOffset: Int
  /// Minutes to the east of UTC with daylight saving.
  public let daylightOffset: Int
  /// When daylight saving begins and ends, or `nil` without.
  public let begins: Change?
  /// When daylight saving ends.
  public let ends: Change?

  /// Creates a zone without daylight saving.
  public init(name: String, offset: Int) {
    self.name = name
    standardOffset = offset
    daylightOffset = offset
    begins = nil
    ends = nil
  }

  /// Creates a zone with daylight saving.
  ///
  /// - Throws: ``SchedulingError`` with the code `wrongValue` when there is no such Sunday or offset.
  public init(
    name: String, standardOffset: Int, daylightOffset: Int, begins: Change, ends: Change
  ) throws(SchedulingError) {
    let changes = [begins, ends]
    guard
      changes.allSatisfy({
        (1...12).contains($0.month) && [1, 2, 3, 4, -1].contains($0.nth)
          && (0..<1_440).contains($0.minute)
      }), [standardOffset, daylightOffset].allSatisfy({ abs($0) <= 1_080 })
    else {
      throw SchedulingError(
        .wrongValue,
        "The zone \(name) changes its clocks on no real day; give a month, the Sunday 1 to 4 or -1 "
          + "and a minute of the day, and offsets of at most 18 hours.")
    }
    self.init(trusted: name, standardOffset, daylightOffset, begins, ends)
  }

  private init(
    trusted name: String, _ standard: Int, _ daylight: Int, _ begins: Change, _ ends: Change
  ) {
    self.name = name
    standardOffset = standard
    daylightOffset = daylight
    self.begins = begins
    self.ends = ends
  }

  /// The zone with a name, among UTC, those of the United States and of central and western Europe.
  public static func named(_ name: String) -> SchoolTimeZone? {
    let american: [String: Int] = [
      "America/New_York": -300, "America/Chicago": -360, "America/Denver": -420,
      "America/Los_Angeles": -480, "America/Anchorage": -540,
    ]
    let european: [String: Int] = [
      "Europe/London": 0, "Europe/Dublin": 0, "Europe/Lisbon": 0, "Europe/Paris": 60,
      "Europe/Berlin": 60, "Europe/Madrid": 60, "Europe/Rome": 60, "Europe/Vienna": 60,
      "Europe/Zurich": 60, "Europe/Helsinki": 120, "Europe/Athens": 120,
    ]
    let steady = ["UTC": 0, "America/Phoenix": -420, "Pacific/Honolulu": -600, "Asia/Tokyo": 540]
    if let offset = american[name] {
      return SchoolTimeZone(
        trusted: name, offset, offset + 60, Change(month: 3, nth: 2, minute: 120),
        Change(month: 11, nth: 1, minute: 120))
    }
    if let offset = european[name] {
      // All of Europe changes at 01:00 UTC.
      return SchoolTimeZone(
        trusted: name, offset, offset + 60, Change(month: 3, nth: -1, minute: offset + 60),
        Change(month: 10, nth: -1, minute: offset + 120))
    }
    return steady[name].map { SchoolTimeZone(name: name, offset: $0) }
  }

  /// The moments at which daylight saving begins and ends in a year, in seconds since 1970.
  private func changes(in year: Int) -> (begin: Int, end: Int)? {
    guard let begins, let ends,
      let first = nthWeekday(7, nth: begins.nth, month: begins.month, year: year),
      let last = nthWeekday(7, nth: ends.nth, month: ends.month, year: year)
    else { return nil }
    return (
      first.daysSince1970 * 86_400 + (begins.minute - standardOffset) * 60,
      last.daysSince1970 * 86_400 + (ends.minute - daylightOffset) * 60
    )
  }

  /// Minutes to the east of UTC at a moment.
  public func offset(at moment: Instant) -> Int {
    let seconds = Int(moment.secondsSince1970)
    guard let date = moment.date(offsetMinutes: standardOffset),
      let (begin, end) = changes(in: date.year)
    else { return standardOffset }
    let isDaylight =
      begin < end ? begin <= seconds && seconds < end : seconds < end || begin <= seconds
    return isDaylight ? daylightOffset : standardOffset
  }

  /// The moment that a clock on the wall means.
  ///
  /// A time that comes twice is its first coming, and a time that is skipped is counted on from
  /// before the change, as RFC 5545, section 3.3.5, has it.
  ///
  /// - Parameters:
  ///   - date: The day.
  ///   - minute: The minute of the day on the wall.
  /// - Returns: `nil` outside of the years 1 to 9999.
  public func moment(_ date: CalendarDate, minute: Int) -> Instant? {
    let wall = date.daysSince1970 * 86_400 + minute * 60
    let early = Instant(secondsSince1970: Int64(wall - max(standardOffset, daylightOffset) * 60))
    let late = Instant(secondsSince1970: Int64(wall - min(standardOffset, daylightOffset) * 60))
    for moment in [early, late].compactMap({ $0 }) {
      let seconds = Int(moment.secondsSince1970)
      if seconds + offset(at: moment) * 60 == wall { return moment }
    }
    return late
  }

  /// What clocks on the wall show at a moment.
  public func wall(at moment: Instant) -> (date: CalendarDate, minute: Int)? {
    let offset = offset(at: moment)
    guard let date = moment.date(offsetMinutes: offset) else { return nil }
    let seconds = Int(moment.secondsSince1970) + offset * 60 - date.daysSince1970 * 86_400
    return (date, seconds / 60)
  }
}
