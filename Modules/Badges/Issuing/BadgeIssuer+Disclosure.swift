public import Domain
public import LinkedData

/// The secrets of one base proof; each credential has its own.
package struct DisclosureSecrets: Sendable {
  package var proofKey: SigningKey
  package var hmacKey: [UInt8]

  package init(proofKey: SigningKey, hmacKey: [UInt8]) {
    self.proofKey = proofKey
    self.hmacKey = hmacKey
  }

  /// New secrets from the system's random numbers.
  init() throws(BadgesError) {
    proofKey = try SigningKey(new: .p256)
    var random = SystemRandomNumberGenerator()
    hmacKey = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }
}

extension BadgeIssuer {
  /// What holders may never leave out, where a credential has it: without it nobody could say
  /// whether the credential holds.
  public static let alwaysShown: [Identifier] = [
    "/issuer", "/validFrom", "/validUntil", "/credentialStatus",
  ]

  /// Signs a credential with a base proof of ecdsa-sd-2023, for the holder alone, who derives from it
  /// what others see.
  ///
  /// - Parameters:
  ///   - credential: The credential; proofs that it has are replaced.
  ///   - mandatory: JSON pointers to what the holder may never leave out, beside
  ///     ``alwaysShown``.
  ///   - created: The moment of signing.
  /// - Throws: As ``sign(_:with:created:)``, and for a pointer to what is not there.
  public func signForDisclosure(
    _ credential: JSONObject, mandatory: [Identifier] = [], created: Instant
  ) throws(BadgesError) -> JSONObject {
    let always = Self.alwaysShown.filter {
      credential[Identifier(String($0.text.dropFirst()))] != nil
    }
    return try signForDisclosure(
      try prepared(credential), mandatory: always + mandatory.filter { !always.contains($0) },
      created: created, secrets: DisclosureSecrets())
  }

  package func signForDisclosure(
    vector document: JSONObject, mandatory: [Identifier], created: Instant,
    secrets: DisclosureSecrets
  ) throws(BadgesError) -> JSONObject {
    try signForDisclosure(
      ProofInput(document), mandatory: mandatory, created: created, secrets: secrets)
  }

  private func signForDisclosure(
    _ input: ProofInput, mandatory: [Identifier], created: Instant, secrets: DisclosureSecrets
  ) throws(BadgesError) -> JSONObject {
    guard key.kind == .p256 else {
      throw BadgesError(.key, "ecdsa-sd-2023 signs with P-256, the key is of another kind.")
    }
    let statements = try SelectiveStatements(input.document, hmacKey: secrets.hmacKey)
    let kept = try statements.places(of: mandatory)
    var proof = proofOptions(.ecdsaSD, created)
    let options: [UInt8]
    do throws(LinkedDataError) {
      let quads = try CredentialContexts.processor(earlier: []).dataset(
        .object(input.options(of: proof)))
      options = try Canonicalizer.canonicalize(quads).bytes
    } catch {
      throw BadgesError(.document, "The credential cannot be signed: \(error)")
    }
    let proofKey = secrets.proofKey.publicKey.multicodec ?? []
    let shown = Array(kept.sorted().map { statements.lines[$0] }.joined())
    let signed = SHA256.hash(options).bytes + proofKey + SHA256.hash(shown).bytes
    var signatures: [[UInt8]] = []
    for (place, line) in statements.lines.enumerated() where !kept.contains(place) {
      signatures.append(try secrets.proofKey.signature(of: line))
    }
    let value = BaseProof(
      baseSignature: try key.signature(of: signed), proofKey: proofKey, hmacKey: secrets.hmacKey,
      signatures: signatures, pointers: mandatory)
    proof["proofValue"] = JSONNode(value.text)
    var result = input.document
    result["proof"] = [.object(proof)]
    return result
  }
}

/// What a holder shows of a credential.
public enum BadgeDisclosure {
  /// Derives a credential that shows a part of another one and still verifies.
  ///
  /// - Parameters:
  ///   - credential: A credential with a base proof of ecdsa-sd-2023.
  ///   - reveal: JSON pointers to what is shown beside what the issuer demands; none show that
  ///     alone.
  /// - Returns: The credential for those who verify; it tells nothing of what was left out but how
  ///   the statements that are shown hang together.
  /// - Throws: ``BadgesError`` with the code `document` for a credential without a base proof and for
  ///   a pointer to what is not there.
  public static func derive(
    _ credential: JSONObject, reveal: [Identifier]
  ) throws(BadgesError) -> JSONObject {
    let proofs = credential["proof"]?.asArray ?? []
    for case .object(var proof) in proofs where proof["cryptosuite"] == "ecdsa-sd-2023" {
      guard let base = proof["proofValue"]?.string.flatMap({ BaseProof($0) }) else { continue }
      let pointers = base.pointers + reveal
      let statements = try SelectiveStatements(credential, hmacKey: base.hmacKey)
      let kept = try statements.places(of: base.pointers)
      let shown = try statements.places(of: pointers)
      let free = statements.lines.indices.filter { !kept.contains($0) }
      guard free.count == base.signatures.count else {
        throw BadgesError(.document, "The base proof was made for another credential.")
      }
      let derived = DerivedProof.text(
        of: base, signatures: zip(free, base.signatures).filter { shown.contains($0.0) }.map(\.1),
        labels: try statements.labels(at: shown),
        mandatory: shown.sorted().enumerated().filter { kept.contains($0.element) }.map(\.offset))
      proof["proofValue"] = JSONNode(derived)
      var plain = credential
      plain["proof"] = nil
      guard !pointers.isEmpty else {
        throw BadgesError(.document, "Nothing would be shown; name what is revealed.")
      }
      var result = try DisclosureSelection(pointers).part(of: plain)
      result["proof"] = credential["proof"]?.array == nil ? .object(proof) : [.object(proof)]
      return result
    }
    throw BadgesError(
      .document, "The credential has no base proof of ecdsa-sd-2023; ask the issuer for one.")
  }
}
