public import Domain

/// A failure of this module: a policy that cannot be used, or a question without an answer.
///
/// What is wrong with single pieces of evidence is reported as a `Problem` instead.
public struct GradingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case malformed
      case limitExceeded = "limit_exceeded"
      case unknownField = "unknown_field"
      case missingField = "missing_field"
      case wrongValue = "wrong_value"
      case unknownMethod = "unknown_method"
      case cycle
      case weakened
      case invalidEvidence = "invalid_evidence"
      case noAnswer = "no_answer"
      case overflow
    }

    private let value: Value

    /// The document is no strict JSON.
    public static let malformed = Code(value: .malformed)
    /// The document is larger or deeper than a policy may be.
    public static let limitExceeded = Code(value: .limitExceeded)
    /// The document has a field that policies do not have.
    public static let unknownField = Code(value: .unknownField)
    /// A field that is needed is not there.
    public static let missingField = Code(value: .missingField)
    /// A field has a value that it cannot have.
    public static let wrongValue = Code(value: .wrongValue)
    /// There is no method or gate of that name.
    public static let unknownMethod = Code(value: .unknownMethod)
    /// Gates lead back to themselves.
    public static let cycle = Code(value: .cycle)
    /// A child policy demands less than its parent.
    public static let weakened = Code(value: .weakened)
    /// The events of a learner cannot be a history.
    public static let invalidEvidence = Code(value: .invalidEvidence)
    /// No evidence could bring about what was asked for.
    public static let noAnswer = Code(value: .noAnswer)
    /// An exact result has more digits than there is room for.
    public static let overflow = Code(value: .overflow)

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

  /// Wraps a failure of a value.
  init(_ error: DomainError, pointer: String? = nil) {
    let code: Code =
      switch error.code {
      case .malformedJSON: .malformed
      case .limitExceeded: .limitExceeded
      case .overflow, .divisionByZero: .overflow
      case .duplicateEvidence, .unknownEvidence: .invalidEvidence
      default: .wrongValue
      }
    self.init(code, error.message, at: error.place ?? pointer.map { Place(pointer: $0) })
  }

  /// The message with its place and code, as one line.
  public var description: String { problem(.error).description }

  /// The failure as a problem with the code `grading.` and the name of the code.
  ///
  /// - Parameter severity: How bad it is for the work at hand.
  /// - Returns: The problem.
  public func problem(_ severity: Severity) -> Problem {
    Problem(severity, Problem.Code("grading.\(code)"), message, at: place ?? Place())
  }
}
