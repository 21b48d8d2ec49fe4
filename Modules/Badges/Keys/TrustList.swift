public import Domain
public import LinkedData

/// Whom a verifier trusts, which no signature says.
public struct TrustList: Hashable, Sendable {
  /// The identifiers of issuers that are trusted.
  public var issuers: Set<Identifier>
  /// Keys that are trusted for the verification methods that name them.
  public var keys: [Identifier: PublicKey]
  /// Whether the caller said anything about issuers.
  public var namesIssuers: Bool

  /// Creates a list.
  public init(
    issuers: Set<Identifier>? = nil, keys: [Identifier: PublicKey] = [:]
  ) {
    self.issuers = issuers ?? []
    namesIssuers = issuers != nil
    self.keys = keys
  }

  /// Reads a list: an array of issuers, or an object with `issuers` (texts, or objects with `id`)
  /// and `keys` (an object of verification methods and Multikeys or JSON Web Keys).
  ///
  /// - Throws: ``BadgesError`` with the code `document`.
  public init(_ node: JSONNode) throws(BadgesError) {
    let list = node.array ?? node["issuers"]?.array
    guard node.array != nil || node.object != nil else {
      throw BadgesError(.document, "A trust list is an array of issuers or an object.")
    }
    var issuers: Set<Identifier>?
    for issuer in list ?? [] {
      guard let id = issuer.string ?? issuer["id"]?.string else {
        throw BadgesError(.document, "An issuer of the trust list is \(issuer.kind).")
      }
      issuers = (issuers ?? []).union([id])
    }
    if list?.isEmpty == true { issuers = [] }
    var keys: [Identifier: PublicKey] = [:]
    for member in node["keys"]?.object?.members ?? [] {
      let key =
        member.value.string.flatMap { PublicKey(multikey: $0) } ?? PublicKey(jwk: member.value)
      guard let key else {
        throw BadgesError(.document, "The key \(member.name) of the trust list is not readable.")
      }
      keys[member.name] = key
    }
    self.init(issuers: issuers, keys: keys)
  }
}
