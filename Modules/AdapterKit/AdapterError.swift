internal import CAdapterABI

/// Why an adapter stopped.
///
/// What is wrong in the user's data is a ``RecordProblem`` and is reported; an error ends the call.
public struct AdapterError: Error, Hashable, Sendable {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    let status: Int32

    /// The other side asked to stop.
    public static let stopped = Code(status: 1)
    /// The input cannot be read any further.
    public static let badData = Code(status: 2)
    /// The adapter does not do this.
    public static let unsupported = Code(status: 3)
    /// A limit was passed.
    public static let limit = Code(status: 4)
    /// A fault in the adapter.
    public static let failed = Code(status: 5)
    /// Reading or writing failed on the host's side.
    public static let inputOutput = Code(status: 6)
    /// The input must be read once more; only where ``AdapterRequest/mayRestart`` allows it.
    public static let again = Code(status: 7)

    /// The name of the code.
    public var description: String {
      switch status {
      case 1: "stopped"
      case 2: "badData"
      case 3: "unsupported"
      case 4: "limit"
      case 6: "inputOutput"
      case 7: "again"
      default: "failed"
      }
    }
  }

  /// The kind of failure.
  public var code: Code
  /// What is wrong with the input, reported as fatal when the error leaves the adapter.
  public var problem: RecordProblem?

  /// An error without a problem: somebody has reported it already, or there is nothing to say.
  public init(_ code: Code) {
    self.code = code
  }

  /// The input cannot be read any further.
  public init(badData problem: RecordProblem) {
    self.code = .badData
    self.problem = problem
  }

  /// A limit was passed.
  public init(limit problem: RecordProblem) {
    self.code = .limit
    self.problem = problem
  }

  /// Throws unless a host's function said that all is well.
  static func check(_ status: cbl_status) throws(AdapterError) {
    guard status != 0 else { return }
    throw AdapterError(Code(status: (1...6).contains(status) ? status : 5))
  }
}
