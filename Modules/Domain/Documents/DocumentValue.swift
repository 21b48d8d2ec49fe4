/// A JSON value whose text is kept byte for byte and whose numbers are exact.
///
/// Members of objects keep their order; ``canonicalText`` sorts them. Texts are equal only when
/// their bytes are, unlike with `String`.
public enum DocumentValue: Hashable, Sendable {
  /// A named value of an object.
  public struct Member: Hashable, Sendable {
    /// The name.
    public var name: Identifier
    /// The value.
    public var value: DocumentValue

    /// Creates a member.
    public init(_ name: Identifier, _ value: DocumentValue) {
      self.name = name
      self.value = value
    }
  }

  /// No value.
  case null
  /// True or false.
  case bool(Bool)
  /// A number that every JSON reader gets right; others are written as text.
  case number(ExactDecimal)
  /// A text.
  case string(Identifier)
  /// Values in order.
  case array([DocumentValue])
  /// Named values; no name comes twice.
  case object([Member])

  /// The value of a member.
  ///
  /// - Parameter name: The name, compared byte for byte.
  /// - Returns: `nil` when there is no such member or this is no object.
  /// - Complexity: O(*n*) in the number of members.
  public subscript(_ name: Identifier) -> DocumentValue? {
    members?.first { $0.name == name }?.value
  }

  /// The text, or `nil` for other values.
  public var text: Identifier? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The elements, or `nil` for other values.
  public var elements: [DocumentValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members, or `nil` for other values.
  public var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// What kind of value it is, for messages.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// Creates an object from members, leaving out those without a value.
  ///
  /// - Parameter members: Names and values, in order.
  public init(members: [(Identifier, DocumentValue?)]) {
    self = .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  /// Creates a text.
  public init(_ text: String) {
    self = .string(Identifier(text))
  }

  /// Applies an RFC 7396 merge patch: members replace, `null` removes, objects merge.
  ///
  /// - Parameter patch: The patch.
  /// - Returns: The changed value.
  public func merging(_ patch: DocumentValue) -> DocumentValue {
    guard case .object(let changes) = patch else { return patch }
    var merged = members ?? []
    for change in changes {
      let index = merged.firstIndex { $0.name == change.name }
      if change.value == .null {
        if let index { merged.remove(at: index) }
      } else if let index {
        merged[index].value = merged[index].value.merging(change.value)
      } else {
        merged.append(Member(change.name, DocumentValue.null.merging(change.value)))
      }
    }
    return .object(merged)
  }
}

extension DocumentValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// Creates a text.
  public init(stringLiteral text: String) {
    self.init(text)
  }

  /// Creates a whole number.
  public init(integerLiteral number: Int64) {
    self = .number(ExactDecimal(integerLiteral: number))
  }

  /// Creates true or false.
  public init(booleanLiteral value: Bool) {
    self = .bool(value)
  }

  /// Creates an array.
  public init(arrayLiteral elements: DocumentValue...) {
    self = .array(elements)
  }
}
