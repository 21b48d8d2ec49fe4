import Domain

/// A policy made ready for a log: what each score and each set of traits comes to, worked out once
/// by the same functions that judge single pieces.
struct ColumnPlan {
  let policy: Policy
  /// For each score its number, where it has one.
  let readings: [Rational?]
  /// For each score why it does not count, as an index into ``omissions``; 0 when it counts.
  let whyOfState: [UInt8]
  /// For each set of traits why it does not count.
  let whyOfTraits: [UInt8]
  /// Why evidence may not count; the first one stands for "it counts".
  let omissions: [Omission?]
  /// For each score its number in units, or ``wide``.
  private(set) var scores: [Int32] = []
  /// For each set of traits or each score what a kernel asks beside the score.
  private(set) var extras = Extras.none
  /// For each set of traits a bit for each requirement that it fits.
  let fitting: [UInt64]
  private(set) var basis = KernelBasis(unit: 1, most: 1, cut: 0)
  /// The unit of points and the most points, for the share of points.
  private var points = (unit: Int64(1), most: Int64(1))
  private var weights = (unit: Int64(1), most: Int64(1))
  private let kinds: [EvidenceKind]

  /// Stands for a score that is no multiple of the unit, or too large.
  static let wide = Int32.min

  /// What kernels ask beside scores.
  enum Extras {
    case none
    case ofTraits([Int32])
    case ofState([Int32])
  }

  init(_ policy: Policy, _ columns: EvidenceColumns) {
    self.policy = policy
    let states = columns.stateValues.values
    let traits = columns.traitValues.values
    var table = OmissionTable()
    var readings: [Rational?] = []
    whyOfState = states.map { state in
      let (number, why) = policy.columnReading(of: state)
      readings.append(number)
      return why.map { table.number(of: $0) } ?? 0
    }
    self.readings = readings
    whyOfTraits = traits.map { traits in
      policy.counts.misfit(of: traits).map { table.number(of: .misfit($0)) } ?? 0
    }
    omissions = table.omissions
    fitting = traits.map { traits in
      var bits: UInt64 = 0
      for (index, requirement) in policy.requires.prefix(64).enumerated()
      where requirement.demand.misfit(of: traits) == nil { bits |= 1 << UInt64(index) }
      return bits
    }
    kinds = Array(Set(traits.map(\.kind))).sorted { $0.word < $1.word }
    setUnit()
    setScores()
    setExtras(states, traits)
  }

  /// A plan for plain scores, which are neither read nor left out.
  init(_ policy: Policy, _ scores: ScaledScores) throws(GradingError) {
    switch policy.method {
    case .weightedMean, .promotion, .pointsShare:
      throw GradingError(
        .wrongValue,
        "Method \(policy.method.name) asks more of evidence than its score; roll up "
          + "EvidenceGroups instead.")
    default: break
    }
    guard policy.requires.isEmpty, policy.grouping == nil, policy.scale.hasNumbers else {
      throw GradingError(
        .wrongValue,
        "A policy with requirements, grouping or levels without numbers takes no plain scores; "
          + "roll up EvidenceGroups instead.")
    }
    self.policy = policy
    (readings, whyOfState, whyOfTraits, omissions, fitting, kinds) = ([], [], [], [nil], [], [])
    let levels = policy.scale.levels.indices.map { policy.number(ofRank: $0) }
    basis.unit = Int64(scores.unit)
    basis.cut = basis.ceiling(policy.cutNumber) ?? .max
    let most = levels.map { basis.ceiling($0).map { Int64($0.magnitude) } ?? KernelBasis.room }
    basis.most = max(1, scores.most, most.max() ?? 1)
    basis.scores = scores.range
  }

  /// Whether the exact path has to be asked for every group.
  var asksExactPath: Bool {
    policy.grouping != nil || policy.requires.count > 64
      || policy.scale.levels.count > Verdicts.Mark.mostLevels
      || (!policy.scale.hasNumbers && !readings.allSatisfy(isRank))
  }

  private func isRank(_ number: Rational?) -> Bool {
    guard let number else { return true }
    return number.denominator == 1 && number >= 0 && number < Rational(policy.scale.levels.count)
  }

  /// The numbers of the levels, or their ranks.
  var levelNumbers: [Rational] { policy.scale.levels.indices.map { policy.number(ofRank: $0) } }

  private mutating func setUnit() {
    var unit = KernelBasis.unit(of: levelNumbers, from: 1) ?? 1
    for number in readings.compactMap({ $0 }) {
      // A score that does not fit is left to the exact path, and its group with it.
      guard let joined = KernelBasis.multiple(unit, number.denominator), joined <= 1 << 20 else {
        continue
      }
      unit = joined
    }
    basis.unit = unit
    basis.cut = basis.ceiling(policy.cutNumber) ?? .max
  }

  private mutating func setScores() {
    let basis = basis
    scores = readings.map { number in
      guard let number else { return 0 }
      return basis.exact(number).flatMap { Int32(exactly: $0) } ?? Self.wide
    }
    let levels = levelNumbers.map { basis.ceiling($0) ?? KernelBasis.room }
    let most = (scores.map { Int64($0.magnitude) } + levels.map { Int64($0.magnitude) }).max()
    self.basis.most = max(1, most ?? 1)
    let fitting = scores.filter { $0 != Self.wide }
    if let least = fitting.min(), let greatest = fitting.max() {
      self.basis.scores = least...greatest
    }
  }

  private mutating func setExtras(_ states: [EvidenceState], _ traits: [EvidenceTraits]) {
    switch policy.method {
    case .weightedMean(let own, let others):
      let used = traits.map { own[$0.kind] ?? others }
      guard let unit = KernelBasis.unit(of: used, from: 1) else { return }
      let scaled = used.map { KernelBasis(unit: unit, most: 1, cut: 0).exact($0) ?? .max }
      let fitting = scaled.compactMap { Int32(exactly: $0) }
      guard fitting.count == used.count else { return }
      weights = (unit, scaled.map { Int64($0.magnitude) }.max() ?? 1)
      extras = .ofTraits(fitting)
    case .promotion:
      extras = .ofTraits(traits.map { Int32(kinds.firstIndex(of: $0.kind) ?? 0) })
    case .pointsShare: setPoints(states)
    default: break
    }
  }

  /// Scores become points earned, extras points possible.
  private mutating func setPoints(_ states: [EvidenceState]) {
    let pairs: [(Rational, Rational)?] = states.map { state in
      guard case .assessed(.points(let earned, let possible)) = state else { return nil }
      return (Rational(earned), Rational(possible))
    }
    var unit: Int64 = 1
    for pair in pairs {
      guard let pair, let joined = KernelBasis.unit(of: [pair.0, pair.1], from: unit) else {
        continue
      }
      unit = joined
    }
    let own = KernelBasis(unit: unit, most: 1, cut: 0)
    var possibles: [Int32] = []
    var most: Int64 = 1
    for (index, pair) in pairs.enumerated() {
      guard let pair else {
        possibles.append(0)
        continue
      }
      let earned = own.exact(pair.0).flatMap { Int32(exactly: $0) } ?? Self.wide
      let possible = own.exact(pair.1).flatMap { Int32(exactly: $0) } ?? Self.wide
      scores[index] = possible == Self.wide ? Self.wide : earned
      possibles.append(possible)
      most = max(most, Int64(earned.magnitude), Int64(possible.magnitude))
    }
    points = (unit, most)
    extras = .ofState(possibles)
  }
}

extension ColumnPlan {
  /// What is done with a kernel.
  protocol Visitor {
    associatedtype Answer
    mutating func visit(_ kernel: some ScoreKernel) throws(GradingError) -> Answer
  }

  /// Hands the policy's kernel to a visitor.
  func withKernel<Body: Visitor>(_ body: inout Body) throws(GradingError) -> Body.Answer {
    guard !asksExactPath else { return try body.visit(ExactKernel()) }
    switch policy.method {
    case .latest: return try body.visit(LatestKernel(unit: basis.unit))
    case .highest: return try body.visit(HighestKernel(unit: basis.unit))
    case .mean: return try body.visit(MeanKernel(basis: basis, last: .max, isSum: false))
    case .meanOfLast(let count):
      return try body.visit(MeanKernel(basis: basis, last: count, isSum: false))
    case .sum: return try body.visit(MeanKernel(basis: basis, last: .max, isSum: true))
    case .median(let middle): return try body.visit(MedianKernel(basis: basis, middle: middle))
    case .mode(let tie): return try body.visit(ModeKernel(basis: basis, tie: tie))
    case .timesAtCut(let least, let count):
      return try body.visit(counted(least, count ?? .max, isStreak: false))
    case .streak(let least): return try body.visit(counted(least, .max, isStreak: true))
    case .newestAgainstOlder(let weight):
      guard let kernel = NewestAgainstOlderKernel(basis, weight: weight) else { break }
      return try body.visit(kernel)
    case .exponentialDecay(let weight):
      guard let kernel = DecayKernel(basis, weight: weight) else { break }
      return try body.visit(kernel)
    case .powerLaw(let zero): return try body.visit(PowerLawKernel(basis, zero: zero))
    case .knowledgeTracing(let model):
      guard let kernel = TracingKernel(basis, model) else { break }
      return try body.visit(kernel)
    case .counter(let rule):
      guard let kernel = CounterKernel(basis, rule) else { break }
      return try body.visit(kernel)
    case .weightedMean, .promotion, .pointsShare: return try visitWithExtras(&body)
    }
    return try body.visit(ExactKernel())
  }

  private func counted(_ least: Int, _ last: Int, isStreak: Bool) -> CountedKernel {
    CountedKernel(
      basis: basis, least: least, last: last, isStreak: isStreak,
      hasNumbers: policy.scale.hasNumbers)
  }

  private func visitWithExtras<Body: Visitor>(
    _ body: inout Body
  ) throws(GradingError) -> Body.Answer {
    switch (policy.method, extras) {
    case (.weightedMean, .ofTraits):
      return try body.visit(
        WeightedMeanKernel(basis: basis, weightUnit: weights.unit, mostWeight: weights.most))
    case (.pointsShare, .ofState):
      return try body.visit(PointsShareKernel(basis, pointsUnit: points.unit, most: points.most))
    case (.promotion(let rules), .ofTraits):
      guard let kernel = PromotionKernel(basis, rules, policy, kinds: kinds) else { break }
      return try body.visit(kernel)
    default: break
    }
    return try body.visit(ExactKernel())
  }
}

/// Reasons as small numbers from 1.
private struct OmissionTable {
  private(set) var omissions: [Omission?] = [nil]

  mutating func number(of omission: Omission) -> UInt8 {
    if let index = omissions.firstIndex(of: omission) { return UInt8(index) }
    omissions.append(omission)
    return UInt8(omissions.count - 1)
  }
}

extension Policy {
  /// The number of a score, or why it does not count whatever its traits are.
  func columnReading(of state: EvidenceState) -> (number: Rational?, why: Omission?) {
    guard let score = state.score else { return (nil, .notAssessed) }
    if method == .pointsShare {
      guard case .points = score else { return (nil, .unconverted) }
    }
    switch value(of: score) {
    case .success(let number): return (number, nil)
    case .failure(let error): return (nil, error.omission)
    }
  }
}
