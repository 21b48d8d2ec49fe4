/// A failure that stops the opening, converting or writing of a gradebook.
public struct InteropError: Error, Hashable, Sendable {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case usage, noInput, isDirectory, notRegular, unreadable, badInput, badArchive, unsupported
      case limit, changedWhileRead, busy, cannotCreate, exists, sameFile, inputOutput, closedPipe
      case notAllowed
    }

    private let value: Value

    /// The caller asked for something that makes no sense.
    public static let usage = Code(value: .usage)
    /// The input does not exist.
    public static let noInput = Code(value: .noInput)
    /// A folder stands where a file is wanted.
    public static let isDirectory = Code(value: .isDirectory)
    /// A device or socket stands where a file is wanted.
    public static let notRegular = Code(value: .notRegular)
    /// The input exists but cannot be opened, or not a second time.
    public static let unreadable = Code(value: .unreadable)
    /// The input is not what it must be.
    public static let badInput = Code(value: .badInput)
    /// A zip or gzip archive is damaged, cut short or contradicts itself.
    public static let badArchive = Code(value: .badArchive)
    /// An archive uses a feature that is refused, such as encryption or links.
    public static let unsupported = Code(value: .unsupported)
    /// The input is larger than its limits allow.
    public static let limit = Code(value: .limit)
    /// The input changed or was replaced while it was read.
    public static let changedWhileRead = Code(value: .changedWhileRead)
    /// Another run writes to the same output.
    public static let busy = Code(value: .busy)
    /// The output cannot be created.
    public static let cannotCreate = Code(value: .cannotCreate)
    /// The output is there already and may not be replaced.
    public static let exists = Code(value: .exists)
    /// The output is one of the inputs.
    public static let sameFile = Code(value: .sameFile)
    /// Reading or writing failed.
    public static let inputOutput = Code(value: .inputOutput)
    /// The reader of the output went away; end without a message.
    public static let closedPipe = Code(value: .closedPipe)
    /// The permissions forbid it.
    public static let notAllowed = Code(value: .notAllowed)

    /// The name of the code.
    public var description: String { value.rawValue }

    /// The code with which a command ends after this failure.
    public var exitCode: Int32 {
      switch value {
      case .usage: 64
      case .badInput, .badArchive, .unsupported, .limit: 65
      case .noInput, .isDirectory, .notRegular, .unreadable: 66
      case .cannotCreate, .exists, .sameFile: 73
      case .inputOutput: 74
      case .changedWhileRead, .busy: 75
      case .notAllowed: 77
      case .closedPipe: 141
      }
    }
  }

  /// The kind of failure.
  public var code: Code
  /// What went wrong and how to repair it, as one sentence.
  public var message: String
  /// The path, or the path and the member in it, when the failure has a place.
  public var place: String?

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: What went wrong and how to repair it, as one sentence.
  ///   - place: The path, or the path and the member in it.
  public init(_ code: Code, _ message: String, place: String? = nil) {
    self.code = code
    self.message = message
    self.place = place
  }

  /// The code with which a command ends after this failure.
  public var exitCode: Int32 { code.exitCode }
}

extension InteropError: CustomStringConvertible {
  /// The place and the message, as a person reads them.
  public var description: String {
    guard let place else { return message }
    return "\(place): \(message)"
  }
}
