import Domain

/// Tries scores on the method of a policy.
struct MethodTrial {
  /// Two rows of scores that differ in one, which is better in the second.
  struct Lowering {
    var before: String
    var after: String
    var numberBefore: String
    var numberAfter: String
  }

  private let policy: Policy
  private let choices: [Observation]

  /// The most scores in a row that counting methods may ask for.
  private static let longest = 30

  init(_ policy: Policy) {
    self.policy = policy
    choices = MethodTrial.choices(policy)
  }

  /// The scores that are tried, lowest first: levels, what lies between, and thresholds.
  private static func choices(_ policy: Policy) -> [Observation] {
    let numbers = policy.scale.levels.indices.map { policy.number(ofRank: $0) }
    let cut = policy.scale.masteryRank
    let picked = [0, cut - 2, cut - 1, cut, cut + 1, numbers.count - 1]
    var values = Set(picked.filter(numbers.indices.contains).map { numbers[$0] })
    var kinds: [EvidenceKind] = [.quiz]
    switch policy.method {
    case .counter(let rule): values.insert(rule.success)
    case .knowledgeTracing(let model): values.insert(model.success)
    case .promotion(let rules):
      values.formUnion(rules.flatMap { [$0.least, $0.below].compactMap { $0 } })
      kinds = Array(Set([.quiz] + rules.flatMap(\.kinds))).sorted()
    case .weightedMean(let weights, _): kinds = Array(Set([.quiz] + weights.keys)).sorted()
    default: break
    }
    guard let low = numbers.first, let high = numbers.last else { return [] }
    return values.filter { $0 >= low && $0 <= high }.sorted().flatMap { value in
      kinds.prefix(3).map { kind in
        Observation(
          evidence: [], kind: kind, value: value,
          points: Observation.Points(earned: value, possible: 100))
      }
    }
  }

  /// Whether the method counts further than rows are tried.
  private var isTooLong: Bool {
    switch policy.method {
    case .timesAtCut(let least, _), .streak(let least): least > MethodTrial.longest
    default: false
    }
  }

  private func number(_ row: [Observation]) -> BigRational? {
    try? policy.outcome(of: row).number
  }

  private func compared(_ number: BigRational) -> BigRational {
    guard policy.rounding.beforeCut,
      let shown = try? number.rounded(places: policy.rounding.places)
    else { return number }
    return BigRational(shown)
  }

  private func isMastered(_ row: [Observation]) -> Bool {
    number(row).map { compared($0) >= BigRational(policy.cutNumber) } ?? false
  }

  /// The rank of the highest level that rows of scores reach, or `nil` when it cannot be told.
  func highestRank() -> Int? {
    guard !isTooLong, !choices.isEmpty else { return nil }
    let top = policy.scale.levels.count - 1
    var best = -1
    var seen: [BigRational] = []
    var rows: [[Observation]] = [[]]
    for _ in 0..<MethodTrial.longest {
      var longer: [[Observation]] = []
      for row in rows {
        for choice in choices.reversed() {
          let next = row + [choice]
          if let number = number(next) {
            let level = policy.level(reachedBy: compared(number))?.label
            best = max(best, level.flatMap { policy.scale.rank(of: $0) } ?? -1)
            if best == top { return best }
            guard !seen.contains(number) else { continue }
            seen.append(number)
          } else if choice != choices.last {
            continue
          }
          longer.append(next)
        }
      }
      // Rows that lead to the same number lead on in the same way, but for a few methods; the
      // first ones begin with the highest scores.
      rows = Array(longer.prefix(40))
    }
    return best
  }

  /// The lowest score after which highest scores never reach the cut, or `nil` when they do.
  func deadEnd() -> String? {
    guard !isTooLong, let highest = choices.last else { return nil }
    let row = Array(repeating: highest, count: MethodTrial.longest)
    let kinds = choices.filter { $0.value == highest.value }
    func canReach(after start: [Observation]) -> Bool {
      kinds.contains { kind in
        let row = Array(repeating: kind, count: MethodTrial.longest)
        return (1...row.count).contains { isMastered(start + row.prefix($0)) }
      }
    }
    // Where nobody ever gets there, that is what is told.
    guard (1...row.count).contains(where: { isMastered(Array(row.prefix($0))) }) else { return nil }
    for choice in choices where choice.value < highest.value && !canReach(after: [choice]) {
      return text(choice)
    }
    return nil
  }

  /// The shortest rows in which a better score lowers the result.
  func loweringExample() -> Lowering? {
    for length in 1...4 {
      guard power(choices.count, length) <= 4_096 else { return nil }
      var example: Lowering?
      forEachRow(length) { row in
        example = lowering(of: row)
        return example == nil
      }
      if let example { return example }
    }
    return nil
  }

  private func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  private func forEachRow(_ length: Int, _ body: ([Observation]) -> Bool) {
    var places = [Int](repeating: 0, count: length)
    while body(places.map { choices[$0] }) {
      guard let last = places.lastIndex(where: { $0 + 1 < choices.count }) else { return }
      places[last] += 1
      for place in places.indices where place > last { places[place] = 0 }
    }
  }

  private func lowering(of row: [Observation]) -> Lowering? {
    let before = number(row)
    for index in row.indices {
      let better = choices.first { $0.kind == row[index].kind && $0.value > row[index].value }
      guard let better else { continue }
      var changed = row
      changed[index] = better
      let after = number(changed)
      guard isLower(after, than: before) else { continue }
      return Lowering(
        before: row.map(text).joined(separator: ", "),
        after: changed.map(text).joined(separator: ", "), numberBefore: text(before),
        numberAfter: text(after))
    }
    return nil
  }

  private func isLower(_ after: BigRational?, than before: BigRational?) -> Bool {
    guard let before else { return false }
    guard let after else { return true }
    return after < before
  }

  private func text(_ observation: Observation) -> String {
    let level =
      policy.scale.hasNumbers ? nil : policy.level(reachedBy: BigRational(observation.value))
    let value =
      level?.label.text ?? observation.value.decimal?.description ?? "\(observation.value)"
    return Set(choices.map(\.kind)).count > 1 ? "\(value) (\(observation.kind.word))" : value
  }

  private func text(_ number: BigRational?) -> String {
    guard let number else { return "no number" }
    if !policy.scale.hasNumbers, let level = policy.level(reachedBy: number) {
      return level.label.text
    }
    return (try? number.rounded(places: policy.rounding.places))?.description ?? "\(number)"
  }
}
