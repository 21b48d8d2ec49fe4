public import Domain

/// A part of a catalog that keeps every member it was read with.
///
/// The members are the storage: properties read them by the rules of the format and write single
/// ones, so that what nobody touches stays as it was, known or not.
public protocol CatalogObject: Hashable, Sendable {
  /// The members, as read.
  var members: JSONObject { get set }

  /// Creates a part from members.
  init(members: JSONObject)
}

extension CatalogObject {
  /// The identifier, blank where the file gives none.
  public var identifier: Identifier {
    get { Identifier(text("identifier", "sourcedId") ?? "") }
    set { set("identifier", to: .string(newValue.text), instead: ["sourcedId"]) }
  }

  /// The public address, `nil` where there is none.
  public var uri: String? {
    get { text("uri") }
    set { setText("uri", newValue) }
  }

  /// The last change as the file writes it.
  public var lastChangeText: String? {
    get { text("lastChangeDateTime") }
    set { setText("lastChangeDateTime", newValue) }
  }

  /// The last change; UTC where the file gives no zone.
  public var lastChange: Instant? {
    lastChangeText.flatMap { CASEDate.instant($0) }
  }

  /// The extensions of CASE 1.1, empty where there are none.
  public var extensions: JSONObject {
    get { members["extensions"]?.object ?? JSONObject() }
    set { members["extensions"] = newValue.members.isEmpty ? nil : .object(newValue) }
  }

  /// The first text that is not blank among members; numbers count as their text.
  package func text(_ names: String...) -> String? {
    for name in names {
      switch members[name] {
      case .string(let text)? where !text.isEmpty: return text
      case .number(let text)?: return text
      default: continue
      }
    }
    return nil
  }

  /// Sets or removes a text.
  package mutating func setText(_ name: String, _ value: String?) {
    members[name] = value.map { .string($0) }
  }

  /// Sets a member and removes those that stood for it.
  package mutating func set(_ name: String, to value: JSONValue?, instead aliases: [String]) {
    for alias in aliases { members[alias] = nil }
    members[name] = value
  }

  /// A list of texts, given as a list or as one text that is cut at separators.
  package func texts(_ names: String..., separators: Set<Character>) -> [String] {
    for name in names {
      switch members[name] {
      case .array(let elements)?:
        let texts = elements.compactMap { element in
          switch element {
          case .string(let text), .number(let text): text.isEmpty ? nil : text
          default: nil
          }
        }
        if !texts.isEmpty { return texts }
      case .string(let text)? where !text.isEmpty:
        return text.split(whereSeparator: separators.contains).compactMap { part in
          let trimmed = part.trimmingBlanks()
          return trimmed.isEmpty ? nil : trimmed
        }
      case .number(let text)?: return [text]
      default: continue
      }
    }
    return []
  }

  /// Sets or removes a list of texts.
  package mutating func setTexts(_ name: String, _ values: [String], instead aliases: [String] = [])
  {
    set(
      name, to: values.isEmpty ? nil : .array(values.map { .string($0) }), instead: aliases)
  }

  /// A link; `nil` where the member is absent or blank.
  package func link(_ name: String) -> CatalogLink? {
    members[name].flatMap { CatalogLink($0) }
  }

  /// A whole number, also where it is written as a string.
  package func integer(_ name: String) -> Int64? {
    text(name).flatMap { Int64($0.trimmingBlanks()) }
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  package func trimmingBlanks() -> String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}
