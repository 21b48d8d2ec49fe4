import Domain

/// The methods, written a second time.
struct CheckedMethod {
  typealias Item = CheckedTarget.Item

  /// What a method says.
  struct Answer {
    var number: BigRational?
    var isNotYet = false
    var steps: [BigRational] = []
  }

  let rule: DocumentNode
  let scale: ProficiencyScale

  func answer(_ items: [Item]) throws -> Answer {
    let values = items.map(\.value)
    let sorted = values.sorted()
    guard let newest = values.last else { return Answer() }
    switch try rule.need("name").text().text {
    case "latest": return Answer(number: newest)
    case "highest": return Answer(number: sorted.last)
    case "sum": return Answer(number: BigRational.sum(values))
    case "mean": return mean(values)
    case "mean_of_last": return mean(values.suffix(max(0, try rule.need("count").count())))
    case "median":
      let middle = [sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2]]
      let kept = ["lower": middle[0], "higher": middle[1]][try rule.need("middle").text()]
      return Answer(number: kept ?? BigRational.mean(middle))
    case "mode":
      let tie = try rule.need("tie").text()
      let order = tie == "latest" ? values : tie == "lowest" ? sorted.reversed() : sorted
      let counts = order.map { value in values.count { $0 == value } }
      return Answer(number: counts.lastIndex(of: counts.max() ?? 0).map { order[$0] })
    case "newest_against_older":
      let (older, weight) = (BigRational.mean(values.dropLast()), try rule.need("weight").number())
      let number = older.map { weight * newest + (1 - weight) * $0 } ?? newest
      return Answer(number: number, steps: older.map { [$0] } ?? [])
    case "exponential_decay":
      let weight = try rule.need("weight").number()
      return following(items) { before, item in
        before.map { (1 - weight) * $0 + weight * item.value } ?? item.value
      }
    case "times_at_cut": return try counted(values.suffix(max(0, rule["of"]?.count() ?? .max)))
    case "streak": return try counted(values.reversed().prefix { $0 >= cut }.reversed())
    case "weighted_mean":
      let weights = try items.map { item in
        try (rule["weights"]?[item.kind] ?? rule.need("others")).number()
      }
      return share(zip(weights, values).map { $0 * $1 }, of: weights)
    case "points_share":
      let points = items.compactMap(\.points)
      return share(points.map(\.earned), of: points.map(\.possible), times: 100)
    case "power_law":
      let zero = try rule["zero"]?.number()
      return powerLaw(values.compactMap { $0 > 0 ? $0 : zero }.filter { $0 > 0 })
    case "promotion": return try following(items, promoted)
    case "counter": return try following(items, counted)
    case "knowledge_tracing": return try tracing(items)
    default: throw rule.malformed("a method that is known")
    }
  }

  private var cut: BigRational { scale.numbers[scale.masteryRank] }

  /// What becomes of a state, observation after observation.
  private func following(
    _ items: [Item], _ next: (BigRational?, Item) throws -> BigRational
  ) rethrows -> Answer {
    let steps = try items.reduce(into: []) { $0.append(try next($0.last, $1)) }
    return Answer(number: steps.last, steps: steps)
  }

  private func mean(_ values: some Collection<BigRational>) -> Answer {
    Answer(number: BigRational.mean(values), steps: [BigRational.sum(values)])
  }

  private func share(
    _ parts: [BigRational], of wholes: [BigRational], times factor: BigRational = 1
  ) -> Answer {
    let (part, whole) = (BigRational.sum(parts), BigRational.sum(wholes))
    return whole > 0 ? Answer(number: part / whole * factor, steps: [part, whole]) : Answer()
  }

  private func counted(_ values: some Collection<BigRational>) throws -> Answer {
    let good = values.filter { $0 >= cut }
    let steps = [BigRational(good.count)]
    guard !good.isEmpty, good.count >= (try rule.need("least").count()) else {
      return Answer(isNotYet: true, steps: steps)
    }
    return Answer(number: scale.hasNumbers ? BigRational.mean(good) : good.min(), steps: steps)
  }

  private func promoted(_ before: BigRational?, _ item: Item) throws -> BigRational {
    let rank = scale.numbers.firstIndex { $0 == before } ?? 0
    let move = try rule.need("rules").items.first { rule in
      try rule["kinds"]?.words.contains(item.kind) ?? true
        && rule["from"]?.words.contains(scale.levels[rank].label) ?? true
        && rule["least"]?.number() ?? item.value <= item.value
        && rule["below"].map { try item.value < $0.number() } ?? true
    }
    if let by = try move?["by"]?.count() {
      return scale.numbers[rank + min(max(by, -rank), scale.levels.count - 1 - rank)]
    }
    return try move.flatMap { scale.number(of: try $0.need("to").text()) } ?? scale.numbers[rank]
  }

  private func counted(_ before: BigRational?, _ item: Item) throws -> BigRational {
    let floor = try rule.need("floor").number()
    let isSuccess = item.value >= (try rule.need("success").number())
    let step = try isSuccess ? rule.need("gain").number() : rule["loss"].map { -(try $0.number()) }
    let after = max(floor, step.map { (before ?? floor) + $0 } ?? floor)
    return min(after, try rule["ceiling"]?.number() ?? after)
  }

  private func powerLaw(_ scores: [BigRational]) -> Answer {
    guard scores.count > 1 else { return Answer(number: scores.last) }
    let xs = scores.indices.map { PortableMath.logarithm(Double($0 + 1)) }
    let ys = scores.map { PortableMath.logarithm($0.rational?.approximateDouble ?? .nan) }
    let (start, slope) = PortableMath.line(through: zip(xs, ys).map { (x: $0, y: $1) })
    let end = PortableMath.exponential(start + slope * xs[xs.count - 1])
    let numbers = [end, start, slope].map { Rational(rounding: $0).map { BigRational($0) } }
    return Answer(number: numbers[0], steps: numbers[1...].compactMap { $0 })
  }

  private func tracing(_ items: [Item]) throws -> Answer {
    let names: [Identifier] = ["prior", "learn", "forget", "guess", "slip"]
    let model = try names.map { try rule.need($0).number().rational?.approximateDouble ?? .nan }
    let success = try rule.need("success").number()
    var known: Double?
    return following(items) { _, item in
      var p = known.map { $0 * (1 - model[2]) + (1 - $0) * model[1] } ?? model[0]
      let isRight = item.value >= success
      let yes = p * (isRight ? 1 - model[4] : model[4])
      let no = (1 - p) * (isRight ? model[3] : 1 - model[3])
      if yes + no > 0 { p = yes / (yes + no) }
      known = p
      return BigRational(Rational(rounding: p) ?? 0)
    }
  }
}
