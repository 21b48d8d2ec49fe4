/// Abilities of learners and difficulties of items that follow answers one by one, after Elo
/// (Pelánek 2016).
///
/// Steps shrink with the number of answers that a rating has seen: 1 / (1 + 0.05 n) is the usual
/// form of the uncertainty function. Ratings are quick to keep up to date and are no estimates with
/// errors: place and certify by a calibrated bank.
public struct EloRatings: Sendable {
  /// How far ratings move.
  public struct Options: Hashable, Sendable {
    /// How far the first answer moves a learner's ability.
    public var learnerStep = 0.4
    /// How far the first answer moves an item's difficulty.
    public var itemStep = 0.4
    /// How fast the steps shrink.
    public var decay = 0.05

    /// Creates options.
    public init() {}
  }

  /// The ability of each learner of the log, in logits.
  public let abilities: [Double]
  /// The difficulty of each item of the log, in logits.
  public let difficulties: [Double]
  /// How many answers each item has.
  public let counts: [Int]
  /// The log-likelihood of the answers as they were predicted one by one.
  public let logLikelihood: Double
  /// The share of answers that were predicted right.
  public let accuracy: Double

  /// Follows the answers of a log, whose skills are taken as items.
  ///
  /// - Parameters:
  ///   - log: The answers, in order of time over all learners.
  ///   - options: How far ratings move.
  /// - Complexity: O(*rows*).
  public init(_ log: PracticeLog, options: Options = Options()) {
    var abilities = [Double](repeating: 0, count: log.learnerCount)
    var difficulties = [Double](repeating: 0, count: log.skills.count)
    var seen = [Int](repeating: 0, count: log.learnerCount)
    var counts = [Int](repeating: 0, count: log.skills.count)
    var (likelihood, hits, all) = (0.0, 0, 0)
    for row in log.answers.indices where log.answers[row] < 2 {
      let (learner, item) = (Int(log.learnerOfRow[row]), Int(log.skillOfRow[row]))
      let isRight = log.answers[row] == 1
      var pair = EloPair(
        ability: abilities[learner], difficulty: difficulties[item],
        learnerStep: options.learnerStep / (1 + options.decay * Double(seen[learner])),
        itemStep: options.itemStep / (1 + options.decay * Double(counts[item])))
      let chance = pair.update(isRight)
      likelihood += PracticeLog.logarithm(isRight ? chance : 1 - chance)
      hits += (chance >= 0.5) == isRight ? 1 : 0
      all += 1
      (abilities[learner], difficulties[item]) = (pair.ability, pair.difficulty)
      seen[learner] += 1
      counts[item] += 1
    }
    self.abilities = abilities
    self.difficulties = difficulties
    self.counts = counts
    logLikelihood = likelihood
    accuracy = all > 0 ? Double(hits) / Double(all) : 0
  }
}
