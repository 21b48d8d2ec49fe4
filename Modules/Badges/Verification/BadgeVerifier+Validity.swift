internal import Domain
internal import LinkedData

// What comes after the proof: newer credentials, status, time, person, nested credentials, trust.
extension BadgeVerifier {
  /// Adds the remaining checks.
  func finish(_ report: VerificationReport, _ scope: Scope) -> VerificationReport {
    var report = report
    guard let credential = report.credential else { return report }
    if scope.mayRefresh, !scope.isList, let newer = refreshed(credential, &report, scope) {
      return newer
    }
    if !scope.isList { checkStatus(of: credential, &report) }
    checkWindow(of: credential, &report)
    if scope.isOutermost { checkRecipient(of: credential, &report) }
    if !scope.isList { checkEmbedded(in: credential, &report, scope) }
    if scope.isOutermost, trust.namesIssuers {
      let isTrusted = report.issuer.map { trust.issuers.contains($0) } ?? false
      report.add(
        isTrusted
          ? Check(.trust, .pass)
          : Check(.trust, .fail, .untrustedIssuer, "The issuer is not on the caller's list."))
    }
    return report
  }

  /// The report of a newer credential, where the issuer has one that fits.
  private func refreshed(
    _ credential: JSONObject, _ report: inout VerificationReport, _ scope: Scope
  ) -> VerificationReport? {
    // Only after the proof of the credential in hand verified.
    guard let service = credential["refreshService"],
      report.checks.contains(where: { $0.name == .keyBinding && $0.outcome == .pass })
    else { return nil }
    for entry in service.asArray where entry["type"]?.string == "1EdTechCredentialRefresh" {
      guard let url = entry["id"]?.string, case .bytes(let bytes)? = loader.resource(at: url)
      else { continue }
      var inner = scope
      inner.mayRefresh = false
      var newer = verify(bytes, inner)
      guard newer.credential?["id"] == credential["id"], newer.issuer == report.issuer,
        !newer.checks.contains(where: { $0.name <= .keyBinding && $0.outcome != .pass })
      else { continue }
      newer.checks.append(Check(.refresh, .pass, .ok, "A newer credential took its place."))
      return newer
    }
    return nil
  }

  private func checkWindow(of credential: JSONObject, _ report: inout VerificationReport) {
    let window = ValidityWindow(credential)
    if let from = window.from, now < from {
      report.add(Check(.window, .fail, .notYetValid, "The credential holds from \(from) on."))
    } else if let until = window.until, until < now {
      report.add(Check(.window, .fail, .expired, "The credential held until \(until)."))
    } else {
      report.add(Check(.window, .pass))
    }
  }

  private func checkRecipient(of credential: JSONObject, _ report: inout VerificationReport) {
    guard let recipient else { return }
    let subject = credential["credentialSubject"]
    let isSame =
      (recipient.type == nil && subject?["id"]?.string == recipient.value)
      || (subject?["identifier"]?.asArray ?? []).contains { IdentityHash.matches($0, recipient) }
    report.add(
      isSame
        ? Check(.recipient, .pass)
        : Check(.recipient, .fail, .recipient, "The credential is about somebody else."))
  }

  /// Verifies credentials and endorsements inside of this one, each on its own.
  private func checkEmbedded(
    in credential: JSONObject, _ report: inout VerificationReport, _ scope: Scope
  ) {
    var found: [(pointer: String, node: JSONNode, reason: Reason)] = []
    var path = PointerPath()
    Self.collect(from: .object(credential), at: &path, into: &found)
    guard !found.isEmpty else { return }
    guard scope.depth < Self.nestingLimit, found.count <= Self.embeddedLimit else {
      report.add(Check(.embedded, .fail, .nested, "Too many credentials lie in each other."))
      return
    }
    var inner = scope
    inner.depth += 1
    for (pointer, node, reason) in found {
      let nested: VerificationReport =
        switch node {
        case .object(let object): verify(object, inner)
        case .string(let text): verify(Array(text.utf8), inner)
        default: VerificationReport()
        }
      report.embedded.append(.init(pointer: pointer, report: nested))
      guard nested.verdict != .valid || nested.checks.isEmpty else { continue }
      let isUnknown = nested.verdict == .indeterminate
      report.add(
        Check(
          .embedded, isUnknown ? .unknown : .fail, reason,
          "What is inside does not verify: \(nested.reason).", at: pointer))
    }
    if !report.checks.contains(where: { $0.name == .embedded }) {
      report.add(Check(.embedded, .pass))
    }
  }

  private static func collect(
    from node: JSONNode, at path: inout PointerPath,
    into found: inout [(pointer: String, node: JSONNode, reason: Reason)]
  ) {
    switch node {
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        path.enter(index)
        collect(from: element, at: &path, into: &found)
        path.leave()
      }
    case .object(let object):
      for member in object.members where member.name != "proof" && member.name != "@context" {
        path.enter(member.name)
        defer { path.leave() }
        let reason: Reason? =
          switch member.name {
          case "endorsement", "endorsementJwt": .endorsement
          case "verifiableCredential": .nested
          default: nil
          }
        guard let reason else {
          collect(from: member.value, at: &path, into: &found)
          continue
        }
        for (index, element) in member.value.asArray.enumerated() {
          found.append(("\(path.text)/\(index)", element, reason))
        }
      }
    default: break
    }
  }
}

extension Check.Name: Comparable {
  /// Orders checks as they are made.
  public static func < (left: Check.Name, right: Check.Name) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}
