internal import Domain
internal import Synchronization

/// The contexts that were made from pinned ones, so that each is made once per process.
final class ContextMemory: Sendable {
  /// Which context is applied to which.
  struct Key: Hashable {
    private let active: ObjectIdentifier
    private let definition: ObjectIdentifier?
    private let urls: [Identifier]
    private let flags: UInt8
    // Objects are told apart by their places in memory, so they have to stay there.
    fileprivate let owners: Owners

    fileprivate struct Owners: Hashable {
      let active: ActiveContext
      let definition: TermDefinition?

      static func == (left: Owners, right: Owners) -> Bool { true }
      func hash(into hasher: inout Hasher) {}
    }

    /// The context of a term.
    init(
      active: ActiveContext, definition: TermDefinition, isOverriding: Bool, isPropagating: Bool
    ) {
      self.active = ObjectIdentifier(active)
      self.definition = ObjectIdentifier(definition)
      urls = []
      flags = (isOverriding ? 1 : 0) | (isPropagating ? 2 : 0)
      owners = Owners(active: active, definition: definition)
    }

    /// The URLs of a document, or `nil` where it has a context of its own.
    init?(active: ActiveContext, local: JSONNode) {
      guard active.isRemembered else { return nil }
      var urls: [Identifier] = []
      for context in local.asArray {
        guard case .string(let url) = context else { return nil }
        urls.append(url)
      }
      self.urls = urls
      self.active = ObjectIdentifier(active)
      definition = nil
      flags = 4
      owners = Owners(active: active, definition: nil)
    }
  }

  /// The context without terms and base.
  let root: ActiveContext
  private let limit: Int
  /// Guards the contexts that are remembered.
  private let known: Mutex<[Key: ActiveContext]> = Mutex([:])

  /// Creates a memory.
  ///
  /// - Parameter limit: How many contexts are remembered; 0 where the documents of a loader may
  ///   change between two calls.
  init(limit: Int) {
    root = ActiveContext(ActiveContext.Parts(), isRemembered: limit > 0)
    self.limit = limit
  }

  func context(for key: Key) -> ActiveContext? {
    guard key.owners.active.isRemembered else { return nil }
    return known.withLock { $0[key] }
  }

  /// Remembers a context that was made, while there is room.
  ///
  /// - Returns: The context to use from now on.
  func remember(_ made: ActiveContext, for key: Key) -> ActiveContext {
    guard key.owners.active.isRemembered else { return made }
    return known.withLock { known in
      if let first = known[key] { return first }
      guard known.count < limit else { return made }
      let kept = ActiveContext(made.parts, isRemembered: true)
      known[key] = kept
      return kept
    }
  }
}
