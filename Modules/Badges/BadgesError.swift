public import Domain

/// A failure that stops the issuing, baking or reading of a badge.
///
/// What is wrong with a badge that is verified is a ``Check`` of its report, never an error.
public struct BadgesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case key
      case document
      case image
      case status
      case cryptography = "no_cryptography"
      case unavailable
    }

    private let value: Value

    /// A key is malformed, or not of a kind that can do this.
    public static let key = Code(value: .key)
    /// A document is not a credential that can be signed or changed.
    public static let document = Code(value: .document)
    /// An image cannot carry a badge, or does not.
    public static let image = Code(value: .image)
    /// A status list is malformed, or an index lies outside of it.
    public static let status = Code(value: .status)
    /// The package was built without the trait Crypto.
    public static let cryptography = Code(value: .cryptography)
    /// A document cannot be had.
    public static let unavailable = Code(value: .unavailable)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// What went wrong and how to repair it, as one sentence; never a secret.
  public var message: String
  /// Where it went wrong, when it has a place.
  public var place: Place?

  /// Creates an error.
  public init(_ code: Code, _ message: String, at place: Place? = nil) {
    self.code = code
    self.message = message
    self.place = place
  }

  /// The place and the message, as a person reads them.
  public var description: String {
    guard let place, !place.isEmpty else { return message.escapingControls() }
    return "\(place): \(message.escapingControls())"
  }
}
