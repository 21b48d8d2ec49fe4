import Domain
import Testing

@Suite("Calendar date")
struct CalendarDateTests {
  static let known: [(text: String, days: Int, weekday: Int)] = [
    ("0001-01-01", -719_162, 1), ("1582-10-15", -141_427, 5), ("1900-03-01", -25_508, 4),
    ("1969-12-31", -1, 3), ("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2),
    ("2000-03-01", 11_017, 3), ("2024-02-29", 19_782, 4), ("2038-01-19", 24_855, 2),
    ("9999-12-31", 2_932_896, 5),
  ]

  @Test("knows the number of days", arguments: known)
  func days(text: String, days: Int, weekday: Int) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.daysSince1970 == days)
    #expect(date.weekday == weekday)
    #expect(CalendarDate(daysSince1970: days)?.description == text)
  }

  static let refused = [
    "2025-02-30", "2023-02-29", "1900-02-29", "0000-01-01", "2024-00-10", "2024-13-01",
    "2024-04-31", "2024-1-3", "31/12/2025", "2024-09-30T00:00Z", "2024-09", " 2024-09-30", "",
    "2024-09-30 ", "-2024-09-30", "+2024-09-30", "2024-09-00",
  ]

  @Test("refuses days that do not exist", arguments: refused)
  func refuses(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test("goes from day to day without a gap")
  func consecutive() throws {
    var date = try #require(CalendarDate(year: 1895, month: 12, day: 31))
    for _ in 0..<80_000 {
      let next = try #require(date.adding(days: 1))
      let (year, month, day) = next.parts
      #expect(CalendarDate(year: year, month: month, day: day) == next)
      if day == 1 {
        let (lastYear, lastMonth, lastDay) = date.parts
        #expect(lastDay == CalendarDate.days(inMonth: lastMonth, of: lastYear))
      } else {
        #expect(day == date.day + 1)
      }
      date = next
    }
  }

  @Test("counts the days of a window")
  func window() throws {
    let start = try #require(CalendarDate("2024-02-20"))
    let end = try #require(CalendarDate("2024-03-05"))
    #expect(start.days(until: end) == 14)
    #expect(end.days(until: start) == -14)
    #expect(start.adding(days: 14) == end)
    #expect(CalendarDate("9999-12-31")?.adding(days: 1) == nil)
    #expect(start.adding(days: .max) == nil)
    #expect(CalendarDate(daysSince1970: .min) == nil)
  }

  static let leapYears: [(year: Int, isLeap: Bool)] = [
    (1600, true), (1700, false), (1900, false), (2000, true), (2023, false), (2024, true),
    (2100, false),
  ]

  @Test("knows leap years", arguments: leapYears)
  func leap(year: Int, isLeap: Bool) {
    #expect(CalendarDate.isLeapYear(year) == isLeap)
    #expect((CalendarDate(year: year, month: 2, day: 29) != nil) == isLeap)
  }
}
