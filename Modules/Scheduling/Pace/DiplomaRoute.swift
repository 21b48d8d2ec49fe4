/// What a diploma demands.
public indirect enum DiplomaRule: Hashable, Sendable {
  /// The competency with this number.
  case competency(Int)
  /// All of these.
  case all([DiplomaRule])
  /// At least so many of these.
  case atLeast(Int, [DiplomaRule])
}

/// The fewest competencies, or the least effort, that bring a learner to a diploma.
public struct DiplomaRoute: Hashable, Sendable {
  /// What a route is to have little of.
  public enum Measure: String, Hashable, Sendable, CaseIterable {
    /// Competencies.
    case competencies
    /// Minutes of effort.
    case effort
  }

  /// The numbers of the competencies to master, in an order that can be followed.
  public let competencies: [Int]
  /// How many competencies, or minutes of effort, these are.
  public let cost: Int
  /// Whether no other route is shorter; otherwise the search was cut short.
  public let isShortest: Bool

  /// Finds the shortest route by branch and bound over the choices that the rule leaves.
  ///
  /// - Parameters:
  ///   - rule: What the diploma demands.
  ///   - map: The competencies.
  ///   - mastered: Which are mastered, by number.
  ///   - measure: What to have little of.
  ///   - mostSteps: After how many choices the search is cut short.
  /// - Throws: ``SchedulingError`` with the code `unknownIdentifier` for a number that is not in the
  ///   map, `infeasible` for a rule that asks for more than it lists.
  public init(
    _ rule: DiplomaRule, in map: CompetencyMap, mastered: [Bool],
    measure: Measure = .competencies, mostSteps: Int = 200_000
  ) throws(SchedulingError) {
    guard mastered.count == map.count else {
      throw SchedulingError(
        .wrongValue, "There are \(mastered.count) states for \(map.count) competencies.")
    }
    try Self.check(rule, map)
    var search = Search(map, mastered, measure, mostSteps)
    search.follow([rule], search.chosen, 0)
    competencies = search.best.indices.filter { search.best[$0] }
    cost = search.bestCost
    isShortest = search.steps < mostSteps
  }

  private static func check(_ rule: DiplomaRule, _ map: CompetencyMap) throws(SchedulingError) {
    switch rule {
    case .competency(let number):
      guard (0..<map.count).contains(number) else {
        throw SchedulingError(
          .unknownIdentifier, "The diploma asks for competency \(number) of \(map.count).")
      }
    case .all(let rules):
      for rule in rules { try check(rule, map) }
    case .atLeast(let count, let rules):
      guard count <= rules.count else {
        throw SchedulingError(
          .infeasible,
          "The diploma asks for \(count) of \(counted(rules.count, "choice")); ask for fewer.")
      }
      for rule in rules { try check(rule, map) }
    }
  }

  private struct Search {
    let map: CompetencyMap
    let mastered: [Bool]
    let measure: Measure
    let mostSteps: Int
    var chosen: [Bool]
    var best: [Bool]
    var bestCost = Int.max
    var steps = 0

    init(_ map: CompetencyMap, _ mastered: [Bool], _ measure: Measure, _ mostSteps: Int) {
      self.map = map
      self.mastered = mastered
      self.measure = measure
      self.mostSteps = mostSteps
      chosen = Array(repeating: false, count: map.count)
      best = chosen
    }

    /// Adds a competency with what comes before it; answers what that costs.
    func add(_ number: Int, to set: inout [Bool]) -> Int {
      var (cost, stack) = (0, [number])
      while let next = stack.popLast() {
        guard !set[next], !mastered[next] else { continue }
        set[next] = true
        cost += measure == .effort ? Int(map.efforts[next]) : 1
        stack += map.prerequisites(of: next)
      }
      return cost
    }

    mutating func follow(_ rules: [DiplomaRule], _ set: [Bool], _ cost: Int) {
      guard cost < bestCost, steps < mostSteps || bestCost == .max else { return }
      steps += 1
      var (rules, set, cost) = (rules, set, cost)
      var choices: [(Int, [DiplomaRule])] = []
      while let rule = rules.popLast() {
        switch rule {
        case .competency(let number): cost += add(number, to: &set)
        case .all(let inner): rules += inner
        case .atLeast(let count, let inner):
          if count == inner.count {
            rules += inner
          } else if count > 0 {
            choices.append((count, inner))
          }
        }
      }
      guard cost < bestCost else { return }
      guard let (count, inner) = choices.first, let first = inner.first else {
        (best, bestCost) = (set, cost)
        return
      }
      let rest = choices.dropFirst().map { DiplomaRule.atLeast($0.0, $0.1) }
      // With the first of the choices, or without it; the cheaper ones come first.
      let sorted = inner.dropFirst().isEmpty ? inner : cheapestFirst(inner, set)
      let head = sorted.first ?? first
      let others = Array(sorted.dropFirst())
      follow(rest + [.atLeast(count - 1, others), head], set, cost)
      if others.count >= count { follow(rest + [.atLeast(count, others)], set, cost) }
    }

    private func cheapestFirst(_ rules: [DiplomaRule], _ set: [Bool]) -> [DiplomaRule] {
      let costs = rules.map { estimate($0, set) }
      return rules.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }.map { rules[$0] }
    }

    private func estimate(_ rule: DiplomaRule, _ set: [Bool]) -> Int {
      switch rule {
      case .competency(let number):
        var copy = set
        return add(number, to: &copy)
      case .all(let rules): return rules.reduce(0) { $0 + estimate($1, set) }
      case .atLeast(let count, let rules):
        return rules.map { estimate($0, set) }.sorted().prefix(max(0, count)).reduce(0, +)
      }
    }
  }
}

extension CompetencyMap {
  /// What is left of a course that was not finished: recovery of competencies instead of a repeated
  /// course.
  ///
  /// - Parameters:
  ///   - course: The numbers of the competencies of the course.
  ///   - mastered: Which are mastered, by number; they are not done again.
  /// - Returns: The numbers of those that are left, with what has to be mastered before, in order.
  public func recovery(of course: [Int], mastered: [Bool]) -> [Int] {
    let needed = needed(for: course, mastered: mastered)
    return (0..<count).filter { needed[$0] }
  }
}
