public import Domain

/// The results of one policy for all learners and targets of a log.
///
/// The same numbers, levels and outcomes as ``Policy/result(of:learner:evidence:asOf:)`` gives one
/// by one, at a hundredth of the cost: scores are read once each and not once a row, and most
/// methods run on whole numbers. Where these have no room, or the policy groups the items of an
/// assessment, the exact path is asked for the group. Gates are answered by ``Grader``.
public struct RollUp: Sendable {
  /// The policy.
  public let policy: Policy
  /// The content hash of the policy.
  public let digest: SHA256.Digest
  /// The log as the policy orders it; verdicts stand in the order of its groups.
  public let groups: EvidenceGroups
  /// The verdicts, one for each group.
  public let verdicts: Verdicts
  /// The derivations, when they were asked for.
  let trace: RollUpTrace?
  let plan: ColumnPlan

  /// Judges all groups of a log.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - groups: The log from a point of view; grouped again when the policy orders it otherwise.
  ///   - keepsTrace: Whether each result keeps its derivation, 9 bytes a row and 8 a group.
  /// - Throws: ``GradingError`` with the code `overflow`.
  /// - Complexity: O(*n*) in the number of rows.
  public init(
    _ policy: Policy, over groups: EvidenceGroups, keepsTrace: Bool = false
  ) throws(GradingError) {
    let groups = groups.regrouped(for: policy)
    let plan = ColumnPlan(policy, groups.columns)
    digest = policy.digest
    var run = GroupRun(plan, groups, digest: digest, keepsTrace: keepsTrace)
    (verdicts, trace) = try plan.withKernel(&run)
    self.policy = policy
    self.groups = groups
    self.plan = plan
  }

  /// The number of results: pairs of a learner and a target with evidence.
  public var count: Int { verdicts.count }

  /// The learner of a result.
  public func learner(at index: Int) -> LearnerID { groups.learner(at: index) }

  /// The target of a result.
  public func target(at index: Int) -> CompetencyID { groups.target(at: index) }

  /// The results in which another policy over the same groups differs.
  ///
  /// - Parameter other: A roll-up of the same log from the same point of view.
  /// - Returns: The places of results with another number, level or outcome.
  /// - Throws: ``GradingError`` with the code `wrongValue` for a roll-up of something else.
  public func differences(from other: RollUp) throws(GradingError) -> [Int] {
    guard groups.learners == other.groups.learners, groups.targets == other.groups.targets else {
      throw GradingError(
        .wrongValue, "The roll-ups have other learners or targets; roll up the same log twice.")
    }
    return (0..<count).filter { verdicts.differs(other.verdicts, at: $0) }
  }
}

/// Derivations of a roll-up: why each row does not count, and every intermediate value.
struct RollUpTrace: Sendable {
  /// For each row of the groups why it does not count; 0 when it does.
  var why: [UInt8] = []
  /// Where the values of each group begin, and past the last where they end.
  var starts: [Int] = [0]
  var steps: [Int64] = []
  let kernel: any ScoreKernel
}

/// Runs a kernel over the groups of a log.
private struct GroupRun: ColumnPlan.Visitor {
  let plan: ColumnPlan
  let groups: EvidenceGroups
  let keepsTrace: Bool
  private let digest: SHA256.Digest
  private let notAssessed: UInt8
  private var why: [UInt8] = []
  private var starts: [Int] = [0]
  private var scores: [Int32]
  private var extras: [Int32]
  private var fulfilled: [Int]
  private var extrasOfTraits: [Int32] = []
  private var extrasOfState: [Int32] = []

  init(
    _ plan: ColumnPlan, _ groups: EvidenceGroups, digest: SHA256.Digest, keepsTrace: Bool
  ) {
    self.plan = plan
    self.digest = digest
    self.groups = groups
    self.keepsTrace = keepsTrace
    notAssessed = plan.omissions.firstIndex(of: .notAssessed).map { UInt8($0) } ?? .max
    var longest = 1
    for group in 0..<groups.count { longest = max(longest, groups.rowCount(at: group)) }
    scores = [Int32](repeating: 0, count: longest)
    extras = scores
    fulfilled = [Int](repeating: 0, count: min(64, plan.policy.requires.count))
    if keepsTrace { why.reserveCapacity(groups.rowCount) }
    switch plan.extras {
    case .none: break
    case .ofTraits(let table): extrasOfTraits = table
    case .ofState(let table): extrasOfState = table
    }
  }

  mutating func visit(
    _ kernel: some ScoreKernel
  ) throws(GradingError) -> (Verdicts, RollUpTrace?) {
    guard keepsTrace else {
      var none = NoSteps()
      return (try run(kernel, &none) { _ in 0 }, nil)
    }
    var arena = StepArena()
    arena.steps.reserveCapacity(groups.rowCount)
    starts.reserveCapacity(groups.count + 1)
    let verdicts = try run(kernel, &arena) { $0.steps.count }
    return (
      verdicts, RollUpTrace(why: why, starts: starts, steps: arena.steps, kernel: kernel)
    )
  }

  private mutating func run<Sink: StepSink>(
    _ kernel: some ScoreKernel, _ sink: inout Sink, stepCount: (Sink) -> Int
  ) throws(GradingError) -> Verdicts {
    let judge = LevelJudge(plan.policy, unit: kernel.unit)
    let limit = judge == nil ? 0 : kernel.limit
    // Asked for once: whether numbers of observations decide on divisors.
    let keepsDivisors = kernel.limit < 1 || kernel.divisor(of: 1) == nil
    var numerators: [Int64] = []
    var marks: [UInt8] = []
    var divisors: [Int64] = []
    var counts: [UInt32] = []
    var exact: [(group: Int, judgement: Judgement)] = []
    numerators.reserveCapacity(groups.count)
    marks.reserveCapacity(groups.count)
    counts.reserveCapacity(groups.count)
    if keepsDivisors { divisors.reserveCapacity(groups.count) }
    for group in 0..<groups.count {
      let (count, isWide) = gather(groups.range(of: group))
      var number = KernelNumber.notAssessed
      if count >= plan.policy.minimum, areRequirementsMet() {
        number =
          isWide || count > limit
          ? .exact
          : unsafe kernel.number(
            scores.span.extracting(unchecked: 0..<count),
            extras.span.extracting(unchecked: 0..<count), &sink)
      }
      let mark =
        judge?.mark(number)
        ?? (number.divisor == 0 ? Verdicts.Mark.notAssessed : Verdicts.Mark.exact)
      if mark == Verdicts.Mark.exact { exact.append((group, try judgement(of: group))) }
      numerators.append(number.numerator)
      marks.append(mark)
      counts.append(UInt32(truncatingIfNeeded: count))
      if keepsDivisors { divisors.append(number.divisor) }
      if keepsTrace { starts.append(stepCount(sink)) }
    }
    var verdicts = Verdicts(
      plan.policy, kernel, numerators: numerators, marks: marks, divisors: divisors,
      counts: .each(counts))
    for (group, judgement) in exact { verdicts.put(judgement, at: group) }
    return verdicts
  }

  /// Takes the scores that count into the buffers.
  @inline(__always)
  private mutating func gather(_ range: Range<Int>) -> (count: Int, isWide: Bool) {
    var (count, isWide) = (0, false)
    for index in fulfilled.indices { fulfilled[index] = 0 }
    for place in range {
      let row = Int(groups.rows[place])
      let state = Int(groups.columns.states[row])
      let traits = Int(groups.columns.traits[row])
      let why = plan.why(state: state, traits: traits, notAssessed)
      if keepsTrace { self.why.append(why) }
      guard why == 0 else { continue }
      let score = plan.scores[state]
      isWide = isWide || score == ColumnPlan.wide
      scores[count] = score
      if !extrasOfTraits.isEmpty {
        extras[count] = extrasOfTraits[traits]
      } else if !extrasOfState.isEmpty {
        extras[count] = extrasOfState[state]
      }
      count += 1
      guard !fulfilled.isEmpty else { continue }
      for index in fulfilled.indices where plan.fitting[traits] >> UInt64(index) & 1 == 1 {
        fulfilled[index] += 1
      }
    }
    return (count, isWide)
  }

  private func areRequirementsMet() -> Bool {
    // More requirements than there are bits are counted by the exact path.
    guard !fulfilled.isEmpty else { return true }
    for (index, count) in fulfilled.enumerated() where count < plan.policy.requires[index].least {
      return plan.policy.requires.count > 64
    }
    return true
  }

  /// Asks the exact path.
  private func judgement(of group: Int) throws(GradingError) -> Judgement {
    let rows = groups.range(of: group).map { Int(groups.rows[$0]) }
    let policy = plan.policy
    guard policy.grouping == nil, policy.requires.count <= 64 else {
      let result = try policy.result(
        of: groups.target(at: group), learner: groups.learner(at: group),
        evidence: rows.sorted().map(groups.columns.evidence), asOf: groups.asOf,
        policyDigest: digest)
      return Judgement(result.result)
    }
    return try policy.judgement(
      of: plan.observations(of: rows, in: groups.columns), requirementsMet: true)
  }
}

extension ColumnPlan {
  /// Why a row does not count, as an index into the omissions; 0 when it does.
  @inline(__always)
  func why(state: Int, traits: Int, _ notAssessed: UInt8) -> UInt8 {
    let own = whyOfState[state]
    // The exact path looks at traits after the state and before the score.
    if own == notAssessed || whyOfTraits[traits] == 0 { return own }
    return whyOfTraits[traits]
  }

  /// The observations that rows are, in their order; rows that do not count are left out.
  func observations(of rows: [Int], in columns: EvidenceColumns) -> [Observation] {
    let notAssessed = omissions.firstIndex(of: .notAssessed).map { UInt8($0) } ?? .max
    return rows.compactMap { row in
      let (state, traits) = (Int(columns.states[row]), Int(columns.traits[row]))
      guard why(state: state, traits: traits, notAssessed) == 0, let value = readings[state] else {
        return nil
      }
      var points: Observation.Points?
      if case .assessed(.points(let earned, let possible)) = columns.stateValues.values[state] {
        points = Observation.Points(earned: Rational(earned), possible: Rational(possible))
      }
      return Observation(
        evidence: [ID(columns.identifiers[row])], kind: columns.traitValues.values[traits].kind,
        value: value, points: points)
    }
  }
}
