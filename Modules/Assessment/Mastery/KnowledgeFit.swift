#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The parameters of knowledge tracing that fit the answers to one skill best.
///
/// Baum and Welch's EM algorithm, with steps combined by Anderson's method; the log-likelihood is
/// exact. Several starts may end in different places: compare log-likelihoods.
public struct KnowledgeFit: Sendable {
  /// What can be set.
  public struct Options: Hashable, Sendable {
    /// Whether learners may forget.
    public var hasForgetting: Bool
    /// The highest guess and slip; .5 keeps them what they stand for.
    public var limit: Double
    /// The most steps.
    public var mostSteps: Int
    /// The largest change of a parameter in a plain EM step at which it stops.
    public var tolerance: Double

    /// Creates options.
    public init(
      hasForgetting: Bool = false, limit: Double = 1, mostSteps: Int = 2_000,
      tolerance: Double = 1e-6
    ) {
      self.hasForgetting = hasForgetting
      self.limit = limit
      self.mostSteps = mostSteps
      self.tolerance = tolerance
    }
  }

  /// The parameters.
  public let parameters: KnowledgeParameters
  /// The log-likelihood.
  public let logLikelihood: Double
  /// How many steps it took.
  public let steps: Int
  /// Whether it came to rest.
  public let hasConverged: Bool
  /// What is remarkable.
  public let findings: [Finding]

  /// Fits the parameters to answers.
  ///
  /// - Parameters:
  ///   - sequences: The answers.
  ///   - skill: The name of the skill, for findings.
  ///   - start: Where to begin.
  ///   - options: What can be set.
  /// - Complexity: O(*answers*) for each step, about 2 ns an answer.
  public init(
    _ sequences: AnswerSequences, skill: String? = nil,
    start: KnowledgeParameters = .init(prior: 0.4, learn: 0.1, guess: 0.2, slip: 0.1),
    options: Options = Options()
  ) {
    var start = start
    if options.hasForgetting, start.forget == 0 { start.forget = 0.02 }
    if !options.hasForgetting { start.forget = 0 }
    var mixer = AndersonMixer(depth: 4)
    var current = Self.bounded(start, options)
    var expectation = KnowledgeExpectation(sequences, current)
    var (steps, hasConverged) = (0, false)
    while steps < options.mostSteps {
      steps += 1
      let next = Self.bounded(
        expectation.maximum(sequences, hasForgetting: options.hasForgetting), options)
      let change = zip(next.list, current.list).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if change < options.tolerance {
        hasConverged = true
        break
      }
      var candidate = KnowledgeParameters(
        logits: mixer.next(from: current.logits, mapped: next.logits))
      if !options.hasForgetting { candidate.forget = 0 }
      candidate = Self.bounded(candidate, options)
      var reached = KnowledgeExpectation(sequences, candidate)
      if !(reached.likelihood >= expectation.likelihood - 1e-10 * abs(expectation.likelihood)) {
        mixer.clear()
        candidate = next
        reached = KnowledgeExpectation(sequences, candidate)
      }
      (current, expectation) = (candidate, reached)
    }
    parameters = current
    logLikelihood = expectation.likelihood
    self.steps = steps
    self.hasConverged = hasConverged
    var findings = current.findings(skill)
    if !hasConverged {
      findings.append(
        Finding(.notConverged, skill, "parameters still changed after \(steps) steps"))
    }
    if sequences.longest < 2 {
      findings.append(
        Finding(
          .notIdentified, skill,
          "nobody answered twice: learning, guess, slip and prior cannot be told apart"))
    }
    self.findings = findings
  }

  /// One plain EM step.
  ///
  /// - Parameters:
  ///   - sequences: The answers.
  ///   - parameters: The parameters before.
  ///   - hasForgetting: Whether learners may forget.
  /// - Returns: The parameters after, and the log-likelihood of those before.
  public static func step(
    _ sequences: AnswerSequences, from parameters: KnowledgeParameters,
    hasForgetting: Bool = false
  ) -> (parameters: KnowledgeParameters, logLikelihood: Double) {
    let expectation = KnowledgeExpectation(sequences, parameters)
    return (
      expectation.maximum(sequences, hasForgetting: hasForgetting), expectation.likelihood
    )
  }

  private static func bounded(
    _ parameters: KnowledgeParameters, _ options: Options
  ) -> KnowledgeParameters {
    var bounded = parameters
    bounded.guess = min(options.limit - 1e-9, bounded.guess)
    bounded.slip = min(options.limit - 1e-9, bounded.slip)
    return bounded
  }
}

extension KnowledgeParameters {
  var list: [Double] { [prior, learn, guess, slip, forget] }

  var logits: [Double] {
    list.map { value in
      let inside = min(1 - 1e-9, max(1e-9, value))
      return log(inside / (1 - inside))
    }
  }

  init(logits: [Double]) {
    let list = logits.map { CalibratedItem.logistic(max(-20, min(20, $0))) }
    self.init(prior: list[0], learn: list[1], guess: list[2], slip: list[3], forget: list[4])
  }
}
