import Domain
import Testing

@Suite("Period")
struct PeriodTests {
  static let cases: [(begin: String?, end: String?, contains: [String])] = [
    ("2024-09-02", "2024-09-04", ["2024-09-02", "2024-09-03"]),
    (nil, "2024-09-03", ["2024-09-01", "2024-09-02"]),
    ("2024-09-04", nil, ["2024-09-04", "2024-09-05"]),
    ("2024-09-02", "2024-09-02", []),
  ]

  @Test("contains its first day and not its end", arguments: cases)
  func contains(begin: String?, end: String?, contains: [String]) {
    let period = Period(
      begin: begin.flatMap { CalendarDate($0) }, end: end.flatMap { CalendarDate($0) })
    let days = (1...5).compactMap { CalendarDate(year: 2024, month: 9, day: $0) }
    #expect(days.filter { period.contains($0) }.map(\.description) == contains)
  }
}
