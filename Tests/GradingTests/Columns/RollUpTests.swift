import Domain
import Grading
import Testing

@Suite("Roll-ups")
struct RollUpTests {
  private static func columns(_ events: [EvidenceEvent]) throws -> EvidenceColumns {
    var columns = EvidenceColumns()
    for event in events { try columns.append(event) }
    return columns
  }

  @Test("give what the exact path gives, for every method", arguments: RandomPolicies.methods)
  func sameAsExactPath(method: String) throws {
    var seed: UInt64 = 1
    for letter in method.utf8 { seed = seed &* 31 &+ UInt64(letter) }
    var random = RandomPolicies(seed: seed)
    var kernels = 0
    for round in 0..<80 {
      let policy = try random.policy(method)
      // Some groups are longer than there are digits for.
      let events = random.events(
        random.number(0...(round % 10 == 0 ? 240 : 40)), sorted: round % 2 == 0)
      let history = try EvidenceHistory(events)
      let asOf = Example.asOf(day: random.number(5...25))
      let grader = Grader(policy, targets: RandomPolicies.targets.map { GradedTarget($0) })
      let groups = EvidenceGroups(try Self.columns(events), for: policy, asOf: asOf)
      let plain = try RollUp(policy, over: groups)
      let traced = try RollUp(policy, over: groups, keepsTrace: true)
      kernels += plain.count - plain.verdicts.exactCount
      for learner in RandomPolicies.learners {
        let expected = try grader.report(on: learner, history: history, asOf: asOf)
        let report = try traced.report(on: learner, by: grader)
        #expect(report == expected, "seed \(seed), round \(round), \(policy)")
        guard report == expected else { return }
        var digester = plain.digester
        let gates = try plain.gates(
          at: plain.places(of: learner), over: grader.targets, facts: LearnerFacts())
        #expect(gates == expected.gates)
        for place in plain.places(of: learner) {
          let result = expected.targets.first { $0.target == plain.target(at: place) }
          #expect(plain.verdicts.number(at: place) == result?.result.number)
          #expect(plain.verdicts.level(at: place) == result?.result.level)
          #expect(plain.verdicts.outcome(at: place) == result?.result.outcome)
          #expect(plain.verdicts.shown(at: place) == result?.shown)
          #expect(digester.digest(at: place) == result?.result.basis.evidence)
          guard policy.grouping == nil else { continue }
          let counts = plain.counts(at: place)
          #expect(counts.counted == result?.derivation.observations.count)
          #expect(counts.leftOut == result?.derivation.leftOut.count)
        }
      }
    }
    // The test would prove nothing if all groups fell back.
    #expect(kernels > 150)
  }

  @Test("a log in columns gives its evidence back")
  func roundTrip() throws {
    var random = RandomPolicies(seed: 5)
    let events = random.events(300, sorted: false)
    let columns = try Self.columns(events)
    var row = 0
    for case .recorded(let piece) in events {
      #expect(columns.evidence(at: row) == piece)
      row += 1
    }
    #expect(row == columns.count)
  }

  @Test("rows by number are the same as events")
  func numbers() throws {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: .exponentialDecay(weight: 1))
    var columns = EvidenceColumns(capacity: 4)
    let learner = columns.number(of: Example.learner)
    let target = columns.number(of: "t" as CompetencyID)
    let traits = columns.number(of: EvidenceTraits(kind: .quiz, purpose: .summative))
    for (day, label) in [(3, "4"), (1, "2"), (2, "1")] as [(Int, Identifier)] {
      let moment = Example.moment(day: day).secondsSince1970
      try columns.append(
        learner: learner, target: target, state: columns.number(of: Example.level(label)),
        traits: traits, occurred: moment, recorded: moment)
    }
    let groups = EvidenceGroups(columns, for: policy, asOf: Example.asOf())
    #expect(try RollUp(policy, over: groups).verdicts.number(at: 0) == 4)
    try columns.reverse(row: 0, recorded: Example.moment(day: 9))
    let later = EvidenceGroups(columns, for: policy, asOf: Example.asOf())
    let rollUp = try RollUp(policy, over: later)
    #expect(rollUp.verdicts.number(at: 0) == 1)
    #expect(rollUp.verdicts.observationCount(at: 0) == 2)
    #expect(columns.evidence(at: 1).id == "1")
  }

  @Test("what cannot be in a log is refused, and the log stays as it was")
  func refusals() throws {
    var columns = EvidenceColumns()
    let piece = Example.evidence("e", day: 1, Example.level("2"))
    try columns.append(.recorded(piece))
    let again = #expect(throws: GradingError.self) { try columns.append(.recorded(piece)) }
    #expect(again?.code == .invalidEvidence)
    let nothing = Reversal(
      id: "r", of: "other", reason: "error", actor: "p", recorded: Example.moment(day: 2))
    #expect(throws: GradingError.self) { try columns.append(.reversed(nothing)) }
    #expect(throws: GradingError.self) {
      try columns.append(
        learner: 9, target: 0, state: 0, traits: 0, occurred: 0, recorded: 0)
    }
    #expect(throws: GradingError.self) { try columns.reverse(row: 1, recorded: nothing.recorded) }
    let long = Example.evidence(
      String(repeating: "x", count: 70_000), day: 1, Example.level("2"))
    #expect(throws: GradingError.self) { try columns.append(.recorded(long)) }
    #expect(columns.count == 1)
    #expect(columns.evidence(at: 0) == piece)
  }

  @Test("another policy over the same log names the results that differ")
  func differences() throws {
    let highest = try Policy(id: "h", title: "H", scale: Example.scale(), method: .highest)
    let latest = try Policy(id: "l", title: "L", scale: Example.scale(), method: .latest)
    let events: [EvidenceEvent] =
      (Example.scores(["2", "4"], target: "up") + Example.scores(["4", "2"], target: "down"))
      .map { .recorded($0) }
    let groups = EvidenceGroups(try Self.columns(events), for: highest, asOf: Example.asOf())
    let before = try RollUp(highest, over: groups)
    let after = try RollUp(latest, over: groups)
    #expect(try before.differences(from: after).map { before.target(at: $0) } == ["down"])
    #expect(try before.differences(from: before) == [])
  }
}
