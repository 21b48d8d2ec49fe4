internal import Domain

/// The lists of a map of prerequisites: JSON of somebody's own shape, with nodes and what comes
/// before what.
///
/// Either the root is a list of nodes, or an object with lists of nodes and of links. A list is one
/// of links when its objects name two ends, and one of nodes when they have a name. What comes
/// first is said by links, or by a list in each node.
struct PrerequisiteMap {
  /// A list of nodes.
  struct Nodes {
    /// The member that holds it, blank for the root.
    var name: String
    /// The nodes.
    var objects: [MapNode]
    /// The member that links and other lists name its nodes by.
    var key = ""
    /// Whether links name some of its nodes.
    var isLinked = false
    /// What stands before its identifiers, because another list has the same.
    var prefix = ""

    /// The identifier of a node as links name it, blank where it has none.
    func name(of node: MapNode) -> String { node.text([key]) ?? "" }
  }

  /// A list of links.
  struct Links {
    /// The member that holds it.
    var name: String
    /// The links.
    var objects: [MapNode]
    /// The members that name the ends.
    var ends: (first: String, second: String)
  }

  /// Members that hold what comes before a node.
  static let before = [
    "prerequisites", "prereqs", "prerequisite", "dependencies", "dependson", "requires",
  ]
  /// Members that can name a node, in the order in which they are taken.
  static let keys = [
    "id", "identifier", "key", "tag", "slug", "uuid", "guid", "code", "name", "title",
  ]

  /// The object at the root, where it is one.
  private(set) var root = JSONObject()
  /// The lists of nodes; the first is the one that links name.
  private(set) var nodes: [Nodes] = []
  /// The lists of links.
  private(set) var links: [Links] = []
  /// Elements of lists that are no objects, by the list.
  private(set) var strays: [(list: String, element: JSONValue)] = []
  /// Lists whose identifiers other lists have too.
  private(set) var prefixed: [String] = []

  /// Takes a text apart.
  init(_ value: JSONValue) {
    switch value {
    case .array(let elements): take(elements, "")
    case .object(let object):
      root = object
      for member in object.members {
        if let elements = member.value.array { take(elements, member.name) }
      }
    default: break
    }
    chooseKeys()
    dropUnnamed()
    keepApart()
  }

  /// Whether the text is a map: nodes, and links that name one of them.
  var isRecognized: Bool {
    guard let main = nodes.first else { return false }
    let known = Set(main.objects.map { main.name(of: $0) })
    return references(of: links).contains { known.contains($0) }
      || main.objects.contains { node in
        before(node, of: main).named.contains { known.contains($0.name) }
      }
  }

  /// Takes a list, if it is one of nodes or links.
  private mutating func take(_ elements: [JSONValue], _ name: String) {
    guard let first = elements.lazy.compactMap(\.object).first.map({ MapNode($0) }) else { return }
    let ends = LinkWord.ends.first { first.has($0.first) && first.has($0.second) }
    guard ends != nil || PrerequisiteMap.keys.contains(where: { first.has($0) }) else { return }
    let objects = elements.compactMap(\.object).map { MapNode($0) }
    strays += elements.filter { $0.object == nil }.map { (name, $0) }
    if let ends {
      links.append(Links(name: name, objects: objects, ends: ends))
    } else {
      nodes.append(Nodes(name: name, objects: objects))
    }
  }

  /// The names of both ends of links.
  private func references(of links: [Links]) -> Set<String> {
    var names: Set<String> = []
    for list in links {
      for link in list.objects {
        for end in [list.ends.first, list.ends.second] {
          if let name = link.text([end]) { names.insert(name) }
        }
      }
    }
    return names
  }

  /// What a node says comes before it: names, the object around each where there is one, and
  /// values that name nothing.
  func before(
    _ node: MapNode, of nodes: Nodes
  ) -> (named: [(name: String, object: MapNode?)], others: [JSONValue]) {
    guard let value = node.value(PrerequisiteMap.before) else { return ([], []) }
    var named: [(name: String, object: MapNode?)] = []
    var others: [JSONValue] = []
    for element in value.array ?? [value] {
      let object = element.object.map { MapNode($0) }
      if let text = MapNode.text(of: element) ?? object?.text([nodes.key] + PrerequisiteMap.keys) {
        named.append((text, object))
      } else {
        others.append(element)
      }
    }
    return (named, others)
  }

  /// All names by which a node may mean what comes before it.
  private func wanted(by node: MapNode) -> [String] {
    guard let value = node.value(PrerequisiteMap.before) else { return [] }
    return (value.array ?? [value]).flatMap { element -> [String] in
      if let text = MapNode.text(of: element) { return [text] }
      guard let object = element.object.map({ MapNode($0) }) else { return [] }
      return PrerequisiteMap.keys.compactMap { object.text([$0]) }
    }
  }

  /// Chooses for each list the member that most links name, and puts the list first that they name.
  private mutating func chooseKeys() {
    var wanted = references(of: links)
    for node in nodes.flatMap(\.objects) { wanted.formUnion(self.wanted(by: node)) }
    var most = 0
    var main = 0
    for index in nodes.indices {
      var best = (count: -1, key: "")
      for key in PrerequisiteMap.keys {
        let names = nodes[index].objects.lazy.compactMap { $0.text([key]) }
        guard names.first != nil else { continue }
        let count = Set(names.filter { wanted.contains($0) }).count
        if count > best.count { best = (count, key) }
      }
      nodes[index].key = best.key
      nodes[index].isLinked = best.count > 0
      if best.count > most { (most, main) = (best.count, index) }
    }
    if main > 0 { nodes.insert(nodes.remove(at: main), at: 0) }
  }

  /// Takes lists out that no link and no node of another list names, such as one of authors. They
  /// stay members of the root.
  private mutating func dropUnnamed() {
    var named = Set(nodes.indices.filter { $0 == 0 || nodes[$0].isLinked })
    var waiting = Array(named)
    while let index = waiting.popLast() {
      for (_, list) in parents(of: nodes[index]) {
        guard let above = nodes.firstIndex(where: { $0.name == list.name }) else { continue }
        if named.insert(above).inserted { waiting.append(above) }
      }
    }
    nodes = nodes.indices.filter { named.contains($0) }.map { nodes[$0] }
    let names = Set(nodes.map(\.name) + links.map(\.name))
    strays.removeAll { !names.contains($0.list) }
  }

  /// The members of nodes that name a node of another list: `cluster` or `cluster_id` where there
  /// is a list `clusters`.
  func parents(of nodes: Nodes) -> [(member: String, list: Nodes)] {
    var seen: Set<String> = []
    let members = nodes.objects.flatMap(\.object.members).map { CatalogTable.plain($0.name) }
      .filter { seen.insert($0).inserted }
    return self.nodes.compactMap { list in
      var singular = CatalogTable.plain(list.name)
      if singular.hasSuffix("ies") {
        singular = singular.dropLast(3) + "y"
      } else if singular.hasSuffix("s") {
        singular.removeLast()
      }
      guard list.name != nodes.name, singular.count > 2 else { return nil }
      let known = Set(list.objects.map { list.name(of: $0) }).subtracting([""])
      for name in members {
        let bare = name.hasSuffix("id") ? String(name.dropLast(2)) : name
        guard bare.hasSuffix(singular), name != nodes.key else { continue }
        if nodes.objects.contains(where: { $0.text([name]).map(known.contains) ?? false }) {
          return (name, list)
        }
      }
      return nil
    }
  }

  /// Gives lists a prefix whose identifiers other lists have too; the first keeps its own.
  private mutating func keepApart() {
    var taken: Set<String> = []
    for index in nodes.indices {
      let names = Set(nodes[index].objects.map { nodes[index].name(of: $0) }).subtracting([""])
      if index > 0, !names.isDisjoint(with: taken) {
        nodes[index].prefix = "\(nodes[index].name)/"
        prefixed.append(nodes[index].name)
      }
      taken.formUnion(names)
    }
  }
}

/// An object of a map: members by their names without case, blanks and dashes.
struct MapNode {
  /// The members as read.
  let object: JSONObject
  private var places: [String: Int] = [:]

  init(_ object: JSONObject) {
    self.object = object
    for (index, member) in object.members.enumerated() {
      let name = CatalogTable.plain(member.name)
      if places[name] == nil { places[name] = index }
    }
  }

  /// Whether there is a member of a name.
  func has(_ name: String) -> Bool { places[name] != nil }

  /// The first value that is not blank under some names.
  func value(_ names: [String]) -> JSONValue? {
    place(of: names) { !$0.isBlank }.map { object.members[$0].value }
  }

  /// The first text or number under some names.
  func text(_ names: [String]) -> String? {
    textPlace(names).flatMap { MapNode.text(of: object.members[$0].value) }
  }

  /// The texts and numbers under some names.
  func texts(_ names: [String]) -> [String] {
    guard let place = textsPlace(names) else { return [] }
    let value = object.members[place].value
    return (value.array ?? [value]).compactMap { MapNode.text(of: $0) }
  }

  private func place(of names: [String], where isGood: (JSONValue) -> Bool) -> Int? {
    names.lazy.compactMap { places[$0] }.first { isGood(object.members[$0].value) }
  }

  private func textPlace(_ names: [String]) -> Int? {
    place(of: names) { MapNode.text(of: $0) != nil }
  }

  private func textsPlace(_ names: [String]) -> Int? {
    place(of: names) { value in
      (value.array ?? [value]).allSatisfy { MapNode.text(of: $0) != nil } && !value.isBlank
    }
  }

  /// The members that say something and are not read by ``text(_:)``, ``texts(_:)`` and
  /// ``value(_:)``.
  ///
  /// - Parameters:
  ///   - fields: The names of each field that is read as a text.
  ///   - lists: The names of each field that is read as texts.
  ///   - values: The names of each field that is read whatever it is.
  func rest(
    fields: [[String]], lists: [[String]] = [], values: [[String]] = []
  ) -> [JSONObject.Member] {
    let read = Set(
      fields.compactMap { textPlace($0) } + lists.compactMap { textsPlace($0) }
        + values.compactMap { place(of: $0) { !$0.isBlank } })
    return object.members.enumerated().compactMap { index, member in
      read.contains(index) || member.value.isBlank ? nil : member
    }
  }

  /// The text of a value that is one or a number, `nil` when it is blank.
  static func text(of value: JSONValue) -> String? {
    switch value {
    case .string(let text), .number(let text): text.allSatisfy(\.isWhitespace) ? nil : text
    default: nil
    }
  }
}
