#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A rule that turns right and wrong into "mastered", and the probability that it does.
///
/// All probabilities are exact for a learner who is right with the same probability each time.
public enum MasteryRule: Hashable, Sendable {
  /// At least `needed` right among `of`, such as 4 of 5.
  case share(needed: Int, of: Int)
  /// At least `needed` right ever, among all tries there have been: the highest score, and
  /// "n times ever".
  case ever(needed: Int, tries: Int)
  /// `length` right in a row within a number of tries.
  case streak(length: Int, tries: Int)
  /// At least `needed` right among the last `window` tries, looked at after each try.
  case lastTries(needed: Int, window: Int, tries: Int)

  /// How many tries the rule looks at.
  public var tries: Int {
    switch self {
    case .share(_, let count): count
    case .ever(_, let tries), .streak(_, let tries), .lastTries(_, _, let tries): tries
    }
  }

  /// The rule with other numbers of tries; rules that name a fixed set of questions stay.
  public func withTries(_ tries: Int) -> MasteryRule {
    switch self {
    case .share: self
    case .ever(let needed, _): .ever(needed: needed, tries: tries)
    case .streak(let length, _): .streak(length: length, tries: tries)
    case .lastTries(let needed, let window, _):
      .lastTries(needed: needed, window: window, tries: tries)
    }
  }

  /// How many tries a rule of the last tries may look at, so that it is worked out in a moment.
  private static func mostTries(window: Int) -> Int { min(10_000, (1 << 20) >> (window - 1)) }

  /// The most tries that the rule may look at.
  private var mostTries: Int {
    if case .lastTries(_, let window, _) = self { return Self.mostTries(window: window) }
    return 10_000
  }

  /// Refuses rules that cannot be.
  func check() throws(AssessmentError) {
    let isPossible: Bool =
      switch self {
      case .share(let needed, let count): needed >= 1 && needed <= count && count <= 10_000
      case .ever(let needed, let tries): needed >= 1 && tries >= 1 && tries <= 10_000
      case .streak(let length, let tries): length >= 1 && tries >= 1 && tries <= 10_000
      case .lastTries(let needed, let window, let tries):
        needed >= 1 && needed <= window && window <= 16 && tries >= 1
          && tries <= Self.mostTries(window: window)
      }
    guard isPossible else {
      throw AssessmentError(
        .wrongValue,
        "The rule \(self) cannot be: give 1 <= needed <= number of questions, windows of up to 16 "
          + "and up to 10000 tries, fewer for wide windows.")
    }
  }

  /// The probability that a learner passes.
  ///
  /// - Parameter share: How probable a right answer is, each time.
  /// - Throws: ``AssessmentError`` when the rule cannot be.
  public func passProbability(at share: Double) throws(AssessmentError) -> Double {
    try check()
    let p = min(1, max(0, share))
    switch self {
    case .share(let needed, let count), .ever(let needed, let count):
      return Self.atLeast(needed, of: count, p)
    case .streak(let length, let tries): return Self.streak(length, tries, p)
    case .lastTries(let needed, let window, let tries):
      return Self.window(needed, window, tries, p)
    }
  }

  private static func atLeast(_ needed: Int, of count: Int, _ p: Double) -> Double {
    guard needed <= count else { return 0 }
    guard p > 0 else { return 0 }
    guard p < 1 else { return 1 }
    return SpecialFunctions.incompleteBeta(p, Double(needed), Double(count - needed + 1))
  }

  private static func streak(_ length: Int, _ tries: Int, _ p: Double) -> Double {
    // How probable each present run is among those who have not passed.
    var runs = [Double](repeating: 0, count: length)
    runs[0] = 1
    var passed = 0.0
    for _ in 0..<tries {
      var next = [Double](repeating: 0, count: length)
      for run in 0..<length {
        next[0] += runs[run] * (1 - p)
        if run + 1 == length { passed += runs[run] * p } else { next[run + 1] += runs[run] * p }
      }
      runs = next
    }
    return passed
  }

  private static func window(_ needed: Int, _ window: Int, _ tries: Int, _ p: Double) -> Double {
    // The last tries as bits; those who passed leave.
    let size = 1 << (window - 1)
    var states = [Double](repeating: 0, count: size)
    states[0] = 1
    var passed = 0.0
    for _ in 0..<tries {
      var next = [Double](repeating: 0, count: size)
      for state in 0..<size where states[state] > 0 {
        for bit in 0...1 {
          let weight = states[state] * (bit == 1 ? p : 1 - p)
          let all = state << 1 | bit
          if all.nonzeroBitCount >= needed {
            passed += weight
          } else {
            next[all & (size - 1)] += weight
          }
        }
      }
      states = next
    }
    return passed
  }

  /// The accuracy of the rule among learners.
  ///
  /// - Parameters:
  ///   - cut: The share of right answers from which on a learner has mastered it.
  ///   - population: How probable right answers are among learners.
  /// - Throws: ``AssessmentError`` when the rule cannot be.
  public func accuracy(
    cut: Double, population: ShareDistribution
  ) throws(AssessmentError) -> DecisionAccuracy {
    try check()
    var groups: [(weight: Double, isMaster: Bool, pass: Double)] = []
    for share in population.points(around: cut) {
      groups.append(
        (share.weight, share.value >= cut, try passProbability(at: share.value)))
    }
    return DecisionAccuracy(groups: groups)
  }

  /// What is to be said about the rule.
  ///
  /// - Parameters:
  ///   - cut: The share of right answers from which on a learner has mastered it.
  ///   - notYet: The share of somebody who has clearly not mastered it.
  /// - Throws: ``AssessmentError`` when the rule cannot be.
  public func findings(cut: Double, notYet: Double) throws(AssessmentError) -> [Finding] {
    var findings: [Finding] = []
    let now = try passProbability(at: notYet)
    let master = try passProbability(at: cut)
    let count = min(mostTries, tries * 4)
    let more = try withTries(count).passProbability(at: notYet)
    if more > now + 0.05 {
      findings.append(
        Finding(
          .caution, nil,
          "The rule gets worse with more evidence: a learner who is right in "
            + "\(Figures.percent(notYet)) passes with a probability of \(Figures.percent(now)) in "
            + "\(tries) tries and of \(Figures.percent(more)) in \(count). Limit the tries, or take "
            + "the last tries instead of the best."))
    }
    if now > 0.1 {
      findings.append(
        Finding(
          .caution, nil,
          "\(Figures.percent(now)) of learners who are right in \(Figures.percent(notYet)) pass."))
    }
    if master < 0.8 {
      findings.append(
        Finding(
          .caution, nil,
          "A learner who is just at the cut of \(Figures.percent(cut)) passes with a probability "
            + "of \(Figures.percent(master)) only."))
    }
    return findings
  }
}

/// How probable right answers are among learners: a beta distribution.
public struct ShareDistribution: Hashable, Sendable {
  /// The mean share.
  public let mean: Double
  /// The standard deviation of shares.
  public let deviation: Double

  /// Creates a distribution.
  ///
  /// - Throws: ``AssessmentError`` when no beta distribution has these moments.
  public init(mean: Double, deviation: Double) throws(AssessmentError) {
    guard mean > 0, mean < 1, deviation > 0, deviation * deviation < mean * (1 - mean) else {
      throw AssessmentError(
        .wrongValue,
        "Shares with the mean \(mean) and the deviation \(deviation) cannot be; the deviation has "
          + "to be above 0 and below sqrt(mean (1 - mean)).")
    }
    self.mean = mean
    self.deviation = deviation
  }

  /// Points that stand for equal parts of the learners; parts end exactly at the cut.
  func points(around cut: Double, count: Int = 400) -> [(value: Double, weight: Double)] {
    let strength = mean * (1 - mean) / (deviation * deviation) - 1
    let (a, b) = (mean * strength, (1 - mean) * strength)
    let below = SpecialFunctions.incompleteBeta(cut, a, b)
    func quantile(_ p: Double) -> Double { SpecialFunctions.betaQuantile(p, a, b) }
    var points: [(value: Double, weight: Double)] = []
    for (start, end) in [(0.0, below), (below, 1.0)] where end > start {
      let parts = max(1, Int((Double(count) * (end - start)).rounded()))
      let width = (end - start) / Double(parts)
      for part in 0..<parts {
        points.append((quantile(start + (Double(part) + 0.5) * width), width))
      }
    }
    return points
  }
}

/// Several targets that all have to be reached.
public struct JointMastery: Hashable, Sendable {
  /// How many targets.
  public let targetCount: Int

  /// Creates the demand for all of some targets.
  public init(targetCount: Int) {
    self.targetCount = max(1, targetCount)
  }

  /// The probability that somebody who has mastered all of them is found to, when the decisions
  /// are independent.
  public func passProbability(perTarget: Double) -> Double {
    pow(min(1, max(0, perTarget)), Double(targetCount))
  }

  /// How sure each decision has to be, so that somebody who has mastered all passes with a
  /// probability: ten targets need 98 % each for 80 % in all.
  public func neededPerTarget(for joint: Double) -> Double {
    pow(min(1, max(0, joint)), 1 / Double(targetCount))
  }

  /// What is to be said, when each decision is right with a probability.
  public func findings(perTarget: Double, wanted: Double = 0.8) -> [Finding] {
    let joint = passProbability(perTarget: perTarget)
    guard joint < wanted else { return [] }
    return [
      Finding(
        .caution, nil,
        "All of \(targetCount) targets: with \(Figures.percent(perTarget, places: 1)) for each, a "
          + "learner who has mastered all passes with \(Figures.percent(joint)). For "
          + "\(Figures.percent(wanted)) each decision has to be right with "
          + "\(Figures.percent(neededPerTarget(for: wanted), places: 1)). Demand most of the "
          + "targets, allow retakes, or take more evidence for each.")
    ]
  }
}

/// Whether there are enough learners to calibrate items.
public enum CalibrationSize {
  /// How many learners an item needs for a model at least, by common advice: 100 for Rasch (Linacre
  /// 1994: 1 logit within 99 %), 250 for two and 1,000 for three parameters (de Ayala 2009).
  public static func leastPersons(parameters: Int) -> Int {
    parameters <= 1 ? 100 : (parameters == 2 ? 250 : 1_000)
  }

  /// What is to be said about a sample.
  ///
  /// - Parameters:
  ///   - persons: How many learners answered.
  ///   - parameters: How many parameters each item has, 1 to 3.
  public static func findings(persons: Int, parameters: Int) -> [Finding] {
    let least = leastPersons(parameters: parameters)
    guard persons < least else { return [] }
    let instead =
      persons < leastPersons(parameters: 1)
      ? "Do not calibrate: decide by a sequential test of right answers, which classifies and "
        + "estimates nothing."
      : "Take the Rasch model, or decide by a sequential test of right answers."
    return [
      Finding(
        .fewPersons, nil,
        "\(persons) learners are too few for \(parameters) parameters for each item; \(least) are "
          + "the least. \(instead)")
    ]
  }
}
