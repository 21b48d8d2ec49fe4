internal import Domain
internal import LinkedData
internal import Synchronization

/// The processors of credentials: one for each choice of states of the built-in contexts, so that
/// contexts are made once per process.
enum CredentialContexts {
  /// Guards the processors that were made.
  private static let known: Mutex<[Set<Identifier>: JSONLDProcessor]> = Mutex([:])

  /// The processor that takes the earlier state of some contexts.
  static func processor(earlier: Set<Identifier>) -> JSONLDProcessor {
    known.withLock { known in
      if let processor = known[earlier] { return processor }
      let processor = JSONLDProcessor(
        loader: PinnedContexts(earlier: earlier), options: .credential)
      // There are as many choices as subsets of the few URLs with two states.
      known[earlier] = processor
      return processor
    }
  }

  /// The choices of states for a document, today's first.
  static func choices(of document: JSONNode) -> [Set<Identifier>] {
    var urls: Set<Identifier> = []
    collect(from: document, into: &urls)
    let twofold = urls.filter { PinnedContexts.revisions(of: $0).count > 1 }.sorted()
    var choices: [Set<Identifier>] = [[]]
    for url in twofold { choices += choices.map { $0.union([url]) } }
    return choices
  }

  private static func collect(from node: JSONNode, into urls: inout Set<Identifier>) {
    switch node {
    case .array(let elements): for element in elements { collect(from: element, into: &urls) }
    case .object(let object):
      for member in object.members {
        if member.name == "@context" {
          urls.formUnion(member.value.asArray.compactMap(\.string))
        } else {
          collect(from: member.value, into: &urls)
        }
      }
    default: break
    }
  }
}
