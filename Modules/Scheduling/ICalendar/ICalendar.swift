public import Domain

/// An iCalendar stream (RFC 5545) with the properties of RFC 7986.
public struct ICalendar: Hashable, Sendable {
  /// What made it.
  public var productID: String
  /// The title.
  public var name: String?
  /// A CSS3 colour name.
  public var color: String?
  /// Where new editions are.
  public var source: String?
  /// After how many days to look for a new edition.
  public var refreshDays: Int?
  /// The zones that events name, where their rules are known.
  public var zones: [SchoolTimeZone]
  /// The events.
  public var events: [CalendarEvent]

  /// Creates a stream.
  public init(
    productID: String = "-//competency-toolkit//Scheduling//EN", name: String? = nil,
    color: String? = nil, source: String? = nil, refreshDays: Int? = nil,
    zones: [SchoolTimeZone] = [], events: [CalendarEvent] = []
  ) {
    self.productID = productID
    self.name = name
    self.color = color
    self.source = source
    self.refreshDays = refreshDays
    self.zones = zones
    self.events = events
  }

  /// Brings the sequence numbers on from an earlier edition.
  ///
  /// An event that is the same keeps its number and stamp; one that changed has the next number; one
  /// that is gone comes back as cancelled, so that subscribers take it out.
  ///
  /// - Parameter earlier: The edition that was published before.
  /// - Returns: The edition to publish now.
  public func revised(after earlier: ICalendar) -> ICalendar {
    let before = Dictionary(earlier.events.map { ($0.uid, $0) }) { first, _ in first }
    var result = self
    for index in result.events.indices {
      guard let old = before[result.events[index].uid] else { continue }
      var same = result.events[index]
      (same.sequence, same.stamp) = (old.sequence, old.stamp)
      if same == old {
        result.events[index] = old
      } else {
        result.events[index].sequence = old.sequence + 1
      }
    }
    let kept = Set(events.map(\.uid))
    for old in earlier.events where !kept.contains(old.uid) {
      var gone = old
      if !gone.isCancelled {
        gone.isCancelled = true
        gone.sequence += 1
      }
      result.events.append(gone)
    }
    return result
  }
}

extension SchoolCalendar {
  /// The calendar as whole-day events: a span for each term and closure.
  ///
  /// - Parameters:
  ///   - stamp: When this edition was made.
  ///   - domain: The domain of the school, for identifiers.
  public func iCalendar(stamp: Instant, domain: String) -> ICalendar {
    var used: [String: Int] = [:]
    func event(_ kind: String, _ title: String, _ span: DateSpan) -> CalendarEvent {
      // The title and its number among equal ones stay when the dates move.
      let number = used["\(kind)/\(title)", default: 0]
      used["\(kind)/\(title)"] = number + 1
      return CalendarEvent(
        uid: CalendarEvent.uid(for: "\(self.title)/\(kind)/\(title)/\(number)", domain: domain),
        stamp: stamp, summary: title, categories: [kind], start: .day(span.first),
        end: span.last.adding(days: 1).map { .day($0) })
    }
    return ICalendar(
      name: title, refreshDays: 1,
      events: terms.map { event("term", $0.title, $0.span) }
        + closures.map { event($0.kind.rawValue, $0.title, $0.span) })
  }
}
