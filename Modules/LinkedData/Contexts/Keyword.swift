internal import Domain

/// The keywords of JSON-LD 1.1.
enum Keyword {
  static let base: Identifier = "@base"
  static let container: Identifier = "@container"
  static let context: Identifier = "@context"
  static let direction: Identifier = "@direction"
  static let graph: Identifier = "@graph"
  static let id: Identifier = "@id"
  static let `import`: Identifier = "@import"
  static let included: Identifier = "@included"
  static let index: Identifier = "@index"
  static let json: Identifier = "@json"
  static let language: Identifier = "@language"
  static let list: Identifier = "@list"
  static let nest: Identifier = "@nest"
  static let none: Identifier = "@none"
  static let prefix: Identifier = "@prefix"
  static let propagate: Identifier = "@propagate"
  static let protected: Identifier = "@protected"
  static let reverse: Identifier = "@reverse"
  static let set: Identifier = "@set"
  static let type: Identifier = "@type"
  static let value: Identifier = "@value"
  static let version: Identifier = "@version"
  static let vocab: Identifier = "@vocab"

  private static let all: Set<Identifier> = [
    base, container, context, direction, graph, id, `import`, included, index, json, language,
    list, nest, none, prefix, propagate, protected, reverse, set, type, value, version, vocab,
  ]

  /// Whether a text is a keyword.
  static func contains(_ text: Identifier) -> Bool {
    text.utf8.first == UInt8(ascii: "@") && all.contains(text)
  }

  /// Whether a text looks like a keyword: an at sign and letters only.
  static func isLookalike(_ text: Identifier) -> Bool {
    guard text.utf8.first == UInt8(ascii: "@"), text.utf8.count > 1 else { return false }
    return text.utf8.dropFirst().allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
    }
  }
}
