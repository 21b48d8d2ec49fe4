internal import Domain
internal import LinkedData

/// Finds the key that a verification method names, and whether it is the issuer's.
struct KeyResolver {
  let loader: any ResourceLoading
  let trusted: TrustList
  let limits: JSONNode.Limits

  /// A key, and whom it belongs to.
  struct Found {
    var key: PublicKey
    /// Whether the key is published by the issuer or trusted by the caller.
    var isBound: Bool
    /// Why it is not.
    var reason = ""
  }

  /// Why a key was not found.
  enum Failure: Error {
    /// The method or the document that it names is wrong.
    case invalid(String)
    /// The document is not at hand.
    case unavailable(String)
  }

  /// Finds the key of a verification method for a credential of an issuer.
  func key(_ method: Identifier, issuer: Identifier?) throws(Failure) -> Found {
    if let key = trusted.keys[method] { return Found(key: key, isBound: true) }
    let (url, fragment) = Self.split(method)
    if url.text.hasPrefix("did:") {
      let key = try didKey(url, fragment, method)
      let isBound = url == issuer
      return Found(
        key: key, isBound: isBound,
        reason: isBound ? "" : "The key belongs to \(url), not to the issuer.")
    }
    guard url.text.hasPrefix("https://") || url.text.hasPrefix("http://") else {
      throw .invalid("\"\(method)\" is neither a DID nor a URL.")
    }
    return try published(url, fragment, method, issuer)
  }

  /// The parts before and after the number sign.
  static func split(_ method: Identifier) -> (url: Identifier, fragment: Identifier?) {
    guard let hash = method.utf8.firstIndex(of: UInt8(ascii: "#")) else { return (method, nil) }
    return (
      Identifier(String(method.text[..<hash])),
      Identifier(String(method.text[method.utf8.index(after: hash)...]))
    )
  }

  private func didKey(
    _ did: Identifier, _ fragment: Identifier?, _ method: Identifier
  ) throws(Failure) -> PublicKey {
    if did.text.hasPrefix("did:key:") {
      let text = Identifier(String(did.text.dropFirst("did:key:".count)))
      guard fragment == nil || fragment == text else {
        throw .invalid("The only key of a did:key is the one in its name.")
      }
      guard let key = PublicKey(multikey: text) else { throw .invalid("\(did) holds no key.") }
      return key
    }
    if did.text.hasPrefix("did:jwk:") {
      guard fragment == nil || fragment == "0" else {
        throw .invalid("The only key of a did:jwk is #0.")
      }
      let text = did.utf8.dropFirst("did:jwk:".utf8.count)
      guard let bytes = Base64URL.bytes(text),
        let node = try? JSONNode(reading: bytes, limits: limits), let key = PublicKey(jwk: node)
      else { throw .invalid("\(did) holds no public key.") }
      return key
    }
    guard let url = Self.webURL(of: did) else { throw .invalid("The method of \(did) is unknown.") }
    let document = try document(at: url)
    guard document["id"]?.string == did else {
      throw .invalid("The document of \(did) is that of somebody else.")
    }
    return try assertionKey(in: document, method, controller: did)
  }

  /// The URL of the document of a did:web.
  static func webURL(of did: Identifier) -> Identifier? {
    guard did.text.hasPrefix("did:web:") else { return nil }
    let parts = did.text.dropFirst("did:web:".count).utf8.split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
    guard let host = parts.first, !parts.contains(""), !parts.contains(where: { $0.contains("/") })
    else { return nil }
    let port = host.replacing("%3A", with: ":").replacing("%3a", with: ":")
    let path = parts.count == 1 ? "/.well-known" : "/" + parts.dropFirst().joined(separator: "/")
    return Identifier("https://\(port)\(path)/did.json")
  }

  private func document(at url: Identifier) throws(Failure) -> JSONNode {
    guard case .bytes(let bytes)? = loader.resource(at: url) else {
      throw .unavailable("The document \(url) is not at hand; nothing is fetched.")
    }
    do throws(LinkedDataError) {
      return try JSONNode(reading: bytes, limits: limits)
    } catch {
      throw .invalid("The document \(url) cannot be read: \(error.message)")
    }
  }

  /// A key that a document lists for assertions; keys for other purposes do not count.
  private func assertionKey(
    in document: JSONNode, _ method: Identifier, controller: Identifier
  ) throws(Failure) -> PublicKey {
    func absolute(_ id: Identifier?) -> Identifier? {
      id.map { $0.utf8.first == UInt8(ascii: "#") ? Identifier(controller.text + $0.text) : $0 }
    }
    for entry in document["assertionMethod"]?.asArray ?? [] {
      let id = absolute(entry.string ?? entry["id"]?.string)
      guard id == method else { continue }
      let methods = document["verificationMethod"]?.asArray ?? []
      let node =
        entry.object != nil ? entry : methods.first { absolute($0["id"]?.string) == method }
      guard let node, let key = Self.key(in: node) else {
        throw .invalid("The key \(method) is listed but not given in a form that is known.")
      }
      guard node["controller"] == nil || node["controller"]?.string == controller else {
        throw .invalid("The key \(method) is controlled by somebody else.")
      }
      return key
    }
    throw .invalid("\(method) is no key of \(controller) for assertions.")
  }

  /// The key of a verification method.
  static func key(in node: JSONNode) -> PublicKey? {
    guard node["secretKeyMultibase"] == nil else { return nil }
    if let text = node["publicKeyMultibase"]?.string { return PublicKey(multikey: text) }
    if let jwk = node["publicKeyJwk"] { return PublicKey(jwk: jwk) }
    return nil
  }

  /// A key behind a URL: a key document, or the document of a controller.
  private func published(
    _ url: Identifier, _ fragment: Identifier?, _ method: Identifier, _ issuer: Identifier?
  ) throws(Failure) -> Found {
    let document: JSONNode
    do throws(Failure) {
      document = try self.document(at: url)
    } catch {
      // A fragment that looks like a key is nothing that the issuer published.
      guard case .unavailable = error, let fragment, let key = PublicKey(multikey: fragment) else {
        throw error
      }
      return Found(
        key: key, isBound: false,
        reason: "The key stands in the proof only; \(url) is not at hand to confirm it.")
    }
    if document["publicKeyMultibase"] != nil || document["publicKeyJwk"] != nil {
      guard document["id"]?.string == method, let key = Self.key(in: document) else {
        throw .invalid("The document \(url) is not that of the key \(method).")
      }
      let controller = document["controller"]?.string
      return Found(
        key: key, isBound: controller != nil && controller == issuer,
        reason: "The key is controlled by \(controller ?? "nobody"), not by the issuer.")
    }
    guard let controller = document["id"]?.string, controller == url || controller == issuer else {
      throw .invalid("The document \(url) is that of somebody else.")
    }
    let key = try assertionKey(in: document, method, controller: controller)
    return Found(
      key: key, isBound: controller == issuer,
      reason: "The key belongs to \(controller), not to the issuer.")
  }
}
