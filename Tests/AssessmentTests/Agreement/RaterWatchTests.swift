import Assessment
import Testing

@Suite("Raters over time")
struct RaterWatchTests {
  /// Three raters: `b` is lenient by 1, `c` shifts by 1 after 60 works and has a halo.
  private static func ratings() -> [RaterWatch.Rating] {
    var random = SeededGenerator(seed: 44)
    var ratings: [RaterWatch.Rating] = []
    for work in 0..<120 {
      let quality = 3 + random.normal()
      let halo = quality + 0.3 * random.normal()
      for criterion in ["idea", "form", "language"] {
        let truth = quality + 0.7 * random.normal()
        ratings.append(
          .init(
            work: "w\(work)", criterion: criterion, rater: "a",
            score: truth + 0.4 * random.normal()))
        ratings.append(
          .init(
            work: "w\(work)", criterion: criterion, rater: "b",
            score: truth + 1 + 0.4 * random.normal()))
        ratings.append(
          .init(
            work: "w\(work)", criterion: criterion, rater: "c",
            score: halo + (work >= 60 ? 1.5 : 0) + 0.05 * random.normal()))
      }
    }
    return ratings
  }

  @Test("severity, halo and drift that were put in are named, and only those")
  func alarms() throws {
    let watch = try RaterWatch(Self.ratings())
    #expect(watch.raters.map(\.name) == ["a", "b", "c"])
    let (b, c) = (watch.raters[1], watch.raters[2])
    #expect((0.2...1.3).contains(b.severity ?? 0))
    #expect((c.spread ?? 1) < 0.3 && (watch.raters[0].spread ?? 0) > 0.9)
    // 60 works came before the shift.
    #expect(c.driftAt.map { (61...80).contains($0) } == true)
    #expect((c.driftSize ?? 0) > 0.8)
    #expect(
      Set(watch.findings.filter { $0.code == .halo }.compactMap(\.subject)) == ["c"])
  }

  @Test("anchors stand for other raters, and a rater alone is named")
  func anchors() throws {
    let watch = try RaterWatch([
      .init(work: "1", rater: "a", score: 2, anchor: 3),
      .init(work: "2", rater: "a", score: 3, anchor: 4),
      .init(work: "3", rater: "b", score: 3),
    ])
    #expect(watch.raters[0].severity == -1)
    #expect(watch.findings.contains { $0.code == .disconnected && $0.subject == "b" })
    #expect(throws: AssessmentError.self) { try RaterWatch([]) }
    #expect(throws: AssessmentError.self) {
      try RaterWatch([.init(work: "1", rater: "a", score: .nan)])
    }
  }
}
