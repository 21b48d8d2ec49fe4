public import Domain

/// A failure of this module: a request that cannot be met, or input that makes no schedule.
///
/// What is wrong with single rows of the input is reported as a `Problem` instead.
public struct SchedulingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case malformed
      case wrongValue = "wrong_value"
      case unknownIdentifier = "unknown_identifier"
      case duplicateIdentifier = "duplicate_identifier"
      case cycle
      case capacity
      case doubleBooking = "double_booking"
      case zeroLength = "zero_length"
      case impossibleWindow = "impossible_window"
      case noActivity = "no_activity"
      case infeasible
      case limitExceeded = "limit_exceeded"
    }

    private let value: Value

    /// A text is not in its format.
    public static let malformed = Code(value: .malformed)
    /// A value is not one that it can have.
    public static let wrongValue = Code(value: .wrongValue)
    /// Something is named that is not there.
    public static let unknownIdentifier = Code(value: .unknownIdentifier)
    /// Two things have the same name.
    public static let duplicateIdentifier = Code(value: .duplicateIdentifier)
    /// Prerequisites lead back to themselves.
    public static let cycle = Code(value: .cycle)
    /// There is less room than is needed.
    public static let capacity = Code(value: .capacity)
    /// The same person, room or time is taken twice.
    public static let doubleBooking = Code(value: .doubleBooking)
    /// A block of time has no length.
    public static let zeroLength = Code(value: .zeroLength)
    /// A window of time ends before it begins, or has no day that counts.
    public static let impossibleWindow = Code(value: .impossibleWindow)
    /// A learner has nowhere to go.
    public static let noActivity = Code(value: .noActivity)
    /// The rules contradict each other.
    public static let infeasible = Code(value: .infeasible)
    /// The input is larger than is worked on.
    public static let limitExceeded = Code(value: .limitExceeded)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// What went wrong and how to repair it, as one or two sentences.
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

  /// The failure as a problem with the code `scheduling.` and the name of the code.
  ///
  /// - Parameter severity: How bad it is for the work at hand.
  /// - Returns: The problem.
  public func problem(_ severity: Severity) -> Problem {
    Problem(severity, Problem.Code("scheduling.\(code)"), message, at: place ?? Place())
  }
}
