import Domain
import Grading
import Testing

@Suite("Gates that are kept up to date")
struct GateBoardTests {
  private static let targets = (0..<8).map { place in
    GradedTarget(
      CompetencyID("t\(place)"), isBackbone: place % 3 != 0,
      groups: [place < 4 ? "one" : "two"])
  }

  /// A gate on levels of targets.
  private static func gate(_ random: inout RandomPolicies, depth: Int) -> Gate {
    let level: Identifier? = random.chance(2) ? random.element(["1", "2", "4"]) : nil
    if depth == 0 || random.chance(3) {
      if random.chance(2) { return .target(targets[random.number(0...7)].id, at: level) }
      let selector: TargetSelector = random.element([
        .all, .backbone, .group("two"), .named([targets[1].id, targets[6].id, "elsewhere"]),
      ])
      return .targets(quantity(&random), selector, at: level)
    }
    let gates = (0..<random.number(1...4)).map { _ in gate(&random, depth: depth - 1) }
    return .combine(quantity(&random), gates)
  }

  private static func quantity(_ random: inout RandomPolicies) -> Gate.Quantity {
    switch random.number(0...2) {
    case 0: .all
    case 1: .least(random.number(0...3))
    default: .share(random.element([Rational("0.5") ?? .one, Rational("2/3") ?? .one, .one]))
    }
  }

  @Test("are open where the grader opens them, after each of 1,000 histories of results")
  func sameAsFromScratch() throws {
    var random = RandomPolicies(seed: 4_711)
    for _ in 0..<1_000 {
      var policy = try Policy(
        id: "p", title: "P", scale: Example.scale(), method: .latest,
        gates: [Policy.NamedGate("own", perGroup: random.chance(2), Self.gate(&random, depth: 3))])
      if random.chance(2) {
        policy.gates.append(
          Policy.NamedGate("above", .all([.gate("own"), Self.gate(&random, depth: 1)])))
      }
      let grader = Grader(policy, targets: Self.targets)
      var board = try GateBoard(grader, learnerCount: 3)
      var evidence: [Evidence] = []
      for step in 0..<random.number(1...12) {
        let target = random.number(0...7)
        let score = random.number(0...4)
        evidence.append(
          Example.evidence(
            "e\(step)", day: step, Example.level(Identifier("\(score)")),
            target: Self.targets[target].id))
        let before = board.gates.indices.map { board.isOpen(gate: $0, for: 1) }
        let changed = board.set(levels: score + 1, of: target, for: 1)
        for gate in board.gates.indices {
          let isChanged = changed >> UInt64(gate) & 1 == 1
          #expect(isChanged == (before[gate] != board.isOpen(gate: gate, for: 1)))
        }
      }
      let report = try grader.report(
        on: Example.learner, history: Example.history(evidence), asOf: Example.asOf())
      #expect(report.gates.map(\.name) == board.gates.map(\.name))
      #expect(report.gates.map(\.group) == board.gates.map(\.group))
      #expect(
        report.gates.map(\.isOpen) == board.gates.indices.map { board.isOpen(gate: $0, for: 1) },
        "\(policy.gates)")
      // The learners beside are as they were.
      let blank = try grader.report(
        on: "somebody", history: EvidenceHistory(), asOf: Example.asOf())
      for learner in [0, 2] {
        #expect(
          blank.gates.map(\.isOpen)
            == board.gates.indices.map { board.isOpen(gate: $0, for: learner) })
      }
    }
  }

  @Test("gates that read more than levels are refused")
  func refusals() throws {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: .latest,
      gates: [Policy.NamedGate("g", .mean(3, .all))])
    let error = #expect(throws: GradingError.self) {
      try GateBoard(Grader(policy, targets: Self.targets), learnerCount: 1)
    }
    #expect(error?.code == .wrongValue)
  }
}
