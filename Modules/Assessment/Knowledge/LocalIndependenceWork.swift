#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One estimation of a basic local independence model.
///
/// The parameters are one vector: the probabilities of states, the careless rates, the lucky rates.
struct LocalIndependenceWork {
  static let least = 1e-6

  let states: [UInt64]
  let itemCount: Int
  let patterns: [UInt64]
  let counts: [Double]
  let total: Double
  let discrepancy: Double
  /// State after state 1 for each problem in it and 0 for others.
  private let members: [Double]
  /// Pattern after pattern 1 for each state that may stand for it and 0 for others; empty for all.
  private let isNear: [Double]
  private let nearCounts: [Double]
  private var parameters: [Double]

  init(
    structure: KnowledgeStructure, patterns: [UInt64], counts: [Double],
    method: BasicLocalIndependence.Method
  ) {
    states = structure.states
    itemCount = structure.items.count
    self.patterns = patterns
    self.counts = counts
    total = counts.reduce(0, +)
    let itemCount = structure.items.count
    members = structure.states.flatMap { state in
      (0..<itemCount).map { state & (1 << UInt64($0)) != 0 ? 1.0 : 0 }
    }
    var near: [Double] = []
    var nearCounts: [Double] = []
    var distances = 0.0
    for (pattern, count) in zip(patterns, counts) {
      let all = structure.states.map { ($0 ^ pattern).nonzeroBitCount }
      let least = all.min() ?? 0
      distances += count * Double(least)
      nearCounts.append(Double(all.count { $0 == least }))
      if method != .likelihood { near += all.map { $0 == least ? 1.0 : 0 } }
    }
    isNear = near
    self.nearCounts = nearCounts
    discrepancy = distances / max(1e-300, counts.reduce(0, +))
    parameters = [Double](
      repeating: 1 / Double(structure.states.count), count: structure.states.count)
    parameters += [Double](repeating: 0.1, count: 2 * itemCount)
  }

  var statesPart: [Double] { Array(parameters[..<states.count]) }

  var errors: [ProblemErrors] {
    (0..<itemCount).map {
      ProblemErrors(
        careless: parameters[states.count + $0],
        lucky: parameters[states.count + itemCount + $0])
    }
  }

  /// Every pattern goes in equal parts to its nearest states.
  mutating func assignToNearest() {
    var sums = Sums(states: states.count, items: itemCount)
    for index in patterns.indices {
      let start = index * states.count
      let weights = (0..<states.count).map { isNear[start + $0] / nearCounts[index] }
      sums.add(weights, pattern: patterns[index], count: counts[index], members)
    }
    parameters = sums.parameters(total: total, keeping: parameters)
  }

  /// The log-likelihood of the present parameters.
  func logLikelihood() -> Double {
    var sum = 0.0
    for index in patterns.indices {
      let likelihoods = self.likelihoods(patterns[index], parameters)
      var whole = 0.0
      for state in states.indices { whole += parameters[state] * likelihoods[state] }
      sum += counts[index] * log(max(whole, 1e-300))
    }
    return sum
  }

  /// Goes uphill until it is at rest.
  mutating func climb(tolerance: Double, mostSteps: Int) -> (steps: Int, isAtRest: Bool) {
    var steps = 0
    while steps < mostSteps {
      let start = parameters
      let (first, _) = step(start)
      let (second, before) = step(first)
      steps += 2
      let change = zip(first, start).reduce(0) { max($0, abs($1.0 - $1.1)) }
      guard change > tolerance else {
        parameters = second
        return (steps, true)
      }
      let (guess, length) = extrapolated(start, first, second)
      // The step from a guess gives the likelihood at the guess: it is taken when it is no lower.
      if length > 1 {
        let (after, height) = step(guess)
        steps += 1
        if height >= before {
          parameters = after
          continue
        }
      }
      parameters = second
    }
    return (steps, false)
  }

  /// The point that squared extrapolation goes to, within the bounds of parameters.
  private func extrapolated(
    _ start: [Double], _ first: [Double], _ second: [Double]
  ) -> (point: [Double], length: Double) {
    var (r, v) = (0.0, 0.0)
    for index in start.indices {
      let change = first[index] - start[index]
      let bend = second[index] - first[index] - change
      r += change * change
      v += bend * bend
    }
    guard v > 0 else { return (second, 0) }
    let length = (r / v).squareRoot()
    var point = start
    for index in start.indices {
      let change = first[index] - start[index]
      let bend = second[index] - first[index] - change
      let value = start[index] + 2 * length * change + length * length * bend
      let low = index < states.count ? 1e-12 : Self.least
      point[index] = min(1 - Self.least, max(low, value))
    }
    let sum = point[..<states.count].reduce(0, +)
    for index in states.indices { point[index] /= sum }
    return (point, length)
  }

  /// One step of EM, with the log-likelihood before it.
  private func step(_ from: [Double]) -> (parameters: [Double], logLikelihood: Double) {
    var sums = Sums(states: states.count, items: itemCount)
    var height = 0.0
    for index in patterns.indices {
      var weights = likelihoods(patterns[index], from)
      var whole = 0.0
      for state in states.indices {
        weights[state] *= from[state]
        whole += weights[state]
      }
      height += counts[index] * log(max(whole, 1e-300))
      if !isNear.isEmpty {
        let start = index * states.count
        whole = 0
        for state in states.indices {
          weights[state] *= isNear[start + state]
          whole += weights[state]
        }
      }
      guard whole > 0 else { continue }
      for state in states.indices { weights[state] /= whole }
      sums.add(weights, pattern: patterns[index], count: counts[index], members)
    }
    return (sums.parameters(total: total, keeping: from), height)
  }

  /// How probable a pattern is in each state: products for eight problems at a time from tables.
  private func likelihoods(_ pattern: UInt64, _ from: [Double]) -> [Double] {
    let byteCount = (itemCount + 7) / 8
    var table = [Double](repeating: 1, count: 256 * byteCount)
    for byte in 0..<byteCount {
      let start = byte * 256
      for bit in 0..<min(8, itemCount - byte * 8) {
        let item = byte * 8 + bit
        let isRight = pattern & (1 << UInt64(item)) != 0
        let careless = from[states.count + item]
        let lucky = from[states.count + itemCount + item]
        let inside = isRight ? 1 - careless : careless
        let outside = isRight ? lucky : 1 - lucky
        for entry in 0..<(1 << bit) {
          table[start + (1 << bit) + entry] = table[start + entry] * inside
          table[start + entry] *= outside
        }
      }
    }
    return states.map { state in
      var product = 1.0
      for byte in 0..<byteCount {
        product *= table[byte * 256 + Int(truncatingIfNeeded: (state >> UInt64(byte * 8)) & 255)]
      }
      return product
    }
  }

  /// What the parameters are computed from.
  private struct Sums {
    var states: [Double]
    /// For each problem how many are in states with it, and how many of those were wrong.
    var inside: [Double]
    var careless: [Double]
    /// For each problem how many of those in states without it were right.
    var lucky: [Double]
    var weight = 0.0

    init(states: Int, items: Int) {
      self.states = [Double](repeating: 0, count: states)
      inside = [Double](repeating: 0, count: items)
      careless = inside
      lucky = inside
    }

    mutating func add(
      _ weights: [Double], pattern: UInt64, count: Double, _ members: [Double]
    ) {
      let itemCount = inside.count
      var here = [Double](repeating: 0, count: itemCount)
      for state in weights.indices {
        let part = count * weights[state]
        guard part > 0 else { continue }
        states[state] += part
        let start = state * itemCount
        for item in 0..<itemCount { here[item] += part * members[start + item] }
      }
      weight += count
      for item in 0..<itemCount {
        inside[item] += here[item]
        if pattern & (1 << UInt64(item)) != 0 {
          lucky[item] += count - here[item]
        } else {
          careless[item] += here[item]
        }
      }
    }

    /// The parameters; a rate that nothing speaks to stays as it was.
    func parameters(total: Double, keeping old: [Double]) -> [Double] {
      let least = LocalIndependenceWork.least
      var result = states.map { $0 / total }
      for item in inside.indices {
        let rate = inside[item] > 0 ? careless[item] / inside[item] : old[states.count + item]
        result.append(min(1 - least, max(least, rate)))
      }
      for item in inside.indices {
        let outside = weight - inside[item]
        let rate =
          outside > 1e-12 ? lucky[item] / outside : old[states.count + inside.count + item]
        result.append(min(1 - least, max(least, rate)))
      }
      return result
    }
  }
}
