internal import Domain
internal import LinkedData

/// Verifies the proofs of one credential.
struct ProofVerifier {
  let resolver: KeyResolver
  let now: Instant
  let issuer: Identifier?
  /// The states of contexts to try, the best one first.
  let choices: [Set<Identifier>]
  var input: ProofInput
  let proofs: [JSONNode]
  private var outcomes: [Int: ProofOutcome] = [:]
  /// Proofs that are being verified: one that follows itself would never end.
  private var pending: Set<Int> = []

  /// How many proofs a credential may have.
  static let limit = 16

  init(
    _ document: JSONObject, issuer: Identifier?, resolver: KeyResolver, now: Instant,
    choices: [Set<Identifier>]
  ) {
    input = ProofInput(document)
    proofs = document["proof"]?.asArray ?? []
    self.issuer = issuer
    self.resolver = resolver
    self.now = now
    self.choices = choices
  }

  /// Verifies every proof on its own.
  mutating func verify() -> [ProofOutcome] {
    proofs.indices.map { verify(at: $0) }
  }

  private mutating func verify(at index: Int) -> ProofOutcome {
    if let known = outcomes[index] { return known }
    var outcome: ProofOutcome
    pending.insert(index)
    defer { pending.remove(index) }
    do throws(Stop) {
      outcome = try check(at: index)
    } catch {
      outcome = error.outcome
    }
    outcome.index = index
    if let proof = proofs[index].object {
      outcome.suite = proof["cryptosuite"]?.string ?? proof["type"]?.string ?? ""
      outcome.method = proof["verificationMethod"]?.string
    }
    outcomes[index] = outcome
    return outcome
  }

  /// An outcome that ends the checking of a proof.
  private struct Stop: Error {
    var outcome: ProofOutcome

    init(_ state: ProofOutcome.State, _ reason: Reason, _ message: String) {
      outcome = ProofOutcome(state, reason, message)
    }
  }

  private mutating func check(at index: Int) throws(Stop) -> ProofOutcome {
    guard let proof = proofs[index].object else {
      throw Stop(.failed, .proof, "A proof is \(proofs[index].kind), not an object.")
    }
    let suite = try self.suite(of: proof)
    let method = try checkOptions(proof)
    guard let value = proof["proofValue"]?.string else {
      throw Stop(.failed, .proof, "The proof has no proofValue.")
    }
    let previous = try previousProofs(of: proof)
    let found: KeyResolver.Found
    do throws(KeyResolver.Failure) {
      found = try resolver.key(method, issuer: issuer)
    } catch {
      switch error {
      case .invalid(let message): throw Stop(.failed, .keyBinding, message)
      case .unavailable(let message): throw Stop(.unknown, .keyUnavailable, message)
      }
    }
    guard suite.takes(found.key) else {
      throw Stop(.failed, .proof, "The key is not of the kind that \(suite.rawValue) signs with.")
    }
    var outcome: ProofOutcome
    if suite == .ecdsaSD {
      outcome = try verifyDerived(proof, value, found.key)
    } else {
      outcome = try verify(proof, value, suite, found.key, previous)
    }
    if outcome.state == .verified, !found.isBound {
      outcome.state = .unbound
      outcome.reason = .keyBinding
      outcome.message = found.reason
    }
    return outcome
  }

  private func suite(of proof: JSONObject) throws(Stop) -> Cryptosuite {
    guard let type = proof["type"]?.string else {
      throw Stop(.failed, .proof, "The proof has no type.")
    }
    if type == "Ed25519Signature2020" { return .ed25519Signature2020 }
    guard type == "DataIntegrityProof" else {
      throw Stop(.unknown, .cryptosuite, "Proofs of the type \(type) are not known.")
    }
    guard let name = proof["cryptosuite"]?.string else {
      throw Stop(.failed, .proof, "The proof names no cryptosuite.")
    }
    guard let suite = Cryptosuite(rawValue: name.text), suite != .ed25519Signature2020 else {
      throw Stop(.unknown, .cryptosuite, "The cryptosuite \(name) is not known.")
    }
    return suite
  }

  /// Checks what a proof says about itself.
  ///
  /// - Returns: The verification method.
  private func checkOptions(_ proof: JSONObject) throws(Stop) -> Identifier {
    guard let method = proof["verificationMethod"]?.string else {
      throw Stop(.failed, .proof, "The proof names no verification method.")
    }
    guard proof["proofPurpose"]?.string == "assertionMethod" else {
      throw Stop(.failed, .proofPurpose, "The purpose of the proof is not assertionMethod.")
    }
    for name: Identifier in ["created", "expires"] {
      guard let value = proof[name] else { continue }
      guard let moment = value.string.flatMap({ Instant($0.text) }) else {
        throw Stop(.failed, .proof, "The member \(name) of the proof is no moment with a zone.")
      }
      if name == "expires", moment < now {
        throw Stop(.failed, .proofExpired, "The proof expired at \(moment).")
      }
    }
    return method
  }

  /// The proofs that a chained proof is computed over; they have to verify.
  private mutating func previousProofs(
    of proof: JSONObject
  ) throws(Stop) -> [JSONNode] {
    guard let names = proof["previousProof"] else { return [] }
    var previous: [JSONNode] = []
    for name in names.asArray {
      let place = proofs.firstIndex { $0["id"]?.string != nil && $0["id"]?.string == name.string }
      guard let place else {
        throw Stop(.failed, .proof, "The proof follows one that is not there.")
      }
      guard !pending.contains(place) else {
        throw Stop(.failed, .proof, "The proofs follow one another in a circle.")
      }
      let outcome = verify(at: place)
      guard outcome.state == .verified || outcome.state == .unbound else {
        throw Stop(outcome.state, outcome.reason, "The proof follows one that does not verify.")
      }
      previous.append(proofs[place])
    }
    return previous
  }

  private mutating func verify(
    _ proof: JSONObject, _ value: Identifier, _ suite: Cryptosuite, _ key: PublicKey,
    _ previous: [JSONNode]
  ) throws(Stop) -> ProofOutcome {
    guard value.utf8.first == UInt8(ascii: "z"), let signature = Multibase.bytes(value.text) else {
      throw Stop(.failed, .signature, "The proofValue is no base58btc text.")
    }
    if suite.isJCS { try checkContext(of: proof) }
    var isLarge = false
    if case .p384 = key { isLarge = true }
    var first: ProofTrace?
    for choice in suite.isJCS ? [[]] : choices {
      let trace: ProofTrace
      do throws(LinkedDataError) {
        var made = try input.trace(
          of: proof, suite: suite, isLarge: isLarge, earlier: choice, previous: previous)
        made.publicKey = key.multikey
        trace = made
      } catch {
        throw Stop(.failed, Reason(error), error.message)
      }
      first = first ?? trace
      if try isSignature(signature, of: trace.optionsHash + trace.documentHash, by: key) {
        var outcome = ProofOutcome(.verified, .ok, "The signature is right.")
        outcome.trace = trace
        return outcome
      }
    }
    var outcome = ProofOutcome(
      .failed, .signature, "The signature does not match what the credential says.")
    outcome.trace = first
    return outcome
  }

  private func isSignature(
    _ signature: [UInt8], of message: [UInt8], by key: PublicKey
  ) throws(Stop) -> Bool {
    do throws(BadgesError) {
      return try key.isSignature(signature, of: message)
    } catch {
      throw Stop(.unknown, .noCryptography, error.message)
    }
  }

  /// JCS: the contexts of the document begin with those of the proof.
  private func checkContext(of proof: JSONObject) throws(Stop) {
    guard let context = proof["@context"] else { return }
    let own = input.document["@context"]?.asArray ?? []
    guard own.starts(with: context.asArray) else {
      throw Stop(.failed, .proof, "The proof was made for other contexts.")
    }
  }

  private mutating func verifyDerived(
    _ proof: JSONObject, _ value: Identifier, _ key: PublicKey
  ) throws(Stop) -> ProofOutcome {
    guard let derived = DerivedProof(value) else {
      throw Stop(
        .failed, .signature, "The proofValue is no derived proof; a base proof is the holder's.")
    }
    for choice in choices {
      let check: DerivedProof.Statements?
      do throws(LinkedDataError) {
        check = try derived.statements(&input, proof, earlier: choice)
      } catch {
        throw Stop(.failed, Reason(error), error.message)
      }
      guard let check else {
        throw Stop(.failed, .signature, "The statements do not fit the derived proof.")
      }
      var isRight = try isSignature(derived.baseSignature, of: check.signed, by: key)
      for (signature, line) in zip(derived.signatures, check.disclosed) where isRight {
        isRight = try isSignature(signature, of: line, by: derived.proofKey)
      }
      guard isRight else { continue }
      var outcome = ProofOutcome(.verified, .ok, "The signature is right.")
      outcome.trace = check.trace
      outcome.trace?.publicKey = key.multikey
      outcome.unsettled = check.unsettled
      return outcome
    }
    throw Stop(.failed, .signature, "The signature does not match what the credential says.")
  }
}
