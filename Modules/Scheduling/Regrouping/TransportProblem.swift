/// Seats learners in activities so that the sum of values is greatest, exactly.
///
/// Each learner has at most one place; each activity has a capacity. A learner stays without a place
/// only where that is better for the sum or there is no room. This is a transportation problem, a
/// minimum-cost flow on a graph of two sides.
public struct TransportProblem: Sendable {
  /// A place that a learner may have.
  public struct Choice: Hashable, Sendable {
    /// The number of the activity.
    public var activity: Int
    /// What it is worth.
    public var value: Int

    /// Creates a choice.
    public init(_ activity: Int, value: Int) {
      self.activity = activity
      self.value = value
    }
  }

  /// The first choice of each learner, and the end of the last one.
  var starts: [Int32]
  /// The activity of each choice.
  var activities: [Int32]
  /// The value of each choice.
  var values: [Int32]
  /// How many learners each activity takes.
  var capacities: [Int32]

  /// The greatest value that a choice may have, so that sums of prices stay in 32 bits.
  static let mostValue = 500_000_000

  /// Creates a problem.
  ///
  /// - Parameters:
  ///   - choices: The places of each learner; an activity comes once per learner.
  ///   - capacities: How many learners each activity takes.
  /// - Throws: ``SchedulingError`` with the code `unknownIdentifier` for an activity that is not
  ///   there, `wrongValue` for numbers out of range, `duplicateIdentifier` for an activity that a
  ///   learner has twice.
  public init(choices: [[Choice]], capacities: [Int]) throws(SchedulingError) {
    guard capacities.allSatisfy({ (0...1_000_000_000).contains($0) }) else {
      throw SchedulingError(.wrongValue, "A capacity must be 0 to 1,000,000,000.")
    }
    self.init(trustedCapacities: capacities.map { Int32($0) })
    for (learner, row) in choices.enumerated() {
      for choice in row {
        guard capacities.indices.contains(choice.activity) else {
          throw SchedulingError(
            .unknownIdentifier,
            "Learner \(learner) may go to activity \(choice.activity); there are "
              + "\(capacities.count), counted from 0.")
        }
        guard abs(choice.value) <= Self.mostValue else {
          throw SchedulingError(
            .wrongValue,
            "A place of learner \(learner) is worth \(choice.value); values go up to "
              + "\(Self.mostValue).")
        }
        activities.append(Int32(choice.activity))
        values.append(Int32(choice.value))
      }
      guard Set(row.map(\.activity)).count == row.count else {
        throw SchedulingError(
          .duplicateIdentifier,
          "Learner \(learner) has an activity twice; keep one choice of it.")
      }
      starts.append(Int32(activities.count))
    }
  }

  init(trustedCapacities: [Int32]) {
    starts = [0]
    activities = []
    values = []
    capacities = trustedCapacities
  }

  /// How many learners there are.
  public var learnerCount: Int { starts.count - 1 }

  /// Seats everybody. It is exact, and ties are broken by numbers, so that the answer is the same
  /// on every machine.
  public func solve() -> Seating {
    var solver = TransportSolver(self)
    solver.solve(self)
    return solver.seating(of: self)
  }
}

/// Who has which place, with the prices that prove that no other seating is better.
public struct Seating: Hashable, Sendable {
  /// The activity of each learner, or `nil`.
  public var places: [Int?]
  /// The sum of values.
  public var objective: Int
  /// What the last place in each activity is worth to those who would have it; 0 where there is
  /// room left.
  public var prices: [Int]
}
