import Domain
import Scheduling
import Testing

@Suite("iCalendar")
struct ICalendarTests {
  static func event(_ summary: String = "Math") throws -> CalendarEvent {
    var rule = RecurrenceRule(.weekly)
    rule.weekdays = [.init(1), .init(3)]
    rule.until = .moment(try moment("2026-12-18T23:00:00Z"))
    return CalendarEvent(
      uid: CalendarEvent.uid(for: "block/1", domain: "school.example"),
      stamp: try moment("2026-08-01T00:00:00Z"), summary: summary, details: "A; B, C\\D\nE",
      location: "Room 1", categories: ["core", "a,b"], color: "teal",
      start: .wall(try day("2026-08-24"), second: 32_400, zone: "America/New_York"),
      end: .wall(try day("2026-08-24"), second: 36_000, zone: "America/New_York"),
      recurrence: rule,
      exceptions: [.wall(try day("2026-09-07"), second: 32_400, zone: "America/New_York")])
  }

  @Test("lines are folded at 75 octets and never inside of a character")
  func folding() throws {
    let name = String(repeating: "é😀x", count: 60)
    let text = ICalendar(name: name).text
    for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
    let problems = ProblemList()
    #expect(try ICalendar(text, reporting: problems).name == name)
    #expect(problems.problems == [])
  }

  @Test("what is written is read back, in full")
  func roundTrip() throws {
    let zone = try #require(SchoolTimeZone.named("America/New_York"))
    let calendar = ICalendar(
      name: "School; \"quoted\"", color: "red", source: "https://school.example/c.ics",
      refreshDays: 1, zones: [zone], events: [try Self.event()])
    let problems = ProblemList()
    #expect(try ICalendar(calendar.text, reporting: problems) == calendar)
    #expect(problems.problems == [])
  }

  @Test("a rule with exceptions gives the days of the term")
  func occurrences() throws {
    let event = try Self.event()
    let span = try DateSpan(day("2026-08-24"), through: day("2026-09-09"))
    #expect(
      event.occurrences(in: span).map(\.date.description)
        == ["2026-08-24", "2026-08-26", "2026-08-31", "2026-09-02", "2026-09-09"])
  }

  // From RFC 5545, section 3.8.5.3, with the first occurrences printed there.
  static let ruleCases: [(rule: String, start: String, dates: [String])] = [
    ("FREQ=DAILY;COUNT=3", "1997-09-02", ["1997-09-02", "1997-09-03", "1997-09-04"]),
    ("FREQ=DAILY;INTERVAL=10;COUNT=3", "1997-09-02", ["1997-09-02", "1997-09-12", "1997-09-22"]),
    (
      "FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH", "1997-09-02",
      ["1997-09-02", "1997-09-04", "1997-09-16", "1997-09-18"]
    ),
    (
      "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05",
      ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]
    ),
    (
      "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05",
      ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]
    ),
    (
      "FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05",
      ["1997-09-05", "1997-10-03", "1997-11-07", "1997-12-05"]
    ),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "1997-09-22", ["1997-09-22", "1997-10-20", "1997-11-17"]),
    (
      "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3", "1997-09-28",
      ["1997-09-28", "1997-10-29", "1997-11-28"]
    ),
    (
      "FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "1997-06-10",
      ["1997-06-10", "1997-07-10", "1998-06-10", "1998-07-10"]
    ),
    ("FREQ=YEARLY;BYDAY=20MO;COUNT=3", "1997-05-19", ["1997-05-19", "1998-05-18", "1999-05-17"]),
    (
      "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3", "1998-02-13",
      ["1998-02-13", "1998-03-13", "1998-11-13"]
    ),
    (
      "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3", "1996-11-05",
      ["1996-11-05", "2000-11-07", "2004-11-02"]
    ),
    (
      "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04",
      ["1997-09-04", "1997-10-07", "1997-11-06"]
    ),
    (
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3", "1997-09-29",
      ["1997-09-29", "1997-10-30", "1997-11-27"]
    ),
    (
      "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15",
      ["2007-01-15", "2007-01-30", "2007-02-15", "2007-03-15", "2007-03-30"]
    ),
  ]

  @Test("rules give the dates that RFC 5545 prints", arguments: ruleCases)
  func rules(rule: String, start: String, dates: [String]) throws {
    let found = try RecurrenceRule(rule).dates(from: day(start), through: day("2040-01-01"))
    #expect(found.map(\.description) == dates)
    #expect(try RecurrenceRule(RecurrenceRule(rule).text) == RecurrenceRule(rule))
  }

  static let badRuleCases = [
    "", "FREQ=HOURLY", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=2;UNTIL=20260101",
    "FREQ=DAILY;BYDAY=XX",
    "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;FREQ=DAILY", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=DAILY;X",
    "FREQ=DAILY;BYMONTH=", "FREQ=MONTHLY;BYMONTHDAY=0",
  ]

  @Test("what is no rule is refused", arguments: badRuleCases)
  func badRules(rule: String) {
    let error = #expect(throws: SchedulingError.self) { try RecurrenceRule(rule) }
    #expect(error?.code == .malformed)
  }

  @Test("sequence numbers rise with changes only; what is gone comes back as cancelled")
  func sequence() throws {
    let first = ICalendar(events: [try Self.event()])
    var same = try Self.event()
    same.stamp = try moment("2026-09-01T00:00:00Z")
    #expect(ICalendar(events: [same]).revised(after: first) == first)
    let changed = ICalendar(events: [try Self.event("Physics")]).revised(after: first)
    #expect(changed.events.map(\.sequence) == [1])
    #expect(
      ICalendar(events: [try Self.event("Art")]).revised(after: changed).events[0].sequence == 2)
    let gone = ICalendar().revised(after: changed)
    #expect(gone.events.map(\.isCancelled) == [true])
    #expect(gone.events.map(\.sequence) == [2])
    #expect(ICalendar().revised(after: gone).events[0].sequence == 2)
  }

  @Test("a bad event is left out with its line, the others are read")
  func badEvents() throws {
    let text = """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      UID:1
      DTSTAMP:20260801T000000Z
      DTSTART:20260230
      END:VEVENT
      no line
      BEGIN:VEVENT
      UID:2
      DTSTAMP:20260801T000000Z
      DTSTART;VALUE=DATE:20260824
      X-OURS;A="b:c":kept
      END:VEVENT
      END:VCALENDAR
      """
    let problems = ProblemList()
    let calendar = try ICalendar(text, reporting: problems)
    #expect(calendar.events.map(\.uid) == ["2"])
    #expect(
      calendar.events[0].others == [
        ContentLine("X-OURS", parameters: [.init("A", "b:c")], value: "kept")
      ])
    #expect(problems.problems.map(\.place.line) == [5, 7])
  }

  static let brokenCases = [
    "", "BEGIN:VEVENT\nEND:VEVENT", "BEGIN:VCALENDAR\nBEGIN:VEVENT", "BEGIN:VCALENDAR\nEND:VEVENT",
    "END:VCALENDAR", "hello",
  ]

  @Test("streams that are cut or none at all are refused", arguments: brokenCases)
  func broken(text: String) {
    let error = #expect(throws: SchedulingError.self) {
      try ICalendar(text, reporting: ProblemList())
    }
    #expect(error?.code == .malformed)
  }

  @Test("a school calendar keeps its identifiers when dates move")
  func stable() throws {
    let stamp = try moment("2026-08-01T00:00:00Z")
    let one = try SchoolCalendarTests.year().iCalendar(stamp: stamp, domain: "school.example")
    let moved = try BalancedPattern().calendar(
      title: "Year", from: day("2026-08-03"), breaks: [21, 21, 28],
      holidays: [HolidayRule("Labor Day", .weekday(1, nth: 1, month: 9))]
    ).iCalendar(stamp: stamp, domain: "school.example")
    #expect(one.events.map(\.uid) == moved.events.map(\.uid))
    #expect(Set(one.events.map(\.uid)).count == one.events.count)
    let revised = moved.revised(after: one)
    #expect(revised.events.first { $0.summary == "Labor Day" }?.sequence == 0)
    #expect(revised.events.first { $0.summary == "Part 1" }?.sequence == 1)
  }

  @Test("a meeting comes on days of instruction alone, at the same time of day all year")
  func meetings() throws {
    let calendar = try SchoolCalendar(
      title: "Autumn", span: DateSpan(day("2026-10-19"), through: day("2026-11-10")),
      closures: [.init("Break", .recess, DateSpan(day("2026-10-26"), through: day("2026-10-30")))])
    let zone = try #require(SchoolTimeZone.named("America/New_York"))
    let meeting = try SchoolCalendar.Meeting(
      "Math", weekdays: [1, 3], from: 540, to: 600, location: "Room 1")
    let stream = calendar.iCalendar(
      stamp: try moment("2026-08-01T00:00:00Z"), domain: "school.example", meetings: [meeting],
      zone: zone)
    let event = try #require(stream.events.last)
    #expect(
      event.occurrences(in: calendar.span).map(\.date.description)
        == ["2026-10-19", "2026-10-21", "2026-11-02", "2026-11-04", "2026-11-09"])
    #expect(event.exceptions.map(\.date.description) == ["2026-10-26", "2026-10-28"])
    // 9:00 in New York in November, after the clocks went back.
    #expect(event.recurrence?.until == .moment(try moment("2026-11-09T14:00:00Z")))
    let problems = ProblemList()
    #expect(try ICalendar(stream.text, reporting: problems) == stream)
    #expect(problems.problems == [])
  }

  @Test("a rule that ends in UTC ends on the clocks of the event", arguments: [20, 100, 1_430])
  func lastOccurrence(minute: Int) throws {
    for name in ["Europe/Berlin", "America/Los_Angeles"] {
      let zone = try #require(SchoolTimeZone.named(name))
      let calendar = try SchoolCalendar(
        title: "Summer", span: DateSpan(day("2026-06-01"), through: day("2026-06-12")))
      let stream = calendar.iCalendar(
        stamp: try moment("2026-05-01T00:00:00Z"), domain: "school.example",
        meetings: [try .init("M", weekdays: [5], from: minute, to: minute + 5)], zone: zone)
      #expect(
        stream.events.last?.occurrences(in: calendar.span).map(\.date.description)
          == ["2026-06-05", "2026-06-12"])
    }
  }

  @Test("meetings that last no time or come on no day are refused")
  func badMeetings() {
    let cases: [(Set<Int>, Int, Int, SchedulingError.Code)] = [
      ([1], 540, 540, .zeroLength), ([1], 600, 540, .zeroLength), ([], 540, 600, .wrongValue),
      ([8], 540, 600, .wrongValue), ([1], 540, 1_500, .wrongValue), ([1], -5, 40, .wrongValue),
    ]
    for (weekdays, start, end, code) in cases {
      let error = #expect(throws: SchedulingError.self) {
        try SchoolCalendar.Meeting("M", weekdays: weekdays, from: start, to: end)
      }
      #expect(error?.code == code)
    }
  }
}
