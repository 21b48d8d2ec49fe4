// What a learner who knows some items can do next.
extension PrerequisiteGraph {
  /// What to learn for a goal.
  public struct UnlockSet: Hashable, Sendable {
    /// The items to learn, in an order in which each is open when it comes; known ones are left
    /// out.
    public var items: [Int]
    /// Whether no smaller set exists; `false` when the search was stopped before it was sure.
    public var isSmallest: Bool
  }

  /// The strict prerequisites of items that are reached without passing through known ones, in
  /// order of their numbers; the items themselves and known ones are not among them.
  ///
  /// - Complexity: O(items + links).
  public func missing(for goals: [Int], known: Set<Int>) -> [Int] {
    let isGoal = Set(goals)
    let open = isGoal.subtracting(known).sorted()
    let found = strict.reached(from: open, backwards: true) { !known.contains($0) }
    return found.filter { !known.contains($0) && !isGoal.contains($0) }.sorted()
  }

  /// Whether all that an item needs is known.
  ///
  /// - Complexity: O(links of the item).
  public func isReady(_ item: Int, known: Set<Int>) -> Bool {
    strict.previous(item).allSatisfy { known.contains(Int($0)) }
      && (groups[item] ?? []).allSatisfy { number in
        let group = alternatives[number]
        return group.choices.count { known.contains($0) } >= group.needed
      }
  }

  /// The unknown items that are ready to be learned, in order of their numbers.
  ///
  /// - Complexity: O(items + links).
  public func outerFringe(known: Set<Int>) -> [Int] {
    (0..<count).filter { !known.contains($0) && isReady($0, known: known) }
  }

  /// The known items that no other known item builds on, in order of their numbers.
  ///
  /// - Complexity: O(items + links).
  public func innerFringe(known: Set<Int>) -> [Int] {
    known.sorted().filter { item in !all.next(item).contains { known.contains(Int($0)) } }
  }

  /// The order in which to learn what leads to an item, the item last.
  ///
  /// - Returns: The items to learn; empty when the item is known, `nil` when it can never be
  ///   reached because it lies on or behind a cycle.
  public func path(to item: Int, known: Set<Int> = []) -> [Int]? {
    smallestUnlockSet(for: [item], known: known)?.items
  }

  /// The order in which items of a set can be learned, ties by rank.
  ///
  /// - Returns: Those that can be reached with the known ones and the set alone.
  func learningOrder(of set: Set<Int>, known: Set<Int>) -> [Int] {
    var open = RankedQueue(ranks: ranks)
    var waiting: [Int: Int] = [:]
    var short: [Int: Int] = [:]
    for item in set where !known.contains(item) {
      waiting[item] = strict.previous(item).count { !known.contains(Int($0)) }
      for number in groups[item] ?? [] {
        let group = alternatives[number]
        let lacking = group.needed - group.choices.count { known.contains($0) }
        guard lacking > 0 else { continue }
        short[number] = lacking
        waiting[item, default: 0] += 1
      }
      if waiting[item] == 0 { open.insert(item) }
    }
    var order: [Int] = []
    while let item = open.removeFirst() {
      order.append(item)
      for next in strict.next(item).map(Int.init) {
        guard let count = waiting[next] else { continue }
        waiting[next] = count - 1
        if count == 1 { open.insert(next) }
      }
      guard !groups.isEmpty else { continue }
      for next in all.next(item).map(Int.init) where waiting[next] != nil {
        for number in groups[next] ?? [] {
          guard let lacking = short[number], alternatives[number].choices.contains(item) else {
            continue
          }
          short[number] = lacking > 1 ? lacking - 1 : nil
          guard lacking == 1, let count = waiting[next] else { continue }
          waiting[next] = count - 1
          if count == 1 { open.insert(next) }
        }
      }
    }
    return order
  }

  /// The fewest items to learn for goals, goals included.
  ///
  /// Without alternatives these are the missing prerequisites and the goals. With alternatives the
  /// question is NP-hard: choices are tried from few to many, and what is longer than the best one
  /// found is cut off.
  ///
  /// - Parameters:
  ///   - goals: What is to be learned.
  ///   - known: What is known.
  ///   - limit: How many choices to try before the best one found is given.
  /// - Returns: The items in learning order; `nil` when the goals cannot be reached at all, or no
  ///   way was found within the limit.
  public func smallestUnlockSet(
    for goals: [Int], known: Set<Int> = [], limit: Int = 20_000
  ) -> UnlockSet? {
    var best: [Int]?
    var steps = 0
    var tried: Set<Set<Int>> = []
    var stack = [closed(Set(goals).subtracting(known), known)]
    while let set = stack.popLast() {
      if let best, set.count >= best.count { continue }
      guard tried.insert(set).inserted else { continue }
      steps += 1
      if steps > limit { break }
      let order = learningOrder(of: set, known: known)
      if order.count == set.count {
        best = order
        continue
      }
      let choices = candidates(beside: set, learned: Set(order), known: known)
      let larger = choices.map { closed(set.union([$0]), known) }
      stack += larger.sorted { ($0.count, ranks.count) > ($1.count, ranks.count) }
    }
    return best.map { UnlockSet(items: $0, isSmallest: steps <= limit) }
  }

  /// A set with all that its items strictly need.
  private func closed(_ set: Set<Int>, _ known: Set<Int>) -> Set<Int> {
    set.union(missing(for: Array(set), known: known))
  }

  /// Items of which at least one must be added to a set that cannot be learned alone.
  private func candidates(beside set: Set<Int>, learned: Set<Int>, known: Set<Int>) -> [Int] {
    let stuck = set.subtracting(learned).sorted()
    var all: Set<Int> = []
    for item in stuck {
      for number in groups[item] ?? [] {
        let group = alternatives[number]
        let others = group.choices.filter { !set.contains($0) && !known.contains($0) }
        // A group that its own set cannot fill needs one of its others: fewer to try.
        if group.choices.count - others.count < group.needed { return others }
        if group.choices.count(where: { learned.contains($0) || known.contains($0) }) < group.needed
        {
          all.formUnion(others)
        }
      }
    }
    return all.sorted()
  }
}

/// Items in order of their ranks (a binary heap).
struct RankedQueue {
  private let ranks: [Int32]
  private var heap: [Int] = []

  init(ranks: [Int32]) {
    self.ranks = ranks
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (ranks[heap[left]], heap[left]) < (ranks[heap[right]], heap[right])
  }

  mutating func insert(_ item: Int) {
    heap.append(item)
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> Int? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && isBefore(child, smallest) {
        smallest = child
      }
      guard smallest != parent else { return first }
      heap.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
