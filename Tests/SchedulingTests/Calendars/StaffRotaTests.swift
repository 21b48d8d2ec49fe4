import Domain
import Scheduling
import Testing

@Suite("Staff rotas")
struct StaffRotaTests {
  static func staff(_ count: Int) -> [Identifier] { (0..<count).map { Identifier("t\($0)") } }

  @Test("200 days are covered by teachers of 180 days, each off in one run")
  func yearRound() throws {
    let rota = try StaffRota(
      staff: Self.staff(20), required: Array(repeating: 18, count: 200), mostDays: 180)
    #expect(rota.present.allSatisfy { $0 >= 18 })
    #expect(rota.daysOff.allSatisfy { $0.count == 20 && $0[19] - $0[0] == 19 })
  }

  @Test("any rota that can be is found: random needs up to the exact limit")
  func random() throws {
    var numbers = Numbers(seed: 1)
    for _ in 0..<300 {
      let (count, days) = (1 + numbers.below(8), 1 + numbers.below(30))
      let most = 1 + numbers.below(days)
      let required = (0..<days).map { _ in numbers.below(count + 1) }
      let fits = required.reduce(0, +) <= count * min(most, days)
      guard fits else {
        let error = #expect(throws: SchedulingError.self) {
          try StaffRota(staff: Self.staff(count), required: required, mostDays: most)
        }
        #expect(error?.code == .capacity)
        continue
      }
      let rota = try StaffRota(staff: Self.staff(count), required: required, mostDays: most)
      #expect(zip(rota.present, required).allSatisfy { $0 >= $1 })
      #expect(rota.daysOff.allSatisfy { days - $0.count <= most && Set($0).count == $0.count })
    }
  }

  @Test("too few teachers are told by how much and where")
  func tooFew() {
    let day = #expect(throws: SchedulingError.self) {
      try StaffRota(staff: Self.staff(3), required: [3, 5], mostDays: 2)
    }
    #expect(day?.message.contains("Day 2 needs 5 of the staff and there are 3: 2 too few") == true)
    let sum = #expect(throws: SchedulingError.self) {
      try StaffRota(staff: Self.staff(3), required: [3, 3], mostDays: 1)
    }
    #expect(sum?.message.contains("3 too few") == true)
  }
}

@Suite("Finishing before a transfer")
struct FinishingPlanTests {
  /// Tries every set of courses in the order of deadlines.
  static func best(_ courses: [FinishingPlan.Course], _ worth: (FinishingPlan.Course) -> Int) -> Int
  {
    (0..<(1 << courses.count)).map { set in
      let chosen = courses.indices.filter { set >> $0 & 1 == 1 }.map { courses[$0] }
      var total = 0
      for course in chosen.sorted(by: { $0.deadline < $1.deadline }) {
        total += course.minutes
        if total > course.deadline { return -1 }
      }
      return chosen.reduce(0) { $0 + worth($1) }
    }.max() ?? 0
  }

  @Test("as many courses, and as much worth, as trying every set finds")
  func bruteForce() throws {
    var numbers = Numbers(seed: 2)
    for _ in 0..<2_000 {
      let courses = (0..<numbers.below(8)).map { _ in
        FinishingPlan.Course(
          minutes: numbers.below(60), deadline: numbers.below(200), weight: numbers.below(9))
      }
      let most = FinishingPlan(most: courses)
      #expect(most.order.count == Self.best(courses) { _ in 1 })
      #expect(most.order.count + most.postponed.count == courses.count)
      let heaviest = try FinishingPlan(heaviest: courses)
      #expect(
        heaviest.order.reduce(0) { $0 + courses[$1].weight } == Self.best(courses, \.weight))
    }
  }
}

@Suite("Sittings of exams")
struct SittingPlanTests {
  @Test("learners sit when they are ready, after cooling off, with the least waiting")
  func booking() throws {
    let sessions: [SittingPlan.Session] = [
      .init("early", on: try day("2026-10-01"), seats: 1),
      .init("late", on: try day("2026-10-11"), seats: 5),
    ]
    let plan = try SittingPlan(
      [
        .init("a", ready: try day("2026-09-20")),
        .init("b", ready: try day("2026-09-20"), urgency: 2),
        .init("c", ready: try day("2026-09-20"), lastAttempt: try day("2026-09-25"), urgency: 9),
        .init("d", ready: try day("2026-10-12")),
      ], sessions: sessions, coolingOff: 14)
    #expect(plan.sessions == ["late", "early", "late", nil])
    #expect(plan.waiting == 21 + 22 + 21 * 9)
  }
}

@Suite("Time zones")
struct SchoolTimeZoneTests {
  static let moments: [(zone: String, wall: String, minute: Int, utc: String)] = [
    ("America/New_York", "2026-03-08", 119, "2026-03-08T06:59:00Z"),
    ("America/New_York", "2026-03-08", 150, "2026-03-08T07:30:00Z"),
    ("America/New_York", "2026-03-08", 180, "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-11-01", 90, "2026-11-01T05:30:00Z"),
    ("America/New_York", "2026-11-01", 120, "2026-11-01T07:00:00Z"),
    ("America/Phoenix", "2026-07-01", 480, "2026-07-01T15:00:00Z"),
    ("Europe/Berlin", "2026-03-29", 150, "2026-03-29T01:30:00Z"),
    ("Europe/London", "2026-10-25", 90, "2026-10-25T00:30:00Z"),
    ("UTC", "2026-10-25", 90, "2026-10-25T01:30:00Z"),
  ]

  @Test("clocks on the wall mean the moments of RFC 5545 around changes", arguments: moments)
  func walls(zone: String, wall: String, minute: Int, utc: String) throws {
    let zone = try #require(SchoolTimeZone.named(zone))
    #expect(zone.moment(try day(wall), minute: minute) == (try moment(utc)))
  }

  @Test("a moment and its wall lead to each other but in the hour that comes twice")
  func roundTrip() throws {
    let zone = try #require(SchoolTimeZone.named("Europe/Berlin"))
    var numbers = Numbers(seed: 3)
    for _ in 0..<2_000 {
      let time = try #require(
        Instant(secondsSince1970: 1_790_000_040 + Int64(numbers.below(500_000)) * 60))
      let wall = try #require(zone.wall(at: time))
      let back = try #require(zone.moment(wall.date, minute: wall.minute))
      let behind = time.secondsSince1970 - back.secondsSince1970
      #expect(behind == 0 || behind == 3_600 && zone.offset(at: time) == 60)
    }
  }
}
