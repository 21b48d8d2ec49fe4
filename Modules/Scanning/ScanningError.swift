/// Why bytes could not be scanned any further.
public struct ScanningError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The name of the code.
    public let description: String

    /// A quote was opened and never closed.
    public static let unclosedQuote = Code(description: "unclosedQuote")
    /// A limit was passed.
    public static let limit = Code(description: "limit")
    /// The bytes break the grammar of their format.
    public static let malformed = Code(description: "malformed")
    /// The input ends in the middle of something.
    public static let truncated = Code(description: "truncated")
    /// The bytes are not valid in their encoding.
    public static let encoding = Code(description: "encoding")
    /// A name stands twice where it must be unique.
    public static let duplicate = Code(description: "duplicate")
    /// The input holds something that is refused for safety.
    public static let refused = Code(description: "refused")
  }

  /// The kind of failure.
  public var code: Code
  /// What was found and what was expected, as one sentence.
  public var message: String
  /// The line, from 1.
  public var line: UInt64
  /// The byte in the line, from 1.
  public var column: UInt64
  /// The place in a JSON document, as a JSON pointer; blank elsewhere.
  public var pointer: String

  /// An error at a place.
  public init(
    _ code: Code, _ message: String, line: UInt64, column: UInt64, pointer: String = ""
  ) {
    self.code = code
    self.message = message
    self.line = line
    self.column = column
    self.pointer = pointer
  }

  /// The place and the message.
  public var description: String {
    pointer.isEmpty ? "\(line):\(column): \(message)" : "\(line):\(column) (\(pointer)): \(message)"
  }
}
