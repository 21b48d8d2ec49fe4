import Domain

/// What a method says about the observations of one target.
struct MethodOutcome {
  /// Whether the method came to a number.
  enum State { case number, notYet, notAssessed }

  var state: State
  var number: BigRational?
  /// Intermediate values, in the order in which they were worked out.
  var steps: [BigRational]

  static func number(_ number: BigRational, steps: [BigRational] = []) -> MethodOutcome {
    MethodOutcome(state: .number, number: number, steps: steps)
  }

  static func number(_ number: Rational, steps: [Rational] = []) -> MethodOutcome {
    .number(BigRational(number), steps: steps.map { BigRational($0) })
  }

  static let notAssessed = MethodOutcome(state: .notAssessed, number: nil, steps: [])
}

extension Policy {
  /// Applies the method to observations, which are never none.
  func outcome(of observations: [Observation]) throws(GradingError) -> MethodOutcome {
    let values = observations.map(\.value)
    guard let newest = values.last, let greatest = values.max() else { return .notAssessed }
    switch method {
    case .latest: return .number(newest)
    case .highest: return .number(greatest)
    case .mean: return mean(values)
    case .meanOfLast(let count): return mean(values.suffix(count))
    case .sum: return .number(BigRational.sum(values))
    case .weightedMean(let weights, let others):
      return weighted(observations, by: weights, others)
    case .median(let middle): return .number(median(values, middle))
    case .mode(let tie): return .number(mode(values, tie))
    case .newestAgainstOlder(let weight):
      guard values.count > 1 else { return .number(newest) }
      let older = BigRational.mean(values.dropLast()) ?? 0
      let own = BigRational(weight)
      return .number(own * BigRational(newest) + (1 - own) * older, steps: [older])
    case .exponentialDecay(let weight): return decay(values, BigRational(weight))
    case .timesAtCut(let least, let count):
      return counted(Array(values.suffix(count ?? values.count)), least)
    case .streak(let least):
      let row = values.reversed().prefix { $0 >= cutNumber }
      return counted(row.reversed(), least)
    case .pointsShare: return pointsShare(observations)
    case .powerLaw(let zero): return try powerLaw(values, zero)
    case .promotion(let rules): return promotion(observations, rules)
    case .counter(let rule): return counter(values, rule)
    case .knowledgeTracing(let model): return try tracing(values, model)
    }
  }

  private func mean(_ values: some Collection<Rational>) -> MethodOutcome {
    guard let mean = BigRational.mean(values) else { return .notAssessed }
    return .number(mean, steps: [BigRational.sum(values)])
  }

  private func weighted(
    _ observations: [Observation], by weights: [EvidenceKind: Rational], _ others: Rational
  ) -> MethodOutcome {
    var total: BigRational = 0
    var weight: BigRational = 0
    for observation in observations {
      let own = BigRational(weights[observation.kind] ?? others)
      total = total + own * BigRational(observation.value)
      weight = weight + own
    }
    guard weight > 0 else { return .notAssessed }
    return .number(total / weight, steps: [total, weight])
  }

  private func median(_ values: [Rational], _ middle: Method.Middle) -> BigRational {
    let sorted = values.sorted()
    let higher = sorted[sorted.count / 2]
    guard sorted.count.isMultiple(of: 2) else { return BigRational(higher) }
    let lower = sorted[sorted.count / 2 - 1]
    switch middle {
    case .lower: return BigRational(lower)
    case .higher: return BigRational(higher)
    case .mean: return (BigRational(lower) + BigRational(higher)) / 2
    }
  }

  private func mode(_ values: [Rational], _ tie: Method.Tie) -> Rational {
    var counts: [Rational: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    let candidates = values.filter { counts[$0] == most }
    switch tie {
    case .highest: return candidates.max() ?? .zero
    case .lowest: return candidates.min() ?? .zero
    case .latest: return candidates.last ?? .zero
    }
  }

  private func decay(_ values: [Rational], _ weight: BigRational) -> MethodOutcome {
    var steps: [BigRational] = []
    for value in values.lazy.map({ BigRational($0) }) {
      guard let before = steps.last else {
        steps.append(value)
        continue
      }
      steps.append((1 - weight) * before + weight * value)
    }
    return .number(steps.last ?? 0, steps: steps)
  }

  private func counted(_ values: [Rational], _ least: Int) -> MethodOutcome {
    let reaching = values.filter { $0 >= cutNumber }
    let steps = [BigRational(reaching.count)]
    guard reaching.count >= least else {
      return MethodOutcome(state: .notYet, number: nil, steps: steps)
    }
    // Without numbers there is no mean: the lowest level that all of them reach stands.
    let number =
      scale.hasNumbers ? BigRational.mean(reaching) : reaching.min().map { BigRational($0) }
    return .number(number ?? BigRational(cutNumber), steps: steps)
  }

  private func pointsShare(_ observations: [Observation]) -> MethodOutcome {
    let points = observations.compactMap(\.points)
    let earned = BigRational.sum(points.map(\.earned))
    let possible = BigRational.sum(points.map(\.possible))
    guard possible > 0 else { return .notAssessed }
    return .number(earned / possible * 100, steps: [earned, possible])
  }

  private func promotion(
    _ observations: [Observation], _ rules: [PromotionRule]
  ) -> MethodOutcome {
    var rank = 0
    var steps: [Rational] = []
    for observation in observations {
      let state = scale.levels[rank].label
      let rule = rules.first { rule in
        (rule.kinds.isEmpty || rule.kinds.contains(observation.kind))
          && (rule.from.isEmpty || rule.from.contains(state))
          && (rule.least.map { observation.value >= $0 } ?? true)
          && (rule.below.map { observation.value < $0 } ?? true)
      }
      switch rule?.move {
      case .to(let level): rank = scale.rank(of: level) ?? rank
      case .by(let count): rank = min(max(rank + count, 0), scale.levels.count - 1)
      case nil: break
      }
      steps.append(number(ofRank: rank))
    }
    return .number(number(ofRank: rank), steps: steps)
  }

  private func counter(_ values: [Rational], _ rule: CounterRule) -> MethodOutcome {
    let floor = BigRational(rule.floor)
    var count = floor
    var steps: [BigRational] = []
    for value in values {
      if value >= rule.success {
        count = count + BigRational(rule.gain)
      } else if let loss = rule.loss {
        count = count - BigRational(loss)
      } else {
        count = floor
      }
      count = max(count, floor)
      if let ceiling = rule.ceiling { count = min(count, BigRational(ceiling)) }
      steps.append(count)
    }
    return .number(count, steps: steps)
  }
}
