public import Domain

/// A value of a JSON text, with everything that the text says.
///
/// Numbers are the text of the document, members keep their order, and texts are equal only when
/// their bytes are. A value that a policy reads can therefore not differ from the one that was
/// signed.
public enum JSONNode: Hashable, Sendable {
  /// No value.
  case null
  /// True or false.
  case boolean(Bool)
  /// A number, as written.
  case number(Identifier)
  /// A text, without its escapes.
  case string(Identifier)
  /// Values in order.
  case array([JSONNode])
  /// Named values.
  case object(JSONObject)

  /// Creates a text.
  public init(_ text: String) {
    self = .string(Identifier(text))
  }

  /// The text of a string, `nil` for other values.
  public var string: Identifier? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The elements of an array, `nil` for other values.
  public var array: [JSONNode]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The object, `nil` for other values.
  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The elements of an array, or the value itself as the only one: many members of a credential
  /// may be written in both forms.
  public var asArray: [JSONNode] {
    if case .array(let elements) = self { elements } else { [self] }
  }

  /// The value of a member; `nil` when there is none, or this is no object.
  ///
  /// - Complexity: O(*n*) in the number of members.
  public subscript(name: Identifier) -> JSONNode? { object?[name] }

  /// Whether it is a text, a number, true or false.
  var isScalar: Bool {
    switch self {
    case .string, .number, .boolean: true
    case .null, .array, .object: false
    }
  }

  /// What kind of value it is, for messages.
  public var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSONNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// Creates a text.
  public init(stringLiteral text: String) {
    self.init(text)
  }

  /// Creates a whole number.
  public init(integerLiteral number: Int) {
    self = .number(Identifier(String(number)))
  }

  /// Creates true or false.
  public init(booleanLiteral value: Bool) {
    self = .boolean(value)
  }

  /// Creates an array.
  public init(arrayLiteral elements: JSONNode...) {
    self = .array(elements)
  }

  /// Creates an object; of members with one name the last value stays.
  public init(dictionaryLiteral elements: (Identifier, JSONNode)...) {
    var object = JSONObject()
    for (name, value) in elements { object[name] = value }
    self = .object(object)
  }
}
