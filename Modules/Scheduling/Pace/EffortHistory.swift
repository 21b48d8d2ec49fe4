/// How long learners took for a competency, with those who are still at it.
///
/// Who has not finished yet is a censored observation: it says "longer than this". Leaving such
/// learners out makes every forecast too good. The distribution is the product-limit estimate of
/// Kaplan and Meier (1958).
public struct EffortHistory: Hashable, Sendable {
  /// One learner's time for one competency.
  public struct Observation: Hashable, Sendable {
    /// Time taken so far, as a share of the expected effort in thousandths.
    public var share: Int
    /// Whether the competency is mastered; otherwise it takes longer than this.
    public var isFinished: Bool

    /// Creates an observation.
    ///
    /// - Parameters:
    ///   - minutes: Minutes taken so far.
    ///   - effort: The expected minutes; at least 1.
    ///   - isFinished: Whether the competency is mastered.
    public init(minutes: Int, of effort: Int, isFinished: Bool) {
      share = max(0, minutes) * 1_000 / max(1, effort)
      self.isFinished = isFinished
    }
  }

  /// Shares at which somebody finished, in order, with the part of learners that takes longer.
  public let steps: [Step]
  /// How many observations there are.
  public let count: Int
  /// How many of them are finished.
  public let finishedCount: Int

  /// A step of the distribution.
  public struct Step: Hashable, Sendable {
    /// The share in thousandths.
    public var share: Int
    /// The part of learners that takes longer than this.
    public var survival: Double
  }

  /// Creates a distribution from observations in any order.
  ///
  /// - Complexity: O(*n* log *n*).
  public init(_ observations: [Observation]) {
    let sorted = observations.sorted {
      ($0.share, $0.isFinished ? 0 : 1) < ($1.share, $1.isFinished ? 0 : 1)
    }
    var steps: [Step] = []
    var survival = 1.0
    var index = 0
    while index < sorted.count {
      let share = sorted[index].share
      let atRisk = sorted.count - index
      var finished = 0
      while index < sorted.count, sorted[index].share == share {
        if sorted[index].isFinished { finished += 1 }
        index += 1
      }
      guard finished > 0 else { continue }
      survival *= 1 - Double(finished) / Double(atRisk)
      steps.append(Step(share: share, survival: survival))
    }
    self.steps = steps
    count = sorted.count
    finishedCount = sorted.count { $0.isFinished }
  }

  /// The share by which a part of learners has finished.
  ///
  /// - Parameter part: 0 to 1, such as 0.9.
  /// - Returns: `nil` where the observations do not reach that far: too many are still at it.
  public func share(at part: Double) -> Int? {
    steps.first { 1 - $0.survival >= part - 1e-12 }?.share
  }

  /// The bounds between which the time of the next learner lies with a probability of at least
  /// `coverage`, as if that learner were drawn from the same group.
  ///
  /// The outer parts are widened by one observation on each side, as split conformal prediction
  /// does, so that small groups do not promise too much.
  ///
  /// - Returns: `nil` where there are too few observations for such a promise.
  public func interval(coverage: Double) -> ClosedRange<Int>? {
    guard finishedCount > 0, coverage > 0, coverage < 1 else { return nil }
    let tail = (1 - coverage) / 2
    let sides = Double(count + 1) / Double(count)
    let (low, high) = (1 - (1 - tail) * sides, (1 - tail) * sides)
    guard high <= 1, let upper = share(at: high) else { return nil }
    let lower = low > 0 ? share(at: low) ?? 0 : 0
    return min(lower, upper)...upper
  }
}

extension EffortHistory {
  /// The rate of a learner in percent, from what the learner did and what others usually do.
  ///
  /// It is expected effort over time taken, with the cohort's rate weighing as much as
  /// `priorMinutes` of effort, since few observations say little (shrinkage).
  ///
  /// - Parameters:
  ///   - effort: The expected minutes of what the learner mastered.
  ///   - minutes: The minutes that it took.
  ///   - cohortRate: The rate of the cohort in percent.
  ///   - priorMinutes: How many minutes of effort the cohort weighs.
  /// - Returns: At least 1.
  public static func rate(
    effort: Int, minutes: Int, cohortRate: Int = 100, priorMinutes: Int = 600
  ) -> Int {
    let (cohort, prior) = (max(1, cohortRate), max(0, priorMinutes))
    let taken = max(0, minutes) * cohort + prior * 100
    let done = (max(0, effort) + prior) * 100 * cohort
    return taken > 0 ? max(1, (done + taken / 2) / taken) : cohort
  }
}
