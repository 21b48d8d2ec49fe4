#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Classifies a learner among levels by Bayes' rule: measurement decision theory (Rudner 2009).
///
/// It needs for each item and level the share of right answers, for which about a hundred learners
/// whose level is known are enough, or a teacher's judgement.
public struct LevelDecision: Hashable, Sendable {
  /// For each item the probability of a right answer at each level.
  public let items: [[Double]]
  /// How probable each level is; adds up to 1.
  public private(set) var probabilities: [Double]
  /// The answers so far.
  public private(set) var count = 0

  /// Begins a decision.
  ///
  /// - Parameters:
  ///   - prior: How probable each level is at first.
  ///   - items: For each item the probability of a right answer at each level, strictly between
  ///     0 and 1.
  /// - Throws: ``AssessmentError`` when lists do not fit or numbers cannot be probabilities.
  public init(prior: [Double], items: [[Double]]) throws(AssessmentError) {
    let sum = prior.reduce(0, +)
    guard prior.count >= 2, prior.allSatisfy({ $0 >= 0 && $0.isFinite }), sum > 0 else {
      throw AssessmentError(
        .wrongValue, "The prior \(prior) has to give two or more levels a probability.")
    }
    for (index, row) in items.enumerated() {
      guard row.count == prior.count, row.allSatisfy({ $0 > 0 && $0 < 1 }) else {
        throw AssessmentError(
          .shape,
          "Item \(index + 1) has \(row.count) probabilities for \(prior.count) levels, or one that "
            + "is not between 0 and 1; give one for each level.")
      }
    }
    self.items = items
    probabilities = prior.map { $0 / sum }
  }

  /// Begins a decision on a learning progression: an item of a step is right with 1 - careless
  /// for learners who have reached the step, with the lucky rate for others.
  ///
  /// - Parameters:
  ///   - prior: How probable each level is at first; level 0 has reached no step.
  ///   - steps: The step of each item, from 1 to the number of levels less 1.
  ///   - errors: How often each item deceives, or one pair for all.
  /// - Throws: ``AssessmentError`` when lists do not fit.
  public init(
    progression prior: [Double], steps: [Int], errors: [ProblemErrors]
  ) throws(AssessmentError) {
    guard errors.count == 1 || errors.count == steps.count else {
      throw AssessmentError(
        .shape, "There are rates for \(errors.count) items of \(steps.count); give one for each.")
    }
    var items: [[Double]] = []
    for (index, step) in steps.enumerated() {
      guard step >= 1, step < prior.count else {
        throw AssessmentError(
          .wrongValue,
          "Item \(index + 1) is of step \(step); the progression has 1 to \(prior.count - 1).")
      }
      let rates = errors.count == 1 ? errors[0] : errors[index]
      guard rates.careless > 0, rates.lucky > 0, rates.careless + rates.lucky < 1 else {
        throw AssessmentError(
          .wrongValue,
          "Item \(index + 1) has the careless rate \(rates.careless) and the lucky rate "
            + "\(rates.lucky); both are above 0 and together below 1.")
      }
      items.append(prior.indices.map { $0 >= step ? 1 - rates.careless : rates.lucky })
    }
    try self.init(prior: prior, items: items)
  }

  /// Takes an answer.
  ///
  /// - Parameters:
  ///   - item: The position of the item; others are ignored.
  ///   - isRight: Whether it was right.
  /// - Complexity: O(*n*) in the number of levels.
  public mutating func record(_ item: Int, isRight: Bool) {
    guard items.indices.contains(item) else { return }
    probabilities = after(item, isRight: isRight).levels
    count += 1
  }

  private func after(_ item: Int, isRight: Bool) -> (levels: [Double], share: Double) {
    var levels = probabilities
    for level in levels.indices {
      levels[level] *= isRight ? items[item][level] : 1 - items[item][level]
    }
    let sum = levels.reduce(0, +)
    return sum > 0 ? (levels.map { $0 / sum }, sum) : (probabilities, 0)
  }

  /// The most probable level; ties go to the lower one.
  public var mostProbable: Int {
    probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
  }

  /// How probable the most probable level is: the accuracy of the decision for it.
  public var accuracy: Double { probabilities[mostProbable] }

  /// The level with the least expected cost when a level too low costs 1.
  ///
  /// - Parameter costOfTooHigh: What a level too high costs.
  public func level(costOfTooHigh: Double) -> Int {
    DomainPlacement.start(probabilities, costOfTooHigh: costOfTooHigh)
  }

  /// The item whose answer is expected to tell most, in bits; ties go to the lower position.
  ///
  /// - Parameter excluded: Items that are not to be asked.
  /// - Returns: `nil` when all are excluded.
  public func mostInformativeItem(excluding excluded: Set<Int> = []) -> Int? {
    var best: Int?
    var least = Double.infinity
    for item in items.indices where !excluded.contains(item) {
      let (right, share) = after(item, isRight: true)
      let (wrong, rest) = after(item, isRight: false)
      let open = share * Self.entropy(right) + rest * Self.entropy(wrong)
      if open < least - 1e-12 { (best, least) = (item, open) }
    }
    return best
  }

  private static func entropy(_ probabilities: [Double]) -> Double {
    -probabilities.reduce(0) { $1 > 0 ? $0 + $1 * log2($1) : $0 }
  }
}
