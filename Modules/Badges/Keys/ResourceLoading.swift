public import Domain

/// A source of documents by URL: the keys of issuers, status lists, refreshed badges.
///
/// Nothing in this module opens a connection: what a verifier is not given, it does not know. May
/// be called from several threads at the same time.
public protocol ResourceLoading: Sendable {
  /// Finds a document.
  ///
  /// - Parameter url: Its URL, without a fragment.
  /// - Returns: Its bytes, or `nil` when the source does not have it.
  func resource(at url: Identifier) -> Resource?
}

/// A document that a loader has.
public enum Resource: Hashable, Sendable {
  /// Its bytes.
  case bytes([UInt8])
  /// It was there once: a hosted badge that was revoked is answered so (HTTP 410).
  case gone
}

/// Documents that are all at hand, by URL.
public struct KnownResources: ResourceLoading {
  private let documents: [Identifier: Resource]

  /// Creates a source.
  public init(_ documents: [Identifier: Resource] = [:]) {
    self.documents = documents
  }

  /// Finds a document.
  public func resource(at url: Identifier) -> Resource? { documents[url] }
}
