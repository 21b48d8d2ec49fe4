import Domain

/// What a method says about the observations of one target.
struct MethodOutcome {
  /// Whether the method came to a number.
  enum State { case number, notYet, notAssessed }

  var state: State
  var number: Rational?
  /// Intermediate values, in the order in which they were worked out.
  var steps: [Rational]

  static func number(_ number: Rational, steps: [Rational] = []) -> MethodOutcome {
    MethodOutcome(state: .number, number: number, steps: steps)
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
    case .mean:
      return .number(try Exact.mean(values), steps: [try Exact.sum(values)])
    case .meanOfLast(let count):
      let last = Array(values.suffix(count))
      return .number(try Exact.mean(last), steps: [try Exact.sum(last)])
    case .sum: return .number(try Exact.sum(values))
    case .weightedMean(let weights, let others):
      return try weighted(observations, by: weights, others)
    case .median(let middle): return .number(try median(values, middle))
    case .mode(let tie): return .number(mode(values, tie))
    case .newestAgainstOlder(let weight):
      guard values.count > 1 else { return .number(newest) }
      let older = try Exact.mean(Array(values.dropLast()))
      let number = try Exact.add(
        Exact.multiply(weight, newest), Exact.multiply(Exact.subtract(1, weight), older))
      return .number(number, steps: [older])
    case .exponentialDecay(let weight): return try decay(values, weight)
    case .timesAtCut(let least, let count):
      return try counted(Array(values.suffix(count ?? values.count)), least)
    case .streak(let least):
      let row = values.reversed().prefix { $0 >= cutNumber }
      return try counted(row.reversed(), least)
    case .pointsShare: return try pointsShare(observations)
    case .powerLaw(let zero): return try powerLaw(values, zero)
    case .promotion(let rules): return promotion(observations, rules)
    case .counter(let rule): return try counter(values, rule)
    case .knowledgeTracing(let model): return try tracing(values, model)
    }
  }

  private func weighted(
    _ observations: [Observation], by weights: [EvidenceKind: Rational], _ others: Rational
  ) throws(GradingError) -> MethodOutcome {
    var total = Rational.zero
    var weight = Rational.zero
    for observation in observations {
      let own = weights[observation.kind] ?? others
      total = try Exact.add(total, Exact.multiply(own, observation.value))
      weight = try Exact.add(weight, own)
    }
    guard weight > 0 else { return .notAssessed }
    return .number(try Exact.divide(total, weight), steps: [total, weight])
  }

  private func median(
    _ values: [Rational], _ middle: Method.Middle
  ) throws(GradingError) -> Rational {
    let sorted = values.sorted()
    let higher = sorted[sorted.count / 2]
    guard sorted.count.isMultiple(of: 2) else { return higher }
    let lower = sorted[sorted.count / 2 - 1]
    switch middle {
    case .lower: return lower
    case .higher: return higher
    case .mean: return try Exact.mean([lower, higher])
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

  private func decay(
    _ values: [Rational], _ weight: Rational
  ) throws(GradingError) -> MethodOutcome {
    let kept = try Exact.subtract(1, weight)
    var steps: [Rational] = []
    for value in values {
      guard let before = steps.last else {
        steps.append(value)
        continue
      }
      steps.append(
        try Exact.add(Exact.multiply(kept, before), Exact.multiply(weight, value)))
    }
    return .number(steps.last ?? .zero, steps: steps)
  }

  private func counted(
    _ values: [Rational], _ least: Int
  ) throws(GradingError) -> MethodOutcome {
    let reaching = values.filter { $0 >= cutNumber }
    let steps = [Rational(reaching.count)]
    guard reaching.count >= least else {
      return MethodOutcome(state: .notYet, number: nil, steps: steps)
    }
    if scale.hasNumbers { return .number(try Exact.mean(reaching), steps: steps) }
    // Without numbers there is no mean: the lowest level that all of them reach stands.
    return .number(reaching.min() ?? cutNumber, steps: steps)
  }

  private func pointsShare(_ observations: [Observation]) throws(GradingError) -> MethodOutcome {
    let points = observations.compactMap(\.points)
    let earned = try Exact.sum(points.map(\.earned))
    let possible = try Exact.sum(points.map(\.possible))
    guard possible > 0 else { return .notAssessed }
    let number = try Exact.multiply(Exact.divide(earned, possible), 100)
    return .number(number, steps: [earned, possible])
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

  private func counter(
    _ values: [Rational], _ rule: CounterRule
  ) throws(GradingError) -> MethodOutcome {
    var count = rule.floor
    var steps: [Rational] = []
    for value in values {
      if value >= rule.success {
        count = try Exact.add(count, rule.gain)
      } else if let loss = rule.loss {
        count = try Exact.subtract(count, loss)
      } else {
        count = rule.floor
      }
      count = max(count, rule.floor)
      if let ceiling = rule.ceiling { count = min(count, ceiling) }
      steps.append(count)
    }
    return .number(count, steps: steps)
  }
}
