internal import Domain

/// What a term of a context stands for.
///
/// A class, because definitions are shared by all contexts that are made from one another, and are
/// told apart by identity when the contexts that belong to them are remembered.
final class TermDefinition: Sendable {
  /// What the values of a term are inside of.
  struct Container: OptionSet {
    let rawValue: UInt8

    static let graph = Container(rawValue: 1)
    static let id = Container(rawValue: 2)
    static let index = Container(rawValue: 4)
    static let language = Container(rawValue: 8)
    static let list = Container(rawValue: 16)
    static let set = Container(rawValue: 32)
    static let type = Container(rawValue: 64)

    /// The container that a keyword names.
    init?(_ keyword: Identifier) {
      switch keyword.text {
      case "@graph": self = .graph
      case "@id": self = .id
      case "@index": self = .index
      case "@language": self = .language
      case "@list": self = .list
      case "@set": self = .set
      case "@type": self = .type
      default: return nil
      }
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }
  }

  /// The parts of a definition.
  struct Parts {
    /// The IRI, blank node or keyword; `nil` for a term that stands for nothing.
    var iri: Identifier?
    var isPrefix = false
    var isProtected = false
    var isReverse = false
    var type: Identifier?
    var container: Container = []
    /// The language of texts: `.some(nil)` where the term says that they have none.
    var language: Identifier??
    var direction: Identifier??
    var index: Identifier?
    var nest: Identifier?
    /// The context that belongs to the term.
    var context: JSONNode?
    var baseURL: Identifier?

    /// Whether all but the protection is the same.
    func isSame(as other: Parts) -> Bool {
      iri == other.iri && isPrefix == other.isPrefix && isReverse == other.isReverse
        && type == other.type && container == other.container && language == other.language
        && direction == other.direction && index == other.index && nest == other.nest
        && context == other.context
    }
  }

  let parts: Parts

  init(_ parts: Parts) {
    self.parts = parts
  }

  var iri: Identifier? { parts.iri }
  var container: Container { parts.container }
  var type: Identifier? { parts.type }
}
