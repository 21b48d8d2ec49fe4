/// A failure of this module: a value that cannot exist or a calculation without an exact answer.
///
/// What is wrong in the user's data is reported as a ``Problem`` instead; see
/// ``problem(_:)`` for the way from one to the other.
public struct DomainError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case overflow
      case divisionByZero = "division_by_zero"
      case invalidScale = "invalid_scale"
      case invalidMapping = "invalid_mapping"
      case invalidDate = "invalid_date"
      case malformedJSON = "malformed_json"
      case unexpected
      case limitExceeded = "limit_exceeded"
      case duplicateEvidence = "duplicate_evidence"
      case unknownEvidence = "unknown_evidence"
      case unavailable
      case stopped
    }

    private let value: Value

    /// The exact result needs more digits than there is room for.
    public static let overflow = Code(value: .overflow)
    /// A number was divided by zero.
    public static let divisionByZero = Code(value: .divisionByZero)
    /// The levels do not make a scale.
    public static let invalidScale = Code(value: .invalidScale)
    /// The pairs do not make a mapping between the two scales.
    public static let invalidMapping = Code(value: .invalidMapping)
    /// The parts do not make a date or time.
    public static let invalidDate = Code(value: .invalidDate)
    /// A text is no strict JSON.
    public static let malformedJSON = Code(value: .malformedJSON)
    /// A value of a document is not the one that it has to be.
    public static let unexpected = Code(value: .unexpected)
    /// A document is larger or deeper than the reader allows.
    public static let limitExceeded = Code(value: .limitExceeded)
    /// Evidence with the same identifier is already in the log.
    public static let duplicateEvidence = Code(value: .duplicateEvidence)
    /// A reversal names evidence that is not in the log, or not any more.
    public static let unknownEvidence = Code(value: .unknownEvidence)
    /// A log, catalog or secret could not be reached.
    public static let unavailable = Code(value: .unavailable)
    /// The caller asked to stop.
    public static let stopped = Code(value: .stopped)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// What went wrong and how to repair it, as one sentence.
  public var message: String
  /// Where it went wrong, when it has a place.
  public var place: Place?

  /// Creates an error.
  public init(_ code: Code, _ message: String, at place: Place? = nil) {
    self.code = code
    self.message = message
    self.place = place
  }

  /// The message with its place and code, as one line.
  public var description: String { problem(.error).description }

  /// The failure as a problem with the code `domain.` and the name of the code.
  ///
  /// - Parameter severity: How bad it is for the work at hand.
  /// - Returns: The problem.
  public func problem(_ severity: Severity) -> Problem {
    Problem(severity, Problem.Code("domain.\(code)"), message, at: place ?? Place())
  }
}
