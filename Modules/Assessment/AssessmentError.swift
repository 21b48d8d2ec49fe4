public import Domain

/// A failure of this module: data or options that no statistic can be computed from.
///
/// What is remarkable about single items, raters or persons is a ``Finding`` instead.
public struct AssessmentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case empty
      case shape
      case wrongValue = "wrong_value"
      case limitExceeded = "limit_exceeded"
      case notEstimable = "not_estimable"
    }

    private let value: Value

    /// There are no data to work on.
    public static let empty = Code(value: .empty)
    /// Rows, columns or lists do not fit each other.
    public static let shape = Code(value: .shape)
    /// A value cannot be what it is.
    public static let wrongValue = Code(value: .wrongValue)
    /// There is more than the method has room for.
    public static let limitExceeded = Code(value: .limitExceeded)
    /// The data do not determine what was asked for.
    public static let notEstimable = Code(value: .notEstimable)

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

  /// The failure as a problem with the code `assessment.` and the name of the code.
  ///
  /// - Parameter severity: How bad it is for the work at hand.
  /// - Returns: The problem.
  public func problem(_ severity: Severity) -> Problem {
    Problem(severity, Problem.Code("assessment.\(code)"), message, at: place ?? Place())
  }
}
