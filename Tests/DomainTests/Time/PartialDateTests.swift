import Domain
import Testing

@Suite("Partial date")
struct PartialDateTests {
  static let accepted:
    [(text: String, precision: PartialDate.Precision, offset: Int?, iso: String)] =
      [
        ("2024", .year, nil, "2024"), ("2024-09", .month, nil, "2024-09"),
        ("2024-09-30", .day, nil, "2024-09-30"),
        ("2024-09-30T14:05", .minute, nil, "2024-09-30T14:05"),
        ("2024-09-30 14:05:09", .second, nil, "2024-09-30T14:05:09"),
        ("2024-09-30t14:05:09z", .second, 0, "2024-09-30T14:05:09Z"),
        ("2024-09-30T14:05:09.250Z", .fraction, 0, "2024-09-30T14:05:09.25Z"),
        ("2024-09-30T14:05:09.0Z", .fraction, 0, "2024-09-30T14:05:09.0Z"),
        ("2024-09-30T14:05+02:00", .minute, 120, "2024-09-30T14:05+02:00"),
        ("2024-09-30T14:05:09-0730", .second, -450, "2024-09-30T14:05:09-07:30"),
        ("2024-09-30T14:05:09+05", .second, 300, "2024-09-30T14:05:09+05:00"),
      ]

  @Test("keeps precision, zone and text", arguments: accepted)
  func reads(
    text: String, precision: PartialDate.Precision, offset: Int?, iso: String
  ) throws {
    let date = try #require(PartialDate(text))
    #expect(date.precision == precision)
    #expect(date.offsetMinutes == offset)
    #expect(date.isoText == iso)
    #expect(date.source == text)
    #expect((date.date == nil) == (precision < .day))
  }

  static let refused = [
    "", "24", "2024-", "2024-9", "2024-09-31", "2024-09T10:00", "2024-09-30T", "2024-09-30T24:00",
    "2024-09-30T12:60", "2024-09-30T12:00:60", "2024-09-30T12:00:00.", "2024-09-30T12",
    "2024-09-30T12:00+", "2024-09-30T12:00+19:00", "2024-09-30T12:00Zx", "2024-09-30Z",
    "2024-09-30T12:00:00.1234567890Z", "2024-09-30T12:00+02:60", "٢٠٢٤",
  ]

  @Test("refuses what is no date", arguments: refused)
  func refuses(text: String) {
    #expect(PartialDate(text) == nil)
  }

  @Test("finds the moment")
  func instants() throws {
    let date = try #require(PartialDate("2024-09-30T14:05:09.25+02:00"))
    #expect(date.earliest(offsetMinutes: 0)?.description == "2024-09-30T12:05:09.25Z")
    let local = try #require(PartialDate("2024-09-30"))
    #expect(local.earliest(offsetMinutes: -300)?.description == "2024-09-30T05:00:00Z")
    #expect(PartialDate("0001-01-01T00:00+01:00")?.earliest(offsetMinutes: 0) == nil)
  }

  @Test("is made from parts only when they fit together")
  func parts() throws {
    #expect(try PartialDate(year: 2024, month: 2, source: "Feb 24").isoText == "2024-02")
    #expect(throws: DomainError.self) {
      try PartialDate(year: 2024, day: 3, source: "3. 2024")
    }
    #expect(throws: DomainError.self) {
      try PartialDate(year: 2024, month: 2, day: 3, hour: 4, source: "4 h")
    }
    #expect(throws: DomainError.self) {
      try PartialDate(year: 2024, month: 2, day: 3, offsetMinutes: 0, source: "zone")
    }
  }
}

@Suite("Instant")
struct InstantTests {
  static let known: [(text: String, seconds: Int64)] = [
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1),
    ("2000-02-29T12:34:56Z", 951_827_696), ("2038-01-19T03:14:08Z", 2_147_483_648),
    ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
  ]

  @Test("goes through text and back", arguments: known)
  func text(text: String, seconds: Int64) throws {
    let instant = try #require(Instant(text))
    #expect(instant.secondsSince1970 == seconds)
    #expect(instant.description == text)
    #expect(Instant(secondsSince1970: seconds) == instant)
    #expect(PartialDate(instant).earliest(offsetMinutes: 600) == instant)
  }

  @Test("needs a second and a zone")
  func refuses() {
    #expect(Instant("2024-09-30T12:00:00") == nil)
    #expect(Instant("2024-09-30T12:00Z") == nil)
    #expect(Instant("2024-09-30") == nil)
    #expect(Instant(secondsSince1970: .max) == nil)
    #expect(Instant(secondsSince1970: 0, nanoseconds: -1) == nil)
  }

  @Test("falls on a day that depends on the zone")
  func day() throws {
    let instant = try #require(Instant("2024-09-30T22:30:00.5Z"))
    #expect(instant.date()?.description == "2024-09-30")
    #expect(instant.date(offsetMinutes: 120)?.description == "2024-10-01")
    #expect(instant.description == "2024-09-30T22:30:00.5Z")
  }
}
