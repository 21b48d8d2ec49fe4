public import Domain

/// The results of many learners and targets, kept up to date score by score.
///
/// Of each learner and target 32 bytes are kept, whatever the number of scores; a score takes a
/// few nanoseconds and one access to memory. The numbers are those of ``Policy/verdicts(on:)`` over
/// the same scores, to the bit.
///
/// Scores are told in the policy's order. After a correction, or for a score that comes late,
/// ``replace(at:with:)`` works one place out again.
public struct LiveResults: Sendable {
  /// What a score changed.
  public struct Change: Hashable, Sendable {
    /// How many levels were reached; 0 below the lowest, `nil` without a level.
    public var before: Int?
    /// How many levels are reached.
    public var after: Int?
  }

  /// The policy.
  public let policy: Policy
  /// A score is `value / unit` on the policy's scale.
  public let unit: Int
  /// Which scores can be told.
  public let range: ClosedRange<Int32>
  private let kernel: any LiveKernel
  private let judge: LevelJudge
  private var states: [LiveState]

  /// Makes room for results without scores.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - count: How many places there are: a learner in a target each.
  ///   - unit: What scores are multiples of, as in ``ScaledScores``.
  ///   - range: Which scores there are.
  /// - Throws: ``GradingError`` with the code `wrongValue` for a policy that asks more of evidence
  ///   than its score, as ``Policy/verdicts(on:)`` does, or more of the past than 32 bytes hold: the
  ///   last scores when these are more than 8 or spread over more than 256 values, a median or mode
  ///   of more than 16 different scores.
  public init(
    _ policy: Policy, count: Int, unit: Int, range: ClosedRange<Int32>
  ) throws(GradingError) {
    let ends = try ScaledScores([range.lowerBound, range.upperBound], unit: unit, starts: [0, 2])
    let plan = try ColumnPlan(policy, ends)
    guard let kernel = LiveResults.kernel(policy, plan.basis, range),
      let judge = LevelJudge(policy, unit: kernel.unit)
    else {
      throw GradingError(
        .wrongValue,
        "Method \(policy.method.name) asks more of the past than results that are kept up to date "
          + "know: at most the last 8 scores, and 16 different ones; use LearnerLedger instead.")
    }
    self.policy = policy
    self.unit = unit
    self.range = range
    self.kernel = kernel
    self.judge = judge
    states = [LiveState](repeating: LiveState(), count: count)
  }

  /// How many places there are.
  public var count: Int { states.count }

  /// Tells the next score of a place.
  ///
  /// - Returns: What it changed, or `nil` when the level stays.
  /// - Precondition: The place is from 0 to ``count`` - 1, and the score in ``range``.
  /// - Complexity: O(1).
  @discardableResult
  public mutating func add(_ score: Int32, at place: Int) -> Change? {
    precondition(range.contains(score), "the score \(score) is not in the range \(range)")
    return kernel.add(score, at: place, of: &states, judge, policy.minimum)
  }

  /// Tells many scores, each the next one of its place.
  ///
  /// - Parameters:
  ///   - scores: The scores.
  ///   - places: The place of each.
  ///   - body: Takes the places whose level changed, with the change.
  /// - Precondition: As for ``add(_:at:)``; there are as many scores as places.
  /// - Complexity: O(*n*).
  public mutating func add(
    _ scores: [Int32], at places: [UInt32], _ body: (_ place: Int, _ change: Change) -> Void
  ) {
    precondition(scores.count == places.count, "each score has a place")
    for score in scores {
      precondition(range.contains(score), "the score \(score) is not in the range \(range)")
    }
    kernel.addAll(scores, at: places, of: &states, judge, policy.minimum, body)
  }

  /// Works a place out again from all its scores, in the policy's order.
  ///
  /// - Returns: What that changed, or `nil` when the level stays.
  /// - Complexity: O(*n*) in the number of scores.
  @discardableResult
  public mutating func replace(at place: Int, with scores: some Sequence<Int32>) -> Change? {
    let before = states[place].mark
    states[place] = LiveState()
    for score in scores { add(score, at: place) }
    let after = states[place].mark
    return before == after
      ? nil : Change(before: LiveResults.levels(before), after: LiveResults.levels(after))
  }

  /// How many scores a place has had.
  public func scoreCount(at place: Int) -> Int { Int(states[place].count) }

  /// Whether the target is mastered; `nil` where whole numbers of 62 bits have no room, and the
  /// exact path has to be asked.
  public func outcome(at place: Int) -> MasteryResult.Outcome? {
    switch states[place].mark {
    case Verdicts.Mark.notAssessed: .notAssessed
    case Verdicts.Mark.notYet: .notYet
    case Verdicts.Mark.exact: nil
    default: Int(states[place].mark) > policy.scale.masteryRank ? .mastered : .notYet
    }
  }

  /// The level that is reached, where there is one.
  public func level(at place: Int) -> Identifier? {
    guard let levels = Self.levels(states[place].mark), levels > 0 else { return nil }
    return policy.scale.levels[levels - 1].label
  }

  /// The exact number before rounding, where there is one.
  public func number(at place: Int) -> Rational? {
    let state = states[place]
    guard state.mark < Verdicts.Mark.exact else { return nil }
    let number = kernel.number(of: state)
    guard number.divisor > 0 else { return nil }
    return try? Rational(
      Int128(number.numerator), over: Int128(kernel.unit) * Int128(number.divisor))
  }

  static func levels(_ mark: UInt8) -> Int? {
    mark < Verdicts.Mark.exact ? Int(mark) : nil
  }

  private static func kernel(
    _ policy: Policy, _ basis: KernelBasis, _ range: ClosedRange<Int32>
  ) -> (any LiveKernel)? {
    let spread = Int(range.upperBound) - Int(range.lowerBound)
    func ring(_ last: Int, _ least: Int?) -> LiveRing? {
      guard (1...8).contains(last), spread < 256 else { return nil }
      return LiveRing(basis: basis, base: range.lowerBound, last: last, least: least)
    }
    // More different scores have no room in the counts.
    func counted(_ kernel: some LiveKernel) -> (any LiveKernel)? { spread < 16 ? kernel : nil }
    switch policy.method {
    case .latest: return LiveLatest(unit: basis.unit, isHighest: false)
    case .highest: return LiveLatest(unit: basis.unit, isHighest: true)
    case .mean: return LiveSum(basis: basis, use: .mean)
    case .sum: return LiveSum(basis: basis, use: .sum)
    case .newestAgainstOlder(let weight):
      return NewestAgainstOlderKernel(basis, weight: weight).map {
        LiveSum(basis: basis, use: .newest($0))
      }
    case .meanOfLast(let count): return ring(count, nil)
    case .timesAtCut(let least, let count):
      guard let count else { return LiveCounted(basis: basis, least: least, isStreak: false) }
      return ring(count, least)
    case .streak(let least): return LiveCounted(basis: basis, least: least, isStreak: true)
    case .exponentialDecay(let weight):
      return DecayKernel(basis, weight: weight).map { LiveDecay(kernel: $0) }
    case .median(let middle):
      return counted(LiveMedian(basis: basis, base: range.lowerBound, middle: middle))
    case .mode(let tie): return counted(LiveMode(basis: basis, base: range.lowerBound, tie: tie))
    case .counter(let rule): return CounterKernel(basis, rule).map { LiveCounter(kernel: $0) }
    case .knowledgeTracing(let model):
      return TracingKernel(basis, model).map { LiveTracing(kernel: $0) }
    case .powerLaw(let zero): return LivePowerLaw(kernel: PowerLawKernel(basis, zero: zero))
    case .weightedMean, .promotion, .pointsShare: return nil
    }
  }
}

extension LiveKernel {
  @inline(__always)
  func add(
    _ score: Int32, at place: Int, of states: inout [LiveState], _ judge: LevelJudge, _ minimum: Int
  ) -> LiveResults.Change? {
    let before = states[place].mark
    add(score, to: &states[place])
    states[place].count &+= 1
    guard states[place].count >= minimum else { return nil }
    let after = judge.mark(number(of: states[place]))
    states[place].mark = after
    guard before != after else { return nil }
    return LiveResults.Change(
      before: LiveResults.levels(before), after: LiveResults.levels(after))
  }

  func addAll(
    _ scores: [Int32], at places: [UInt32], of states: inout [LiveState], _ judge: LevelJudge,
    _ minimum: Int, _ body: (Int, LiveResults.Change) -> Void
  ) {
    // Places lie anywhere in memory. Reading the next few at once lets the processor wait for all
    // of them together and not for one after another.
    let block = 32
    for start in stride(from: 0, to: scores.count, by: block) {
      let end = min(start + block, scores.count)
      var most: UInt32 = 0
      for index in start..<end { most = max(most, states[Int(places[index])].count) }
      precondition(most < UInt32.max - UInt32(block), "a place has had 4 billion scores")
      for index in start..<end {
        let place = Int(places[index])
        let change = add(scores[index], at: place, of: &states, judge, minimum)
        if let change { body(place, change) }
      }
    }
  }
}
