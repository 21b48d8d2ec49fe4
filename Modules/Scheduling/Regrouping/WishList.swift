/// Rules that people want of one block, and what to do when they contradict each other.
public struct WishList: Hashable, Sendable {
  /// Something that is wanted.
  public enum Wish: Hashable, Sendable {
    /// A learner has some place.
    case seated(learner: Int)
    /// A learner is in a section.
    case placed(learner: Int, section: Int)
    /// A learner is not in a section.
    case kept(learner: Int, outOf: Int)
    /// A section does not take place.
    case closed(section: Int)
    /// A section takes at most so many.
    case limited(section: Int, to: Int)
  }

  /// A wish with a name and what it costs to give it up.
  public struct Rule: Hashable, Sendable {
    /// The name that people know it by.
    public var name: String
    /// What is wanted.
    public var wish: Wish
    /// What it costs to give it up; at least 1.
    public var cost: Int

    /// Creates a rule.
    public init(_ name: String, _ wish: Wish, cost: Int = 1) {
      self.name = name
      self.wish = wish
      self.cost = cost
    }
  }

  /// The rules.
  public let rules: [Rule]
  private let choices: [Int: Set<Int>]
  private let capacities: [Int: Int]

  /// Creates a list.
  ///
  /// - Parameters:
  ///   - rules: The rules; at most 1,000.
  ///   - block: The block that they are about.
  ///   - problem: The problem.
  /// - Throws: ``SchedulingError`` with the code `unknownIdentifier` for a rule about somebody who is
  ///   not there, `limitExceeded` for too many rules.
  public init(
    _ rules: [Rule], in block: Int, of problem: GroupingProblem
  ) throws(SchedulingError) {
    guard rules.count <= 1_000 else {
      throw SchedulingError(
        .limitExceeded, "There are \(rules.count) rules; at most 1,000 are compared.")
    }
    let sections = problem.sections.indices.filter { problem.sections[$0].block == block }
    var learners: Set<Int> = []
    for rule in rules {
      let (learner, section) = rule.wish.parts
      guard learner.map(problem.learners.indices.contains) ?? true,
        section.map(sections.contains) ?? true, rule.cost >= 1
      else {
        throw SchedulingError(
          .unknownIdentifier,
          "The rule \"\(rule.name)\" is about a learner or section that block \(block + 1) does not "
            + "have, or costs less than 1.")
      }
      if let learner { learners.insert(learner) }
    }
    self.rules = rules
    choices = Dictionary(
      uniqueKeysWithValues: learners.map { learner in
        (learner, Set(sections.filter { problem.value(of: $0, for: learner) != nil }))
      })
    capacities = Dictionary(
      uniqueKeysWithValues: sections.map { ($0, problem.sections[$0].capacity) })
  }

  /// Whether some rules can hold together; other learners do not count.
  ///
  /// - Complexity: One seating of the learners that the rules name.
  public func holds(_ numbers: some Sequence<Int>) -> Bool {
    var (room, options, wanted) = (capacities, choices, Set<Int>())
    var fixed: [Int: Int] = [:]
    for number in numbers {
      switch rules[number].wish {
      case .seated(let learner): wanted.insert(learner)
      case .placed(let learner, let section):
        guard fixed.updateValue(section, forKey: learner) ?? section == section else {
          return false
        }
        wanted.insert(learner)
      case .kept(let learner, let section): options[learner]?.remove(section)
      case .closed(let section): room[section] = 0
      case .limited(let section, let count): room[section] = min(room[section] ?? 0, max(0, count))
      }
    }
    for (learner, section) in fixed { options[learner]?.formIntersection([section]) }
    let order = room.keys.sorted()
    let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32($0)) })
    var transport = TransportProblem(
      trustedCapacities: order.map { Int32(clamping: room[$0] ?? 0) })
    for learner in wanted.sorted() {
      for section in (options[learner] ?? []).sorted() {
        transport.activities.append(place[section] ?? 0)
        transport.values.append(1)
      }
      transport.starts.append(Int32(transport.activities.count))
    }
    return transport.solve().objective == wanted.count
  }

  /// A smallest set of rules that contradict each other, or `nil` when all of them can hold.
  ///
  /// - Parameter most: Up to how many rules a set is proved to be a smallest one, trying all sets of
  ///   fewer rules; a larger clash is still irreducible: without any one of its rules it is none.
  /// - Returns: The numbers of the rules.
  public func clash(provedUpTo most: Int = 3) -> [Int]? {
    clash(among: Array(rules.indices), provedUpTo: most)
  }

  private func clash(among all: [Int], provedUpTo most: Int) -> [Int]? {
    guard !holds(all) else { return nil }
    var found = reduced(all)
    // Other orders may leave fewer.
    for turn in 1..<min(6, max(2, all.count)) {
      let start = turn * all.count / 6
      let other = reduced(Array(all[start...] + all[..<start]))
      if other.count < found.count { found = other }
    }
    for size in 1..<max(1, min(most + 1, found.count)) {
      if let smaller = firstClash(of: size, all) { return smaller }
    }
    return found.sorted()
  }

  /// Takes rules out, half of them at a time, as long as the rest still clashes.
  private func reduced(_ all: [Int]) -> [Int] {
    var kept = all
    var size = max(1, all.count / 2)
    while true {
      var start = 0
      while start < kept.count, kept.count > 1 {
        let rest = kept[..<start] + kept[min(kept.count, start + size)...]
        if !rest.isEmpty, !holds(rest) { kept = Array(rest) } else { start += size }
      }
      if size == 1 { return kept }
      size /= 2
    }
  }

  private func firstClash(of size: Int, _ all: [Int]) -> [Int]? {
    guard size <= 3, all.count <= (size == 3 ? 60 : 400) else { return nil }
    func search(_ chosen: [Int], _ from: Int) -> [Int]? {
      if chosen.count == size { return holds(chosen) ? nil : chosen }
      for place in from..<max(from, all.count) {
        if let found = search(chosen + [all[place]], place + 1) { return found }
      }
      return nil
    }
    return search([], 0)
  }

  /// The cheapest rules to give up so that the others can hold.
  ///
  /// Every clash must lose a rule; clashes are found one after another and branched on, so that the
  /// answer is exact unless it is cut short.
  ///
  /// - Parameter mostSteps: After how many branches the best answer so far is given.
  /// - Returns: The numbers of the rules, none when all can hold, and whether nothing is cheaper.
  public func relaxation(mostSteps: Int = 2_000) -> (rules: [Int], isCheapest: Bool) {
    var best: (cost: Int, rules: [Int]) = (.max, [])
    var steps = 0
    func search(_ dropped: [Int], _ kept: Set<Int>, _ cost: Int) {
      guard cost < best.cost, steps < mostSteps || best.cost == .max else { return }
      steps += 1
      let rest = rules.indices.filter { !dropped.contains($0) }
      guard !holds(rest) else {
        best = (cost, dropped.sorted())
        return
      }
      let clash = reduced(rest).sorted { (rules[$0].cost, $0) < (rules[$1].cost, $1) }
      var kept = kept
      for rule in clash where !kept.contains(rule) {
        search(dropped + [rule], kept, cost + rules[rule].cost)
        // The branches after this one keep the rule, so that no set is tried twice.
        kept.insert(rule)
      }
    }
    search([], [], 0)
    return (best.rules, steps < mostSteps)
  }
}

extension WishList.Wish {
  fileprivate var parts: (learner: Int?, section: Int?) {
    switch self {
    case .seated(let learner): (learner, nil)
    case .placed(let learner, let section), .kept(let learner, let section): (learner, section)
    case .closed(let section), .limited(let section, _): (nil, section)
    }
  }
}
