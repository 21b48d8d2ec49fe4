#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One learner's way through an adaptive test.
public struct AdaptiveSession: Sendable {
  /// Why a test ended.
  public enum Ending: String, Hashable, Sendable {
    /// The standard error is small enough.
    case standardError = "standard_error"
    /// The most items were asked.
    case length
    /// No item is left that the rules allow.
    case exhausted
  }

  /// One answer and what was known after it.
  public struct Step: Hashable, Sendable {
    /// The position of the item in the bank.
    public var item: Int
    /// Its information at the estimate by which it was chosen.
    public var information: Double
    /// Whether the answer was right.
    public var isRight: Bool
    /// What was known after the answer.
    public var estimate: PlacementEstimate
  }

  /// The test.
  public let test: AdaptiveTest
  /// The answers so far.
  public private(set) var steps: [Step] = []
  /// What is known now.
  public private(set) var estimate: PlacementEstimate
  /// How probable each point of the test's grid is; adds up to 1.
  private(set) var posterior: [Double]
  private var generator: SeededGenerator
  private var isAsked: [Bool]
  /// Items that exposure control has passed over, for good: a second chance would add to the first.
  private var isPassedOver: [Bool]
  private var areaCounts: [Int]
  private var usedEnemies: Set<Int> = []

  init(_ test: AdaptiveTest, _ generator: SeededGenerator) {
    self.test = test
    self.generator = generator
    posterior = test.prior
    isAsked = [Bool](repeating: false, count: test.bank.count)
    isPassedOver = isAsked
    areaCounts = [Int](repeating: 0, count: test.bounds.count)
    estimate = PlacementEstimate(ability: test.rules.start, standardError: .infinity)
    steps.reserveCapacity(test.rules.maximumCount)
  }

  /// Why the test ended, or `nil` while it goes on.
  public var ending: Ending? {
    let rules = test.rules
    if steps.count >= rules.maximumCount { return .length }
    if let most = rules.standardError, steps.count >= rules.minimumCount, !steps.isEmpty,
      estimate.standardError <= most
    {
      return .standardError
    }
    if case .fixed(let positions) = rules.form, !positions.contains(where: { !isAsked[$0] }) {
      return .exhausted
    }
    return hasItems ? nil : .exhausted
  }

  private var hasItems: Bool {
    // With a count below the bank's and no bounds there is always an item; else one is looked for.
    if steps.count < test.bank.count, test.rules.content.isEmpty, usedEnemies.isEmpty {
      return true
    }
    return test.bank.entries.indices.contains(where: isAllowed)
  }

  /// The item to ask next, or `nil` when the test has ended.
  ///
  /// Nothing is asked twice. Rules with chance draw anew at each call, so call it once per answer.
  ///
  /// - Returns: The position of the item in the bank.
  public mutating func nextItem() -> Int? {
    guard ending == nil else { return nil }
    if case .fixed(let positions) = test.rules.form {
      return positions.first { !isAsked[$0] }
    }
    let wanted = test.rules.exposure.isEmpty ? test.rules.randomAmong : .max
    let best: [Int]
    if case .shadow = test.rules.form {
      best = shadowItems()
    } else if case .information = test.rules.selection {
      best = wanted == 1 ? mostInformative().map { [$0] } ?? [] : ranked(limit: wanted)
    } else {
      best = ranked(limit: wanted)
    }
    return draw(among: best)
  }

  /// Takes an answer.
  ///
  /// - Parameters:
  ///   - item: The position of the item in the bank; an item that was asked already is ignored.
  ///   - isRight: Whether the answer was right.
  public mutating func record(_ item: Int, isRight: Bool) {
    guard isAsked.indices.contains(item), !isAsked[item] else { return }
    let information = test.bank.entries[item].item.information(at: estimate.ability)
    isAsked[item] = true
    areaCounts[test.areas[item]] += 1
    if test.enemies[item] >= 0 { usedEnemies.insert(test.enemies[item]) }
    let mean = updatePosterior(item, isRight)
    steps.append(Step(item: item, information: information, isRight: isRight, estimate: mean))
    if test.rules.estimator == .eap {
      estimate = mean
    } else {
      estimate = test.rules.estimator.estimate(
        steps.map { (test.bank.entries[$0.item].item, $0.isRight) }, in: test.rules.range)
      steps[steps.count - 1].estimate = estimate
    }
  }

  private mutating func updatePosterior(_ item: Int, _ isRight: Bool) -> PlacementEstimate {
    let count = test.nodes.count
    let start = item * count
    var (sum, first, second) = (0.0, 0.0, 0.0)
    for node in 0..<count {
      let probability = test.right[start + node]
      let weight = posterior[node] * (isRight ? probability : 1 - probability)
      posterior[node] = weight
      let ability = test.nodes[node]
      sum += weight
      first += weight * ability
      second += weight * ability * ability
    }
    // A sum of zero would need answers that are impossible at every point.
    guard sum > 0 else { return estimate }
    let scale = 1 / sum
    for node in 0..<count { posterior[node] *= scale }
    let mean = first * scale
    let variance = max(0, second * scale - mean * mean)
    return PlacementEstimate(ability: mean, standardError: variance.squareRoot())
  }

  /// Whether an item may be asked now without making the bounds impossible.
  private func isAllowed(_ item: Int) -> Bool {
    guard !isAsked[item] else { return false }
    let enemies = test.enemies[item]
    guard enemies < 0 || !usedEnemies.contains(enemies) else { return false }
    guard !test.rules.content.isEmpty else { return true }
    let area = test.areas[item]
    guard areaCounts[area] < test.bounds[area].upperBound else { return false }
    var owed = 0
    for other in test.bounds.indices {
      owed += max(0, test.bounds[other].lowerBound - areaCounts[other] - (other == area ? 1 : 0))
    }
    return owed <= test.rules.maximumCount - steps.count - 1
  }

  /// The most informative allowed item; ties go to the lower position.
  private func mostInformative() -> Int? {
    let start = test.cells.start(of: estimate.ability)
    var best: Int?
    var most = -1.0
    for place in start..<start + test.cells.size {
      guard test.cells.limits[place] >= most else { break }
      let item = Int(test.cells.items[place])
      guard isAllowed(item) else { continue }
      let information = test.bank.entries[item].item.information(at: estimate.ability)
      if information > most || (information == most && item < best ?? .max) {
        (best, most) = (item, information)
      }
    }
    return best
  }

  /// The best allowed items, best first.
  private func ranked(limit: Int) -> [Int] {
    let values = self.values()
    let order = test.bank.entries.indices.filter(isAllowed).sorted {
      values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1
    }
    return Array(order.prefix(limit))
  }

  private func shadowItems() -> [Int] {
    let count = min(test.rules.maximumCount, test.bank.usableCount)
    guard
      let assembly = try? FormAssembly(
        bank: test.bank, count: count, content: test.rules.content),
      let form = try? assembly.form(byValue: values(), asked: steps.map(\.item))
    else { return ranked(limit: .max) }
    return form.filter { !isAsked[$0] }
  }

  /// What each item of the bank is worth now.
  private func values() -> [Double] {
    let ability = estimate.ability
    switch test.rules.selection {
    case .information: return test.bank.entries.map { $0.item.information(at: ability) }
    case .kullbackLeibler: return divergences()
    case .stratified(let layers):
      let layer = min(layers - 1, steps.count * layers / test.rules.maximumCount)
      return test.bank.entries.indices.map { item in
        let distance = abs(test.bank.entries[item].item.difficulty - ability)
        return -distance - 1_000 * Double(abs(test.layers[item] - layer))
      }
    }
  }

  /// For each item the mean over the posterior of the divergence between its answers at the
  /// estimate and at the ability.
  private func divergences() -> [Double] {
    let count = test.nodes.count
    return test.bank.entries.indices.map { item in
      let here = test.bank.entries[item].item.probability(at: estimate.ability)
      guard here > 0, here < 1 else { return 0 }
      var sum = 0.0
      for node in 0..<count {
        let there = min(1 - 1e-15, max(1e-15, test.right[item * count + node]))
        sum +=
          posterior[node]
          * (here * log(here / there) + (1 - here) * log((1 - here) / (1 - there)))
      }
      return sum
    }
  }

  /// Draws an item: each is passed over as often as its exposure says, then one of the best.
  private mutating func draw(among best: [Int]) -> Int? {
    var left: [Int] = []
    if test.rules.exposure.isEmpty {
      left = Array(best.prefix(test.rules.randomAmong))
    } else {
      for item in best where !isPassedOver[item] && left.count < test.rules.randomAmong {
        if generator.uniform() < test.rules.exposure[item] {
          left.append(item)
        } else {
          isPassedOver[item] = true
        }
      }
      // A test that would end for want of items takes the best of those that were passed over.
      if left.isEmpty { left = Array(best.prefix(1)) }
    }
    guard let first = left.first else { return nil }
    return left.count > 1 ? left[generator.below(left.count)] : first
  }
}
