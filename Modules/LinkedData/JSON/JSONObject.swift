public import Domain

/// An object of a JSON text: members in their order, with names that do not repeat.
public struct JSONObject: Sendable {
  /// A member of an object.
  public struct Member: Hashable, Sendable {
    /// The name.
    public var name: Identifier
    /// The value.
    public var value: JSONNode
    /// The byte of the text at which the name begins; -1 where there is no text.
    public var offset: Int

    /// Creates a member.
    public init(_ name: Identifier, _ value: JSONNode, offset: Int = -1) {
      self.name = name
      self.value = value
      self.offset = offset
    }

    /// Whether name and value are the same, wherever they were read.
    public static func == (left: Member, right: Member) -> Bool {
      left.name == right.name && left.value == right.value
    }

    /// Feeds name and value to a hasher.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(value)
    }
  }

  /// The members.
  public private(set) var members: [Member]
  /// The byte of the text at which the object begins; -1 where there is no text.
  public var offset: Int
  /// Where the members are, kept for large objects only.
  private var places: [Identifier: Int]?

  private static let indexedFrom = 24

  /// Creates an object without members.
  public init() {
    members = []
    offset = -1
  }

  /// Takes members whose names are known to differ.
  init(unique members: [Member], offset: Int = -1) {
    self.members = members
    self.offset = offset
    if members.count >= Self.indexedFrom { index() }
  }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The number of members.
  public var count: Int { members.count }

  /// The value of a member; setting `nil` removes it.
  ///
  /// - Complexity: O(1) on average; removal is O(*n*).
  public subscript(name: Identifier) -> JSONNode? {
    get { place(of: name).map { members[$0].value } }
    set {
      switch (place(of: name), newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil):
        members.remove(at: place)
        if places != nil { index() }
      case (nil, let value?):
        members.append(Member(name, value))
        if places != nil {
          places?[name] = members.count - 1
        } else if members.count == Self.indexedFrom {
          index()
        }
      case (nil, nil): break
      }
    }
  }

  /// Changes the value of a member in place, without copying it.
  ///
  /// - Parameters:
  ///   - name: The name; a member that is not there begins as an empty array.
  ///   - change: What happens to the elements.
  mutating func updateArray(_ name: Identifier, _ change: (inout [JSONNode]) -> Void) {
    let place: Int
    if let known = self.place(of: name) {
      place = known
    } else {
      self[name] = .array([])
      place = members.count - 1
    }
    var elements = members[place].value.asArray
    members[place].value = .null
    change(&elements)
    members[place].value = .array(elements)
  }

  private func place(of name: Identifier) -> Int? {
    if let places { return places[name] }
    return members.firstIndex { $0.name == name }
  }

  private mutating func index() {
    var places = [Identifier: Int](minimumCapacity: members.count * 2)
    for (place, member) in members.enumerated() { places[member.name] = place }
    self.places = places
  }
}

extension JSONObject: Hashable {
  /// Whether both have the same members in the same order, wherever they were read.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members == right.members
  }

  /// Feeds the members to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(members)
  }
}
