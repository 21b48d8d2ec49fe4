import Domain
import Scheduling
import Testing

@Suite("School calendars")
struct SchoolCalendarTests {
  static func year() throws -> SchoolCalendar {
    try BalancedPattern().calendar(
      title: "Year", from: day("2026-07-27"), breaks: [21, 21, 28],
      holidays: [HolidayRule("Labor Day", .weekday(1, nth: 1, month: 9))])
  }

  @Test("a balanced calendar has 4 times 45 days and breaks of 15 to 30 days")
  func balanced() throws {
    let calendar = try Self.year()
    #expect(calendar.days.count == 180)
    #expect(calendar.terms.map { calendar.days(in: $0.span).count } == [45, 45, 45, 45])
    #expect(calendar.bridges.map(\.count) == [21, 21, 28])
    #expect(BalancedPattern().problems(of: calendar) == [])
    #expect(calendar.index(of: try day("2026-09-07")) == nil)
  }

  @Test("a break of 14 or 31 days is refused, and a calendar that has one is reported")
  func bounds() throws {
    for length in [14, 31] {
      let error = #expect(throws: SchedulingError.self) {
        try BalancedPattern().calendar(
          title: "Year", from: day("2026-07-27"), breaks: [21, length, 21])
      }
      #expect(error?.message.contains("Break 2") == true)
    }
    let wide = BalancedPattern(breakDays: 5...40)
    let calendar = try wide.calendar(title: "Y", from: day("2026-07-27"), breaks: [7, 21, 31])
    #expect(BalancedPattern().problems(of: calendar).count == 2)
    #expect(BalancedPattern(partDays: 44).problems(of: calendar).count == 6)
  }

  @Test("numbers of days lead to dates and back")
  func indices() throws {
    let calendar = try Self.year()
    for (index, date) in calendar.days.enumerated() {
      #expect(calendar.index(of: date) == index)
      #expect(calendar.index(atOrAfter: date) == index)
    }
    #expect(calendar.index(atOrAfter: try day("2020-01-01")) == 0)
    #expect(calendar.index(atOrAfter: try day("2030-01-01")) == 180)
  }

  @Test("terms that overlap or leave the year, and years without a day, are refused")
  func refused() throws {
    let span = try DateSpan(day("2026-08-01"), through: day("2026-12-31"))
    let first = SchoolCalendar.Term(
      "A", try DateSpan(day("2026-08-01"), through: day("2026-10-01")))
    let second = SchoolCalendar.Term(
      "B", try DateSpan(day("2026-10-01"), through: day("2026-11-01")))
    let outside = SchoolCalendar.Term(
      "C", try DateSpan(day("2026-12-01"), through: day("2027-01-01")))
    let cases: [([SchoolCalendar.Term], SchedulingError.Code)] = [
      ([first, second], .doubleBooking), ([outside], .impossibleWindow),
    ]
    for (terms, code) in cases {
      let error = #expect(throws: SchedulingError.self) {
        try SchoolCalendar(title: "Y", span: span, terms: terms)
      }
      #expect(error?.code == code)
    }
    let empty = #expect(throws: SchedulingError.self) {
      try SchoolCalendar(title: "Y", span: span, weekdays: [])
    }
    #expect(empty?.code == .impossibleWindow)
    #expect(throws: SchedulingError.self) {
      try DateSpan(day("2026-02-02"), through: day("2026-02-01"))
    }
  }

  @Test("intensives take 5 days between terms, weekly reviews move inside of their week")
  func intensives() throws {
    let calendar = try Self.year()
    let intensives = calendar.intensives()
    #expect(intensives.map(\.count) == [5, 5, 5])
    #expect(intensives.joined().allSatisfy { calendar.index(of: $0) == nil && $0.weekday < 6 })
    let mondays = calendar.weekly(on: 1)
    #expect(mondays.contains(try day("2026-09-08")))
    #expect(!mondays.contains(try day("2026-09-07")))
    #expect(
      calendar.orientation(from: try day("2026-08-01"), days: 3).first == (try day("2026-08-03")))
    #expect(calendar.entry(ready: try day("2026-07-28"), moduleDays: 10) == (try day("2026-08-10")))
  }

  @Test("a transfer window of two weeks takes day 13 and not day 14")
  func transfer() throws {
    let window = try DayWindow(opens: day("2026-08-24"))
    #expect(window.contains(try day("2026-08-24")))
    #expect(window.number(of: try day("2026-09-06")) == 13)
    #expect(window.contains(try day("2026-09-06")))
    #expect(!window.contains(try day("2026-09-07")))
    #expect(!window.contains(try day("2026-08-23")))
    #expect(throws: SchedulingError.self) { try DayWindow(opens: day("2026-08-24"), length: 0) }
  }

  @Test("reviews every 30 days fall on the days 31, 61 and 91")
  func reviews() throws {
    let cycle = try ReviewCycle(enrolled: day("2026-08-24"))
    let reviews = cycle.reviews(through: try day("2026-11-22"))
    #expect(reviews.map(\.number) == [31, 61, 91])
    #expect(reviews.map(\.date.description) == ["2026-09-23", "2026-10-23", "2026-11-22"])
    #expect(cycle.reviews(through: try day("2026-08-25")).isEmpty)
  }

  @Test("a day of 8 hours adds up; blocks without length or over each other are refused")
  func template() throws {
    let blocks: [DayTemplate.Block] = [
      .init("Core 1", .core, start: 480, end: 600), .init("X", .support, start: 810, end: 840),
      .init("Lunch", .pause, start: 720, end: 760), .init("Core 2", .core, start: 840, end: 960),
    ]
    let template = try DayTemplate(title: "Long day", blocks: blocks)
    #expect(template.length == 480)
    #expect(template.minutes(of: .core) == 240)
    #expect(template.next(.support, from: 600)?.start == 810)
    let empty = #expect(throws: SchedulingError.self) {
      try DayTemplate(title: "D", blocks: [.init("Z", .core, start: 500, end: 500)])
    }
    #expect(empty?.code == .zeroLength)
    #expect(empty?.message.contains("\"Z\"") == true)
    let double = #expect(throws: SchedulingError.self) {
      try DayTemplate(title: "D", blocks: blocks + [.init("Y", .core, start: 590, end: 650)])
    }
    #expect(double?.code == .doubleBooking)
    #expect(double?.message.contains("09:50 to 10:00") == true)
  }
}
