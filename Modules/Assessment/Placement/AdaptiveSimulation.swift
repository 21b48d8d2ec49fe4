#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How good an adaptive test is, found by simulated learners.
public struct AdaptiveSimulation: Hashable, Sendable {
  /// How many learners were simulated.
  public var learnerCount: Int
  /// The root of the mean squared error of the ability, in logits.
  public var rootMeanSquareError: Double
  /// The mean error of the ability, in logits.
  public var bias: Double
  /// The mean number of items asked.
  public var meanLength: Double
  /// For each item of the bank the share of learners who were asked it.
  public var exposure: [Double]
  /// The share of intervals estimate +- 1.96 standard errors that hold the true ability.
  public var coverage: Double
  /// The share of learners whose estimate is within 0.5 logits.
  public var withinHalf: Double

  /// Simulates a test for learners whose abilities are drawn from a normal distribution.
  ///
  /// Each learner has a random stream of its own, so that the result does not depend on the order
  /// in which learners are simulated.
  ///
  /// - Parameters:
  ///   - test: The test.
  ///   - learners: How many learners, at least 1.
  ///   - mean: The mean ability.
  ///   - deviation: The spread of abilities.
  ///   - seed: The seed of all chance.
  public init(
    of test: AdaptiveTest, learners: Int, mean: Double = 0, deviation: Double = 1, seed: UInt64
  ) {
    let count = max(1, learners)
    let root = SeededGenerator(seed: seed)
    var uses = [Int](repeating: 0, count: test.bank.count)
    var (squares, errors, length, covered, near) = (0.0, 0.0, 0, 0, 0)
    for learner in 0..<count {
      var generator = root.stream(learner)
      let ability = mean + deviation * generator.normal()
      let session = Self.run(test, ability: ability, generator: &generator)
      for step in session.steps { uses[step.item] += 1 }
      let error = session.estimate.ability - ability
      squares += error * error
      errors += error
      length += session.steps.count
      if abs(error) <= 1.959964 * session.estimate.standardError { covered += 1 }
      if abs(error) <= 0.5 { near += 1 }
    }
    let size = Double(count)
    learnerCount = count
    rootMeanSquareError = (squares / size).squareRoot()
    bias = errors / size
    meanLength = Double(length) / size
    exposure = uses.map { Double($0) / size }
    coverage = Double(covered) / size
    withinHalf = Double(near) / size
  }

  /// Takes one simulated learner through a test.
  static func run(
    _ test: AdaptiveTest, ability: Double, generator: inout SeededGenerator
  ) -> AdaptiveSession {
    var session = test.session(generator: generator.stream(1))
    while let item = session.nextItem() {
      let probability = test.bank.entries[item].item.probability(at: ability)
      session.record(item, isRight: generator.uniform() < probability)
    }
    return session
  }
}

/// Finds how often items may be asked so that none is asked too often.
public enum ExposureControl {
  /// The exposure numbers of Sympson and Hetter (1985), by damped rounds of simulations: an item
  /// that more than the limit of the learners are asked is passed over more often, and one that
  /// fewer are asked less often.
  ///
  /// - Parameters:
  ///   - limit: The greatest share of learners who see an item, above 0.
  ///   - bank: The bank.
  ///   - rules: The rules; their own exposure numbers are not used.
  ///   - learners: How many learners to simulate in each round.
  ///   - rounds: How many rounds.
  ///   - seed: The seed.
  /// - Returns: A number for each item, for ``AdaptiveRules/exposure``.
  /// - Throws: ``AssessmentError`` when the limit is so low that tests could not be filled.
  public static func numbers(
    limit: Double, bank: ItemBank, rules: AdaptiveRules, learners: Int = 1_000, rounds: Int = 10,
    seed: UInt64
  ) throws(AssessmentError) -> [Double] {
    guard limit > 0, limit * Double(bank.count) >= Double(rules.maximumCount) else {
      throw AssessmentError(
        .wrongValue,
        "With \(bank.count) items and tests of \(rules.maximumCount) an item is seen by at least "
          + "\(Double(rules.maximumCount) / Double(bank.count)) of all; \(limit) cannot be kept.")
    }
    var rules = rules
    rules.exposure = [Double](repeating: 1, count: bank.count)
    // The rounds swing around the limit, so the best of them is kept.
    var (best, least) = (rules.exposure, Double.infinity)
    for round in 0...max(1, rounds) {
      let test = try AdaptiveTest(bank: bank, rules: rules)
      let result = AdaptiveSimulation(
        of: test, learners: learners, seed: seed &+ UInt64(round))
      let most = result.exposure.max() ?? 0
      if most < least { (best, least) = (rules.exposure, most) }
      for item in 0..<bank.count {
        // In small steps, because what one item gives up others take.
        let ratio = limit / max(1e-9, result.exposure[item])
        rules.exposure[item] = min(1, rules.exposure[item] * min(1.25, max(0.6, ratio)))
      }
    }
    return best
  }
}
