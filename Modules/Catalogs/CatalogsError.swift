public import Domain

/// A failure that stops the work of this module.
///
/// What is wrong inside a catalog is reported as a `Problem` instead, and work goes on.
public struct CatalogsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The name of the code.
    public let description: String

    /// The text breaks the grammar of JSON, or ends too early.
    public static let malformed = Code(description: "malformed")
    /// The bytes are not text in an encoding that is read.
    public static let encoding = Code(description: "encoding")
    /// The text is sound but holds no catalog.
    public static let notACatalog = Code(description: "not_a_catalog")
    /// A limit was passed.
    public static let limit = Code(description: "limit")
    /// The lock file contradicts itself or the catalog.
    public static let lock = Code(description: "lock")
    /// An option has a value that cannot be used.
    public static let option = Code(description: "option")
  }

  /// The kind of failure.
  public var code: Code
  /// What was found, what was expected and how to repair it, as one sentence.
  public var message: String
  /// Where it was found.
  public var place: Place

  /// Creates an error.
  public init(_ code: Code, _ message: String, at place: Place = Place()) {
    self.code = code
    self.message = message
    self.place = place
  }

  /// The place, the message and the code, as one line.
  public var description: String { problem.description }

  /// The failure as a problem with the code `catalogs.` and the name of the code.
  public var problem: Problem {
    Problem(.fatal, Problem.Code("catalogs.\(code)"), message, at: place)
  }
}
