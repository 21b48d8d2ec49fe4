/// A string, number, boolean or null of a JSON text, by its place.
public struct JSONScalar: Hashable, Sendable {
  /// What a scalar is.
  public enum Kind: UInt8, Hashable, Sendable {
    /// A string; its place is that between the quotes.
    case string
    /// A number.
    case number
    /// `true` or `false`.
    case boolean
    /// `null`
    case null
  }

  /// The place of the first byte in the text.
  public var start: Int
  /// The place after the last byte.
  public var end: Int
  /// What it is.
  public var kind: Kind
  /// Whether the text is read in another way when this value is another one.
  public var isFixed = false
}
