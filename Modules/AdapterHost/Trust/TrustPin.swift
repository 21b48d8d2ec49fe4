public import Domain

/// A decision about one adapter that is kept: the bytes it is about, the state, and who decided.
public struct TrustPin: Hashable, Sendable {
  /// The digest of the library.
  public var library: SHA256.Digest
  /// The digest of the manifest, for a library that came in a bundle.
  public var manifest: SHA256.Digest?
  /// The adapter's identifier, or the name of its file when there is no manifest to tell.
  public var identifier: String
  /// The adapter's version, or blank.
  public var version: String
  /// Who made it, or blank.
  public var vendor: String
  /// The key that its manifest was signed with, as 64 hexadecimal digits.
  public var key: String?
  /// How far it is trusted.
  public var state: TrustState
  /// Who decided, when and why.
  public var note: TrustNote

  /// A decision.
  public init(
    library: SHA256.Digest, manifest: SHA256.Digest? = nil, identifier: String,
    version: String = "", vendor: String = "", key: String? = nil, state: TrustState,
    note: TrustNote
  ) {
    self.library = library
    self.manifest = manifest
    self.identifier = identifier
    self.version = version
    self.vendor = vendor
    self.key = key
    self.state = state
    self.note = note
  }
}

/// Who decided something, when and why.
public struct TrustNote: Hashable, Sendable {
  /// The user of the system.
  public var by: String
  /// The moment.
  public var at: Instant
  /// Why, in words; blank when nobody said.
  public var reason: String

  /// A note.
  public init(by: String, at: Instant, reason: String = "") {
    self.by = by
    self.at = at
    self.reason = reason
  }
}

/// The key of a vendor, pinned when the first adapter signed with it was allowed.
public struct PinnedKey: Hashable, Sendable {
  /// The vendor, as manifests write it.
  public var vendor: String
  /// The adapters that were signed with it.
  public var identifiers: [String]
  /// The Ed25519 public key as 64 hexadecimal digits.
  public var key: String
  /// Who pinned it, when and why.
  public var note: TrustNote

  /// A key.
  public init(vendor: String, identifiers: [String], key: String, note: TrustNote) {
    self.vendor = vendor
    self.identifiers = identifiers
    self.key = key
    self.note = note
  }
}
