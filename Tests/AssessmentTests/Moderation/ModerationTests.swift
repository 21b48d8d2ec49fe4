import Assessment
import Testing

@Suite("Moderation")
struct ModerationTests {
  static func works(_ count: Int) -> [ModerationSample.Work] {
    (0..<count).map { number in
      ModerationSample.Work(
        "w\(number)", rater: ["ann", "bea", "cyd"][number % 3], score: Double(number % 5) + 0.5,
        stratum: number % 2 == 0 ? "essay" : "lab")
    }
  }

  @Test("the sample depends on names and seed, not on the order, and holds every rater")
  func draw() throws {
    let works = Self.works(300)
    let sample = try ModerationSample(of: works, size: .share(0.05), seed: 9)
    #expect(sample.chosen.count == 15)
    #expect(Set(sample.chosen.map { works[$0].rater + works[$0].stratum }).count == 6)
    var shuffled = works
    var chance = SeededGenerator(seed: 1)
    chance.shuffle(&shuffled)
    let again = try ModerationSample(of: shuffled, size: .share(0.05), seed: 9)
    #expect(
      Set(again.chosen.map { shuffled[$0].name }) == Set(sample.chosen.map { works[$0].name }))
    let other = try ModerationSample(of: works, size: .share(0.05), seed: 10)
    #expect(other.chosen != sample.chosen)
  }

  static let sizes: [(population: Int, rate: Double, confidence: Double, count: Int)] = [
    // By hand: one bad piece in 20 is seen with 95 % confidence only in 19 of them.
    (20, 0.05, 0.95, 19),
    // The known table of discovery sampling: 2000 pieces, 5 %, 95 %.
    (2_000, 0.05, 0.95, 58),
    (1_000_000, 0.05, 0.95, 59), (1_000_000, 0.01, 0.95, 299), (10, 0.5, 0.9, 3),
  ]

  @Test("sizes are those of discovery sampling", arguments: sizes)
  func size(population: Int, rate: Double, confidence: Double, count: Int) throws {
    let found = try ModerationSample.sampleSize(
      population: population, rate: rate, confidence: confidence)
    #expect(found == count)
  }

  @Test("by hand: nothing wrong in 3 of 4 leaves at most one bad piece")
  func bound() {
    // With 2 bad of 4 a sample of 3 has none with probability 0.
    #expect(
      ModerationSample.upperBound(disagreements: 0, sample: 3, population: 4, confidence: 0.9)
        == 0.25)
    #expect(ModerationSample.upperBound(disagreements: 0, sample: 0, population: 4) == 1)
    #expect(ModerationSample.upperBound(disagreements: 0, sample: 4, population: 4) == 0)
  }

  @Test("pieces near the cut are taken besides")
  func near() throws {
    let works = Self.works(100)
    let rule = try NearCutRule(cut: 3, standardError: 0.6, risk: 0.1)
    let sample = try ModerationSample(of: works, size: .share(0.05), nearCut: rule, seed: 2)
    // Scores are 0.5 to 4.5; only 2.5 and 3.5 are within 1.28 * 0.6 = 0.77.
    #expect(sample.nearCut.allSatisfy { [2.5, 3.5].contains(works[$0].score ?? 0) })
    #expect(sample.nearCut.count == 40)
    #expect(isNear(rule.reach, 0.768_930_939_326_76, 1e-9))
  }

  @Test("second ratings near the cut are worth most of what two for all are")
  func benefit() throws {
    var chance = SeededGenerator(seed: 12)
    let scores = (0..<2_000).map { _ in 2.5 + chance.normal() }
    let rule = try NearCutRule(cut: 3, standardError: 0.4, risk: 0.1)
    let benefit = try rule.benefit(for: scores)
    #expect(benefit.accuracyWithOne < benefit.accuracyWithRule)
    #expect(benefit.accuracyWithRule <= benefit.accuracyWithTwo)
    let share =
      (benefit.accuracyWithRule - benefit.accuracyWithOne)
      / (benefit.accuracyWithTwo - benefit.accuracyWithOne)
    #expect(share > 0.7, "\(benefit)")
    #expect(benefit.secondRatingCount < 900)
  }

  @Test("by hand: at the cut a second rating brings decisions from one half to three quarters")
  func atTheCut() throws {
    let rule = try NearCutRule(cut: 3, standardError: 0.4)
    let benefit = try rule.benefit(for: [3])
    #expect(isNear(benefit.accuracyWithOne, 0.5, 1e-12))
    // E Phi(|Z|) = 3/4, because Phi(|Z|) is spread evenly from 1/2 to 1.
    #expect(isNear(benefit.accuracyWithTwo, 0.75, 1e-3))
    // In simulation: a true score, two ratings, and the decision by their mean.
    var chance = SeededGenerator(seed: 8)
    var right = 0
    for _ in 0..<40_000 {
      let truth = 3.2 + 0.4 * chance.normal()
      let mean = (3.2 + truth + 0.4 * chance.normal()) / 2
      if (mean >= 3) == (truth >= 3) { right += 1 }
    }
    let two = try rule.benefit(for: [3.2]).accuracyWithTwo
    #expect(abs(two - Double(right) / 40_000) < 0.01, "\(two)")
  }

  @Test("work without names of its own, and sizes that make no sense, are refused")
  func refused() {
    let work = ModerationSample.Work("w", rater: "a")
    #expect(throws: AssessmentError.self) {
      try ModerationSample(of: [work, work], size: .share(0.1), seed: 1)
    }
    #expect(throws: AssessmentError.self) {
      try ModerationSample(of: [work], size: .share(0), seed: 1)
    }
    #expect(throws: AssessmentError.self) {
      try ModerationSample(of: [], size: .share(0.1), seed: 1)
    }
    #expect(throws: AssessmentError.self) { try NearCutRule(cut: 1, standardError: 0) }
  }
}

@Suite("Calibration sessions")
struct CalibrationSessionTests {
  static let anchors = [
    "a": 0, "b": 1, "c": 2, "d": 3, "e": 0, "f": 1, "g": 2, "h": 3, "i": 1, "j": 2,
  ]

  static func ratings(_ rater: String, _ shift: Int) -> [CalibrationSession.Rating] {
    anchors.map { .init(rater: rater, anchor: $0.key, level: min(3, max(0, $0.value + shift))) }
  }

  @Test("who agrees may score, who is lenient is told by how much")
  func raters() throws {
    let session = try CalibrationSession(
      anchors: Self.anchors, ratings: Self.ratings("exact", 0) + Self.ratings("kind", 1),
      levelCount: 4)
    let (exact, kind) = (session.raters[0], session.raters[1])
    #expect(exact.isCalibrated)
    #expect(exact.kappa == 1)
    #expect(exact.exact == 1)
    #expect(!kind.isCalibrated)
    // Two of ten anchors are at the top and cannot be rated higher.
    #expect(isNear(kind.bias, 0.8, 1e-12))
    #expect(kind.adjacent == 1)
    #expect(kind.findings.contains { $0.code == .severe && $0.message.contains("lenient") })
    #expect(session.anchors.first { $0.anchor == "d" }?.exact == 1)
    #expect(session.anchors.first { $0.anchor == "a" }?.exact == 0.5)
  }

  @Test("few anchors and anchors of one level say nothing")
  func few() throws {
    let session = try CalibrationSession(
      anchors: ["a": 1, "b": 1],
      ratings: [
        .init(rater: "r", anchor: "a", level: 1), .init(rater: "r", anchor: "b", level: 1),
      ],
      levelCount: 4)
    #expect(!session.raters[0].isCalibrated)
    #expect(session.raters[0].kappa == nil)
    #expect(Set(session.raters[0].findings.map(\.code)) == [.fewPersons, .notIdentified])
  }

  @Test("ranks that are not on the scale and unknown anchors are refused")
  func refused() {
    #expect(throws: AssessmentError.self) {
      try CalibrationSession(
        anchors: ["a": 1], ratings: [.init(rater: "r", anchor: "x", level: 1)], levelCount: 4)
    }
    #expect(throws: AssessmentError.self) {
      try CalibrationSession(
        anchors: ["a": 1], ratings: [.init(rater: "r", anchor: "a", level: 4)], levelCount: 4)
    }
  }

  @Test("a queue keeps the order of the work and has an anchor in each whole block")
  func queue() {
    let works = (0..<40).map { "w\($0)" }
    let queue = CalibrationSession.queue(anchors: ["x", "y"], works: works, every: 10, seed: 3)
    #expect(queue.filter { $0.hasPrefix("w") } == works)
    #expect(queue.count == 44)
    #expect(Set(queue.filter { !$0.hasPrefix("w") }) == ["x", "y"])
    #expect(
      queue != CalibrationSession.queue(anchors: ["x", "y"], works: works, every: 10, seed: 4))
  }
}
