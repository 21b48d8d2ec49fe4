internal import Domain

/// The way to a value that is being looked at; its text is made only when something is reported.
struct PointerPath {
  private enum Step {
    case name(Identifier)
    case index(Int)
  }

  private var steps: [Step] = []

  /// Goes into a member.
  mutating func enter(_ name: Identifier) { steps.append(.name(name)) }

  /// Goes into an element.
  mutating func enter(_ index: Int) { steps.append(.index(index)) }

  /// Goes back to where it was before.
  mutating func leave() { steps.removeLast() }

  /// The RFC 6901 pointer.
  var text: String {
    steps.map { step in
      switch step {
      case .name(let name): "/" + DocumentReader.escaped(name)
      case .index(let index): "/\(index)"
      }
    }.joined()
  }
}
