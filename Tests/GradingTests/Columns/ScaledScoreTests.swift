import Domain
import Grading
import Testing

@Suite("Plain scores")
struct ScaledScoreTests {
  static let methods = RandomPolicies.methods.filter {
    !["weightedMean", "promotion", "pointsShare"].contains($0)
  }

  @Test("give what the exact path gives", arguments: methods)
  func sameAsExactPath(name: String) throws {
    var random = RandomPolicies(seed: UInt64(name.utf8.count) * 977)
    for _ in 0..<60 {
      var policy = try Policy(
        id: "p", title: "P", scale: Example.scale(), points: .earned,
        method: random.method(name, hasNumbers: true),
        rounding: Policy.Rounding(places: 1, beforeCut: random.chance(2)))
      policy.minimum = random.number(1...2)
      let unit = random.element([1, 2, 10, 100, 7])
      var values: [Int32] = []
      var starts: [UInt32] = [0]
      for _ in 0..<20 {
        for _ in 0..<random.number(0...(random.chance(8) ? 70 : 6)) {
          values.append(Int32(random.number(0...(4 * unit))))
        }
        starts.append(UInt32(values.count))
      }
      let verdicts = try policy.verdicts(on: ScaledScores(values, unit: unit, starts: starts))
      #expect(verdicts.count == 20)
      for group in 0..<20 {
        let own = values[Int(starts[group])..<Int(starts[group + 1])]
        // Shares of the unit, read as points, are the same fractions.
        policy.points = .scaled
        let evidence = own.enumerated().map { index, value in
          Example.evidence(
            "\(index)", day: index, Example.points("\(value)", of: "\(4 * unit)"))
        }
        let result = try policy.judge(evidence)
        #expect(verdicts.number(at: group) == result.result.number, "\(policy) \(own)")
        #expect(verdicts.outcome(at: group) == result.result.outcome)
        #expect(verdicts.level(at: group) == result.result.level)
        #expect(verdicts.shown(at: group) == result.shown)
      }
    }
  }

  @Test("groups that do not cover the scores are refused")
  func refusals() throws {
    let starts: [[UInt32]] = [[], [0, 1], [1, 2], [0, 2, 1, 2], [0, 3]]
    for starts in starts {
      #expect(throws: GradingError.self) { try ScaledScores([1, 2], unit: 1, starts: starts) }
    }
    #expect(throws: GradingError.self) { try ScaledScores([.min], unit: 1, starts: [0, 1]) }
    #expect(throws: GradingError.self) { try ScaledScores([1], unit: 0, starts: [0, 1]) }
  }

  @Test("a policy that asks more than scores is refused")
  func moreThanScores() throws {
    let scores = try ScaledScores([1], unit: 1, starts: [0, 1])
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(),
      method: .weightedMean(weights: [.quiz: 2], others: 1))
    let error = #expect(throws: GradingError.self) { try policy.verdicts(on: scores) }
    #expect(error?.code == .wrongValue)
  }
}
