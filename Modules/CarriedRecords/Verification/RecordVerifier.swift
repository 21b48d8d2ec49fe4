public import Badges
internal import Domain
internal import Grading
internal import LinkedData
internal import TraceChecker

/// Verifies carried records: signatures, files, claims, the derivation and the results.
///
/// Nothing is fetched. What is wrong with a record is a check of the report, never an error.
public struct RecordVerifier: Sendable {
  /// What verifies the credentials, at a moment and with a trust list.
  public var badges: BadgeVerifier

  /// Creates a verifier.
  public init(_ badges: BadgeVerifier) {
    self.badges = badges
  }

  /// Verifies a package.
  ///
  /// - Complexity: O(*n* log *n*) in the size of the package, and a verification for each
  ///   credential of the CLR.
  public func verify(_ package: RecordPackage) -> RecordReport {
    var report = RecordReport()
    report.cover = badges.verify(package[.cover] ?? [])
    checkCredential(.cover, report.cover, &report)
    if let bytes = package[.record] {
      let record = badges.verify(bytes)
      report.record = record
      checkCredential(.record, record, &report)
      checkSameness(record, &report)
    }
    report.isIssuerTrusted =
      report.cover.issuer.map { badges.trust.issuers.contains($0) } ?? false
    guard checkFiles(package, &report), let claims = checkClaims(package, &report) else {
      return report
    }
    do throws(DomainError) {
      report.contents = try contents(package, claims, report.cover)
      report.add(.contents)
    } catch {
      report.add(.contents, .fail, .unreadable, "\(error)")
    }
    if let contents = report.contents { checkResults(contents, &report) }
    return report
  }

  private func checkCredential(
    _ name: RecordCheck.Name, _ credential: VerificationReport, _ report: inout RecordReport
  ) {
    let message = "\(credential.verdict.rawValue): \(credential.reason)"
    switch credential.verdict {
    case .valid: report.add(name)
    case .indeterminate: report.add(name, .unknown, .credential, message)
    case .invalid, .outerValid: report.add(name, .fail, .credential, message)
    }
  }

  private func checkSameness(_ record: VerificationReport, _ report: inout RecordReport) {
    let (left, right) = (report.cover.credential, record.credential)
    let isSame =
      report.cover.issuer == record.issuer
      && left?["credentialSubject"]?["id"] == right?["credentialSubject"]?["id"]
    guard !isSame else { return }
    report.add(
      .record, .fail, .stranger, "The CLR is about another learner or by another school.")
  }

  private func checkFiles(_ package: RecordPackage, _ report: inout RecordReport) -> Bool {
    let cover = report.cover.credential
    let subject = cover?["credentialSubject"]?["id"]?.string ?? ""
    let pins = cover?["relatedResource"]?.asArray ?? []
    var isWhole = true
    for file in RecordPackage.File.allCases where file.isPinned {
      let name = CredentialWriter.identifier(of: file, in: subject)
      let pin = pins.first { $0["id"]?.string == name }?["digestSRI"]?.string
      guard let bytes = package[file], let pin else {
        report.add(
          .files, .fail, .missing,
          "\(file.rawValue) is not \(pin == nil ? "pinned by the cover" : "there").")
        isWhole = false
        continue
      }
      if CredentialWriter.pin(bytes) != pin {
        report.add(
          .files, .fail, .changed, "\(file.rawValue) is not the file that was signed.")
        isWhole = false
      }
    }
    if package[.disclosures] == nil {
      report.add(.files, .fail, .missing, "disclosures.ndjson is not there.")
      isWhole = false
    }
    if isWhole { report.add(.files) }
    return isWhole
  }

  /// The claims that are shown, with the number of those that are not.
  private func checkClaims(
    _ package: RecordPackage, _ report: inout RecordReport
  ) -> (shown: [RecordClaim], withheld: Int)? {
    var shown: [RecordClaim] = []
    var number = 0
    do throws(DomainError) {
      let signed = try ClaimDigests(document: package[.digests] ?? [])
      var seen: Set<SHA256.Digest> = []
      var subjects: Set<String> = []
      for line in (package[.disclosures] ?? []).split(separator: 0x0A) {
        number += 1
        // The digest is that of the bytes, so another form of the same claim is none of these.
        let digest = SHA256.hash(Array(line))
        guard signed.digests.contains(digest) else {
          report.add(
            .claims, .fail, .unsigned, "Line \(number) of the claims was never signed.")
          return nil
        }
        let claim = try RecordClaim(line: Array(line))
        let name = "\(claim.subject) \(claim.field?.rawValue ?? "")"
        guard seen.insert(digest).inserted, subjects.insert(name).inserted else {
          report.add(.claims, .fail, .repeated, "Line \(number) of the claims says it again.")
          return nil
        }
        shown.append(claim)
      }
      report.add(.claims)
      return (shown, signed.digests.count - shown.count)
    } catch {
      report.add(.claims, .fail, .unreadable, "Line \(number) of the claims: \(error)")
      return nil
    }
  }

  private func contents(
    _ package: RecordPackage, _ claims: (shown: [RecordClaim], withheld: Int),
    _ cover: VerificationReport
  ) throws(DomainError) -> RecordContents {
    let subject = cover.credential?["credentialSubject"]?["id"]?.string ?? ""
    let reader = try ContentsReader(subject: LearnerID(subject), claims.shown)
    let policy: Policy
    do throws(GradingError) {
      policy = try Policy(json: package[.policy] ?? [], file: RecordPackage.File.policy.rawValue)
    } catch {
      throw DomainError(.malformedJSON, "\(error)")
    }
    let targets = try RecordTarget.targets(package[.targets] ?? [])
    let order = targets.map(\.graded.id)
    return RecordContents(
      subject: reader.subject, issuer: cover.issuer ?? "", policy: policy, targets: targets,
      consent: try RecordConsent(document: DocumentReader.read(package[.consent] ?? [])),
      name: reader.text(.name)?.text, identifier: reader.text(.identifier),
      events: try reader.events(),
      results: order.compactMap { target in
        reader.results[target].map {
          RecordContents.Result(
            target: target, outcome: $0.outcome, level: $0.level, number: $0.number,
            isDerivable: $0.isDerivable)
        }
      }, trace: reader.trace, withheld: claims.withheld)
  }

  /// Works the trace out, and from it the results; without a trace nothing can be said of results.
  private func checkResults(_ contents: RecordContents, _ report: inout RecordReport) {
    guard let trace = contents.trace else {
      // A presentation shows a part on purpose: what it shows was signed.
      report.add(
        .results, .pass, .withheld,
        "The derivation is not shown, so results stand as the school signed them.")
      return
    }
    do throws(TraceCheckerError) { try TraceCheck.check(json: trace) } catch {
      report.add(.trace, .fail, .step, "\(error)")
      return
    }
    report.add(.trace)
    let limits = DocumentReader.Limits(bytes: RecordPackage.limit, depth: 96)
    guard let root = try? DocumentReader.read(trace, limits: limits),
      root["policyHash"]?.text?.text == contents.policy.digest.description,
      root["learner"]?.text == contents.subject.identifier
    else {
      report.add(
        .results, .fail, .result, "The derivation is by another policy or of another learner.")
      return
    }
    let grader = Grader(contents.policy, targets: contents.targets.map(\.graded))
    do {
      let asOf = try Self.pointOfView(DocumentNode(root))
      let history = try EvidenceHistory(contents.events)
      let derived = try grader.report(
        on: contents.subject, history: history, asOf: asOf)
      let wrong = Self.differing(contents.results, from: derived)
      if let first = wrong.first {
        report.add(
          .results, .fail, .result,
          "\(wrong.count) results do not follow from the evidence, the first of them that of "
            + "\(first).")
      } else {
        report.add(.results)
      }
    } catch {
      report.add(.results, .fail, .unreadable, "\(error)")
    }
  }

  private static func pointOfView(_ root: DocumentNode) throws(DomainError) -> AsOf {
    let point = try root.need("asOf")
    return AsOf(
      occurred: try point.need("occurred").moment(), known: try point.need("known").moment())
  }

  private static func differing(
    _ results: [RecordContents.Result], from derived: LearnerReport
  ) -> [CompetencyID] {
    let found = Dictionary(derived.targets.map { ($0.target, $0.result) }) { first, _ in first }
    return results.filter(\.isDerivable).filter { result in
      let other = found[result.target]
      return result.outcome != other?.outcome || result.level != other?.level
        || result.number != other?.number
    }.map(\.target)
  }
}
