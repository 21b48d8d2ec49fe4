/// Where a learner stands with an item, as a map of learning shows it.
public enum LearningState: String, Hashable, Sendable, CaseIterable {
  /// It is known.
  case mastered
  /// It was begun.
  case open
  /// All that it needs is known; it can be begun.
  case readyNext
  /// Something that it needs is not known yet.
  case blocked

  /// The name that is shown.
  public var label: String {
    switch self {
    case .mastered: "mastered"
    case .open: "open"
    case .readyNext: "ready next"
    case .blocked: "blocked"
    }
  }
}

extension PrerequisiteGraph {
  /// Where a learner stands with each item.
  ///
  /// - Parameters:
  ///   - known: The items that are known.
  ///   - begun: The items that were begun and are not known.
  /// - Complexity: O(items + links).
  public func states(known: Set<Int>, begun: Set<Int> = []) -> [LearningState] {
    (0..<count).map { item in
      if known.contains(item) { return .mastered }
      if begun.contains(item) { return .open }
      return isReady(item, known: known) ? .readyNext : .blocked
    }
  }

  /// How many learners of a class stand where with each item.
  ///
  /// - Parameter learners: The known items of each learner.
  /// - Complexity: O(learners · (items + links)).
  public func states(ofClass learners: [Set<Int>]) -> [[LearningState: Int]] {
    var counts = [[LearningState: Int]](repeating: [:], count: count)
    for known in learners {
      for (item, state) in states(known: known).enumerated() {
        counts[item][state, default: 0] += 1
      }
    }
    return counts
  }
}
