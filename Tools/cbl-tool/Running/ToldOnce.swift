import Synchronization

/// What was said already, so that it is said once.
final class ToldOnce: Sendable {
  // Guards the sentences.
  private let said = Mutex<Set<String>>([])

  /// Whether a sentence is new.
  func insert(_ sentence: String) -> Bool { said.withLock { $0.insert(sentence).inserted } }
}
