public import Domain

/// Something that a statistic cannot say, or says only with a reservation.
///
/// A number that the data do not determine is `nil`, and a finding names the reason and the item,
/// rater or person at fault. Findings are values: the work goes on for everything else.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
  /// The kind of finding.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case constantItem = "constant_item"
      case emptyItem = "empty_item"
      case emptyPerson = "empty_person"
      case extremeScore = "extreme_score"
      case fewPersons = "few_persons"
      case disconnected
      case notConverged = "not_converged"
      case notIdentified = "not_identified"
      case possibleMiskey = "possible_miskey"
      case negativeDiscrimination = "negative_discrimination"
      case skewedCategories = "skewed_categories"
      case boundary
      case degenerate
      case drift
      case halo
      case severe
      case aberrant
      case caution
    }

    private let value: Value

    /// Every answer to the item is the same.
    public static let constantItem = Code(value: .constantItem)
    /// Nobody answered the item.
    public static let emptyItem = Code(value: .emptyItem)
    /// The person, unit or rater has no data.
    public static let emptyPerson = Code(value: .emptyPerson)
    /// All answers are at the lowest or all at the highest score.
    public static let extremeScore = Code(value: .extremeScore)
    /// There are too few persons for what was asked.
    public static let fewPersons = Code(value: .fewPersons)
    /// Parts of the data have nothing in common, so that they have no common scale.
    public static let disconnected = Code(value: .disconnected)
    /// The estimation stopped before it was at rest.
    public static let notConverged = Code(value: .notConverged)
    /// The data do not determine the number.
    public static let notIdentified = Code(value: .notIdentified)
    /// A distractor goes with higher scores than the key does.
    public static let possibleMiskey = Code(value: .possibleMiskey)
    /// Those who do well otherwise do worse on the item.
    public static let negativeDiscrimination = Code(value: .negativeDiscrimination)
    /// Nearly all ratings are of one category, which makes kappa small whatever raters do.
    public static let skewedCategories = Code(value: .skewedCategories)
    /// An estimate sits at the border of what it may be.
    public static let boundary = Code(value: .boundary)
    /// The estimates are possible as numbers but not as what they stand for.
    public static let degenerate = Code(value: .degenerate)
    /// A rater has become more severe or more lenient.
    public static let drift = Code(value: .drift)
    /// A rater tells criteria less apart than others do.
    public static let halo = Code(value: .halo)
    /// A rater is much more severe or more lenient than others.
    public static let severe = Code(value: .severe)
    /// Answers fit the model badly.
    public static let aberrant = Code(value: .aberrant)
    /// The number holds, but is easily misread.
    public static let caution = Code(value: .caution)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// The kind of finding.
  public var code: Code
  /// The name of the item, rater, person or skill that it is about, when it is about one.
  public var subject: String?
  /// What was found, and what to make of it.
  public var message: String

  /// Creates a finding.
  public init(_ code: Code, _ subject: String? = nil, _ message: String) {
    self.code = code
    self.subject = subject
    self.message = message
  }

  /// The finding as one line.
  public var description: String {
    (subject.map { "\($0): " } ?? "") + message + " [\(code)]"
  }

  /// The finding as a problem with the code `assessment.` and the name of the code.
  ///
  /// - Parameter severity: How bad it is for the work at hand.
  /// - Returns: The problem; the subject is its value, because it may be personal.
  public func problem(_ severity: Severity) -> Problem {
    Problem(severity, Problem.Code("assessment.\(code)"), message, value: subject)
  }
}
