/// The sets of problems that learners can plausibly have mastered (Doignon and Falmagne 1999).
///
/// A state is a set of problems, kept as bits: bit 0 is the first problem. From prerequisites the
/// states are the sets that hold the prerequisites of everything in them (Birkhoff 1937).
public struct KnowledgeStructure: Hashable, Sendable {
  /// The names of the problems, at most 64.
  public let items: [String]
  /// The states as bits, in rising order.
  public let states: [UInt64]

  /// How many states a structure may have.
  public static let mostStates = 1 << 20

  /// Creates the structure of all sets that keep prerequisites.
  ///
  /// - Parameters:
  ///   - items: The names of the problems.
  ///   - prerequisites: Pairs of positions: the first has to be mastered before the second.
  /// - Throws: ``AssessmentError`` when a pair names no problem, prerequisites lead back to
  ///   themselves, or there are more than 64 problems or ``mostStates`` states.
  /// - Complexity: O(*s* *n*) for *s* states of *n* problems.
  public init(
    items: [String], prerequisites: [(before: Int, after: Int)]
  ) throws(AssessmentError) {
    try Self.check(items)
    var needed = [UInt64](repeating: 0, count: items.count)
    for (before, after) in prerequisites {
      guard items.indices.contains(before), items.indices.contains(after) else {
        throw AssessmentError(
          .wrongValue,
          "A prerequisite goes from problem \(before) to \(after); there are 0 to "
            + "\(items.count - 1).")
      }
      needed[after] |= 1 << UInt64(before)
    }
    try Self.refuseCycles(items, needed)
    // Sets of one size after another; every set is reached by its last problem alone once it is
    // added in the order of a fixed topological numbering, so none comes twice.
    let order = Self.topologicalOrder(needed)
    var states: [UInt64] = [0]
    for item in order {
      let bit = UInt64(1) << UInt64(item)
      for index in states.indices where states[index] & needed[item] == needed[item] {
        states.append(states[index] | bit)
      }
      guard states.count <= Self.mostStates else {
        throw AssessmentError(
          .limitExceeded,
          "The problems allow more than \(Self.mostStates) states; add prerequisites or test "
            + "fewer problems at a time.")
      }
    }
    self.items = items
    self.states = states.sorted()
  }

  /// Creates a structure from its states.
  ///
  /// - Parameters:
  ///   - items: The names of the problems.
  ///   - states: The states as bits, in any order; the empty and the full set are added.
  /// - Throws: ``AssessmentError`` when a state has a problem that there is not, or there are too
  ///   many.
  public init(items: [String], states: [UInt64]) throws(AssessmentError) {
    try Self.check(items)
    let full = Self.full(items.count)
    guard states.allSatisfy({ $0 & ~full == 0 }) else {
      throw AssessmentError(
        .wrongValue, "A state has a problem beyond the \(items.count) that have a name.")
    }
    let all = Set(states).union([0, full])
    guard all.count <= Self.mostStates else {
      throw AssessmentError(
        .limitExceeded, "There are \(all.count) states; at most \(Self.mostStates) are possible.")
    }
    self.items = items
    self.states = all.sorted()
  }

  private static func check(_ items: [String]) throws(AssessmentError) {
    guard (1...64).contains(items.count) else {
      throw AssessmentError(
        .limitExceeded,
        "There are \(items.count) problems; a structure has 1 to 64. Split the domain.")
    }
    guard Set(items).count == items.count else {
      throw AssessmentError(.wrongValue, "A problem comes twice; give each its own name.")
    }
  }

  /// The state of all problems.
  static func full(_ count: Int) -> UInt64 { count >= 64 ? .max : (1 << UInt64(count)) - 1 }

  private static func topologicalOrder(_ needed: [UInt64]) -> [Int] {
    var order: [Int] = []
    var done: UInt64 = 0
    while order.count < needed.count {
      let next = needed.indices.first { done & (1 << UInt64($0)) == 0 && needed[$0] & ~done == 0 }
      guard let next else { return order }
      order.append(next)
      done |= 1 << UInt64(next)
    }
    return order
  }

  private static func refuseCycles(
    _ items: [String], _ needed: [UInt64]
  ) throws(AssessmentError) {
    let order = topologicalOrder(needed)
    guard order.count < items.count else { return }
    let rest = items.indices.filter { !order.contains($0) }.map { items[$0] }
    throw AssessmentError(
      .wrongValue,
      "The prerequisites of \(rest.prefix(5).joined(separator: ", ")) lead back to themselves; "
        + "take one of them out.")
  }

  /// Whether a set of problems is a state.
  public func contains(_ state: UInt64) -> Bool {
    var (low, high) = (0, states.count)
    while low < high {
      let middle = (low + high) / 2
      if states[middle] < state { low = middle + 1 } else { high = middle }
    }
    return low < states.count && states[low] == state
  }

  /// The problems of a set, by position.
  public func problems(of state: UInt64) -> [Int] {
    items.indices.filter { state & (1 << UInt64($0)) != 0 }
  }

  /// What was learnt last: problems without which the state is still a state.
  public func innerFringe(of state: UInt64) -> [Int] {
    problems(of: state).filter { contains(state & ~(1 << UInt64($0))) }
  }

  /// What can be learnt next: problems with which the state is still a state.
  public func outerFringe(of state: UInt64) -> [Int] {
    items.indices.filter {
      state & (1 << UInt64($0)) == 0 && contains(state | (1 << UInt64($0)))
    }
  }

  /// In how many orders everything can be learnt, one problem at a time.
  ///
  /// - Complexity: O(*s* *n* log *s*).
  public var learningPathCount: Double {
    var paths = [Double](repeating: 0, count: states.count)
    // A state comes after all of its subsets, because fewer bits make a smaller number.
    for (index, state) in states.enumerated() {
      guard state != 0 else {
        paths[index] = 1
        continue
      }
      for item in problems(of: state) {
        let before = state & ~(1 << UInt64(item))
        if let place = place(of: before) { paths[index] += paths[place] }
      }
    }
    return paths.last ?? 0
  }

  private func place(of state: UInt64) -> Int? {
    var (low, high) = (0, states.count)
    while low < high {
      let middle = (low + high) / 2
      if states[middle] < state { low = middle + 1 } else { high = middle }
    }
    return low < states.count && states[low] == state ? low : nil
  }
}
