import Domain

/// The methods, written a second time.
extension TraceCheck {
  /// A number and the steps to it; steps without a number say "not yet", neither "not assessed".
  typealias Answer = (number: Number?, steps: [Number])

  func answer(_ items: [Item]) throws -> Answer {
    let values = items.map(\.value)
    let sorted = values.sorted()
    guard let newest = values.last else { return (nil, []) }
    switch try method.need("name").text().text {
    case "latest": return (newest, [])
    case "highest": return (sorted.last, [])
    case "sum": return (Number.sum(values), [])
    case "mean", "mean_of_last":
      let last = values.suffix(max(0, try method["count"]?.count() ?? .max))
      return (Number.mean(last), [Number.sum(last)])
    case "median":
      let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
      let middle = try method.need("middle").text()
      return (middle == "lower" ? low : middle == "higher" ? high : (low + high) / 2, [])
    case "mode":
      let tie = try method.need("tie").text()
      let order = tie == "latest" ? values : tie == "lowest" ? sorted.reversed() : sorted
      let counts = order.map { value in values.count { $0 == value } }
      return (counts.lastIndex(of: counts.max() ?? 0).map { order[$0] }, [])
    case "newest_against_older":
      let (older, weight) = (Number.mean(values.dropLast()), try number("weight"))
      let number = older.map { weight * newest + (1 - weight) * $0 }
      return (number ?? newest, older.map { [$0] } ?? [])
    case "exponential_decay":
      let w = try number("weight")
      return chain(items) { a, s in a.map { (1 - w) * $0 + w * s.value } ?? s.value }
    case "times_at_cut": return try counted(values.suffix(max(0, method["of"]?.count() ?? .max)))
    case "streak": return try counted(values.reversed().prefix { $0 >= cut }.reversed())
    case "weighted_mean":
      let w = try items.map { try (method["weights"]?[$0.kind] ?? method.need("others")).number() }
      return share(zip(w, values).map { $0 * $1 }, of: w)
    case "points_share":
      let points = items.compactMap(\.points)
      return share(points.map(\.earned), of: points.map(\.possible), times: 100)
    case "power_law":
      let zero = try method["zero"]?.number()
      return powerLaw(values.compactMap { $0 > 0 ? $0 : zero }.filter { $0 > 0 })
    case "promotion": return try chain(items, promoted)
    case "counter": return try chain(items, counted)
    case "knowledge_tracing": return try tracing(items)
    default: throw method.malformed("a method that is known")
    }
  }

  private func number(_ name: Identifier) throws -> Number { try method.need(name).number() }

  /// What becomes of a state, observation after observation.
  private func chain(_ items: [Item], _ next: (Number?, Item) throws -> Number) rethrows -> Answer {
    let steps = try items.reduce(into: []) { $0.append(try next($0.last, $1)) }
    return (steps.last, steps)
  }

  private func share(_ parts: [Number], of wholes: [Number], times factor: Number = 1) -> Answer {
    let (part, whole) = (Number.sum(parts), Number.sum(wholes))
    return whole > 0 ? (part / whole * factor, [part, whole]) : (nil, [])
  }

  private func counted(_ values: some Collection<Number>) throws -> Answer {
    let good = values.filter { $0 >= cut }
    let isEnough = try !good.isEmpty && good.count >= method.need("least").count()
    let number = scale.hasNumbers ? Number.mean(good) : good.min()
    return (isEnough ? number : nil, [Number(good.count)])
  }

  private func promoted(_ before: Number?, _ item: Item) throws -> Number {
    let rank = scale.numbers.firstIndex { $0 == before } ?? 0
    let move = try method.need("rules").items.first { rule in
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

  private func counted(_ before: Number?, _ item: Item) throws -> Number {
    let floor = try number("floor")
    let isSuccess = try item.value >= number("success")
    let step = try isSuccess ? number("gain") : method["loss"].map { -(try $0.number()) }
    let after = max(floor, step.map { (before ?? floor) + $0 } ?? floor)
    return min(after, try method["ceiling"]?.number() ?? after)
  }

  private func powerLaw(_ scores: [Number]) -> Answer {
    guard scores.count > 1 else { return (scores.last, []) }
    let xs = scores.indices.map { PortableMath.logarithm(Double($0 + 1)) }
    let ys = scores.map { PortableMath.logarithm($0.binary) }
    let (start, slope) = PortableMath.line(through: zip(xs, ys).map { (x: $0, y: $1) })
    let end = PortableMath.exponential(start + slope * xs[xs.count - 1])
    return (Number(rounding: end), [start, slope].compactMap { Number(rounding: $0) })
  }

  private func tracing(_ items: [Item]) throws -> Answer {
    let model = try ["prior", "learn", "forget", "guess", "slip"].map { try number($0).binary }
    let success = try number("success")
    let steps: [Double] = items.reduce(into: []) { steps, item in
      let p = steps.last.map { $0 * (1 - model[2]) + (1 - $0) * model[1] } ?? model[0]
      let isRight = item.value >= success
      let yes = p * (isRight ? 1 - model[4] : model[4])
      let no = (1 - p) * (isRight ? model[3] : 1 - model[3])
      steps.append(yes + no > 0 ? yes / (yes + no) : p)
    }
    let exact = steps.compactMap { Number(rounding: $0) }
    return (exact.last, exact)
  }
}
