#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How often a decision by cuts is right, and how often two decisions agree.
///
/// Report it for every mastery rule (AERA, APA and NCME 2014). Accuracy is the share of learners
/// whose decision is that of their true ability; consistency is the share that another form of the
/// test would decide in the same way.
public struct ClassificationAccuracy: Hashable, Sendable {
  /// The share of right decisions.
  public var accuracy: Double
  /// The share of decisions that a second form repeats.
  public var consistency: Double

  /// Cohen's kappa of the two forms, where chance agreement is known.
  public var kappa: Double?

  /// Creates figures.
  init(accuracy: Double, consistency: Double, kappa: Double? = nil) {
    self.accuracy = accuracy
    self.consistency = consistency
    self.kappa = kappa
  }

  /// The distribution of the sum of items at an ability (Lord and Wingersky 1984).
  ///
  /// - Parameters:
  ///   - items: The items.
  ///   - ability: The ability.
  /// - Returns: The probability of each sum from 0 upwards.
  /// - Complexity: O(*items*^2 * *categories*^2).
  public static func sumDistribution(_ items: [CalibratedItem], at ability: Double) -> [Double] {
    var sums = [1.0]
    for item in items {
      let p = item.probabilities(at: ability)
      var next = [Double](repeating: 0, count: sums.count + p.count - 1)
      for (score, probability) in sums.enumerated() {
        for (k, chance) in p.enumerated() { next[score + k] += probability * chance }
      }
      sums = next
    }
    return sums
  }

  /// The ability whose expected sum is a cut; `nil` when no ability between -20 and 20 has it.
  public static func ability(atCut cut: Double, _ items: [CalibratedItem]) -> Double? {
    func miss(_ ability: Double) -> Double {
      items.reduce(0) { $0 + $1.expectedScore(at: ability) } - cut
    }
    guard miss(-20) < 0, miss(20) > 0 else { return nil }
    return RootFinding.root(in: -20...20, miss)
  }

  /// Accuracy and consistency of decisions by the sum of items (Lee 2010).
  ///
  /// - Parameters:
  ///   - items: The items.
  ///   - cuts: The lowest sums of all levels but the first, rising.
  ///   - grid: The distribution of abilities.
  /// - Returns: The figures, or `nil` when a cut has no ability.
  public static func bySums(
    _ items: [CalibratedItem], cuts: [Int], grid: QuadratureGrid
  ) -> ClassificationAccuracy? {
    let abilities = cuts.compactMap { ability(atCut: Double($0), items) }
    guard abilities.count == cuts.count else { return nil }
    return over(grid, abilities) { node in
      let sums = sumDistribution(items, at: node)
      let borders = [0] + cuts + [sums.count]
      return zip(borders, borders.dropFirst()).map { low, high in
        sums[max(0, low)..<max(low, min(high, sums.count))].reduce(0, +)
      }
    }
  }

  /// Accuracy and consistency of decisions by estimates of ability (Rudner 2001, 2005).
  ///
  /// - Parameters:
  ///   - items: The items.
  ///   - cuts: The lowest abilities of all levels but the first, rising.
  ///   - grid: The distribution of abilities.
  public static func byAbility(
    _ items: [CalibratedItem], cuts: [Double], grid: QuadratureGrid
  ) -> ClassificationAccuracy {
    over(grid, cuts) { node in
      let information = items.reduce(0) { $0 + $1.information(at: node) }
      let error = 1 / max(1e-12, information).squareRoot()
      let below =
        [0] + cuts.map { SpecialFunctions.normalCumulative(($0 - node) / error) } + [1]
      return zip(below, below.dropFirst()).map { $1 - $0 }
    }
  }

  /// Sums over abilities of the chances of levels.
  private static func over(
    _ grid: QuadratureGrid, _ cuts: [Double], _ chances: (Double) -> [Double]
  ) -> ClassificationAccuracy {
    var (accuracy, consistency) = (0.0, 0.0)
    var shares = [Double](repeating: 0, count: cuts.count + 1)
    for (node, weight) in zip(grid.nodes, grid.weights) {
      let p = chances(node)
      accuracy += weight * p[cuts.count { $0 <= node }]
      consistency += weight * p.reduce(0) { $0 + $1 * $1 }
      for (level, chance) in p.enumerated() { shares[level] += weight * chance }
    }
    let chance = shares.reduce(0) { $0 + $1 * $1 }
    return ClassificationAccuracy(
      accuracy: accuracy, consistency: consistency,
      kappa: chance < 1 ? (consistency - chance) / (1 - chance) : nil)
  }
}
