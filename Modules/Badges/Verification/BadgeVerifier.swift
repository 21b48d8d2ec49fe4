public import Domain
public import LinkedData

/// Verifies badges, records, endorsements and status lists.
///
/// The caller gives the moment, the documents that may be looked up and the issuers that are
/// trusted: nothing is fetched, and no clock is read. May be used from several threads at the same
/// time.
///
/// ```swift
/// let verifier = BadgeVerifier(at: now, loader: resources)
/// let report = verifier.verify(bytes)
/// guard report.verdict == .valid else { return report.reason }
/// ```
public struct BadgeVerifier: Sendable {
  /// The person whom a badge has to be about.
  public struct Recipient: Hashable, Sendable {
    /// The kind of identifier, such as `emailAddress`; `nil` for the identifier of the subject.
    public var type: Identifier?
    /// The identifier in plain text.
    public var value: Identifier

    /// Creates a recipient.
    public init(type: Identifier? = nil, value: Identifier) {
      self.type = type
      self.value = value
    }
  }

  /// The moment for which is asked.
  public var now: Instant
  /// Where documents are looked up.
  public var loader: any ResourceLoading
  /// Whom the caller trusts.
  public var trust: TrustList
  /// The person whom badges have to be about, when the caller asks.
  public var recipient: Recipient?
  /// Whether reports hold what proofs were computed over.
  public var keepsTraces = false
  /// What is read at most.
  public var limits = JSONNode.Limits(bytes: 16 << 20, depth: 64)
  let lists = StatusListMemory()

  /// How deep credentials may lie in each other, and how many of them.
  static let nestingLimit = 8
  static let embeddedLimit = 10_000

  /// Creates a verifier.
  public init(
    at now: Instant, loader: any ResourceLoading = KnownResources(), trust: TrustList = TrustList()
  ) {
    self.now = now
    self.loader = loader
    self.trust = trust
  }

  var resolver: KeyResolver { KeyResolver(loader: loader, trusted: trust, limits: limits) }

  /// What a verification is part of.
  struct Scope {
    var depth = 0
    /// Whether it is the credential that the caller asked about.
    var isOutermost: Bool { depth == 0 && !isList }
    /// Whether it is a status list.
    var isList = false
    var mayRefresh = true
  }

  /// Verifies a file: JSON, a compact JSON Web Signature, or an image with one of them in it.
  ///
  /// - Parameter bytes: The file.
  /// - Returns: The checks that were made; bad input is a check that failed, never an error.
  public func verify(_ bytes: [UInt8]) -> VerificationReport {
    verify(bytes, Scope())
  }

  func verify(_ bytes: [UInt8], _ scope: Scope) -> VerificationReport {
    var report = VerificationReport()
    guard bytes.count <= limits.bytes else {
      report.add(
        Check(.json, .fail, .size, "The file has more than \(limits.bytes) bytes."))
      return report
    }
    let content: [UInt8]
    do throws(BadgesError) {
      content = try BadgeImage.isImage(bytes) ? BadgeImage.payload(of: bytes) : bytes
    } catch {
      report.add(Check(.format, .fail, .baking, error.message))
      return report
    }
    let text = Array(Self.trimmed(content))
    if CompactJWS.isLikely(text) { return verifyToken(text, scope) }
    let node: JSONNode
    do throws(LinkedDataError) { node = try JSONNode(reading: content, limits: limits) } catch {
      report.add(Check(.json, .fail, Reason(error), error.description))
      return report
    }
    guard case .object(let object) = node else {
      report.add(Check(.format, .fail, .shape, "A credential is an object, found \(node.kind)."))
      return report
    }
    return verify(object, scope)
  }

  private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var slice = bytes.drop(while: isBlank)
    while let last = slice.last, isBlank(last) { slice.removeLast() }
    return slice
  }

  /// Verifies a credential that was read before.
  public func verify(_ credential: JSONObject) -> VerificationReport {
    verify(credential, Scope())
  }

  func verify(_ credential: JSONObject, _ scope: Scope) -> VerificationReport {
    if OpenBadge2.isAssertion(credential) {
      return OpenBadge2Verifier(verifier: self).verify(credential)
    }
    var report = VerificationReport()
    report.credential = credential
    report.add(Check(.json, .pass))
    report.add(Check(.format, .pass))
    checkForm(credential, &report)
    let issuer = report.issuer
    var proofs = ProofVerifier(
      credential, issuer: issuer, resolver: resolver, now: now,
      choices: CredentialContexts.choices(of: .object(credential)))
    checkContext(credential, &proofs.input, proofs.choices, &report)
    if proofs.proofs.isEmpty {
      report.add(Check(.proof, .fail, .proofMissing, "The credential has no proof."))
    } else if proofs.proofs.count > ProofVerifier.limit {
      report.add(Check(.proof, .fail, .proof, "The credential has too many proofs."))
    } else {
      conclude(proofs.verify(), &report)
    }
    return finish(report, scope)
  }

  private func verifyToken(_ text: [UInt8], _ scope: Scope) -> VerificationReport {
    var report = VerificationReport()
    let token: CompactJWS
    do throws(CompactJWS.Failure) { token = try CompactJWS(text, limits: limits) } catch {
      report.add(Check(.proof, .fail, error.reason, error.message))
      return report
    }
    if let object = token.payload.object, OpenBadge2.isAssertion(object) {
      return OpenBadge2Verifier(verifier: self).verify(token, object)
    }
    let verifier = JWTVerifier(resolver: resolver, token: token)
    guard let credential = verifier.credential else {
      report.add(Check(.format, .fail, .shape, "The token holds no credential."))
      return report
    }
    report.credential = credential
    report.add(Check(.json, .pass))
    report.add(Check(.format, .pass))
    checkForm(credential, &report)
    var input = ProofInput(credential)
    checkContext(
      credential, &input, CredentialContexts.choices(of: .object(credential)), &report)
    conclude([verifier.verify()], &report)
    return finish(report, scope)
  }

  private func checkForm(_ credential: JSONObject, _ report: inout VerificationReport) {
    let faults = ShapeChecker.faults(of: credential)
    report.checks += faults.isEmpty ? [Check(.shape, .pass)] : faults
  }

  private func checkContext(
    _ credential: JSONObject, _ input: inout ProofInput, _ choices: [Set<Identifier>],
    _ report: inout VerificationReport
  ) {
    if let fault = ClosedForm.fault(of: credential) {
      report.add(fault)
      return
    }
    do throws(LinkedDataError) {
      _ = try input.quads(earlier: choices.first ?? [])
      report.add(Check(.context, .pass))
    } catch {
      report.add(Check(.context, .fail, Reason(error), error.description))
    }
  }

  /// Draws the conclusion from the proofs: one that verifies and is bound is enough.
  private func conclude(_ outcomes: [ProofOutcome], _ report: inout VerificationReport) {
    report.proofs = outcomes
    if !keepsTraces { for index in report.proofs.indices { report.proofs[index].trace = nil } }
    let good = outcomes.first { $0.state == .verified }
    if let good {
      report.add(Check(.proof, .pass))
      report.add(Check(.keyBinding, .pass))
      if let unsettled = good.unsettled {
        report.add(
          Check(
            .proof, .unknown, .notSettled,
            "The proof lets the holder leave out what decides about validity: \(unsettled)."))
      }
    } else if let unbound = outcomes.first(where: { $0.state == .unbound }) {
      report.add(Check(.proof, .pass))
      report.add(Check(.keyBinding, .fail, .keyBinding, unbound.message))
    } else if let failed = outcomes.first(where: { $0.state == .failed }) {
      let name: Check.Name = failed.reason == .keyBinding ? .keyBinding : .proof
      report.add(Check(name, .fail, failed.reason, failed.message))
    } else if let unknown = outcomes.first {
      let name: Check.Name = unknown.reason == .keyUnavailable ? .keyBinding : .proof
      report.add(Check(name, .unknown, unknown.reason, unknown.message))
    }
  }
}
