/// Where a learner starts in one domain, and how sure that is.
///
/// A placement is provisional: the first task at the start level confirms or moves it. Five close
/// levels cannot be told apart by few items, so that all levels are given with their probability.
public struct DomainPlacement: Hashable, Sendable {
  /// The domain.
  public var domain: String
  /// The ability with its error.
  public var estimate: PlacementEstimate
  /// How many items were asked.
  public var itemCount: Int
  /// Why the test ended; `nil` when it goes on.
  public var ending: AdaptiveSession.Ending?
  /// The names of the levels, lowest first.
  public var labels: [String]
  /// How probable each level is; adds up to 1.
  public var probabilities: [Double]
  /// The place between the levels, 0 for the middle of the lowest.
  public var position: Double
  /// The standard error of the place, in levels.
  public var positionError: Double
  /// The level to start at.
  public var start: Int
  /// What is to be said about it.
  public var findings: [Finding]

  /// The name of the level to start at.
  public var startLabel: String { labels[start] }
  /// The decision accuracy: the probability that the start level is the right one.
  public var accuracy: Double { probabilities[start] }
  /// The probability that the right level is the start level or one beside it.
  public var accuracyWithinOne: Double {
    probabilities[max(0, start - 1)...min(labels.count - 1, start + 1)].reduce(0, +)
  }

  /// Places a learner by the answers of a session.
  ///
  /// - Parameters:
  ///   - domain: The name of the domain.
  ///   - session: The answers.
  ///   - scale: The levels.
  ///   - costOfTooHigh: How many times worse a level too high is than one too low. The start is the
  ///     level with the least expected cost; with 1 it is the median.
  public init(
    domain: String, session: AdaptiveSession, scale: LevelScale, costOfTooHigh: Double = 1
  ) {
    self.domain = domain
    estimate = session.estimate
    itemCount = session.steps.count
    ending = session.ending
    labels = scale.labels
    probabilities = scale.distribution(nodes: session.test.nodes, weights: session.posterior)
    var (first, second) = (0.0, 0.0)
    for (node, weight) in zip(session.test.nodes, session.posterior) {
      let place = scale.position(of: node)
      first += weight * place
      second += weight * place * place
    }
    position = first
    positionError = max(0, second - first * first).squareRoot()
    start = Self.start(probabilities, costOfTooHigh: costOfTooHigh)
    findings = []
    findings = self.notes()
  }

  /// The level with the least expected cost when a level too low costs 1.
  static func start(_ probabilities: [Double], costOfTooHigh: Double) -> Int {
    let costs = probabilities.indices.map { choice in
      probabilities.enumerated().reduce(0.0) { sum, entry in
        let distance = Double(choice - entry.offset)
        return sum + entry.element * (distance > 0 ? distance * costOfTooHigh : -distance)
      }
    }
    return costs.indices.min { costs[$0] < costs[$1] } ?? 0
  }

  private func notes() -> [Finding] {
    var notes: [Finding] = []
    let domain = domain.isEmpty ? nil : self.domain
    if itemCount == 0 {
      notes.append(
        Finding(.emptyPerson, domain, "No item was answered; the start is the prior's alone."))
      return notes
    }
    if accuracy < 0.8 {
      notes.append(
        Finding(
          .caution, domain,
          "The start level is right with a probability of \(Figures.percent(accuracy)) and within "
            + "one level with \(Figures.percent(accuracyWithinOne)); confirm it with the first task."
        ))
    }
    if start == 0 || start == labels.count - 1, probabilities[start] > 0.5 {
      notes.append(
        Finding(
          .boundary, domain,
          "The start is the \(start == 0 ? "lowest" : "highest") level; the test cannot tell how "
            + "far \(start == 0 ? "below" : "above") it the learner is."))
    }
    return notes
  }
}

/// A placement test over several domains.
public struct PlacementTest: Sendable {
  /// The test of each domain, in order.
  public let tests: [(domain: String, test: AdaptiveTest)]
  /// The levels.
  public let scale: LevelScale
  /// How many times worse a level too high is than one too low.
  public let costOfTooHigh: Double

  /// Prepares a placement test: the same rules for each domain of a bank.
  ///
  /// - Throws: ``AssessmentError`` when a domain cannot keep the rules.
  public init(
    bank: ItemBank, rules: AdaptiveRules, scale: LevelScale, costOfTooHigh: Double = 1
  ) throws(AssessmentError) {
    guard costOfTooHigh > 0, costOfTooHigh.isFinite else {
      throw AssessmentError(
        .wrongValue, "A level too high costs \(costOfTooHigh); give a number above 0, such as 2.")
    }
    var tests: [(domain: String, test: AdaptiveTest)] = []
    for domain in bank.domains {
      guard let part = bank.domain(domain) else { continue }
      tests.append((domain, try AdaptiveTest(bank: part, rules: rules)))
    }
    self.tests = tests
    self.scale = scale
    self.costOfTooHigh = costOfTooHigh
  }

  /// Places by the answers of a session in one domain.
  public func placement(_ domain: String, _ session: AdaptiveSession) -> DomainPlacement {
    DomainPlacement(
      domain: domain, session: session, scale: scale, costOfTooHigh: costOfTooHigh)
  }

  /// How well the test finds start levels, by simulated learners.
  ///
  /// - Parameters:
  ///   - learners: How many for each domain.
  ///   - mean: The mean ability.
  ///   - deviation: The spread of abilities.
  ///   - seed: The seed.
  public func simulate(
    learners: Int, mean: Double = 0, deviation: Double = 1, seed: UInt64
  ) -> [PlacementAccuracy] {
    tests.enumerated().map { number, entry in
      let root = SeededGenerator(seed: seed).stream(number)
      var sums = PlacementAccuracy(domain: entry.domain, learnerCount: max(1, learners))
      for learner in 0..<max(1, learners) {
        var generator = root.stream(learner)
        let ability = mean + deviation * generator.normal()
        let session = AdaptiveSimulation.run(entry.test, ability: ability, generator: &generator)
        sums.add(placement(entry.domain, session), scale, ability)
      }
      return sums.shares()
    }
  }
}

/// How well a placement finds the start level of simulated learners.
public struct PlacementAccuracy: Hashable, Sendable {
  /// The domain.
  public var domain: String
  /// How many learners were simulated.
  public var learnerCount: Int
  /// The share whose place is within half a level of the true place.
  public var withinHalf = 0.0
  /// The share whose start level is the true one.
  public var exact = 0.0
  /// The share whose start level is the true one or one beside it.
  public var withinOne = 0.0
  /// The share that was placed too high.
  public var tooHigh = 0.0
  /// The mean number of items.
  public var meanLength = 0.0
  /// The mean of the accuracy that placements report about themselves, to compare with ``exact``.
  public var reportedAccuracy = 0.0

  fileprivate init(domain: String, learnerCount: Int) {
    self.domain = domain
    self.learnerCount = learnerCount
  }

  fileprivate mutating func add(
    _ placement: DomainPlacement, _ scale: LevelScale, _ ability: Double
  ) {
    let level = scale.level(of: ability)
    if abs(placement.position - scale.position(of: ability)) <= 0.5 { withinHalf += 1 }
    if placement.start == level { exact += 1 }
    if abs(placement.start - level) <= 1 { withinOne += 1 }
    if placement.start > level { tooHigh += 1 }
    meanLength += Double(placement.itemCount)
    reportedAccuracy += placement.accuracy
  }

  fileprivate func shares() -> PlacementAccuracy {
    var result = self
    let size = Double(learnerCount)
    result.withinHalf /= size
    result.exact /= size
    result.withinOne /= size
    result.tooHigh /= size
    result.meanLength /= size
    result.reportedAccuracy /= size
    return result
  }
}
