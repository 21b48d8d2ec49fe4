/// A piece of a JSON text.
public enum JSONToken: UInt8, Hashable, Sendable {
  /// `{`
  case beginObject
  /// `}`
  case endObject
  /// `[`
  case beginArray
  /// `]`
  case endArray
  /// The name of a member; its value comes next.
  case key
  /// A string.
  case string
  /// A number.
  case number
  /// `true`
  case `true`
  /// `false`
  case `false`
  /// `null`
  case null
  /// The text is over.
  case end
}

/// How large the parts of a JSON text may be.
public struct JSONLimits: Hashable, Sendable {
  /// Objects and arrays inside each other.
  public var depth: Int
  /// Bytes of a string, as written.
  public var stringBytes: Int
  /// Bytes of a number.
  public var numberBytes: Int
  /// Members of an object.
  public var members: Int

  /// Limits.
  ///
  /// - Parameters:
  ///   - depth: At most 512; more is taken as 512.
  ///   - stringBytes: Bytes of the longest string.
  ///   - numberBytes: Bytes of the longest number.
  ///   - members: Members of the largest object.
  public init(
    depth: Int = 64, stringBytes: Int = 16 << 20, numberBytes: Int = 64, members: Int = 10_000
  ) {
    self.depth = min(max(depth, 1), 512)
    self.stringBytes = stringBytes
    self.numberBytes = numberBytes
    self.members = members
  }

  /// Depth 64, strings of 16 MiB, numbers of 64 bytes, 10,000 members.
  public static let standard = JSONLimits()
}
