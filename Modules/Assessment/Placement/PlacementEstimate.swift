#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An ability with its uncertainty.
public struct PlacementEstimate: Hashable, Sendable {
  /// The ability in logits.
  public var ability: Double
  /// The standard error in logits; the spread of the posterior for ``AbilityMethod/eap``.
  public var standardError: Double

  /// Creates an estimate.
  public init(ability: Double, standardError: Double) {
    self.ability = ability
    self.standardError = standardError
  }
}

extension AbilityMethod {
  /// Estimates an ability within a range from answers, by search, for few answers at a time.
  ///
  /// After only right or only wrong answers `ml` is the end of the range, with 1/sqrt(information)
  /// there as standard error, which says how little is known; that of `map` is
  /// 1/sqrt(information + 1). Priors are standard normal.
  ///
  /// - Parameters:
  ///   - answers: The items with whether they were right.
  ///   - range: Where the ability lies.
  ///   - nodeCount: How many equally spaced points `eap` uses.
  /// - Returns: The estimate; without answers the prior, or the middle of the range for `ml` and
  ///   `wle` with an infinite error.
  public func estimate(
    _ answers: [(item: LogisticItem, isRight: Bool)], in range: ClosedRange<Double> = -4...4,
    nodeCount: Int = 161
  ) -> PlacementEstimate {
    switch self {
    case .eap: return mean(answers, range, max(3, nodeCount))
    case .ml, .map, .wle: return mode(answers, range)
    }
  }

  private func mean(
    _ answers: [(item: LogisticItem, isRight: Bool)], _ range: ClosedRange<Double>,
    _ nodeCount: Int
  ) -> PlacementEstimate {
    var (sum, first, second) = (0.0, 0.0, 0.0)
    for index in 0..<nodeCount {
      let share = Double(index) / Double(nodeCount - 1)
      let node = range.lowerBound + share * (range.upperBound - range.lowerBound)
      let weight = exp(Self.logLikelihood(answers, node) - 0.5 * node * node)
      sum += weight
      first += weight * node
      second += weight * node * node
    }
    let mean = first / sum
    return PlacementEstimate(
      ability: mean, standardError: max(0, second / sum - mean * mean).squareRoot())
  }

  private func mode(
    _ answers: [(item: LogisticItem, isRight: Bool)], _ range: ClosedRange<Double>
  ) -> PlacementEstimate {
    let hasPrior = self == .map
    guard !answers.isEmpty else {
      let middle = (range.lowerBound + range.upperBound) / 2
      return hasPrior
        ? PlacementEstimate(ability: 0, standardError: 1)
        : PlacementEstimate(ability: middle, standardError: .infinity)
    }
    func loss(_ ability: Double) -> Double {
      let height = Self.logLikelihood(answers, ability)
      guard self == .wle else { return -height + (hasPrior ? 0.5 * ability * ability : 0) }
      let information = answers.reduce(0) { $0 + $1.item.information(at: ability) }
      return -height - 0.5 * log(max(1e-300, information))
    }
    // Likelihoods of guessed items may have several hills, so the highest is found on a grid.
    let step = (range.upperBound - range.lowerBound) / 64
    let nodes = (0...64).map { range.lowerBound + Double($0) * step }
    let losses = nodes.map(loss)
    let best = losses.indices.min { losses[$0] < losses[$1] } ?? 32
    let around = nodes[max(0, best - 1)]...nodes[min(64, best + 1)]
    var ability = RootFinding.minimum(in: around, tolerance: 1e-9, loss)
    for end in [range.lowerBound, range.upperBound] where loss(end) <= loss(ability) {
      ability = end
    }
    let information = answers.reduce(hasPrior ? 1.0 : 0.0) {
      $0 + $1.item.information(at: ability)
    }
    return PlacementEstimate(ability: ability, standardError: 1 / information.squareRoot())
  }

  private static func logLikelihood(
    _ answers: [(item: LogisticItem, isRight: Bool)], _ ability: Double
  ) -> Double {
    var sum = 0.0
    for (item, isRight) in answers {
      let probability = item.probability(at: ability)
      sum += log(max(1e-300, isRight ? probability : 1 - probability))
    }
    return sum
  }
}
