import Assessment
import Testing

@Suite("Comparative judgement")
struct ComparisonTests {
  /// Stigler's citations among four journals of statistics: row cited by column.
  static let citations: [[Double]] = [
    [0, 730, 498, 221], [33, 0, 68, 17], [320, 813, 0, 142], [284, 276, 325, 0],
  ]

  static func wins(_ table: [[Double]]) -> [ComparativeJudgement.Win] {
    table.indices.flatMap { row in
      table.indices.filter { $0 != row }.map { .init(row, over: $0, count: table[row][$0]) }
    }
  }

  @Test("abilities and errors are those of Firth (2005)")
  func firth() throws {
    let result = try ComparativeJudgement(
      names: ["Biometrika", "Comm Statist", "JASA", "JRSS-B"], wins: Self.wins(Self.citations))
    let first = try #require(result.abilities[0])
    let relative = result.abilities.map { ($0 ?? .nan) - first }
    #expect(isNear(relative, [0, -2.949, -0.480, 0.269], 5e-4))
    let errors = result.standardErrors(reference: 0)
    // More digits by Newton's method on the exact likelihood.
    #expect(
      isNear(
        relative, [0, -2.9490724968439097, -0.479569769751993, 0.26895405581947135], 1e-8))
    #expect(
      isNear(
        errors, [0, 0.10254533551120852, 0.060588729248230694, 0.07082996511114127], 1e-7))
    #expect(isNear(result.logLikelihood, -1622.889808827598, 1e-8))
    #expect(result.findings.isEmpty)
  }

  @Test("a thousand pieces and 20,000 judgements give back the true order")
  func large() throws {
    var chance = SeededGenerator(seed: 44)
    let truth = (0..<1_000).map { _ in 1.5 * chance.normal() }
    let wins = (0..<20_000).map { _ in
      let left = chance.below(1_000)
      let right = (left + 1 + chance.below(999)) % 1_000
      let gap = truth[left] - truth[right]
      let isLeft = chance.uniform() < 1 / (1 + (0 - gap).exponential)
      return ComparativeJudgement.Win(isLeft ? left : right, over: isLeft ? right : left)
    }
    let result = try ComparativeJudgement(names: (0..<1_000).map { "w\($0)" }, wins: wins)
    let known = result.abilities.indices.filter { result.abilities[$0] != nil }
    #expect(known.count > 950)
    let found = known.map { result.abilities[$0] ?? 0 }
    #expect(Self.correlation(found, known.map { truth[$0] }) > 0.93)
    var shuffled = wins
    chance.shuffle(&shuffled)
    let again = try ComparativeJudgement(names: (0..<1_000).map { "w\($0)" }, wins: shuffled)
    #expect(again.abilities == result.abilities)
  }

  static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    let cross = zip(x, y).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) }
    let first = x.reduce(0) { $0 + ($1 - a) * ($1 - a) }
    let second = y.reduce(0) { $0 + ($1 - b) * ($1 - b) }
    return cross / (first * second).squareRoot()
  }

  @Test("95 % intervals hold 93 to 97 %")
  func coverage() throws {
    let truth = (0..<8).map { Double($0) * 0.4 - 1.4 }
    var (held, all) = (0, 0)
    for round in 0..<250 {
      var chance = SeededGenerator(seed: 70).stream(round)
      var wins: [ComparativeJudgement.Win] = []
      for left in 0..<8 {
        for right in 0..<left {
          let share = 1 / (1 + (truth[right] - truth[left]).exponential)
          let won = Double((0..<12).count { _ in chance.uniform() < share })
          wins += [.init(left, over: right, count: won), .init(right, over: left, count: 12 - won)]
        }
      }
      let result = try ComparativeJudgement(names: truth.map { "\($0)" }, wins: wins)
      for (piece, error) in result.standardErrors().enumerated() {
        guard let error, let ability = result.abilities[piece] else { continue }
        all += 1
        if abs(ability - truth[piece]) <= 1.959964 * error { held += 1 }
      }
    }
    let share = Double(held) / Double(all)
    #expect((0.93...0.97).contains(share), "\(share)")
  }

  @Test("pieces without a place on the scale are named, and others keep theirs")
  func extremes() throws {
    let result = try ComparativeJudgement(
      names: ["a", "b", "always", "never", "unseen"],
      wins: [
        .init(0, over: 1, count: 3), .init(1, over: 0, count: 1), .init(2, over: 0),
        .init(0, over: 3),
      ])
    #expect(
      isNear((result.abilities[0] ?? 0) - (result.abilities[1] ?? 0), 1.0986122886681098, 1e-9))
    #expect(result.abilities[2...].allSatisfy { $0 == nil })
    #expect(Set(result.findings.compactMap(\.subject)) == ["always", "never", "unseen"])
    #expect(result.standardErrors(reference: 2).allSatisfy { $0 == nil })
  }

  @Test("judgements that make no scale are refused")
  func refused() {
    #expect(throws: AssessmentError.self) {
      try ComparativeJudgement(names: ["a", "b"], wins: [.init(0, over: 1)])
    }
    #expect(throws: AssessmentError.self) {
      try ComparativeJudgement(names: ["a"], wins: [.init(0, over: 0)])
    }
    #expect(throws: AssessmentError.self) { try ComparativeJudgement(names: [], wins: []) }
  }
}

extension Double {
  /// e to the power of the number, for tests that import no C library.
  var exponential: Double {
    var (sum, term) = (1.0, 1.0)
    let half = self / 64
    for step in 1..<30 {
      term *= half / Double(step)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return sum
  }
}
