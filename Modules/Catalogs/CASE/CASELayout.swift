/// The lists of a package.
enum CASEList: String, Hashable, Sendable, CaseIterable {
  case items = "CFItems"
  case associations = "CFAssociations"
  case rubrics = "CFRubrics"
  case concepts = "CFConcepts"
  case subjects = "CFSubjects"
  case licenses = "CFLicenses"
  case itemTypes = "CFItemTypes"
  case groupings = "CFAssociationGroupings"

  /// The kind of its elements.
  var kind: CASEKind {
    switch self {
    case .items: .item
    case .associations: .association
    case .rubrics: .rubric
    case .concepts: .concept
    case .subjects: .subject
    case .licenses: .license
    case .itemTypes: .itemType
    case .groupings: .grouping
    }
  }

  /// Whether it stands inside of `CFDefinitions`.
  var isDefinition: Bool { ![.items, .associations, .rubrics].contains(self) }

  /// The names under which files have it, the one of the format first.
  var names: [String] {
    switch self {
    case .items: [rawValue, "CFItemSet"]
    case .associations: [rawValue, "CFAssociationSet"]
    default: [rawValue]
    }
  }
}

/// How a file was built around what it says.
struct CASELayout: Hashable, Sendable {
  /// A list: where it stood and what in it was no object.
  struct Slot: Hashable, Sendable {
    /// Names from the package down to the list.
    var path: [String] = []
    /// What stood there instead of a list: `null`, a string.
    var instead: JSONValue?
    /// Elements that are no objects, by their place.
    var strays: [Int: JSONValue] = [:]
    /// The names of objects that wrapped one element each, by their place.
    var wrappers: [Int: String] = [:]
  }

  /// The objects around the package, outermost first, with `null` in its place.
  var outer: [JSONObject] = []
  /// Whether the document stood in an object of its own.
  var wrapsDocument = false
  /// The package as read, with `null` in the place of what the model holds.
  var frame = JSONObject()
  var slots: [CASEList: Slot] = [:]

  /// Members of the package that no version of the format knows.
  var others: JSONObject {
    let known: Set<String> = [
      "CFDocument", "CFDefinitions", "CFItemSet", "CFAssociationSet", "extensions",
    ]
    return JSONObject(
      frame.members.filter { member in
        !known.contains(member.name) && CASEList(rawValue: member.name) == nil
      })
  }
}

extension JSONObject {
  /// The value below names, one inside the other.
  subscript(path path: ArraySlice<String>) -> JSONValue? {
    var value = JSONValue.object(self)
    for name in path {
      guard let next = value.object?[name] else { return nil }
      value = next
    }
    return value
  }

  /// Sets the value below names and makes the objects on the way.
  mutating func set(_ value: JSONValue, at path: ArraySlice<String>) {
    var chain: [JSONObject] = [self]
    for name in path.dropLast() { chain.append(chain.last?[name]?.object ?? JSONObject()) }
    var current = value
    for (object, name) in zip(chain, path).reversed() {
      var changed = object
      changed[name] = current
      current = .object(changed)
    }
    if case .object(let whole) = current { self = whole }
  }
}
