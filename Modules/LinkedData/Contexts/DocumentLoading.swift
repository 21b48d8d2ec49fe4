public import Domain

/// A document that a loader has.
public struct LoadedDocument: Sendable {
  /// The URL of the document after redirections, against which its references are resolved.
  public var url: Identifier
  /// The document.
  public var node: JSONNode

  /// Creates a document.
  public init(url: Identifier, node: JSONNode) {
    self.url = url
    self.node = node
  }
}

/// A source of documents by URL, such as a folder of the caller.
///
/// Nothing in this module opens a connection: without a loader only pinned contexts are known.
/// May be called from several threads at the same time.
public protocol DocumentLoading: Sendable {
  /// Finds a document.
  ///
  /// - Parameter url: Its URL.
  /// - Returns: The document, or `nil` when the source does not have it.
  /// - Throws: ``LinkedDataError`` when it is there and cannot be read.
  func document(at url: Identifier) throws(LinkedDataError) -> LoadedDocument?
}
