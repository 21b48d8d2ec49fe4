internal import Domain
internal import LinkedData

/// The part of a document that JSON pointers name, with what it is part of: the contexts, and of
/// every object around it identifier and types.
struct DisclosureSelection {
  private struct Node {
    var isWhole = false
    var children: [(token: String, node: Node)] = []

    mutating func add(_ tokens: ArraySlice<String>) {
      guard let token = tokens.first else {
        isWhole = true
        return
      }
      let index = children.firstIndex { $0.token.utf8.elementsEqual(token.utf8) }
      if index == nil { children.append((token, Node())) }
      children[index ?? children.count - 1].node.add(tokens.dropFirst())
    }
  }

  private var root = Node()

  /// Reads pointers (RFC 6901).
  init(_ pointers: [Identifier]) throws(BadgesError) {
    for pointer in pointers {
      guard pointer.isEmpty || pointer.utf8.first == UInt8(ascii: "/") else {
        throw BadgesError(.document, "\"\(pointer)\" is no JSON pointer; it begins with a slash.")
      }
      let tokens = pointer.text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      let names = tokens.map { token in
        String(token).replacing("~1", with: "/").replacing("~0", with: "~")
      }
      root.add(names[...])
    }
  }

  /// The selected part of a document.
  ///
  /// - Throws: ``BadgesError`` with the code `document` for a pointer to what is not there.
  func part(of document: JSONObject) throws(BadgesError) -> JSONObject {
    guard !root.isWhole else { return document }
    let part = try part(of: .object(document), root, "")
    guard var object = part.object, let context = document["@context"] else { return document }
    object["@context"] = nil
    var result = JSONObject()
    result["@context"] = context
    for member in object.members { result[member.name] = member.value }
    return result
  }

  private func part(
    of value: JSONNode, _ node: Node, _ pointer: String
  ) throws(BadgesError) -> JSONNode {
    if node.isWhole { return value }
    var found: [Int: JSONNode] = [:]
    for child in node.children {
      let place = "\(pointer)/\(DocumentReader.escaped(Identifier(child.token)))"
      guard let index = Self.index(child.token, in: value), let inner = Self.value(value, index)
      else {
        throw BadgesError(.document, "The credential has nothing there.", at: Place(pointer: place))
      }
      found[index] = try part(of: inner, child.node, place)
    }
    guard case .object(let object) = value else {
      return .array(found.sorted { $0.key < $1.key }.map(\.value))
    }
    var result = JSONObject()
    for (index, member) in object.members.enumerated() {
      if let chosen = found[index] {
        result[member.name] = chosen
      } else if member.name == "type" || member.name == "id" {
        result[member.name] = member.value
      }
    }
    return .object(result)
  }

  private static func index(_ token: String, in value: JSONNode) -> Int? {
    if case .object(let object) = value {
      return object.members.firstIndex { $0.name == Identifier(token) }
    }
    guard token == "0" || token.utf8.first != UInt8(ascii: "0"),
      token.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(token)
  }

  private static func value(_ value: JSONNode, _ index: Int) -> JSONNode? {
    switch value {
    case .object(let object): object.members[index].value
    case .array(let elements): elements.indices.contains(index) ? elements[index] : nil
    default: nil
    }
  }
}
