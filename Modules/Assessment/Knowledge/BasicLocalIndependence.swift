#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The basic local independence model: how probable each state is in a group, and how often each
/// problem deceives (Falmagne and Doignon 1988; estimation: Heller and Wickelmaier 2013).
public struct BasicLocalIndependence: Hashable, Sendable {
  /// How the model is estimated.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// Maximum likelihood, by EM; rates may be inflated to make up for missing states.
    case likelihood = "ml"
    /// Every answer pattern goes to the nearest states; a closed form with small error rates.
    case minimumDistance = "md"
    /// Maximum likelihood among the nearest states.
    case nearestLikelihood = "mdml"
  }

  /// The structure.
  public let structure: KnowledgeStructure
  /// How often each problem deceives.
  public let errors: [ProblemErrors]
  /// How probable each state is, in the order of the structure.
  public let probabilities: [Double]
  /// The log-likelihood.
  public let logLikelihood: Double
  /// The mean number of answers by which learners differ from the nearest state.
  public let discrepancy: Double
  /// How many steps were taken.
  public let stepCount: Int
  /// What is to be said about the estimates.
  public let findings: [Finding]

  /// Estimates the model.
  ///
  /// Error rates stay between 1e-6 and 1 - 1e-6. Maximum likelihood is accelerated by squared
  /// extrapolation (Varadhan and Roland 2008) and never goes downhill.
  ///
  /// - Parameters:
  ///   - structure: The structure.
  ///   - patterns: Answer patterns as bits: the problems with right answers.
  ///   - frequencies: How often each pattern was seen.
  ///   - method: How to estimate.
  ///   - tolerance: The steps end when no parameter changes by more.
  ///   - mostSteps: How many steps are taken at most.
  /// - Throws: ``AssessmentError`` when lists do not fit or nobody answered.
  /// - Complexity: O(*p* *s* *n*) for each step with *p* patterns and *s* states of *n* problems.
  public init(
    structure: KnowledgeStructure, patterns: [UInt64], frequencies: [Double],
    method: Method = .likelihood, tolerance: Double = 1e-8, mostSteps: Int = 20_000
  ) throws(AssessmentError) {
    let full = KnowledgeStructure.full(structure.items.count)
    guard patterns.count == frequencies.count, patterns.allSatisfy({ $0 & ~full == 0 }) else {
      throw AssessmentError(
        .shape,
        "\(patterns.count) patterns have \(frequencies.count) frequencies, or a pattern has more "
          + "than \(structure.items.count) problems.")
    }
    let used = patterns.indices.filter { frequencies[$0] > 0 }
    guard !used.isEmpty, frequencies.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw AssessmentError(
        .empty, "No pattern has a frequency above 0, or one is below 0; give counts of learners.")
    }
    guard used.count * structure.states.count <= 1 << 25 else {
      throw AssessmentError(
        .limitExceeded,
        "\(used.count) patterns and \(structure.states.count) states are too many to estimate; "
          + "estimate parts of the domain.")
    }
    var work = LocalIndependenceWork(
      structure: structure, patterns: used.map { patterns[$0] },
      counts: used.map { frequencies[$0] }, method: method)
    var steps = 1
    var isAtRest = true
    if method == .minimumDistance {
      work.assignToNearest()
    } else {
      (steps, isAtRest) = work.climb(tolerance: tolerance, mostSteps: mostSteps)
    }
    self.structure = structure
    errors = work.errors
    probabilities = work.statesPart
    logLikelihood = work.logLikelihood()
    discrepancy = work.discrepancy
    stepCount = steps
    findings = Self.findings(structure, work, isAtRest: isAtRest, steps: steps)
  }

  private static func findings(
    _ structure: KnowledgeStructure, _ work: LocalIndependenceWork, isAtRest: Bool, steps: Int
  ) -> [Finding] {
    var findings: [Finding] = []
    if !isAtRest {
      findings.append(
        Finding(.notConverged, nil, "The estimates still changed after \(steps) steps."))
    }
    for (item, rates) in zip(structure.items, work.errors)
    where rates.careless + rates.lucky >= 1 || max(rates.careless, rates.lucky) > 0.5 {
      findings.append(
        Finding(
          .degenerate, item,
          "The careless rate \(Figures.text(rates.careless)) and the lucky rate "
            + "\(Figures.text(rates.lucky)) cannot be what they stand for: the structure or the "
            + "problem does not fit the answers."))
    }
    let persons = work.counts.reduce(0, +)
    if persons < Double(structure.states.count) {
      findings.append(
        Finding(
          .fewPersons, nil,
          "\(Figures.text(persons, places: 0)) learners for \(structure.states.count) states; the "
            + "probabilities of states are weakly determined."))
    }
    return findings
  }
}
