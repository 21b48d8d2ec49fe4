public import Domain

/// A day or time of an event.
public enum EventTime: Hashable, Sendable {
  /// A whole day (VALUE=DATE).
  case day(CalendarDate)
  /// What clocks show, in a named zone or wherever one is.
  case wall(CalendarDate, second: Int, zone: String?)
  /// A moment in UTC.
  case moment(Instant)

  /// The day; of a moment that in UTC.
  public var date: CalendarDate {
    switch self {
    case .day(let date), .wall(let date, _, _): date
    case .moment(let moment): PartialDate(moment).firstDay
    }
  }

  /// The second of the day; 0 for whole days.
  public var second: Int {
    switch self {
    case .day: 0
    case .wall(_, let second, _): second
    case .moment(let moment): PartialDate(moment).secondOfDay
    }
  }

  /// The same time on another day.
  func moved(to date: CalendarDate) -> EventTime {
    switch self {
    case .day: .day(date)
    case .wall(_, let second, let zone): .wall(date, second: second, zone: zone)
    case .moment:
      Instant(secondsSince1970: Int64(date.daysSince1970 * 86_400 + second)).map { .moment($0) }
        ?? self
    }
  }

  /// The value as RFC 5545 writes it: `20260824`, `20260824T090000` or `20260824T090000Z`.
  var text: String {
    let (year, month, day) = date.parts
    let days = "\(digits(year, 4))\(digits(month, 2))\(digits(day, 2))"
    if case .day = self { return days }
    let time =
      "T\(digits(second / 3_600, 2))\(digits(second / 60 % 60, 2))\(digits(second % 60, 2))"
    if case .moment = self { return days + time + "Z" }
    return days + time
  }

  /// The parameters that the value needs.
  var parameters: String {
    switch self {
    case .day: ";VALUE=DATE"
    case .wall(_, _, let zone): zone.map { ";TZID=\(ContentLine.quoted($0))" } ?? ""
    case .moment: ""
    }
  }

  /// Reads a value of RFC 5545.
  init?(_ text: String, zone: String?) {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start + count <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[start..<start + count] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard let year = number(0, 4), let month = number(4, 2), let day = number(6, 2),
      let date = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    if bytes.count == 8 {
      self = .day(date)
      return
    }
    // A leap second is the last second of its minute here.
    guard bytes.count == 15 || bytes.count == 16, bytes[8] == UInt8(ascii: "T"),
      let hour = number(9, 2), let minute = number(11, 2), let read = number(13, 2),
      hour < 24, minute < 60, read <= 60
    else { return nil }
    let second = hour * 3_600 + minute * 60 + min(read, 59)
    guard bytes.count == 16 else {
      self = .wall(date, second: second, zone: zone)
      return
    }
    guard bytes[15] == UInt8(ascii: "Z"),
      let moment = Instant(secondsSince1970: Int64(date.daysSince1970 * 86_400 + second))
    else { return nil }
    self = .moment(moment)
  }

  /// Where the time lies among those of one event, in seconds.
  var order: Int { date.daysSince1970 * 86_400 + second }
}
