import Domain
import Grading
import Testing

@Suite("Results that are kept up to date")
struct LiveResultTests {
  static let methods = RandomPolicies.methods.filter {
    !["weightedMean", "promotion", "pointsShare"].contains($0)
  }

  /// 1,000 histories over all methods; in each, scores come one by one and some are corrected.
  @Test(
    "are what all scores together give, after each score and each correction", arguments: methods)
  func sameAsFromScratch(name: String) throws {
    var random = RandomPolicies(seed: UInt64(name.utf8.count) * 1_013)
    for _ in 0..<(1_000 / Self.methods.count + 1) {
      var policy = try Policy(
        id: "p", title: "P", scale: Example.scale(), points: .earned,
        method: random.method(name, hasNumbers: true),
        rounding: Policy.Rounding(places: 1, beforeCut: random.chance(2)))
      policy.minimum = random.number(1...2)
      let unit = random.element([1, 2, 3])
      let range = Int32(0)...Int32(4 * unit)
      var live = try LiveResults(policy, count: 4, unit: unit, range: range)
      var scores = [[Int32]](repeating: [], count: 4)
      for _ in 0..<random.number(1...40) {
        let place = random.number(0...3)
        let score = Int32(random.number(0...(4 * unit)))
        let before = live.level(at: place)
        let change: LiveResults.Change?
        if random.chance(6), !scores[place].isEmpty {
          scores[place][random.number(0...(scores[place].count - 1))] = score
          change = live.replace(at: place, with: scores[place])
        } else {
          scores[place].append(score)
          change = live.add(score, at: place)
        }
        if live.level(at: place) != before { #expect(change != nil) }
      }
      try Self.compare(live, scores, policy, unit)
    }
  }

  private static func compare(
    _ live: LiveResults, _ scores: [[Int32]], _ policy: Policy, _ unit: Int
  ) throws {
    for (place, own) in scores.enumerated() {
      let verdicts = try policy.verdicts(
        on: ScaledScores(own, unit: unit, starts: [0, UInt32(own.count)]))
      #expect(live.scoreCount(at: place) == own.count)
      // Where 62 bits have no room the live result says so, and never something else.
      guard let outcome = live.outcome(at: place) else {
        #expect(verdicts.exactCount == 1 || own.count > 60, "\(policy) \(own)")
        continue
      }
      #expect(outcome == verdicts.outcome(at: 0), "\(policy.method) \(own)")
      #expect(live.level(at: place) == verdicts.level(at: 0), "\(policy.method) \(own)")
      #expect(live.number(at: place) == verdicts.number(at: 0), "\(policy.method) \(own)")
    }
  }

  @Test("many scores at once are the same as one after another")
  func batches() throws {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: .mode(tie: .latest))
    var one = try LiveResults(policy, count: 9, unit: 1, range: 0...4)
    var all = one
    let scores = (0..<200).map { Int32($0 * 7 % 5) }
    let places = (0..<200).map { UInt32($0 * 5 % 9) }
    var changed: [Int] = []
    for (score, place) in zip(scores, places) {
      if one.add(score, at: Int(place)) != nil { changed.append(Int(place)) }
    }
    var told: [Int] = []
    all.add(scores, at: places) { place, _ in told.append(place) }
    #expect(told == changed)
    for place in 0..<9 { #expect(one.number(at: place) == all.number(at: place)) }
  }

  static let refused: [Method] = [
    .weightedMean(weights: [.quiz: 2], others: 1), .meanOfLast(9), .timesAtCut(least: 2, of: 9),
    .pointsShare,
  ]

  @Test("what needs more than 32 bytes is refused", arguments: refused)
  func refusals(method: Method) throws {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), points: .percent, method: method)
    let error = #expect(throws: GradingError.self) {
      try LiveResults(policy, count: 1, unit: 1, range: 0...4)
    }
    #expect(error?.code == .wrongValue)
    let median = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: .median(middle: .mean))
    #expect(throws: GradingError.self) {
      try LiveResults(median, count: 1, unit: 10, range: 0...40)
    }
  }
}
