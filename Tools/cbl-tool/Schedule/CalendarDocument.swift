import Domain
import Scheduling

/// A document of the format `cbl-calendar/1`.
enum CalendarDocument {
  /// Reads a calendar, and what breaks its pattern.
  static func read(_ path: String) throws -> (calendar: SchoolCalendar, problems: [Problem]) {
    try ScheduleDocument(path, format: "cbl-calendar/1").reading { node in
      let title = try node.need("title").text().text
      let weekdays = Set(try node["weekdays"]?.numbers() ?? [1, 2, 3, 4, 5])
      var holidays: [HolidayRule] = []
      for item in node["holidays"]?.items ?? [] { holidays.append(try holiday(item)) }
      var closures: [SchoolCalendar.Closure] = []
      for item in node["closures"]?.items ?? [] {
        let kind = try item.need("kind")
        guard let known = SchoolCalendar.Closure.Kind(rawValue: try kind.text().text) else {
          throw kind.unexpected("The kind is one of holiday, break and staffDay.")
        }
        closures.append(.init(try item.need("title").text().text, known, try item.span()))
      }
      if let balanced = node["balanced"] {
        let pattern = BalancedPattern(
          parts: try balanced.number("parts", or: 4), partDays: try balanced.number("days", or: 45),
          breakDays: try bounds(balanced))
        let calendar = try pattern.calendar(
          title: title, from: try node.need("first").day(),
          breaks: try balanced.need("breaks").numbers(), weekdays: weekdays, holidays: holidays,
          closures: closures)
        return (calendar, pattern.problems(of: calendar))
      }
      var terms: [SchoolCalendar.Term] = []
      for item in node["terms"]?.items ?? [] {
        terms.append(.init(try item.need("title").text().text, try item.span()))
      }
      let calendar = try SchoolCalendar(
        title: title, span: try node.span(), weekdays: weekdays, terms: terms, closures: closures,
        holidays: holidays)
      return (calendar, [])
    }
  }

  /// What takes place every week, and the zone of its times.
  static func meetings(
    _ path: String
  ) throws -> (meetings: [SchoolCalendar.Meeting], zone: SchoolTimeZone?) {
    try ScheduleDocument(path, format: "cbl-calendar/1").reading { node in
      var zone: SchoolTimeZone?
      if let name = node["zone"] {
        zone = SchoolTimeZone.named(try name.text().text)
        guard zone != nil else {
          throw name.unexpected(
            "The rules of this zone are not known; give one of the United States or of western and "
              + "central Europe, such as America/New_York, or UTC.")
        }
      }
      var meetings: [SchoolCalendar.Meeting] = []
      for item in node["meetings"]?.items ?? [] {
        let (start, end) = (try item.need("start").minute(), try item.need("end").minute())
        let weekdays = Set(try item.need("weekdays").numbers())
        do {
          meetings.append(
            try SchoolCalendar.Meeting(
              try item.need("title").text().text, weekdays: weekdays, from: start, to: end,
              location: item["location"]?.value.text?.text))
        } catch let error as SchedulingError {
          throw SchedulingError(error.code, error.message, at: Place(pointer: item.pointer))
        }
      }
      return (meetings, zone)
    }
  }

  private static func bounds(_ node: DocumentNode) throws -> ClosedRange<Int> {
    let (least, most) = (try node.number("least", or: 15), try node.number("most", or: 30))
    guard least <= most else {
      throw node.unexpected("Breaks have \(least) to \(most) days; exchange the two numbers.")
    }
    return least...most
  }

  private static func holiday(_ node: DocumentNode) throws -> HolidayRule {
    let day: HolidayRule.Day
    if let easter = node["easter"] {
      day = .easter(offset: try easter.count())
    } else if let weekday = node["weekday"] {
      day = .weekday(
        try weekday.count(), nth: try node.need("nth").count(),
        month: try node.need("month").count())
    } else {
      day = .fixed(month: try node.need("month").count(), day: try node.need("day").count())
    }
    let observed = node["observed"]
    guard
      let kept = HolidayRule.Observance(rawValue: try observed?.text().text ?? "none")
    else { throw node.unexpected("observed is one of none, nearestWeekday and nextMonday.") }
    do {
      return try HolidayRule(try node.need("title").text().text, day, observance: kept)
    } catch let error as SchedulingError {
      throw SchedulingError(error.code, error.message, at: Place(pointer: node.pointer))
    }
  }
}
