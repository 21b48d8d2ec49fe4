public import Domain

extension RollUp {
  /// One result with its derivation.
  ///
  /// With a trace the derivation is what the roll-up kept; without one the result is worked out
  /// again. Both are equal to ``Policy/result(of:learner:evidence:asOf:)``.
  ///
  /// - Parameter index: The place of the result.
  /// - Throws: ``GradingError`` with the code `overflow`.
  public func result(at index: Int) throws(GradingError) -> TargetResult {
    let columns = groups.columns
    let range = groups.range(of: index)
    let rows = range.map { Int(groups.rows[$0]) }
    let evidence = rows.sorted().map(columns.evidence)
    let (learner, target) = (learner(at: index), target(at: index))
    guard let trace, policy.grouping == nil, policy.requires.count <= 64 else {
      return try policy.result(
        of: target, learner: learner, evidence: evidence, asOf: groups.asOf, policyDigest: digest)
    }
    var leftOut: [(row: Int, why: Omission)] = []
    for (place, row) in zip(range, rows) {
      if let why = plan.omissions[Int(trace.why[place])] { leftOut.append((row, why)) }
    }
    leftOut.sort { $0.row < $1.row }
    let observations = plan.observations(of: rows, in: columns)
    let derivation = TargetResult.Derivation(
      evidence: evidence,
      leftOut: leftOut.map {
        TargetResult.LeftOut(evidence: ID(columns.identifiers[$0.row]), why: $0.why)
      },
      observations: observations, steps: steps(at: index, trace, count: observations.count))
    let basis = MasteryResult.Basis(
      policy: digest, evidence: Evidence.digest(of: evidence), asOf: groups.asOf)
    let result = MasteryResult(
      learner: learner, competency: target, outcome: verdicts.outcome(at: index),
      level: verdicts.level(at: index), number: verdicts.number(at: index), basis: basis)
    return TargetResult(
      result: result, shown: verdicts.shown(at: index), derivation: derivation)
  }

  private func steps(at index: Int, _ trace: RollUpTrace, count: Int) -> [Rational] {
    if let judgement = verdicts.exact[index] { return judgement.steps }
    let range = trace.starts[index]..<trace.starts[index + 1]
    return range.enumerated().compactMap { number, place in
      trace.kernel.step(trace.steps[place], number, of: count)
    }
  }

  /// The report on one learner, with the gates of the policy.
  ///
  /// ``Grader/trace(of:)`` makes a trace of it that the module TraceChecker works out again.
  ///
  /// - Parameters:
  ///   - learner: The learner.
  ///   - grader: The same policy, with the targets that are asked for.
  ///   - facts: What else is known of the learner.
  /// - Returns: The same report as ``Grader/report(on:history:facts:asOf:)`` gives.
  /// - Throws: ``GradingError`` with the code `wrongValue` for a grader with another policy, or
  ///   `overflow`.
  public func report(
    on learner: LearnerID, by grader: Grader, facts: LearnerFacts = LearnerFacts()
  ) throws(GradingError) -> LearnerReport {
    guard grader.digest == digest else {
      throw GradingError(
        .wrongValue, "The grader has another policy than the roll-up; use \(policy.id).")
    }
    var places: [CompetencyID: Int] = [:]
    for group in self.places(of: learner) { places[target(at: group)] = group }
    var results: [TargetResult] = []
    for target in grader.targets {
      if let place = places[target.id] {
        results.append(try result(at: place))
      } else {
        results.append(
          try policy.result(
            of: target.id, learner: learner, evidence: [], asOf: groups.asOf, policyDigest: digest))
      }
    }
    return try grader.report(on: learner, results: results, facts: facts, asOf: groups.asOf)
  }

  /// The places of a learner's results, which come together.
  ///
  /// - Complexity: O(log *n*) in the number of results.
  public func places(of learner: LearnerID) -> Range<Int> {
    guard let number = groups.columns.learnerNames.find(learner) else { return 0..<0 }
    func first(_ isPast: (UInt32) -> Bool) -> Int {
      var (low, high) = (0, groups.count)
      while low < high {
        let middle = (low + high) / 2
        if isPast(groups.learners[middle]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return first { $0 >= number }..<first { $0 > number }
  }

  /// How many observations a result has, and how many rows do not count.
  ///
  /// - Precondition: The policy does not group items.
  package func counts(at index: Int) -> (counted: Int, leftOut: Int) {
    let counted = verdicts.observationCount(at: index)
    return (counted, groups.rowCount(at: index) - counted)
  }

  /// The answers to the gates of the policy for one learner.
  ///
  /// - Parameters:
  ///   - places: The places of the learner's results.
  ///   - targets: The targets that are graded.
  ///   - facts: What else is known of the learner.
  /// - Throws: ``GradingError`` with the code `overflow`.
  package func gates(
    at places: Range<Int>, over targets: [GradedTarget], facts: LearnerFacts
  ) throws(GradingError) -> [GateResult] {
    guard !policy.gates.isEmpty else { return [] }
    let asksForEvidence = policy.gates.contains { $0.gate.asksForEvidence }
    var results: [CompetencyID: Standing] = [:]
    results.reserveCapacity(places.count)
    for place in places {
      var standing = Standing(
        outcome: verdicts.outcome(at: place), level: verdicts.level(at: place),
        number: verdicts.number(at: place))
      if asksForEvidence {
        standing.evidence = groups.range(of: place).map { Int(groups.rows[$0]) }.sorted()
          .map(groups.columns.evidence)
      }
      results[target(at: place)] = standing
    }
    // A target that is not graded has no result.
    let graded = Set(targets.map(\.id))
    var evaluator = GateEvaluator(
      policy: policy, targets: targets, results: results.filter { graded.contains($0.key) },
      facts: facts, asOf: groups.asOf)
    return try evaluator.answers()
  }

  /// All places: learners in their order, and the targets of each by their bytes.
  package func placesByTarget() -> [Int] {
    let names = groups.columns.targetNames
    var ranks = [UInt32](repeating: 0, count: names.count)
    let used = Set(groups.targets).sorted { names[$0] < names[$1] }
    for (rank, target) in used.enumerated() { ranks[Int(target)] = UInt32(rank) }
    var places = Array(0..<count)
    // Groups stand in the order of the targets' numbers already.
    if zip(used, used.dropFirst()).allSatisfy({ $0 < $1 }) { return places }
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, groups.learners[end] == groups.learners[start] { end += 1 }
      places[start..<end].sort { ranks[Int(groups.targets[$0])] < ranks[Int(groups.targets[$1])] }
      start = end
    }
    return places
  }
}
