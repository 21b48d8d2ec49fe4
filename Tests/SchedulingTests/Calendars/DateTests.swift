import Domain
import Scheduling
import Testing

@Suite("Dates and weeks")
struct DateTests {
  @Test("400 years of dates, ISO weeks and weekdays are those of Python's isocalendar")
  func weeks() throws {
    // SHA-256 of "date week weekday" lines, worked out with Python 3.11.
    var hash = SHA256()
    let (first, last) = (try day("1900-01-01"), try day("2299-12-31"))
    for date in try DateSpan(first, through: last).days {
      hash.update(Array("\(date) \(ISOWeek(of: date)) \(date.weekday)\n".utf8).span)
    }
    #expect(
      hash.finalize().description
        == "ce6091ef418a746edfc6088b463b59b132adaec61c54d5e836b914e450b98575")
  }

  @Test("400 Easter Sundays are those of dateutil")
  func easter() throws {
    var hash = SHA256()
    for year in 1900..<2300 {
      hash.update(Array("\(try #require(easterSunday(of: year)))\n".utf8).span)
    }
    #expect(
      hash.finalize().description
        == "40ec0935224e04b1f9b5b26791584a9675608a243716d0a2e9ed2f61fab5e958")
  }

  @Test("the first and last weeks of all years belong to the year of their Thursday")
  func ends() throws {
    #expect(ISOWeek(of: try day("0001-01-01")).description == "0001-W01")
    #expect(ISOWeek(of: try day("9999-12-31")).description == "9999-W52")
    #expect(ISOWeek(of: try day("2027-01-01")).description == "2026-W53")
    #expect(ISOWeek(year: 2025, number: 53) == nil)
    #expect(ISOWeek(year: 2026, number: 53)?.day(5) == (try day("2027-01-01")))
  }

  static let holidayCases: [(rule: HolidayRule.Day, kept: HolidayRule.Observance, in2026: String)] =
    [
      (.fixed(month: 7, day: 4), .nearestWeekday, "2026-07-03"),
      (.fixed(month: 11, day: 1), .nearestWeekday, "2026-11-02"),
      (.fixed(month: 7, day: 4), .nextMonday, "2026-07-06"),
      (.weekday(1, nth: 3, month: 1), .none, "2026-01-19"),
      (.weekday(1, nth: -1, month: 5), .none, "2026-05-25"),
      (.weekday(4, nth: 4, month: 11), .none, "2026-11-26"),
      (.easter(offset: -2), .none, "2026-04-03"),
      (.easter(offset: 50), .none, "2026-05-25"),
    ]

  @Test("holidays follow their rules", arguments: holidayCases)
  func holidays(rule: HolidayRule.Day, kept: HolidayRule.Observance, date: String) throws {
    #expect(try HolidayRule("H", rule, observance: kept).date(in: 2026) == day(date))
  }

  @Test("a holiday that no year has is refused")
  func impossibleHoliday() {
    #expect(throws: SchedulingError.self) { try HolidayRule("H", .fixed(month: 2, day: 30)) }
    #expect(throws: SchedulingError.self) {
      try HolidayRule("H", .weekday(8, nth: 1, month: 1))
    }
  }
}
