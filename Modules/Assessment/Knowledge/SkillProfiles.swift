#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The DINA model (Junker and Sijtsma 2001): which of several skills a learner has, when an item
/// needs all of its skills.
///
/// All classes of skills have a probability of their own. Classes that no item tells apart share
/// it evenly.
public struct SkillProfiles: Sendable {
  /// For each item the probability of a right answer without all skills.
  public let guess: [Double]
  /// For each item the probability of a wrong answer with all skills.
  public let slip: [Double]
  /// The probability of each class; the bits of its place are the skills.
  public let classes: [Double]
  /// The share of learners who have each skill.
  public let skills: [Double]
  /// For each person the probability of each skill.
  public let profiles: [[Double]]
  /// The log-likelihood.
  public let logLikelihood: Double
  /// How many steps it took.
  public let steps: Int
  /// What is remarkable.
  public let findings: [Finding]

  /// Estimates the model.
  ///
  /// - Parameters:
  ///   - table: Answers of 0 and 1.
  ///   - needs: For each item the skills that it needs, as bits.
  ///   - skillCount: How many skills there are, from 1 to 12.
  ///   - mostSteps: The most steps.
  ///   - tolerance: The change of any guess or slip below which it stops.
  /// - Throws: ``AssessmentError`` when needs do not fit the items.
  /// - Complexity: O(*persons* * *items* * 2^*skills* / 5) for each step.
  public init(
    _ table: ResponseTable, needs: [UInt64], skillCount: Int, mostSteps: Int = 5_000,
    tolerance: Double = 1e-6
  ) throws(AssessmentError) {
    guard (1...12).contains(skillCount), needs.count == table.items.count,
      needs.allSatisfy({ $0 != 0 && $0 >> UInt64(skillCount) == 0 })
    else {
      throw AssessmentError(
        .shape, "Each of the \(table.items.count) items needs at least one of 1 to 12 skills.")
    }
    guard table.categoryCounts.allSatisfy({ $0 == 2 }) else {
      throw AssessmentError(.wrongValue, "The model needs answers of 0 and 1.")
    }
    let groups = ProfileGroups(needs, skillCount)
    var run = ProfileRun(table, needs, groups)
    let isAtRest = run.estimate(mostSteps, tolerance)
    guess = run.guess
    slip = run.slip
    classes = groups.spread(run.shares)
    skills = groups.skillShares(run.shares)
    logLikelihood = run.likelihood
    steps = run.steps
    profiles = run.profiles(skillCount)
    var findings = table.findings
    if !isAtRest {
      findings.append(Finding(.notConverged, nil, "rates still changed after \(run.steps) steps"))
    }
    for item in table.items.indices where guess[item] + slip[item] >= 1 {
      findings.append(
        Finding(
          .degenerate, table.items[item],
          "guess and slip add up to 1 or more; look at the skills it is said to need"))
    }
    if groups.count < 1 << skillCount {
      findings.append(
        Finding(
          .notIdentified, nil,
          "items tell \(groups.count) of \(1 << skillCount) classes apart; the others share evenly")
      )
    }
    self.findings = findings
  }
}

/// Classes of skills that give the same right answers to all items.
private struct ProfileGroups {
  /// For each group the items that it masters.
  private(set) var masks: [[Bool]] = []
  private var groupOfClass: [Int] = []
  private var sizes: [Double] = []
  private let skillCount: Int

  init(_ needs: [UInt64], _ skillCount: Int) {
    self.skillCount = skillCount
    var places: [[Bool]: Int] = [:]
    for profile in 0..<(1 << skillCount) {
      let mask = needs.map { $0 & ~UInt64(profile) == 0 }
      let place = places[mask] ?? masks.count
      if place == masks.count {
        places[mask] = place
        masks.append(mask)
        sizes.append(0)
      }
      groupOfClass.append(place)
      sizes[place] += 1
    }
  }

  var count: Int { masks.count }
  var startShares: [Double] { sizes.map { $0 / Double(1 << skillCount) } }

  func spread(_ shares: [Double]) -> [Double] {
    groupOfClass.map { shares[$0] / sizes[$0] }
  }

  /// The share of each group that has a skill.
  func part(withSkill skill: Int) -> [Double] {
    var parts = [Double](repeating: 0, count: count)
    for (profile, group) in groupOfClass.enumerated() where profile >> skill & 1 == 1 {
      parts[group] += 1 / sizes[group]
    }
    return parts
  }

  func skillShares(_ shares: [Double]) -> [Double] {
    let classes = spread(shares)
    return (0..<skillCount).map { skill in
      classes.indices.reduce(0) { $0 + ($1 >> skill & 1 == 1 ? classes[$1] : 0) }
    }
  }
}

private struct ProfileRun: ~Copyable {
  private let kernel: ExpectationKernel
  private let groups: ProfileGroups
  private let persons: Int
  private let total: Double
  private(set) var guess: [Double]
  private(set) var slip: [Double]
  private(set) var shares: [Double]
  private(set) var likelihood = 0.0
  private(set) var steps = 0

  init(_ table: ResponseTable, _ needs: [UInt64], _ groups: ProfileGroups) {
    self.groups = groups
    persons = table.persons.count
    total = table.personTotal
    guess = [Double](repeating: 0.2, count: needs.count)
    slip = guess
    shares = groups.startShares
    // The classes stand where another model has a grid of abilities.
    kernel = ExpectationKernel(
      table, nodes: groups.masks.indices.map { Double($0) },
      weights: [Double](repeating: 1, count: groups.count))
  }

  /// Log-probabilities of all items, categories and classes.
  private func logs() -> [Double] {
    let stride = kernel.width * 8
    var logs = [Double](repeating: 0, count: guess.count * 2 * stride)
    for item in guess.indices {
      for (place, mask) in groups.masks.enumerated() {
        let right = mask[item] ? 1 - slip[item] : guess[item]
        logs[(2 * item) * stride + place] = log(max(1 - right, 1e-300))
        logs[(2 * item + 1) * stride + place] = log(max(right, 1e-300))
      }
    }
    return logs
  }

  /// EM steps, combined by Anderson's method where that raises the likelihood.
  mutating func estimate(_ mostSteps: Int, _ tolerance: Double) -> Bool {
    var counts = [Double](repeating: 0, count: guess.count * 2 * kernel.width * 8)
    var mixer = AndersonMixer(depth: 5)
    var value = expectation(&counts)
    while steps < mostSteps {
      steps += 1
      let current = guess + slip + shares
      let mapped = maximum(counts)
      let change = zip(current, mapped).reduce(0) { max($0, abs($1.0 - $1.1)) }
      likelihood = value
      if change < tolerance { return true }
      take(mixer.next(from: current, mapped: mapped))
      value = expectation(&counts)
      if !(value >= likelihood - 1e-9 * abs(likelihood)) {
        mixer.clear()
        take(mapped)
        value = expectation(&counts)
      }
    }
    likelihood = value
    return false
  }

  private func expectation(_ counts: inout [Double]) -> Double {
    kernel.setPrior(shares.map { log(max($0, 1e-300)) })
    return kernel.expectation(logs(), counts: &counts)
  }

  /// Takes guesses, slips and shares, kept where they are probabilities.
  private mutating func take(_ all: [Double]) {
    let items = guess.count
    let inside = all.map { min(1, max(0, $0)) }
    guess = Array(inside[..<items])
    slip = Array(inside[items..<2 * items])
    let sum = inside[(2 * items)...].reduce(0, +)
    shares = inside[(2 * items)...].map { $0 / sum }
  }

  /// The guesses, slips and shares that fit expected counts best.
  private func maximum(_ counts: [Double]) -> [Double] {
    let stride = kernel.width * 8
    var (guesses, slips) = (guess, slip)
    for item in guess.indices {
      var (rightWith, allWith, rightWithout, allWithout) = (0.0, 0.0, 0.0, 0.0)
      for (place, mask) in groups.masks.enumerated() {
        let wrong = counts[2 * item * stride + place]
        let right = counts[(2 * item + 1) * stride + place]
        if mask[item] {
          rightWith += right
          allWith += right + wrong
        } else {
          rightWithout += right
          allWithout += right + wrong
        }
      }
      if allWithout > 0 { guesses[item] = rightWithout / allWithout }
      if allWith > 0 { slips[item] = max(0, 1 - rightWith / allWith) }
    }
    return guesses + slips + kernel.nodeTotals.map { $0 / total }
  }

  /// For each person the probability of each skill.
  func profiles(_ skillCount: Int) -> [[Double]] {
    kernel.setPrior(shares.map { log(max($0, 1e-300)) })
    // How much of each group has each skill.
    let parts = (0..<skillCount).map { groups.part(withSkill: $0) }
    var result = [[Double]](repeating: [], count: persons)
    unsafe kernel.posteriors(logs()) { person, posterior, _ in
      result[person] = parts.map { part in
        var sum = 0.0
        for (place, share) in part.enumerated() where share > 0 {
          unsafe sum += share * posterior[place / 8][place % 8]
        }
        return sum
      }
    }
    return result
  }
}
