/// Items calibrated on answers by marginal maximum likelihood.
///
/// Abilities are integrated over a standard normal distribution (Bock and Aitkin 1981) by an EM
/// algorithm whose steps are combined by Anderson's method (1965); a combined step that lowers the
/// likelihood is taken back. Missing answers are left out of the likelihood.
public struct Calibration: Sendable {
  /// What can be set.
  public struct Options: Hashable, Sendable {
    /// The grid of abilities.
    public var grid: QuadratureGrid
    /// The most steps of the algorithm.
    public var mostSteps: Int
    /// The largest change of a parameter in a plain EM step at which it stops.
    public var tolerance: Double
    /// How to find standard errors.
    public var errors: ErrorMethod
    /// The mean and deviation of a normal prior on the logit of guessing, or `nil` for none.
    public var guessingPrior: GuessingPrior?

    /// Creates options.
    public init(
      grid: QuadratureGrid = .normal(), mostSteps: Int = 2_000, tolerance: Double = 1e-6,
      errors: ErrorMethod = .observed, guessingPrior: GuessingPrior? = nil
    ) {
      self.grid = grid
      self.mostSteps = mostSteps
      self.tolerance = tolerance
      self.errors = errors
      self.guessingPrior = guessingPrior
    }
  }

  /// A normal prior on the logit of guessing.
  public struct GuessingPrior: Hashable, Sendable {
    /// The mean; -1.1 is a chance of 1 in 4.
    public var mean: Double
    /// The standard deviation.
    public var deviation: Double

    /// Creates a prior.
    public init(mean: Double, deviation: Double) {
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// How standard errors are found.
  public enum ErrorMethod: String, Hashable, Sendable {
    /// None are found.
    case none
    /// From the observed information: Louis's formula (1982) for complete answers of 0 and 1,
    /// central differences of the gradient for others.
    case observed
    /// From the products of persons' gradients: faster, rougher for few persons.
    case crossProduct = "cross_product"
  }

  /// The errors of one item's parameters.
  public struct ItemErrors: Hashable, Sendable {
    /// The standard error of the slope.
    public var slope: Double?
    /// The standard errors of the intercepts.
    public var intercepts: [Double?]
    /// The standard error of the logit of guessing.
    public var guessingLogit: Double?
  }

  /// The model.
  public let model: ResponseModel
  /// The items, in the order of the table.
  public let items: [CalibratedItem]
  /// The standard errors of their parameters; empty when none were asked for.
  public let errors: [ItemErrors]
  /// The log-likelihood.
  public let logLikelihood: Double
  /// How many parameters were estimated.
  public let parameterCount: Int
  /// How many steps it took.
  public let steps: Int
  /// Whether it came to rest.
  public let hasConverged: Bool
  /// How many persons there are.
  public let count: Double
  /// The grid of abilities.
  public let grid: QuadratureGrid
  /// What is remarkable.
  public let findings: [Finding]

  /// The variance of ability when slopes are set to 1, for models with one slope.
  public var abilityVariance: Double? {
    model.hasCommonSlope ? (items.first?.slope).map { $0 * $0 } : nil
  }

  /// Akaike's criterion: the less, the better.
  public var aic: Double { 2 * Double(parameterCount) - 2 * logLikelihood }

  /// The criterion of Schwarz: the less, the better.
  public var bic: Double {
    Double(parameterCount) * CalibrationRun.logarithm(count) - 2 * logLikelihood
  }

  /// Calibrates the items of a table.
  ///
  /// - Parameters:
  ///   - table: The answers. Items that everybody answers alike must be left out before.
  ///   - model: The model.
  ///   - options: What can be set.
  ///   - progress: Told the number of steps and the largest change after each step.
  /// - Throws: ``AssessmentError`` with `notEstimable` for constant or empty items, single persons,
  ///   categories that do not occur, or scores that the model does not know.
  /// - Complexity: O(*persons* * *items* * *nodes* / 5) for each step.
  public init(
    _ table: ResponseTable, model: ResponseModel, options: Options = Options(),
    progress: ((_ steps: Int, _ change: Double) -> Void)? = nil
  ) throws(AssessmentError) {
    try CalibrationRun.check(table, model)
    var run = CalibrationRun(table, model, options)
    run.estimate(progress)
    self.model = model
    items = run.items(named: table.items)
    errors = options.errors == .none ? [] : run.errors(table, method: options.errors)
    logLikelihood = run.likelihood
    parameterCount = run.parameters.count
    steps = run.steps
    hasConverged = run.hasConverged
    count = table.personTotal
    grid = options.grid
    findings = table.findings + run.findings(table)
  }
}
