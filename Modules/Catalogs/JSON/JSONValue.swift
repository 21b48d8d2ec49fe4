/// A value of a JSON text, with everything that the text says.
///
/// Catalogs keep the members that no rule knows, so they are kept as trees. Numbers stay text and
/// members keep their order.
public enum JSONValue: Hashable, Sendable {
  /// `null`
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number, as written.
  case number(String)
  /// A string, without its escapes.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// An object.
  case object(JSONObject)

  /// The text of a string, `nil` for everything else.
  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The elements of a list, `nil` for everything else.
  public var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The object, `nil` for everything else.
  public var object: JSONObject? {
    guard case .object(let object) = self else { return nil }
    return object
  }

  /// Whether it says nothing: `null`, a blank string, an empty list or an empty object.
  public var isBlank: Bool {
    switch self {
    case .null: true
    case .string(let text): text.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let object): object.members.isEmpty
    case .boolean, .number: false
    }
  }

  /// What kind of value it is, in words for messages.
  public var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral {
  /// Creates a string.
  public init(stringLiteral text: String) {
    self = .string(text)
  }
}

/// An object of a JSON text: members in their order, with names that do not repeat.
public struct JSONObject: Hashable, Sendable {
  /// A member of an object.
  public struct Member: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// Creates a member.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The members.
  public private(set) var members: [Member]
  /// The line and byte on which the object began, from 1; 0 when it was not read from a text.
  public private(set) var line: UInt32 = 0
  /// The byte in the line, from 1.
  public private(set) var column: UInt32 = 0

  /// Creates an object; of members with one name the last value stays, in the place of the first.
  ///
  /// - Complexity: O(*n*).
  public init(_ members: [Member] = []) {
    self.members = []
    guard members.count > 16 else {
      for member in members { self[member.name] = member.value }
      return
    }
    var places: [String: Int] = [:]
    for member in members {
      if let place = places[member.name] {
        self.members[place].value = member.value
      } else {
        places[member.name] = self.members.count
        self.members.append(member)
      }
    }
  }

  /// Takes members whose names are known to differ, with the place where the object began.
  package init(unique members: [Member], line: UInt32, column: UInt32) {
    self.members = members
    self.line = line
    self.column = column
  }

  /// The value of a member; setting `nil` removes it.
  ///
  /// - Complexity: O(*n*) in the number of members.
  public subscript(name: String) -> JSONValue? {
    get { members.first { $0.name == name }?.value }
    set {
      let index = members.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name, value))
      case (nil, nil): break
      }
    }
  }

  /// Whether both have the same members in the same order, wherever they were read.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members == right.members
  }

  /// Feeds the members to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(members)
  }
}
