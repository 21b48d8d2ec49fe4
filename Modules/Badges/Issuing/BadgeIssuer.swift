public import Domain
public import LinkedData

/// Signs badges, records, endorsements and status lists.
///
/// Nothing is signed that a verifier would refuse: the shape is checked, contexts are the built-in
/// ones, and everything that the JSON says is part of what is signed.
public struct BadgeIssuer: Sendable {
  /// The ways of signing with a proof inside of the credential.
  public enum Suite: String, Hashable, Sendable, CaseIterable {
    /// Ed25519 over the canonical dataset.
    case eddsaRDFC = "eddsa-rdfc-2022"
    /// Ed25519 over the canonical JSON.
    case eddsaJCS = "eddsa-jcs-2022"
    /// P-256 over the canonical dataset.
    case ecdsaRDFC = "ecdsa-rdfc-2019"

    /// The kind of key that it takes.
    public var keyKind: SigningKey.Kind { self == .ecdsaRDFC ? .p256 : .ed25519 }

    /// The suites that a key signs with when nothing else is said: for Ed25519 a set of two proofs,
    /// so that readers of either form find one.
    public static func usual(for kind: SigningKey.Kind) -> [Suite] {
      kind == .p256 ? [.ecdsaRDFC] : [.eddsaRDFC, .eddsaJCS]
    }
  }

  /// The key.
  public let key: SigningKey
  /// The verification method that proofs name.
  public let method: Identifier

  /// Creates an issuer.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - method: The verification method that proofs name, which the issuer publishes; that of the
  ///     did:key of the key when it is `nil`.
  public init(key: SigningKey, method: Identifier? = nil) {
    self.key = key
    self.method =
      method ?? Identifier("\(key.publicKey.didKey ?? "")#\(key.publicKey.multikey ?? "")")
  }

  /// The identifier that the issuer of credentials has: the method without its fragment.
  public var id: Identifier { KeyResolver.split(method).url }

  /// Signs a credential with a proof for each suite.
  ///
  /// - Parameters:
  ///   - credential: The credential; proofs that it has are replaced. Members that may be several
  ///     become arrays.
  ///   - suites: The suites; the usual ones of the key when it is `nil`.
  ///   - created: The moment of signing.
  /// - Returns: The signed credential.
  /// - Throws: ``BadgesError`` with the code `document` for a credential that a verifier would
  ///   refuse, `key` for a suite that the key does not fit, or `cryptography`.
  public func sign(
    _ credential: JSONObject, with suites: [Suite]? = nil, created: Instant
  ) throws(BadgesError) -> JSONObject {
    var input = try prepared(credential)
    var proofs: [JSONNode] = []
    for suite in suites ?? Suite.usual(for: key.kind) {
      proofs.append(.object(try proof(suite, &input, created)))
    }
    var signed = input.document
    signed["proof"] = .array(proofs)
    return signed
  }

  private func proof(
    _ suite: Suite, _ input: inout ProofInput, _ created: Instant
  ) throws(BadgesError) -> JSONObject {
    guard suite.keyKind == key.kind, let known = Cryptosuite(rawValue: suite.rawValue) else {
      throw BadgesError(
        .key, "\(suite.rawValue) signs with \(suite.keyKind.rawValue), the key is of another kind.")
    }
    var proof = proofOptions(known, created)
    if known.isJCS { proof["@context"] = input.document["@context"] }
    let trace: ProofTrace
    do throws(LinkedDataError) {
      trace = try input.trace(of: proof, suite: known, isLarge: false)
    } catch {
      throw BadgesError(.document, "The credential cannot be signed: \(error)")
    }
    let signature = try key.signature(of: trace.optionsHash + trace.documentHash)
    proof["proofValue"] = JSONNode(Multibase.base58(signature))
    return proof
  }

  /// A proof without its value.
  func proofOptions(_ suite: Cryptosuite, _ created: Instant) -> JSONObject {
    var proof = JSONObject()
    proof["type"] = "DataIntegrityProof"
    proof["cryptosuite"] = JSONNode(suite.rawValue)
    proof["created"] = JSONNode(created.description)
    proof["verificationMethod"] = .string(method)
    proof["proofPurpose"] = "assertionMethod"
    return proof
  }

  /// Signs a credential as a JSON Web Token.
  ///
  /// - Returns: The compact JSON Web Signature.
  /// - Throws: As ``sign(_:with:created:)``.
  public func token(_ credential: JSONObject) throws(BadgesError) -> [UInt8] {
    var payload = try prepared(credential).document
    let window = ValidityWindow(payload)
    guard let id = payload["id"], let from = window.from else {
      throw BadgesError(.document, "A token needs a credential with id and validFrom.")
    }
    payload["iss"] = payload["issuer"]?["id"] ?? payload["issuer"]
    payload["jti"] = id
    if let subject = payload["credentialSubject"]?["id"] { payload["sub"] = subject }
    payload["nbf"] = .number(Identifier(String(from.secondsSince1970)))
    if let until = window.until {
      payload["exp"] = .number(Identifier(String(until.secondsSince1970)))
    }
    let header: JSONNode = [
      "alg": JSONNode(key.publicKey.jwsAlgorithm), "typ": "JWT", "kid": .string(method),
    ]
    let signed = Array(
      "\(Base64URL.text(header.compactBytes())).\(Base64URL.text(JSONNode.object(payload).compactBytes()))"
        .utf8)
    return signed + [UInt8(ascii: ".")] + Array(Base64URL.text(try key.signature(of: signed)).utf8)
  }

  /// Brings a credential into the form in which it is signed, and checks it. The statements that
  /// the check makes are those that are signed.
  func prepared(_ credential: JSONObject) throws(BadgesError) -> ProofInput {
    var document = credential
    document["proof"] = nil
    document = CredentialForm.withArrays(document)
    let issuer = document["issuer"]?.string ?? document["issuer"]?["id"]?.string
    guard issuer == id else {
      throw BadgesError(
        .document,
        "The credential is issued by \(issuer ?? "nobody"), the key belongs to \(id); a verifier "
          + "would find that nothing binds them.", at: Place(pointer: "/issuer"))
    }
    if let fault = ShapeChecker.faults(of: document).first ?? ClosedForm.fault(of: document) {
      throw BadgesError(.document, fault.message, at: Place(pointer: fault.pointer))
    }
    if document["@context"]?.asArray.first == "https://www.w3.org/2018/credentials/v1" {
      throw BadgesError(
        .document, "Credentials of version 1.1 are read and not issued; use the context of 2.0.")
    }
    var input = ProofInput(document)
    do throws(LinkedDataError) { _ = try input.quads(earlier: []) } catch {
      throw BadgesError(.document, "A verifier would refuse the credential: \(error)")
    }
    return input
  }
}
