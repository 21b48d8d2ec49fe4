public import Domain

/// The first step of a trace that does not follow from what stands before it.
public struct TraceCheckerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure; more codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The name of the code.
    public let description: String

    /// The document is no trace.
    public static let malformed = Code(description: "malformed")
    /// A step is not what the steps before it give.
    public static let wrongStep = Code(description: "wrong_step")
  }

  /// The kind of failure.
  public var code: Code
  /// What was found and what it should be, as one sentence.
  public var message: String
  /// Where it stands in the trace.
  public var place: Place?

  init(_ error: any Error) {
    let cause = error as? DomainError
    code = cause?.code == .unexpected ? .wrongStep : .malformed
    (message, place) = (cause?.message ?? "\(error)", cause?.place)
  }

  /// The message with its place and code, as one line.
  public var description: String {
    Problem(.error, Problem.Code("trace.\(code)"), message, at: place ?? Place()).description
  }
}
