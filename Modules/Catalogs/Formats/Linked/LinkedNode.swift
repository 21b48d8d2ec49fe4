/// An object of linked data, read without its context: names count by what follows their prefix.
///
/// `ceasn:hasChild`, `http://purl.org/gem/qualifiers/hasChild` and `hasChild` are one name, and
/// texts and references are found in each form that JSON-LD has: alone, with `@value` or `@id`, by
/// language, in lists, and as attributes of XML that was turned into JSON.
struct LinkedNode {
  /// The members as read.
  let object: JSONObject
  private var places: [String: Int] = [:]

  init(_ object: JSONObject) {
    self.object = object
    for (index, member) in object.members.enumerated() {
      let name = LinkedNode.localName(member.name)
      if places[name] == nil { places[name] = index }
    }
  }

  /// The name that follows the prefix or namespace.
  static func localName(_ name: String) -> String {
    guard !name.hasPrefix("@"), !name.hasPrefix("-xmlns") else { return name }
    var local = name[...]
    if let cut = name.lastIndex(where: { $0 == "/" || $0 == "#" || $0 == ":" }) {
      local = name[name.index(after: cut)...]
    }
    return local.isEmpty ? name : String(local)
  }

  /// The last segment of an address, for terms of vocabularies.
  static func term(_ address: String) -> String {
    let trimmed = address.hasSuffix("/") ? String(address.dropLast()) : address
    return localName(trimmed)
  }

  /// The first value that is not blank under some names.
  subscript(names: String...) -> JSONValue? { value(names) }

  private func value(_ names: [String]) -> JSONValue? {
    for name in names {
      guard let place = places[name] else { continue }
      let value = object.members[place].value
      if !value.isBlank { return value }
    }
    return nil
  }

  /// The identifier of the node.
  var identifier: String? {
    value(["@id", "about", "id"])?.string
  }

  /// The names of its types, without prefixes.
  var types: [String] {
    guard let value = value(["@type", "type"]) else { return [] }
    return LinkedNode.references(in: value).map { LinkedNode.term($0) }
  }

  /// The first text under some names.
  func text(_ names: String...) -> String? {
    value(names).flatMap { LinkedNode.literals(in: $0).first?.text }
  }

  /// The texts under some names, of one language where there are several.
  func texts(_ names: String...) -> [String] {
    guard let value = value(names) else { return [] }
    let literals = LinkedNode.literals(in: value)
    let language = literals.first?.language
    return literals.filter { $0.language == language }.map(\.text)
  }

  /// The language of the first text under some names.
  func language(of names: String...) -> String? {
    value(names).flatMap { LinkedNode.literals(in: $0).first?.language }
  }

  /// What some names refer to.
  func references(_ names: String...) -> [String] {
    value(names).map { LinkedNode.references(in: $0) } ?? []
  }

  /// The nodes inside of the node under some names.
  func nodes(_ names: String...) -> [JSONObject] {
    switch value(names) {
    case .array(let elements)?: elements.compactMap(\.object)
    case .object(let object)?: [object]
    default: []
    }
  }

  /// The members that say something, without those of some names.
  ///
  /// A text in more than one language is among them even when its name is known, because only one
  /// of the languages has a place.
  func rest(without known: Set<String>) -> [JSONObject.Member] {
    object.members.enumerated().compactMap { index, member in
      guard !member.value.isBlank, !member.name.hasPrefix("@context"),
        !member.name.hasPrefix("-xmlns")
      else { return nil }
      let name = LinkedNode.localName(member.name)
      let isRead = known.contains(name) && places[name] == index
      let isSplit = Set(LinkedNode.literals(in: member.value).map(\.language)).count > 1
      return isRead && !isSplit ? nil : member
    }
  }

  // MARK: Values

  /// A text and the language that it is in, where the file says so.
  struct Literal: Hashable {
    var text: String
    var language: String?
  }

  /// The texts in a value, in their order.
  static func literals(in value: JSONValue) -> [Literal] {
    switch value {
    case .string(let text): return text.isEmpty ? [] : [Literal(text: text)]
    case .number(let text): return [Literal(text: text)]
    case .array(let elements): return elements.flatMap { plainLiterals(in: $0) }
    default: return plainLiterals(in: value)
    }
  }

  /// The texts in a value that is no list of lists.
  private static func plainLiterals(in value: JSONValue) -> [Literal] {
    switch value {
    case .string(let text): return text.isEmpty ? [] : [Literal(text: text)]
    case .number(let text): return [Literal(text: text)]
    case .object(let object):
      for name in ["@value", "#text", "value", "literal", "prefLabel"] {
        guard let text = object[name]?.string else { continue }
        let language = ["@language", "-xml:lang", "lang", "language"].lazy.compactMap {
          object[$0]?.string
        }.first
        return text.isEmpty ? [] : [Literal(text: text, language: language)]
      }
      return object.members.flatMap { member -> [Literal] in
        guard isLanguage(member.name) else { return [] }
        let texts = member.value.array ?? [member.value]
        return texts.compactMap(\.string).filter { !$0.isEmpty }.map {
          Literal(text: $0, language: member.name)
        }
      }
    default: return []
    }
  }

  private static func isLanguage(_ name: String) -> Bool {
    let head = name.prefix { $0 != "-" }
    return (2...3).contains(head.count) && head.allSatisfy { $0.isASCII && $0.isLetter }
  }

  /// What a value refers to, in its order.
  static func references(in value: JSONValue) -> [String] {
    (value.array ?? [value]).compactMap { element in
      switch element {
      case .string(let text): return text.isEmpty ? nil : text
      case .number(let text): return text
      case .object(let object):
        let names = ["@id", "-rdf:resource", "-rdf:about", "id", "uri", "@value", "value"]
        return names.lazy.compactMap { object[$0]?.string }.first { !$0.isEmpty }
      default: return nil
      }
    }
  }
}
