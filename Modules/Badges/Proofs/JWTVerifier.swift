internal import Domain
internal import LinkedData

/// Verifies a credential that is secured as a JSON Web Token.
struct JWTVerifier {
  let resolver: KeyResolver
  let token: CompactJWS

  /// The credential in the token: the payload without the claims, or the claim `vc` of an older one.
  var credential: JSONObject? {
    if let inner = token.payload["vc"]?.object { return inner }
    guard var object = token.payload.object else { return nil }
    for claim: Identifier in ["iss", "jti", "sub", "nbf", "exp", "iat", "aud"] {
      object[claim] = nil
    }
    return object
  }

  private var issuer: Identifier? {
    credential.flatMap { $0["issuer"]?.string ?? $0["issuer"]?["id"]?.string }
  }

  /// Checks claims, signature and key.
  func verify() -> ProofOutcome {
    var outcome = checkClaims() ?? checkSignature()
    outcome.suite = Identifier(token.algorithm)
    outcome.method = token.header["kid"]?.string
    return outcome
  }

  private func checkClaims() -> ProofOutcome? {
    guard let credential else {
      return ProofOutcome(.failed, .claim, "The token holds no credential.")
    }
    let payload = token.payload
    let isOld = payload["vc"] != nil
    if isOld, credential["@context"]?.asArray.first == "https://www.w3.org/ns/credentials/v2" {
      return ProofOutcome(.failed, .claim, "A credential of version 2 stands in the claim vc.")
    }
    let window = ValidityWindow(credential)
    var wrong: [String] = []
    if issuer == nil || payload["iss"]?.string != issuer { wrong.append("iss") }
    if credential["id"] == nil || payload["jti"] != credential["id"] { wrong.append("jti") }
    if let subject = credential["credentialSubject"]?["id"], payload["sub"] != subject {
      wrong.append("sub")
    }
    if !Self.isMoment(payload["nbf"], window.from) || window.from == nil { wrong.append("nbf") }
    if window.until != nil || payload["exp"] != nil,
      !Self.isMoment(payload["exp"], window.until)
    {
      wrong.append("exp")
    }
    guard wrong.isEmpty else {
      return ProofOutcome(
        .failed, .claim,
        "The claims \(wrong.joined(separator: ", ")) are missing or contradict the credential.")
    }
    return nil
  }

  /// Whether a claim is the second of a moment.
  private static func isMoment(_ claim: JSONNode?, _ moment: Instant?) -> Bool {
    guard case .number(let text)? = claim, let moment else { return claim == nil && moment == nil }
    guard let number = Double(text.text), number.magnitude < 1e15 else { return false }
    return Int64(number.rounded(.down)) == moment.secondsSince1970
  }

  private func checkSignature() -> ProofOutcome {
    let found: KeyResolver.Found
    do throws(KeyResolver.Failure) { found = try key() } catch {
      switch error {
      case .invalid(let message): return ProofOutcome(.failed, .keyBinding, message)
      case .unavailable(let message): return ProofOutcome(.unknown, .keyUnavailable, message)
      }
    }
    guard found.key.jwsAlgorithm == token.algorithm else {
      return ProofOutcome(
        .failed, .algorithm, "The key signs with \(found.key.jwsAlgorithm), not as the header says."
      )
    }
    do throws(BadgesError) {
      guard try found.key.isSignature(token.signature, of: token.signed) else {
        return ProofOutcome(.failed, .signature, "The signature does not match the token.")
      }
    } catch {
      return ProofOutcome(.unknown, .noCryptography, error.message)
    }
    var trace = ProofTrace()
    trace.document = token.signed
    trace.publicKey = found.key.multikey
    var outcome =
      found.isBound
      ? ProofOutcome(.verified, .ok, "The signature is right.")
      : ProofOutcome(.unbound, .keyBinding, found.reason)
    outcome.trace = trace
    return outcome
  }

  /// The key that the header names; one that it brings along has to be the issuer's too.
  private func key() throws(KeyResolver.Failure) -> KeyResolver.Found {
    let kid = token.header["kid"]?.string
    if let jwk = token.header["jwk"] {
      guard let key = PublicKey(jwk: jwk) else { throw .invalid("The jwk is no public key.") }
      if let kid, let named = try? resolver.key(absolute(kid), issuer: issuer), named.isBound,
        named.key == key
      {
        return named
      }
      return KeyResolver.Found(
        key: key, isBound: resolver.isPublished(key, by: issuer),
        reason: "The key stands in the header only; nothing binds it to the issuer.")
    }
    if let kid { return try resolver.key(absolute(kid), issuer: issuer) }
    guard let issuer, let key = resolver.onlyKey(of: issuer) else {
      throw .unavailable("The header names no key.")
    }
    return KeyResolver.Found(key: key, isBound: true)
  }

  /// A key identifier; one that is relative is one of the issuer's.
  private func absolute(_ kid: Identifier) -> Identifier {
    guard let issuer, !kid.text.hasPrefix("did:"), !kid.text.hasPrefix("http") else { return kid }
    return kid.utf8.first == UInt8(ascii: "#")
      ? Identifier(issuer.text + kid.text) : Identifier("\(issuer)#\(kid)")
  }
}

extension KeyResolver {
  /// Whether a key is among those that an issuer publishes for assertions.
  func isPublished(_ key: PublicKey, by issuer: Identifier?) -> Bool {
    guard let issuer else { return false }
    if onlyKey(of: issuer) == key { return true }
    guard let url = issuer.text.hasPrefix("did:") ? Self.webURL(of: issuer) : issuer,
      case .bytes(let bytes)? = loader.resource(at: url),
      let document = try? JSONNode(reading: bytes, limits: limits),
      document["id"]?.string == issuer
    else { return false }
    let methods = (document["assertionMethod"]?.asArray ?? []).compactMap {
      $0.string ?? $0["id"]?.string
    }
    return methods.contains { method in
      let id =
        method.utf8.first == UInt8(ascii: "#") ? Identifier(issuer.text + method.text) : method
      return (try? self.key(id, issuer: issuer))?.key == key
    }
  }

  /// The key of an issuer that has one only: that of a did:key, a did:jwk, or the caller's list.
  func onlyKey(of issuer: Identifier) -> PublicKey? {
    if let key = trusted.keys[issuer] { return key }
    guard issuer.text.hasPrefix("did:key:") || issuer.text.hasPrefix("did:jwk:") else {
      return nil
    }
    return (try? key(issuer, issuer: issuer))?.key
  }
}
