#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The sets of items that a learner may master together (Doignon and Falmagne 1999).
///
/// A state is a set of at most 64 items as bits. With prerequisites alone the states are all sets
/// that hold the prerequisites of what they hold (Birkhoff 1937).
public struct KnowledgeStructure: Hashable, Sendable {
  /// How many items there are.
  public let itemCount: Int
  /// The states, rising as numbers.
  public let states: [UInt64]
  /// The most states that are kept.
  public static let mostStates = 1 << 20

  /// Creates a structure from prerequisites.
  ///
  /// - Parameters:
  ///   - itemCount: How many items there are, from 1 to 64.
  ///   - prerequisites: Pairs of an item and one that needs it.
  /// - Throws: ``AssessmentError`` for items that are not there, circles, or more than
  ///   ``mostStates`` states.
  public init(
    itemCount: Int, prerequisites: [(before: Int, after: Int)]
  ) throws(AssessmentError) {
    guard (1...64).contains(itemCount) else {
      throw AssessmentError(.limitExceeded, "There are \(itemCount) items; 1 to 64 are possible.")
    }
    var needs = [UInt64](repeating: 0, count: itemCount)
    for (before, after) in prerequisites {
      guard (0..<itemCount).contains(before), (0..<itemCount).contains(after) else {
        throw AssessmentError(
          .wrongValue, "Prerequisite \(before) of \(after): items are from 0 to \(itemCount - 1).")
      }
      needs[after] |= 1 << UInt64(before)
    }
    var order: [Int] = []
    var done: UInt64 = 0
    while order.count < itemCount {
      guard
        let next = (0..<itemCount).first(where: {
          done >> UInt64($0) & 1 == 0 && needs[$0] & ~done == 0
        })
      else {
        let left = (0..<itemCount).filter { done >> UInt64($0) & 1 == 0 }
        throw AssessmentError(
          .wrongValue, "Items \(left.prefix(8)) need each other in a circle; take one need away.")
      }
      order.append(next)
      done |= 1 << UInt64(next)
    }
    var states: [UInt64] = [0]
    for item in order {
      for state in states where needs[item] & ~state == 0 {
        states.append(state | 1 << UInt64(item))
      }
      guard states.count <= Self.mostStates else {
        throw AssessmentError(
          .limitExceeded, "There are more than \(Self.mostStates) states; split the domain.")
      }
    }
    self.itemCount = itemCount
    self.states = states.sorted()
  }

  /// Creates a structure from its states.
  ///
  /// - Throws: ``AssessmentError`` when there is none, or one has an item that is not there.
  public init(itemCount: Int, states: [UInt64]) throws(AssessmentError) {
    guard (1...64).contains(itemCount), !states.isEmpty else {
      throw AssessmentError(.empty, "A structure has 1 to 64 items and a state at least.")
    }
    let all = itemCount == 64 ? UInt64.max : 1 << UInt64(itemCount) - 1
    guard states.allSatisfy({ $0 & ~all == 0 }), states.count <= Self.mostStates else {
      throw AssessmentError(.wrongValue, "A state has an item beyond the \(itemCount) there are.")
    }
    self.itemCount = itemCount
    self.states = Array(Set(states)).sorted()
  }

  /// The items that a learner in a state may have learned last.
  public func innerFringe(_ state: UInt64) -> [Int] {
    items(of: state).filter { contains(state & ~(1 << UInt64($0))) }
  }

  /// The items that a learner in a state is ready to learn.
  public func outerFringe(_ state: UInt64) -> [Int] {
    (0..<itemCount).filter { item in
      state >> UInt64(item) & 1 == 0 && contains(state | 1 << UInt64(item))
    }
  }

  /// How many ways lead from nothing to everything, one item at a time.
  public var learningPathCount: Double {
    var paths: [UInt64: Double] = [:]
    for state in states.sorted(by: { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }) {
      if state == 0 {
        paths[0] = 1
      } else {
        paths[state] = items(of: state).reduce(0) { sum, item in
          sum + (paths[state & ~(1 << UInt64(item))] ?? 0)
        }
      }
    }
    let all = itemCount == 64 ? UInt64.max : 1 << UInt64(itemCount) - 1
    return paths[all] ?? 0
  }

  /// Whether a set of items is a state.
  public func contains(_ state: UInt64) -> Bool {
    var (low, high) = (0, states.count)
    while low < high {
      let middle = (low + high) / 2
      if states[middle] < state { low = middle + 1 } else { high = middle }
    }
    return low < states.count && states[low] == state
  }

  /// The items of a state, rising.
  public func items(of state: UInt64) -> [Int] {
    (0..<itemCount).filter { state >> UInt64($0) & 1 == 1 }
  }
}

/// What is known about the state of one learner, question by question.
public struct KnowledgePosterior: Hashable, Sendable {
  /// The structure.
  public let structure: KnowledgeStructure
  /// The probability of each state, in the order of the structure.
  public private(set) var probabilities: [Double]
  /// For each item the probability of a wrong answer although it is mastered.
  public let careless: [Double]
  /// For each item the probability of a right answer although it is not mastered.
  public let lucky: [Double]

  /// Begins before the first question.
  ///
  /// - Parameters:
  ///   - structure: The structure.
  ///   - prior: The probability of each state; without it all are equal.
  ///   - careless: For each item the probability of a careless error.
  ///   - lucky: For each item the probability of a lucky guess.
  /// - Throws: ``AssessmentError`` when lists do not fit or a rate is not below 1.
  public init(
    _ structure: KnowledgeStructure, prior: [Double]? = nil, careless: [Double], lucky: [Double]
  ) throws(AssessmentError) {
    let count = structure.states.count
    let prior = prior ?? [Double](repeating: 1, count: count)
    guard prior.count == count, careless.count == structure.itemCount,
      lucky.count == structure.itemCount
    else {
      throw AssessmentError(.shape, "Rates are for each item, the prior is for each state.")
    }
    let sum = prior.reduce(0, +)
    guard sum > 0, (careless + lucky).allSatisfy({ (0..<1).contains($0) }) else {
      throw AssessmentError(
        .wrongValue, "Rates are at least 0 and below 1, and a state is possible.")
    }
    self.structure = structure
    self.careless = careless
    self.lucky = lucky
    probabilities = prior.map { $0 / sum }
  }

  /// Takes an answer.
  ///
  /// - Complexity: O(*states*).
  public mutating func update(_ item: Int, isRight: Bool) {
    let known = isRight ? 1 - careless[item] : careless[item]
    let unknown = isRight ? lucky[item] : 1 - lucky[item]
    var sum = 0.0
    var next = probabilities
    for (place, state) in structure.states.enumerated() {
      next[place] *= state >> UInt64(item) & 1 == 1 ? known : unknown
      sum += next[place]
    }
    guard sum > 0 else { return }
    probabilities = next.map { $0 / sum }
  }

  /// The probability that each item is mastered.
  public var marginals: [Double] {
    var sums = [Double](repeating: 0, count: structure.itemCount)
    for (place, state) in structure.states.enumerated() where probabilities[place] > 0 {
      var rest = state
      while rest != 0 {
        sums[rest.trailingZeroBitCount] += probabilities[place]
        rest &= rest - 1
      }
    }
    return sums
  }

  /// The item that halves what is possible best; of equal ones the first.
  ///
  /// - Parameter asked: Items that are not to be asked again.
  /// - Returns: The item, or `nil` when none is left.
  public func halfSplit(without asked: Set<Int> = []) -> Int? {
    let marginals = self.marginals
    return (0..<structure.itemCount).filter { !asked.contains($0) }.min {
      // A little room, so that rounding does not decide between equal ones.
      abs(marginals[$0] - 0.5) < abs(marginals[$1] - 0.5) - 1e-12
    }
  }

  /// The most probable state; of equal ones the first.
  public var likeliestState: UInt64 {
    var best = 0
    for place in probabilities.indices where probabilities[place] > probabilities[best] + 1e-12 {
      best = place
    }
    return structure.states[best]
  }

  /// How undecided the states are, in bits.
  public var entropy: Double {
    probabilities.reduce(0) { $0 - ($1 > 0 ? $1 * log2($1) : 0) }
  }
}
