import Domain

/// The methods, written a second time.
struct CheckedMethod {
  typealias Answer = (number: Rational?, isNotYet: Bool, steps: [Rational])

  let rule: Node
  let scale: CheckedScale

  init(_ rule: Node, _ scale: CheckedScale) {
    self.rule = rule
    self.scale = scale
  }

  func answer(_ items: [CheckedTarget.Item]) throws(TraceCheckerError) -> Answer {
    let values = items.map(\.value)
    guard let newest = values.last, let greatest = values.max() else { return (nil, false, []) }
    switch try rule.need("name").text().text {
    case "latest": return (newest, false, [])
    case "highest": return (greatest, false, [])
    case "mean": return try mean(values)
    case "mean_of_last": return try mean(values.suffix(rule.need("count").count()))
    case "sum": return (try total(values), false, [])
    case "weighted_mean": return try weighted(items)
    case "median": return (try median(values.sorted()), false, [])
    case "mode": return (try mode(values), false, [])
    case "newest_against_older":
      guard values.count > 1 else { return (newest, false, []) }
      let older = try calculate(total(values.dropLast()), "/", Rational(values.count - 1))
      return (try blend(older, newest), false, [older])
    case "exponential_decay":
      var steps = [values[0]]
      for value in values.dropFirst() { steps.append(try blend(steps[steps.count - 1], value)) }
      return (steps[steps.count - 1], false, steps)
    case "times_at_cut":
      return try counted(values.suffix(rule["of"]?.count() ?? values.count))
    case "streak": return try counted(values.reversed().prefix { $0 >= cut }.reversed())
    case "points_share":
      let earned = try total(items.compactMap { $0.points?.earned })
      let possible = try total(items.compactMap { $0.points?.possible })
      guard possible > 0 else { return (nil, false, []) }
      let share = try calculate(earned, "/", possible)
      return (try calculate(share, "*", 100), false, [earned, possible])
    case "power_law": return try powerLaw(values)
    case "promotion": return try promotion(items)
    case "counter": return try counter(values)
    case "knowledge_tracing": return try tracing(values)
    default: throw rule.malformed("a method that is known")
    }
  }

  private var cut: Rational { scale.numbers[scale.cut] }

  private func mean(_ values: [Rational]) throws(TraceCheckerError) -> Answer {
    let sum = try total(values)
    return (try calculate(sum, "/", Rational(values.count)), false, [sum])
  }

  private func blend(_ old: Rational, _ new: Rational) throws(TraceCheckerError) -> Rational {
    let weight = try rule.need("weight").number()
    let kept = try calculate(calculate(1, "-", weight), "*", old)
    let added = try calculate(weight, "*", new)
    let isOldFirst = rule["name"]?.value == "exponential_decay"
    return try calculate(isOldFirst ? kept : added, "+", isOldFirst ? added : kept)
  }

  private func weighted(_ items: [CheckedTarget.Item]) throws(TraceCheckerError) -> Answer {
    let others = try rule.need("others").number()
    var sum = Rational.zero
    var weight = Rational.zero
    for item in items {
      let named = rule["weights"]?[item.kind]
      let own = try named?.number() ?? others
      sum = try calculate(sum, "+", calculate(own, "*", item.value))
      weight = try calculate(weight, "+", own)
    }
    guard weight > 0 else { return (nil, false, []) }
    return (try calculate(sum, "/", weight), false, [sum, weight])
  }

  private func median(_ sorted: [Rational]) throws(TraceCheckerError) -> Rational {
    let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
    switch try rule.need("middle").text().text {
    case "lower": return low
    case "higher": return high
    default: return try calculate(calculate(low, "+", high), "/", 2)
    }
  }

  private func mode(_ values: [Rational]) throws(TraceCheckerError) -> Rational {
    let counts = values.map { value in values.count { $0 == value } }
    let most = counts.max() ?? 0
    let often = values.indices.filter { counts[$0] == most }.map { values[$0] }
    switch try rule.need("tie").text().text {
    case "highest": return often.max() ?? .zero
    case "lowest": return often.min() ?? .zero
    default: return often.last ?? .zero
    }
  }

  private func counted(_ values: [Rational]) throws(TraceCheckerError) -> Answer {
    let good = values.filter { $0 >= cut }
    let steps = [Rational(good.count)]
    guard good.count >= (try rule.need("least").count()) else { return (nil, true, steps) }
    if !scale.hasNumbers { return (good.min(), false, steps) }
    return (try mean(good).number, false, steps)
  }

  private func promotion(_ items: [CheckedTarget.Item]) throws(TraceCheckerError) -> Answer {
    var rank = 0
    var steps: [Rational] = []
    for item in items {
      for rule in try rule.need("rules").items {
        if let kinds = rule["kinds"], !kinds.words.contains(item.kind) { continue }
        if let from = rule["from"], !from.words.contains(scale.labels[rank]) { continue }
        if let least = try rule["least"]?.number(), item.value < least { continue }
        if let below = try rule["below"]?.number(), item.value >= below { continue }
        if let by = try rule["by"]?.count() {
          rank = max(0, min(scale.labels.count - 1, rank + by))
        } else {
          rank = scale.rank(try rule.need("to").text()) ?? rank
        }
        break
      }
      steps.append(scale.numbers[rank])
    }
    return (scale.numbers[rank], false, steps)
  }

  private func counter(_ values: [Rational]) throws(TraceCheckerError) -> Answer {
    let floor = try rule.need("floor").number()
    var steps: [Rational] = []
    for value in values {
      let before = steps.last ?? floor
      var after = floor
      if value >= (try rule.need("success").number()) {
        after = try calculate(before, "+", rule.need("gain").number())
      } else if let loss = try rule["loss"]?.number() {
        after = try calculate(before, "-", loss)
      }
      after = max(after, floor)
      if let ceiling = try rule["ceiling"]?.number() { after = min(after, ceiling) }
      steps.append(after)
    }
    return (steps.last, false, steps)
  }

  private func powerLaw(_ values: [Rational]) throws(TraceCheckerError) -> Answer {
    let zero = try rule["zero"]?.number()
    let scores = values.compactMap { $0 > 0 ? $0 : zero }
    guard scores.count > 1 else { return (scores.last, false, []) }
    let n = Double(scores.count)
    let xs = scores.indices.map { PortableMath.logarithm(Double($0 + 1)) }
    let ys = scores.map { PortableMath.logarithm($0.approximateDouble) }
    let (x, y) = (xs.reduce(0, +), ys.reduce(0, +))
    let xx = xs.reduce(0) { $0 + $1 * $1 }
    let xy = zip(xs, ys).reduce(0) { $0 + $1.0 * $1.1 }
    let slope = (n * xy - x * y) / (n * xx - x * x)
    let start = (y - slope * x) / n
    let end = PortableMath.exponential(start + slope * xs[xs.count - 1])
    return (Rational(rounding: end), false, [start, slope].compactMap { Rational(rounding: $0) })
  }

  private func tracing(_ values: [Rational]) throws(TraceCheckerError) -> Answer {
    func parameter(_ name: Identifier) throws(TraceCheckerError) -> Double {
      try rule.need(name).number().approximateDouble
    }
    let (slip, guess) = (try parameter("slip"), try parameter("guess"))
    let (learn, forget) = (try parameter("learn"), try parameter("forget"))
    var p = try parameter("prior")
    var steps: [Rational] = []
    for value in values {
      if !steps.isEmpty { p = p * (1 - forget) + (1 - p) * learn }
      let isRight = value >= (try rule.need("success").number())
      let (yes, no) = (p * (isRight ? 1 - slip : slip), (1 - p) * (isRight ? guess : 1 - guess))
      if yes + no > 0 { p = yes / (yes + no) }
      steps.append(Rational(rounding: p) ?? .zero)
    }
    return (steps.last, false, steps)
  }
}
