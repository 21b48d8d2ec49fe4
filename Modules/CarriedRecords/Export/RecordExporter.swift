public import Badges
public import Domain
public import Grading
internal import LinkedData

/// What a school knows of a learner who leaves.
public struct LearnerRecord: Sendable {
  /// The learner at the school.
  public var learner: LearnerID
  /// The learner's name, which leaves with consent only.
  public var name: String?
  /// The events of the learner.
  public var history: EvidenceHistory
  /// What else the policy looks at.
  public var facts: LearnerFacts
  /// The point of view of the results.
  public var asOf: AsOf

  /// Creates a record.
  public init(
    learner: LearnerID, name: String? = nil, history: EvidenceHistory,
    facts: LearnerFacts = LearnerFacts(), asOf: AsOf
  ) {
    self.learner = learner
    self.name = name
    self.history = history
    self.facts = facts
    self.asOf = asOf
  }
}

/// A package, and what the school should know of it.
public struct ExportedRecord: Sendable {
  /// The package.
  public var package: RecordPackage
  /// Pieces of evidence in it.
  public var evidenceCount: Int
  /// Targets with a result.
  public var assessedCount: Int
  /// Targets whose result cannot be derived from the fields that leave.
  public var underivable: [CompetencyID]
  /// Pieces of evidence that are only claimed, which open no gate elsewhere.
  public var claimedCount: Int
}

/// Makes carried records.
public struct RecordExporter: Sendable {
  /// Who signs.
  public var issuer: BadgeIssuer
  /// The name of the school.
  public var issuerName: Identifier?
  /// The rule and the targets.
  public var grader: Grader
  /// The targets with their titles, in the order of the grader.
  public var targets: [RecordTarget]
  /// What may leave.
  public var consent: RecordConsent
  /// Whether the school vouches for evidence that nobody checked, because it is its own.
  public var vouches = false

  /// Creates an exporter.
  public init(
    issuer: BadgeIssuer, issuerName: Identifier? = nil, policy: Policy, targets: [RecordTarget],
    consent: RecordConsent
  ) {
    self.issuer = issuer
    self.issuerName = issuerName
    grader = Grader(policy, targets: targets.map(\.graded))
    self.targets = targets
    self.consent = consent
  }

  /// Makes the package of a learner.
  ///
  /// The learner has a new identifier in it, made for this package, which no other has; what the
  /// consent does not name is in no file of it.
  ///
  /// - Parameters:
  ///   - record: What is known of the learner.
  ///   - created: The moment of signing.
  ///   - random: Where identifier and salts come from; the system's in earnest.
  /// - Throws: `BadgesError` when something cannot be signed or graded.
  /// - Complexity: O(*n* log *n*) in the events, and a signature for each assessed target.
  public func export(
    _ record: LearnerRecord, created: Instant, using random: inout some RandomNumberGenerator
  ) throws(BadgesError) -> ExportedRecord {
    var salts = SaltSource(&random)
    defer { random = salts.random }
    let subject = LearnerID(BadgeDraft.uuid(from: salts.bytes()))
    let own = try results(of: record)
    let redaction = RecordRedaction(consent: consent, subject: subject, vouches: vouches)
    let shared = try redaction.redacted(record)
    let derived = try results(of: shared.record)
    var claims = shared.claims(&salts)
    var underivable: [CompetencyID] = []
    for (mine, theirs) in zip(own.targets, derived.targets) {
      let isSame = ResultClaim(mine, isDerivable: true) == ResultClaim(theirs, isDerivable: true)
      if !isSame { underivable.append(mine.target) }
      guard mine.result.outcome != .notAssessed || !isSame else { continue }
      let claim = ResultClaim(mine, isDerivable: isSame)
      claims.append(RecordClaim(.result(mine.target), claim.document, salt: salts.text()))
    }
    claims.append(RecordClaim(.trace, grader.trace(of: derived), salt: salts.text()))
    let assessed = own.targets.filter { $0.result.outcome != .notAssessed }
    var files: [RecordPackage.File: [UInt8]] = [
      .policy: grader.policy.document.file, .targets: RecordTarget.document(targets).file,
      .consent: consent.document.file, .digests: ClaimDigests(claims).document.file,
      .disclosures: Self.lines(claims),
    ]
    let writer = CredentialWriter(
      issuer: issuer, issuerName: issuerName, subject: subject.identifier, created: created)
    let cover = try writer.cover(pinning: files)
    var credentials = [cover]
    let known = Dictionary(targets.map { ($0.graded.id, $0) }) { first, _ in first }
    for result in assessed {
      guard let target = known[result.target] else { continue }
      credentials.append(try writer.achievement(result, of: target, under: grader.policy))
    }
    var identity: JSONObject?
    if consent.fields.contains(.identifier) {
      identity = writer.identity(of: record.learner, salt: salts.text())
    }
    files[.cover] = writer.file(cover)
    files[.record] = writer.file(try writer.record(credentials, identity: identity))
    return ExportedRecord(
      package: RecordPackage(files: files), evidenceCount: shared.evidence.count,
      assessedCount: assessed.count, underivable: underivable,
      claimedCount: shared.evidence.count { $0.trust < .verified })
  }

  private func results(of record: LearnerRecord) throws(BadgesError) -> LearnerReport {
    do throws(GradingError) {
      return try grader.report(
        on: record.learner, history: record.history, facts: record.facts, asOf: record.asOf)
    } catch {
      throw BadgesError(.document, "The learner cannot be graded: \(error)")
    }
  }

  static func lines(_ claims: [RecordClaim]) -> [UInt8] {
    claims.flatMap { Array($0.line.utf8) + [0x0A] }
  }
}

/// What a school found for one target, as a claim says it.
struct ResultClaim: Hashable {
  var outcome: MasteryResult.Outcome
  var level: Identifier?
  var number: Rational?
  /// Whether it follows from the evidence of the package.
  var isDerivable: Bool

  init(_ result: TargetResult, isDerivable: Bool) {
    outcome = result.result.outcome
    level = result.result.level
    number = result.result.number
    self.isDerivable = isDerivable
  }

  init(_ node: DocumentNode) throws(DomainError) {
    let word = try node.need("outcome")
    guard let outcome = MasteryResult.Outcome(rawValue: try word.text().text) else {
      throw word.malformed("an outcome")
    }
    self.outcome = outcome
    level = node["level"]?.value.text
    number = try node["number"].map { (node) throws(DomainError) in
      guard let number = try node.number().rational else { throw node.malformed("a number") }
      return number
    }
    isDerivable = node.isTrue("derivable")
  }

  var document: DocumentValue {
    DocumentValue(members: [
      ("outcome", DocumentValue(outcome.rawValue)), ("level", level.map { .string($0) }),
      ("number", number.map { DocumentValue($0.description) }),
      ("derivable", .bool(isDerivable)),
    ])
  }
}

/// Salts of 128 random bits.
struct SaltSource<Random: RandomNumberGenerator> {
  var random: Random

  init(_ random: inout Random) {
    self.random = random
  }

  mutating func bytes() -> [UInt8] {
    (0..<2).flatMap { _ in
      let word = random.next()
      return (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
  }

  mutating func text() -> Identifier { Identifier(Base64URL.text(bytes())) }
}

extension DocumentValue {
  /// The canonical text with a line end, as the bytes of a file.
  var file: [UInt8] { Array(canonicalText.utf8) + [0x0A] }
}
