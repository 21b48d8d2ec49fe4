#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Severity of raters and difficulty of criteria on one scale (Linacre 1989).
///
/// log P(k) / P(k - 1) = ability - difficulty - severity - step(k), with a normal distribution of
/// ability around 0, estimated by marginal maximum likelihood. Severities and steps add up to 0;
/// a rater above 0 is severe.
public struct ManyFacetRasch: Sendable {
  /// What can be set.
  public struct Options: Hashable, Sendable {
    /// The number of equally spaced abilities.
    public var nodes: Int
    /// The largest ability.
    public var limit: Double
    /// The most steps.
    public var mostSteps: Int
    /// The largest change of a parameter in a plain EM step at which it stops.
    public var tolerance: Double
    /// Whether to find standard errors.
    public var findsErrors: Bool

    /// Creates options.
    public init(
      nodes: Int = 61, limit: Double = 12, mostSteps: Int = 1_000, tolerance: Double = 1e-5,
      findsErrors: Bool = true
    ) {
      self.nodes = nodes
      self.limit = limit
      self.mostSteps = mostSteps
      self.tolerance = tolerance
      self.findsErrors = findsErrors
    }
  }

  /// One level of a facet.
  public struct Level: Hashable, Sendable {
    /// The facet.
    public var facet: String
    /// The level.
    public var name: String
    /// How difficult or severe it is, in logits.
    public var value: Double
    /// Its standard error.
    public var standardError: Double?
    /// How many ratings there are.
    public var count: Int
    /// The mean rating.
    public var mean: Double
    /// The mean square of residuals, weighted by information: 1 as the model expects, above 1.5
    /// erratic, below .5 too predictable (halo or use of few categories).
    public var infit: Double?
    /// The unweighted mean square of standardised residuals.
    public var outfit: Double?
  }

  /// The levels of all facets.
  public let levels: [Level]
  /// The steps between neighbouring scores.
  public let steps: [Double]
  /// The variance of ability.
  public let abilityVariance: Double
  /// The ability of each person.
  public let abilities: [AbilityEstimate]
  /// The log-likelihood.
  public let logLikelihood: Double
  /// How many steps the algorithm took.
  public let stepCount: Int
  /// Whether it came to rest.
  public let hasConverged: Bool
  /// What is remarkable.
  public let findings: [Finding]

  /// Estimates the model.
  ///
  /// - Parameters:
  ///   - ratings: The ratings.
  ///   - options: What can be set.
  /// - Throws: ``AssessmentError`` with `notEstimable` when a score between lowest and highest does
  ///   not occur.
  /// - Complexity: O(*ratings* * *nodes*) for each step.
  public init(
    _ ratings: FacetRatings, options: Options = Options()
  ) throws(AssessmentError) {
    var seen = [Bool](repeating: false, count: ratings.categoryCount)
    for score in ratings.scores { seen[Int(score)] = true }
    if let gap = seen.firstIndex(of: false) {
      throw AssessmentError(
        .notEstimable, "Nobody gave the score \(gap + ratings.lowest); join scores before.")
    }
    var run = FacetRun(ratings, options)
    run.estimate()
    let errors = options.findsErrors ? run.errors() : nil
    abilities = run.abilities()
    steps = run.steps
    abilityVariance = run.variance
    logLikelihood = run.likelihood
    stepCount = run.stepCount
    hasConverged = run.hasConverged
    let levels = run.levels(errors, abilities)
    self.levels = levels
    findings = Self.findings(ratings, levels, run.hasConverged)
  }

  private static func findings(
    _ ratings: FacetRatings, _ levels: [Level], _ hasConverged: Bool
  ) -> [Finding] {
    var found: [Finding] = []
    if !hasConverged {
      found.append(Finding(.notConverged, nil, "severities still changed; allow more steps"))
    }
    let components = ratings.componentCount
    if components > 1 {
      found.append(
        Finding(
          .disconnected, nil,
          "ratings fall into \(components) sets that share nothing; severities of different sets "
            + "are compared only by the assumption that their learners are alike"))
    }
    for level in levels {
      if level.facet != ratings.facets[0].name, abs(level.value) > 1 {
        let word = level.value > 0 ? "severe" : "lenient"
        found.append(
          Finding(
            .severe, level.name,
            "is \(word): \(level.value.rounded(places: 2)) logits from the mean of the others"))
      }
      if let infit = level.infit, level.count >= 20, infit > 1.5 {
        found.append(
          Finding(
            .aberrant, level.name,
            "infit \(infit.rounded(places: 2)): ratings are erratic against the model"))
      } else if let infit = level.infit, level.count >= 20, infit < 0.5 {
        found.append(
          Finding(
            .halo, level.name,
            "infit \(infit.rounded(places: 2)): ratings are too alike, as with a halo or few "
              + "categories in use"))
      }
    }
    return found
  }
}
