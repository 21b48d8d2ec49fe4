internal import Domain
internal import LinkedData
internal import Synchronization

/// The status lists that were verified, so that ten thousand badges of one list cost one list.
final class StatusListMemory: Sendable {
  /// A list, or why there is none.
  enum Entry: Sendable {
    case list(JSONObject, issuer: Identifier?)
    case failure(Check)
  }

  /// Guards the lists that were verified.
  private let known: Mutex<[Identifier: Entry]> = Mutex([:])
  private static let limit = 64

  func entry(for url: Identifier, _ make: () -> Entry) -> Entry {
    if let entry = known.withLock({ $0[url] }) { return entry }
    let made = make()
    known.withLock { known in
      if known.count < Self.limit { known[url] = made }
    }
    return made
  }
}

extension BadgeVerifier {
  /// How many status entries a credential may have; each may expand a list.
  private static let statusLimit = 16

  /// Looks at every status entry of a credential.
  func checkStatus(of credential: JSONObject, _ report: inout VerificationReport) {
    let entries = credential["credentialStatus"]?.asArray ?? []
    guard entries.count <= Self.statusLimit else {
      report.add(fail(.statusMalformed, "The credential has too many status entries."))
      return
    }
    let checks = entries.enumerated().map { index, entry in
      var check = self.check(entry, of: credential, issuer: report.issuer)
      check.pointer = "/credentialStatus/\(index)"
      return check
    }
    let bad = checks.filter { $0.outcome != .pass || $0.reason != .ok }
    report.checks += bad.isEmpty ? [Check(.status, .pass)] : bad
  }

  private func fail(_ reason: Reason, _ message: String) -> Check {
    Check(.status, .fail, reason, message)
  }

  private func check(
    _ entry: JSONNode, of credential: JSONObject, issuer: Identifier?
  ) -> Check {
    let types = (entry["type"]?.asArray ?? []).compactMap(\.string)
    if types.contains("BitstringStatusListEntry") || types.contains("StatusList2021Entry") {
      return checkBit(entry, issuer, isOld: types.contains("StatusList2021Entry"))
    }
    if types.contains("1EdTechRevocationList") { return checkRevocationList(entry, credential) }
    return Check(.status, .unknown, .statusType, "The kind of status is not known.")
  }

  private func checkBit(_ entry: JSONNode, _ issuer: Identifier?, isOld: Bool) -> Check {
    guard let text = entry["statusListIndex"]?.string, text.utf8.count <= 18, !text.isEmpty,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(text.text),
      let purpose = entry["statusPurpose"]?.string,
      let url = entry["statusListCredential"]?.string, entry["id"]?.string != url
    else {
      return fail(
        .statusMalformed, "The entry needs a statusListIndex as text, a purpose and a list.")
    }
    guard let size = Self.size(of: entry) else {
      return fail(.statusMalformed, "The size of the states or their messages are malformed.")
    }
    let memory = lists.entry(for: url) { list(at: url) }
    guard case .list(let list, let listIssuer) = memory else {
      if case .failure(let check) = memory { return check }
      return fail(.statusMalformed, "There is no list.")
    }
    guard listIssuer == issuer || listIssuer.map({ trust.issuers.contains($0) }) ?? false else {
      return fail(.statusSignature, "The list was made by somebody else.")
    }
    return state(in: list, purpose, index, size, isOld: isOld)
  }

  /// How many bits a state has; `nil` where that, or the messages that go with it, is malformed.
  private static func size(of entry: JSONNode) -> Int? {
    guard let value = entry["statusSize"] else { return 1 }
    guard case .number(let text) = value, let size = Int(text.text), [1, 2, 4, 8].contains(size)
    else { return nil }
    if size > 1, entry["statusMessage"]?.asArray.count != 1 << size { return nil }
    return size
  }

  private func state(
    in list: JSONObject, _ purpose: Identifier, _ index: Int, _ size: Int, isOld: Bool
  ) -> Check {
    guard let subject = list["credentialSubject"]?.asArray.first,
      let encoded = subject["encodedList"]?.string,
      isOld || encoded.utf8.first == UInt8(ascii: "u")
    else { return fail(.statusMalformed, "The list has no encodedList.") }
    guard (subject["statusPurpose"]?.asArray ?? []).contains(.string(purpose)) else {
      return fail(.statusPurpose, "The list is for another purpose.")
    }
    let bits: StatusList
    do throws(BadgesError) { bits = try StatusList(encoded: encoded.text, size: size) } catch {
      return fail(.statusMalformed, error.message)
    }
    guard bits.count >= StatusList.leastCount else {
      return fail(.statusLength, "The list has less than \(StatusList.leastCount) entries.")
    }
    guard let state = bits.state(at: index) else {
      return fail(.statusRange, "The index lies outside of the list of \(bits.count).")
    }
    guard state != 0 else { return Check(.status, .pass) }
    switch purpose {
    case "revocation": return fail(.revoked, "The credential is revoked.")
    case "suspension": return fail(.suspended, "The credential is suspended.")
    default:
      return Check(
        .status, .pass, .statusMessage, "The list says \(state) for the purpose \(purpose).")
    }
  }

  /// A status list that verifies.
  private func list(at url: Identifier) -> StatusListMemory.Entry {
    guard case .bytes(let bytes)? = loader.resource(at: url) else {
      return .failure(
        Check(
          .status, .unknown, .statusUnavailable,
          "The status list \(url) is not at hand; nothing is fetched."))
    }
    var scope = Scope()
    scope.isList = true
    let report = verify(bytes, scope)
    guard let list = report.credential else {
      return .failure(fail(.statusSignature, "The status list cannot be read."))
    }
    let types = (list["type"]?.asArray ?? []).compactMap(\.string)
    guard
      types.contains("BitstringStatusListCredential")
        || types.contains("StatusList2021Credential")
    else { return .failure(fail(.statusSignature, "The document is no status list.")) }
    let isOld = types.contains("StatusList2021Credential")
    let bad = report.checks.first { $0.outcome == .fail && !(isOld && $0.name == .shape) }
    if let bad {
      return .failure(
        fail(.statusSignature, "The status list does not verify: \(bad.reason)."))
    }
    if let unknown = report.checks.first(where: { $0.outcome == .unknown }) {
      return .failure(
        Check(
          .status, .unknown, .statusSignature,
          "The status list cannot be verified: \(unknown.reason)."))
    }
    return .list(list, issuer: report.issuer)
  }

  /// The older list of revoked credentials by their identifiers.
  private func checkRevocationList(_ entry: JSONNode, _ credential: JSONObject) -> Check {
    guard let url = entry["id"]?.string else {
      return fail(.statusMalformed, "The entry names no list.")
    }
    guard case .bytes(let bytes)? = loader.resource(at: url) else {
      return Check(
        .status, .unknown, .statusUnavailable,
        "The revocation list \(url) is not at hand; nothing is fetched.")
    }
    guard let list = try? JSONNode(reading: bytes, limits: limits), list.object != nil else {
      return fail(.statusMalformed, "The revocation list is no JSON object.")
    }
    let isRevoked = (list["revokedCredential"]?.asArray ?? []).contains {
      ($0["id"] ?? $0) == credential["id"] && $0["revoked"] != false
    }
    return isRevoked
      ? fail(.revoked, "The credential is revoked.") : Check(.status, .pass)
  }
}
