/// Why an adapter could not be used, or stopped.
public struct AdapterHostError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case missing, wrongVersion, malformed, notAllowed, unsupported
      case stopped, badData, limit, again, failed
      case busy, inputOutput
    }

    private let value: Value

    /// There is no such library.
    public static let missing = Code(value: .missing)
    /// The library speaks another version of the boundary.
    public static let wrongVersion = Code(value: .wrongVersion)
    /// The library's table, or a batch of it, breaks the rules of the boundary.
    public static let malformed = Code(value: .malformed)
    /// The library may not be loaded.
    public static let notAllowed = Code(value: .notAllowed)
    /// The adapter does not do this.
    public static let unsupported = Code(value: .unsupported)
    /// The caller asked to stop.
    public static let stopped = Code(value: .stopped)
    /// The input cannot be read any further; a fatal problem was reported.
    public static let badData = Code(value: .badData)
    /// A limit was passed; a fatal problem was reported.
    public static let limit = Code(value: .limit)
    /// The input must be read once more, without ``CallOptions/mayRestart``; what was given so far
    /// does not count.
    public static let again = Code(value: .again)
    /// A fault in the adapter.
    public static let failed = Code(value: .failed)
    /// Another process is changing the same file; try again.
    public static let busy = Code(value: .busy)
    /// A file of the host cannot be read or written.
    public static let inputOutput = Code(value: .inputOutput)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// What went wrong and how to repair it, as one sentence.
  public var message: String
  /// The adapter or library, or the file that is at fault.
  public var adapter: String
  /// The value at fault in a JSON document, as an RFC 6901 pointer; `nil` where there is none.
  public var pointer: String?

  /// An error.
  public init(_ code: Code, _ message: String, adapter: String, pointer: String? = nil) {
    self.code = code
    self.message = message
    self.adapter = adapter
    self.pointer = pointer
  }

  /// The message with the adapter's name, and the pointer if there is one, before it.
  public var description: String {
    let place = [adapter, pointer.map { "#\($0)" } ?? ""].joined()
    return place.isEmpty ? message : "\(place): \(message)"
  }
}
