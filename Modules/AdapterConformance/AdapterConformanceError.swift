/// Why an adapter could not be checked at all.
///
/// An adapter that breaks rules is no error: its report says so.
public struct AdapterConformanceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case missing, notLoadable, samples, worker, unknownRule
    }

    private let value: Value

    /// There is no such library.
    public static let missing = Code(value: .missing)
    /// The system cannot load the library, or it may not be loaded.
    public static let notLoadable = Code(value: .notLoadable)
    /// The folder of samples cannot be read.
    public static let samples = Code(value: .samples)
    /// The process that runs the checks could not be started.
    public static let worker = Code(value: .worker)
    /// There is no rule of that name.
    public static let unknownRule = Code(value: .unknownRule)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// What went wrong and how to repair it, as one sentence.
  public var message: String
  /// The library, folder or rule.
  public var place: String

  /// An error.
  public init(_ code: Code, _ message: String, place: String) {
    self.code = code
    self.message = message
    self.place = place
  }

  /// The message with the place before it.
  public var description: String { place.isEmpty ? message : "\(place): \(message)" }
}
