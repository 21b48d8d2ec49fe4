internal import Domain
internal import LinkedData

/// What is known of Open Badges 2.0.
enum OpenBadge2 {
  static let context: Identifier = "https://w3id.org/openbadges/v2"

  /// Whether an object is an assertion.
  static func isAssertion(_ object: JSONObject) -> Bool {
    (object["type"]?.asArray ?? []).contains("Assertion")
      && (object["@context"]?.asArray ?? []).contains(.string(context))
  }

  /// The scheme, host and port of a URL.
  static func origin(of url: Identifier?) -> Substring? {
    guard let text = url?.text, let scheme = text.range(of: "://") else { return nil }
    let end = text[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? text.endIndex
    return text[..<end]
  }
}

extension String {
  /// Where a text stands.
  fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}

/// Verifies assertions of Open Badges 2.0: hosted ones by what their URL serves, signed ones by
/// their signature.
struct OpenBadge2Verifier {
  let verifier: BadgeVerifier

  /// Verifies a hosted assertion.
  func verify(_ assertion: JSONObject) -> VerificationReport {
    var report = started(assertion)
    let badge = document(assertion["badge"])
    let issuer = document(badge?["issuer"])
    let kind = assertion["verification"]?["type"]?.string ?? assertion["verify"]?["type"]?.string
    if kind == "SignedBadge" || kind == "signed" {
      report.add(
        Check(.proof, .fail, .proofMissing, "The badge has to be signed and is not."))
    } else {
      checkHosting(of: assertion, issuer, &report)
    }
    finish(assertion, issuer, &report)
    return report
  }

  /// Verifies a signed assertion.
  func verify(_ token: CompactJWS, _ assertion: JSONObject) -> VerificationReport {
    var report = started(assertion)
    let issuer = document(document(assertion["badge"])?["issuer"])
    checkSignature(token, assertion, issuer, &report)
    finish(assertion, issuer, &report)
    return report
  }

  private func started(_ assertion: JSONObject) -> VerificationReport {
    var report = VerificationReport()
    report.credential = assertion
    report.add(Check(.json, .pass))
    report.add(Check(.format, .pass))
    var missing = ["id", "recipient", "badge", "issuedOn"].filter {
      assertion[Identifier($0)] == nil
    }
    if assertion["verification"] == nil, assertion["verify"] == nil {
      missing.append("verification")
    }
    let recipient = assertion["recipient"]
    if recipient?["type"]?.string == nil || recipient?["identity"]?.string == nil {
      missing.append("recipient.identity")
    }
    report.add(
      missing.isEmpty
        ? Check(.shape, .pass)
        : Check(
          .shape, .fail, .shape,
          "The assertion has no \(missing.joined(separator: ", ")) of the right kind."))
    return report
  }

  /// A document that is inside of another one or has a URL.
  private func document(_ node: JSONNode?) -> JSONNode? {
    guard let url = node?.string else { return node }
    guard case .bytes(let bytes)? = verifier.loader.resource(at: url) else { return nil }
    return try? JSONNode(reading: bytes, limits: verifier.limits)
  }

  private func checkHosting(
    of assertion: JSONObject, _ issuer: JSONNode?, _ report: inout VerificationReport
  ) {
    guard let id = assertion["id"]?.string else { return }
    switch verifier.loader.resource(at: id) {
    case nil:
      report.add(
        Check(
          .proof, .unknown, .hosted, "The address of the badge is not at hand; nothing is fetched."
        ))
      return
    case .gone?:
      report.add(Check(.status, .fail, .revoked, "The address of the badge says that it is gone."))
      return
    case .bytes(let bytes)?:
      guard let hosted = try? JSONNode(reading: bytes, limits: verifier.limits) else {
        report.add(Check(.proof, .fail, .hosted, "The address of the badge serves no JSON."))
        return
      }
      if hosted["revoked"] == true {
        report.add(Check(.status, .fail, .revoked, "The badge is revoked."))
        return
      }
      let isSame = try? hosted.canonicalBytes() == JSONNode.object(assertion).canonicalBytes()
      guard isSame == true else {
        report.add(Check(.proof, .fail, .signature, "The address serves another badge."))
        return
      }
    }
    report.add(Check(.proof, .pass))
    guard let issuer else {
      report.add(
        Check(.keyBinding, .unknown, .keyUnavailable, "The issuer of the badge is not at hand."))
      return
    }
    report.add(
      isHome(id, of: issuer)
        ? Check(.keyBinding, .pass)
        : Check(.keyBinding, .fail, .hosted, "The badge lies on another origin than its issuer."))
  }

  /// Whether an address is one from which an issuer serves badges.
  private func isHome(_ id: Identifier, of issuer: JSONNode) -> Bool {
    let rules = issuer["verification"]
    let prefixes = (rules?["startsWith"]?.asArray ?? []).compactMap(\.string)
    if !prefixes.isEmpty { return prefixes.contains { id.text.utf8.starts(with: $0.utf8) } }
    let origin = OpenBadge2.origin(of: id)
    let allowed = (rules?["allowedOrigins"]?.asArray ?? []).compactMap(\.string)
    if !allowed.isEmpty {
      return allowed.contains { name in
        origin.map { $0 == name.text || $0.hasSuffix("://\(name)") } ?? false
      }
    }
    return origin != nil && origin == OpenBadge2.origin(of: issuer["id"]?.string)
  }

  private func checkSignature(
    _ token: CompactJWS, _ assertion: JSONObject, _ issuer: JSONNode?,
    _ report: inout VerificationReport
  ) {
    let verification = assertion["verification"] ?? assertion["verify"]
    let name = verification?["creator"] ?? issuer?["publicKey"]?.asArray.first
    guard let node = document(name), node.object != nil else {
      report.add(
        Check(.keyBinding, .unknown, .keyUnavailable, "The key of the badge is not at hand."))
      return
    }
    guard let key = node["publicKeyPem"]?.string.flatMap({ PEM.publicKey($0.text) }) else {
      report.add(Check(.proof, .fail, .proof, "The key of the badge is no RSA key as PEM."))
      return
    }
    guard token.algorithm == key.jwsAlgorithm else {
      report.add(Check(.proof, .fail, .algorithm, "The badge is not signed with RS256."))
      return
    }
    do throws(BadgesError) {
      guard try key.isSignature(token.signature, of: token.signed) else {
        report.add(Check(.proof, .fail, .signature, "The signature does not match the badge."))
        return
      }
    } catch {
      report.add(Check(.proof, .unknown, .noCryptography, error.message))
      return
    }
    report.add(Check(.proof, .pass))
    guard let issuer else {
      report.add(
        Check(.keyBinding, .unknown, .keyUnavailable, "The issuer of the badge is not at hand."))
      return
    }
    let id = node["id"]?.string
    let isListed = (issuer["publicKey"]?.asArray ?? []).contains {
      id != nil && ($0.string ?? $0["id"]?.string) == id
    }
    let isOwned = node["owner"] != nil && node["owner"] == issuer["id"]
    report.add(
      isListed && isOwned
        ? Check(.keyBinding, .pass)
        : Check(.keyBinding, .fail, .keyBinding, "The key is not one that the issuer lists."))
  }

  private func finish(
    _ assertion: JSONObject, _ issuer: JSONNode?, _ report: inout VerificationReport
  ) {
    checkRevocation(of: assertion, issuer, &report)
    checkWindow(of: assertion, &report)
    if let wanted = verifier.recipient {
      checkRecipient(of: assertion, wanted, &report)
    }
    if verifier.trust.namesIssuers {
      let id = issuer?["id"]?.string
      let isTrusted = id.map { verifier.trust.issuers.contains($0) } ?? false
      report.add(
        isTrusted
          ? Check(.trust, .pass)
          : Check(.trust, .fail, .untrustedIssuer, "The issuer is not on the caller's list."))
    }
  }

  private func checkRevocation(
    of assertion: JSONObject, _ issuer: JSONNode?, _ report: inout VerificationReport
  ) {
    if assertion["revoked"] == true {
      report.add(Check(.status, .fail, .revoked, "The badge is revoked."))
      return
    }
    guard let url = issuer?["revocationList"] else {
      if !report.checks.contains(where: { $0.name == .status }) {
        report.add(Check(.status, .pass))
      }
      return
    }
    guard let list = document(url) else {
      report.add(
        Check(.status, .unknown, .statusUnavailable, "The revocation list is not at hand."))
      return
    }
    let isRevoked = (list["revokedAssertions"]?.asArray ?? []).contains {
      ($0["id"] ?? $0) == assertion["id"]
    }
    report.add(
      isRevoked
        ? Check(.status, .fail, .revoked, "The badge is revoked.") : Check(.status, .pass))
  }

  private func checkWindow(of assertion: JSONObject, _ report: inout VerificationReport) {
    func moment(_ name: Identifier) -> Instant? {
      assertion[name]?.string.flatMap { Instant($0.text) }
    }
    guard let issued = moment("issuedOn"), assertion["expires"] == nil || moment("expires") != nil
    else {
      report.add(
        Check(.window, .fail, .shape, "issuedOn or expires is no moment with a zone."))
      return
    }
    if verifier.now < issued {
      report.add(Check(.window, .fail, .notYetValid, "The badge was issued on \(issued)."))
    } else if let expires = moment("expires"), expires < verifier.now {
      report.add(Check(.window, .fail, .expired, "The badge expired on \(expires)."))
    } else {
      report.add(Check(.window, .pass))
    }
  }

  private func checkRecipient(
    of assertion: JSONObject, _ wanted: BadgeVerifier.Recipient,
    _ report: inout VerificationReport
  ) {
    let recipient = assertion["recipient"]
    let object: JSONNode = [
      "identityHash": recipient?["identity"] ?? .null, "hashed": recipient?["hashed"] ?? false,
      "salt": recipient?["salt"] ?? "",
    ]
    let isSame = IdentityHash.matches(object, BadgeVerifier.Recipient(value: wanted.value))
    report.add(
      isSame
        ? Check(.recipient, .pass)
        : Check(.recipient, .fail, .recipient, "The badge is about somebody else."))
  }
}
