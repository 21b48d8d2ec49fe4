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
      case crashed, hung, forbidden, unavailable, unprotected
    }

    private let value: Value

    private init(value: Value) { self.value = value }

    /// The code of a name, as ``description`` gives it.
    init?(name: String) {
      guard let value = Value(rawValue: name) else { return nil }
      self.value = value
    }

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
    /// The process of an isolated adapter ended before its work was done.
    public static let crashed = Code(value: .crashed)
    /// An isolated adapter made no progress and was ended.
    public static let hung = Code(value: .hung)
    /// An isolated adapter tried what its sandbox forbids, and was ended.
    public static let forbidden = Code(value: .forbidden)
    /// The process for an isolated adapter cannot be started.
    public static let unavailable = Code(value: .unavailable)
    /// A layer of the sandbox is missing, and all are asked for.
    public static let unprotected = Code(value: .unprotected)
    /// Another process is changing the same file; try again.
    public static let busy = Code(value: .busy)
    /// A file cannot be read or written.
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
