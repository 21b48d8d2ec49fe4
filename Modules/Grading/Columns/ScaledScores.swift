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
    let count = scores.count
    var numerators = [Int64](repeating: 0, count: count)
    var divisors = numerators
    var levels = [UInt16](repeating: 0, count: count)
    var counts = [UInt32](repeating: 0, count: count)
    let judge = LevelJudge(policy, unit: kernel.unit)
    let limit = judge == nil ? 0 : kernel.limit
    let (minimum, unit) = (policy.minimum, kernel.unit)
    let values = scores.values.span
    let starts = scores.starts.span
    var sink = NoSteps()
    var out = numerators.mutableSpan
    var over = divisors.mutableSpan
    var reached = levels.mutableSpan
    var sizes = counts.mutableSpan
    var missing: [Int] = []
    for group in 0..<count {
      let start = unsafe Int(starts[unchecked: group])
      let size = unsafe Int(starts[unchecked: group &+ 1]) &- start
      var number = KernelNumber.notAssessed
      if size >= minimum {
        number = .exact
        if size <= limit, let judge {
          let own = unsafe values.extracting(unchecked: start..<(start &+ size))
          number = kernel.number(own, own, &sink)
          if number.divisor > 0 {
            if let level = judge.level(number, unit: unit) {
              unsafe reached[unchecked: group] = level
            } else {
              number = .exact
            }
          }
        }
        if number.divisor == -2 { missing.append(group) }
      }
      unsafe out[unchecked: group] = number.numerator
      unsafe over[unchecked: group] = number.divisor
      unsafe sizes[unchecked: group] = UInt32(truncatingIfNeeded: size)
    }
    var verdicts = Verdicts(
      policy, unit: unit, numerators: numerators, divisors: divisors, levels: levels,
      counts: counts)
    for group in missing { verdicts.put(try judgement(of: group), at: group) }
    return verdicts
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
