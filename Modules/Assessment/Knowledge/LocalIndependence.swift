#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The basic local independence model: probabilities of states, careless errors and lucky guesses
/// from answers (Falmagne and Doignon 1988; Heller and Wickelmaier 2013).
public struct LocalIndependence: Sendable {
  /// How rates are estimated.
  public enum Method: String, Hashable, Sendable {
    /// By maximum likelihood (EM); rates may be weakly identified.
    case maximumLikelihood = "ML"
    /// By the nearest states: a closed form.
    case minimumDiscrepancy = "MD"
    /// By maximum likelihood among the nearest states.
    case combined = "MDML"
  }

  /// For each item the probability of a careless error.
  public let careless: [Double]
  /// For each item the probability of a lucky guess.
  public let lucky: [Double]
  /// The probability of each state, in the order of the structure.
  public let states: [Double]
  /// The log-likelihood.
  public let logLikelihood: Double
  /// The mean number of items by which answers differ from the nearest state.
  public let discrepancy: Double
  /// How many steps it took.
  public let steps: Int
  /// What is remarkable.
  public let findings: [Finding]

  /// Estimates the model.
  ///
  /// - Parameters:
  ///   - structure: The structure.
  ///   - patterns: Right answers as bits.
  ///   - frequencies: How many learners gave each pattern.
  ///   - method: How rates are estimated.
  ///   - mostSteps: The most steps.
  ///   - tolerance: The change of any parameter below which it stops.
  /// - Throws: ``AssessmentError`` when there are no answers or lists do not fit.
  /// - Complexity: O(*patterns* * *states*) for each step.
  public init(
    _ structure: KnowledgeStructure, patterns: [UInt64], frequencies: [Double],
    method: Method = .maximumLikelihood, mostSteps: Int = 10_000, tolerance: Double = 1e-7
  ) throws(AssessmentError) {
    guard patterns.count == frequencies.count, frequencies.reduce(0, +) > 0,
      frequencies.allSatisfy({ $0 >= 0 && $0.isFinite })
    else {
      throw AssessmentError(.shape, "Each pattern needs a frequency, and one is above 0.")
    }
    var run = LocalRun(
      structure, patterns, frequencies, isNearestOnly: method != .maximumLikelihood)
    let most = method == .minimumDiscrepancy ? 1 : mostSteps
    var isAtRest = method == .minimumDiscrepancy
    while run.steps < most {
      let change = run.step(isEven: method == .minimumDiscrepancy)
      if change < tolerance {
        isAtRest = true
        break
      }
    }
    careless = run.careless
    lucky = run.lucky
    states = run.states
    logLikelihood = run.likelihood
    discrepancy = run.discrepancy
    steps = run.steps
    var findings: [Finding] = []
    if !isAtRest {
      findings.append(Finding(.notConverged, nil, "rates still changed after \(run.steps) steps"))
    }
    for item in 0..<structure.itemCount where careless[item] + lucky[item] >= 1 {
      findings.append(
        Finding(
          .degenerate, "\(item)",
          "careless errors and lucky guesses add up to 1 or more; the item does not belong where "
            + "it is in the structure"))
    }
    self.findings = findings
  }
}

/// The steps of a ``LocalIndependence``.
private struct LocalRun {
  private static let least = 1e-6
  private let structure: KnowledgeStructure
  private let patterns: [UInt64]
  private let frequencies: [Double]
  private let total: Double
  /// For each pattern the states that may have made it.
  private let candidates: [[Int32]]
  private(set) var careless: [Double]
  private(set) var lucky: [Double]
  private(set) var states: [Double]
  private(set) var steps = 0
  let discrepancy: Double

  init(
    _ structure: KnowledgeStructure, _ patterns: [UInt64], _ frequencies: [Double],
    isNearestOnly: Bool
  ) {
    self.structure = structure
    self.patterns = patterns
    self.frequencies = frequencies
    total = frequencies.reduce(0, +)
    var candidates: [[Int32]] = []
    var sum = 0.0
    for (pattern, frequency) in zip(patterns, frequencies) {
      let distances = structure.states.map { ($0 ^ pattern).nonzeroBitCount }
      let least = distances.min() ?? 0
      sum += frequency * Double(least)
      candidates.append(
        isNearestOnly
          ? distances.indices.filter { distances[$0] == least }.map { Int32($0) } : [])
    }
    discrepancy = sum / total
    self.candidates = candidates
    careless = [Double](repeating: 0.1, count: structure.itemCount)
    lucky = careless
    states = [Double](
      repeating: 1 / Double(structure.states.count), count: structure.states.count)
  }

  /// For each state and pattern the likelihood is a product over items; as a sum of logs it is a
  /// constant of the state and one number for each right answer.
  private func logTables() -> (base: [Double], gain: (known: [Double], unknown: [Double])) {
    let known = careless.map { log((1 - $0) / $0) }
    let unknown = lucky.map { log($0 / (1 - $0)) }
    let missed = careless.map { log($0) }
    let left = lucky.map { log(1 - $0) }
    let base = structure.states.map { state -> Double in
      var sum = 0.0
      for item in 0..<structure.itemCount {
        sum += state >> UInt64(item) & 1 == 1 ? missed[item] : left[item]
      }
      return sum
    }
    return (base, (known, unknown))
  }

  /// The log-likelihood of a pattern in a state.
  @inline(__always)
  private func gain(
    _ state: UInt64, _ pattern: UInt64, _ known: [Double], _ unknown: [Double]
  ) -> Double {
    var sum = 0.0
    var both = state & pattern
    while both != 0 {
      sum += known[both.trailingZeroBitCount]
      both &= both - 1
    }
    var guessed = pattern & ~state
    while guessed != 0 {
      sum += unknown[guessed.trailingZeroBitCount]
      guessed &= guessed - 1
    }
    return sum
  }

  /// One step; the largest change of a parameter.
  mutating func step(isEven: Bool) -> Double {
    steps += 1
    let count = structure.itemCount
    let (base, (known, unknown)) = logTables()
    var sums = [Double](repeating: 0, count: structure.states.count)
    var (inState, slipped) = (
      [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    var guessed = inState
    var shares = [Double](repeating: 0, count: structure.states.count)
    for (place, pattern) in patterns.enumerated() where frequencies[place] > 0 {
      let chosen = candidates[place]
      var all = 0.0
      if isEven {
        for state in chosen { shares[Int(state)] = 1 }
        all = Double(chosen.count)
      } else if chosen.isEmpty {
        for state in states.indices {
          shares[state] =
            states[state]
            * exp(base[state] + gain(structure.states[state], pattern, known, unknown))
          all += shares[state]
        }
      } else {
        for state in chosen.lazy.map({ Int($0) }) {
          shares[state] =
            states[state]
            * exp(base[state] + gain(structure.states[state], pattern, known, unknown))
          all += shares[state]
        }
      }
      guard all > 0 else { continue }
      let weight = frequencies[place] / all
      func add(_ place: Int) {
        let share = shares[place] * weight
        guard share > 0 else { return }
        sums[place] += share
        let state = structure.states[place]
        var lost = state & ~pattern
        while lost != 0 {
          slipped[lost.trailingZeroBitCount] += share
          lost &= lost - 1
        }
        var found = pattern & ~state
        while found != 0 {
          guessed[found.trailingZeroBitCount] += share
          found &= found - 1
        }
      }
      if chosen.isEmpty {
        for state in states.indices { add(state) }
      } else {
        for state in chosen { add(Int(state)) }
      }
    }
    for (place, state) in structure.states.enumerated() {
      for item in 0..<count where state >> UInt64(item) & 1 == 1 { inState[item] += sums[place] }
    }
    var change = 0.0
    func moved(_ old: inout Double, _ part: Double, _ whole: Double) {
      guard whole > 0 else { return }
      let next = min(1 - Self.least, max(Self.least, part / whole))
      change = max(change, abs(next - old))
      old = next
    }
    for item in 0..<count {
      moved(&careless[item], slipped[item], inState[item])
      moved(&lucky[item], guessed[item], total - inState[item])
    }
    for state in states.indices {
      let next = sums[state] / total
      change = max(change, abs(next - states[state]))
      states[state] = next
    }
    return change
  }

  var likelihood: Double {
    let (base, (known, unknown)) = logTables()
    var sum = 0.0
    for (place, pattern) in patterns.enumerated() where frequencies[place] > 0 {
      var all = 0.0
      for state in states.indices {
        all +=
          states[state] * exp(base[state] + gain(structure.states[state], pattern, known, unknown))
      }
      sum += frequencies[place] * log(max(all, 1e-300))
    }
    return sum
  }
}
