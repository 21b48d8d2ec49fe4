import Assessment

/// Adaptive tests, knowledge structures and comparative judgement, on invented data.
func placementTasks(_ runs: Int) throws {
  try adaptiveTask(runs)
  try comparisonTask(runs)
  try structureTask(runs)
}

/// 10,000 learners take 20 of 500 items each.
private func adaptiveTask(_ runs: Int) throws {
  var chance = SeededGenerator(seed: 500)
  let bank = try ItemBank(
    (0..<500).map { number in
      let item = try LogisticItem(
        discrimination: 1 + chance.uniform(), difficulty: 1.3 * chance.normal())
      return ItemBank.Entry("i\(number)", item)
    })
  var rules = AdaptiveRules()
  rules.nodeCount = 61
  let (seconds, error) = try Measurement.least(of: runs) {
    let test = try AdaptiveTest(bank: bank, rules: rules)
    return AdaptiveSimulation(of: test, learners: 10_000, seed: 1).rootMeanSquareError
  }
  line("A8 adaptive test 10000 x 20 of 500, RMSE", seconds, error)
}

/// 1,000 pieces of work are judged 20,000 times.
func inventedWins() -> [ComparativeJudgement.Win] {
  var chance = SeededGenerator(seed: 20_000)
  let truth = (0..<1_000).map { _ in 1.5 * chance.normal() }
  return (0..<20_000).map { _ in
    let left = chance.below(1_000)
    let right = (left + 1 + chance.below(999)) % 1_000
    let isLeft = chance.uniform() < 1 / (1 + exponential(truth[right] - truth[left]))
    return ComparativeJudgement.Win(isLeft ? left : right, over: isLeft ? right : left)
  }
}

private func comparisonTask(_ runs: Int) throws {
  let wins = inventedWins()
  let names = (0..<1_000).map { "w\($0)" }
  let (seconds, height) = try Measurement.least(of: runs) {
    try ComparativeJudgement(names: names, wins: wins).logLikelihood
  }
  line("A16 Bradley-Terry 1000 pieces, 20000 judgements", seconds, height)
}

/// As large as the chess data of pks: 16 problems and 92 patterns of answers.
private func structureTask(_ runs: Int) throws {
  var links: [(before: Int, after: Int)] = []
  for row in 0..<4 {
    for column in 0..<4 {
      if column < 3 { links.append((row * 4 + column, row * 4 + column + 1)) }
      if row < 3 { links.append((row * 4 + column, row * 4 + column + 4)) }
    }
  }
  let structure = try KnowledgeStructure(
    items: (0..<16).map { "p\($0)" }, prerequisites: Array(links.dropLast(6)))
  var chance = SeededGenerator(seed: 92)
  var counts: [UInt64: Double] = [:]
  while counts.count < 92 {
    let state = structure.states[chance.below(structure.states.count)]
    var pattern: UInt64 = 0
    for problem in 0..<16 {
      let knows = state & (1 << UInt64(problem)) != 0
      if chance.uniform() < (knows ? 0.9 : 0.1) { pattern |= 1 << UInt64(problem) }
    }
    counts[pattern, default: 0] += 1
  }
  let patterns = counts.keys.sorted()
  let (seconds, model) = try Measurement.least(of: runs) {
    try BasicLocalIndependence(
      structure: structure, patterns: patterns, frequencies: patterns.map { counts[$0] ?? 0 },
      tolerance: 1e-7)
  }
  line(
    "A17 BLIM 16 problems, \(structure.states.count) states, 92 patterns, \(model.stepCount) steps",
    seconds, model.logLikelihood)
}
