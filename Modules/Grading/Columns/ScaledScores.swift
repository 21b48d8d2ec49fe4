import Domain

/// Scores of many groups as whole numbers of one unit, 4 bytes each: the leanest form that a policy
/// takes.
///
/// A group is one learner in one target; its scores stand together in the policy's order, and each
/// of them counts. Who they belong to, which evidence stands and what each piece is worth was
/// settled before, by ``EvidenceGroups`` or by another program.
public struct ScaledScores: Sendable {
  /// A score is `value / unit` on the policy's scale.
  public let unit: Int
  /// The scores, group by group.
  public let values: [Int32]
  /// Where each group begins, and past the last where it ends.
  public let starts: [UInt32]
  let most: Int64
  /// The least and the greatest score, and 0.
  let range: ClosedRange<Int32>

  /// Takes scores.
  ///
  /// - Parameters:
  ///   - values: The scores, group by group, in the policy's order; not the least `Int32`.
  ///   - unit: What the scores are multiples of: 1 for whole numbers, 2 for halves, 100 for two
  ///     places.
  ///   - starts: Where each group begins, from 0, and past the last where it ends.
  /// - Throws: ``GradingError`` with the code `invalidEvidence` when the groups do not cover the
  ///   scores in order, a score is the least `Int32` or the unit is not 1 to 1,048,576.
  public init(_ values: [Int32], unit: Int, starts: [UInt32]) throws(GradingError) {
    var isOrdered = starts.first == 0 && starts.last.map { Int($0) } == values.count
    for index in 1..<max(1, starts.count) where starts[index] < starts[index - 1] {
      isOrdered = false
    }
    var (least, greatest) = (Int32(0), Int32(0))
    for value in values {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    guard isOrdered, least > .min, (1...(1 << 20)).contains(unit) else {
      throw GradingError(
        .invalidEvidence,
        "The groups have to begin at 0, rise and end at \(values.count), the unit lies from 1 to "
          + "1048576, and -2147483648 is no score.")
    }
    self.values = values
    self.unit = unit
    self.starts = starts
    most = max(Int64(greatest), -Int64(least))
    range = least...greatest
  }

  /// The number of groups.
  public var count: Int { starts.count - 1 }
}

extension Policy {
  /// Judges groups of plain scores.
  ///
  /// - Parameter scores: The scores, each of which counts.
  /// - Returns: One verdict for each group; an empty group is not assessed.
  /// - Throws: ``GradingError`` with the code `wrongValue` for a policy that asks more of evidence
  ///   than its score (weights and promotions by kind, points, requirements, grouping), or
  ///   `overflow`.
  /// - Complexity: O(*n*) in the number of scores.
  public func verdicts(on scores: ScaledScores) throws(GradingError) -> Verdicts {
    let plan = try ColumnPlan(self, scores)
    var run = ScoresRun(policy: self, scores: scores)
    return try plan.withKernel(&run)
  }
}

/// Runs a kernel over plain scores.
private struct ScoresRun: ColumnPlan.Visitor {
  let policy: Policy
  let scores: ScaledScores

  mutating func visit(_ kernel: some ScoreKernel) throws(GradingError) -> Verdicts {
    let judge = LevelJudge(policy, unit: kernel.unit)
    let limit = judge == nil ? 0 : kernel.limit
    let keepsDivisors = kernel.limit < 1 || kernel.divisor(of: 1) == nil
    let count = scores.count
    var numerators: [Int64] = []
    var marks: [UInt8] = []
    var divisors: [Int64] = []
    var exact: [Int] = []
    numerators.reserveCapacity(count)
    marks.reserveCapacity(count)
    if keepsDivisors { divisors.reserveCapacity(count) }
    if let judge, let form = ShortForm(kernel, judge, minimum: policy.minimum) {
      form.run(scores, kernel, judge, &numerators, &marks, &exact)
    } else {
      for group in 0..<count {
        let number = number(of: group, kernel, limit)
        let mark =
          judge?.mark(number)
          ?? (number.divisor == 0 ? Verdicts.Mark.notAssessed : Verdicts.Mark.exact)
        if mark == Verdicts.Mark.exact { exact.append(group) }
        numerators.append(number.numerator)
        marks.append(mark)
        if keepsDivisors { divisors.append(number.divisor) }
      }
    }
    var verdicts = Verdicts(
      policy, kernel, numerators: numerators, marks: marks, divisors: divisors,
      counts: .starts(scores.starts))
    for group in exact { verdicts.put(try judgement(of: group), at: group) }
    return verdicts
  }

  @inline(__always)
  private func number(of group: Int, _ kernel: some ScoreKernel, _ limit: Int) -> KernelNumber {
    let start = Int(scores.starts[group])
    let size = Int(scores.starts[group + 1]) - start
    guard size >= policy.minimum else { return .notAssessed }
    guard size <= limit else { return .exact }
    var sink = NoSteps()
    let own = unsafe scores.values.span.extracting(unchecked: start..<(start &+ size))
    return kernel.number(own, own, &sink)
  }

  private func judgement(of group: Int) throws(GradingError) -> Judgement {
    var observations: [Observation] = []
    for place in Int(scores.starts[group])..<Int(scores.starts[group + 1]) {
      do throws(DomainError) {
        let value = try Rational(Int128(scores.values[place]), over: Int128(scores.unit))
        observations.append(Observation(evidence: [], kind: "", value: value))
      } catch { throw GradingError(error) }
    }
    return try policy.judgement(of: observations, requirementsMet: true)
  }
}
