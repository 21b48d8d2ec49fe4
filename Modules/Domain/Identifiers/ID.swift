/// An identifier that says what kind of thing it names.
///
/// The compiler then refuses a class where a learner is expected:
///
/// ```swift
/// let ann: ID<Learner> = "user-1"
/// ```
///
/// `Owner` is only a mark; no value of it is stored.
public struct ID<Owner>: Hashable, Sendable, Comparable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The identifier without its kind.
  public let identifier: Identifier

  /// Marks an identifier as naming an `Owner`.
  public init(_ identifier: Identifier) {
    self.identifier = identifier
  }

  /// Creates an identifier from text, which is kept as it is.
  public init(_ text: String) {
    identifier = Identifier(text)
  }

  /// Creates an identifier from a literal.
  public init(stringLiteral text: String) {
    identifier = Identifier(text)
  }

  /// The text.
  public var description: String { identifier.text }

  /// Orders identifiers by their bytes.
  public static func < (left: ID, right: ID) -> Bool {
    left.identifier < right.identifier
  }
}

extension ID: Codable {
  /// Reads an identifier from one text value.
  public init(from decoder: any Decoder) throws {
    identifier = try Identifier(from: decoder)
  }

  /// Writes the identifier as one text value.
  public func encode(to encoder: any Encoder) throws {
    try identifier.encode(to: encoder)
  }
}
