import Badges
import CarriedRecords
import Domain
import Grading
import TestSupport
import Testing

/// A school with scores from 0 to 4 that a learner leaves, and one with twelve levels that receives.
enum Lakeside {
  static let now = moment("2026-11-02T09:00:00Z")
  static let later = moment("2026-12-01T09:00:00Z")
  static let learner = LearnerID("sis-4711")

  private static func moment(_ text: String) -> Instant {
    guard let moment = Instant(text) else { preconditionFailure("\(text) is no moment") }
    return moment
  }

  /// Whether this build has signatures.
  static var canSign: Bool { (try? key()) != nil }

  static func key() throws -> SigningKey {
    try SigningKey(kind: .ed25519, secret: Array(1...32))
  }

  static func issuer() throws -> BadgeIssuer { BadgeIssuer(key: try key()) }

  static func policy() throws -> Policy {
    try #require(PolicyPack.named("kennebec")).policy()
  }

  static func target(_ number: Int) -> CompetencyID { CompetencyID("LS.\(number)") }

  static func targets(_ count: Int) -> [RecordTarget] {
    (1...count).map { number in
      RecordTarget(
        GradedTarget(target(number)), title: "Can do number \(number)",
        url: Identifier("https://catalog.example/items/\(number)"))
    }
  }

  static func evidence(
    _ id: String, _ target: Int, _ level: String, day: Int = 1, trust: Trust = .verified
  ) -> Evidence {
    let date = "2026-10-\(day < 10 ? "0" : "")\(day)"
    guard let occurred = PartialDate(date), let number = ExactDecimal(level) else {
      preconditionFailure("\(date) or \(level) is malformed")
    }
    return Evidence(
      id: EvidenceID(id), learner: learner, competency: self.target(target),
      state: .assessed(.number(number, scale: "zero-to-four")), kind: .quiz,
      purpose: .summative,
      times: EvidenceTimes(occurred: occurred, recorded: moment(date + "T12:00:00Z")),
      artefact: ID("essay-\(id)"), context: "room 12", trust: trust, rater: ID("teacher-9"))
  }

  static func record(_ evidence: [Evidence], reversals: [Reversal] = []) throws -> LearnerRecord {
    let events = evidence.map { EvidenceEvent.recorded($0) } + reversals.map { .reversed($0) }
    return LearnerRecord(
      learner: learner, name: "Trevor Example", history: try EvidenceHistory(events),
      asOf: AsOf(occurred: now, known: now))
  }

  static func export(
    _ record: LearnerRecord, targets count: Int, consent: RecordConsent = RecordConsent(),
    vouches: Bool = false, seed: UInt64 = 7
  ) throws -> ExportedRecord {
    var random = SeededGenerator(seed: seed)
    var exporter = RecordExporter(
      issuer: try issuer(), issuerName: "Lakeside School", policy: try policy(),
      targets: targets(count), consent: consent)
    exporter.vouches = vouches
    return try exporter.export(record, created: now, using: &random)
  }

  static func verifier(trusts: Bool = true) throws -> RecordVerifier {
    let issuers: Set<Identifier> = trusts ? [try issuer().id] : []
    return RecordVerifier(BadgeVerifier(at: later, trust: TrustList(issuers: issuers)))
  }

  /// A verifier that was told of nobody.
  static func verifierWithoutTrust() -> RecordVerifier {
    RecordVerifier(BadgeVerifier(at: later))
  }

  static func importer(_ count: Int, unmapped: Set<Int> = []) throws -> RecordImporter {
    let policy = try #require(PolicyPack.named("adams-50")).policy()
    var targets: [CompetencyID: [CompetencyID]] = [:]
    for number in 1...count where !unmapped.contains(number) {
      targets[target(number)] = [CompetencyID("RV.\(number)")]
    }
    let levels: [Identifier: Identifier] = ["0": "1", "1": "4", "2": "8", "3": "11", "4": "12"]
    let crosswalk = RecordCrosswalk(
      id: "lakeside-to-riverside", targets: targets,
      scales: [RecordCrosswalk.Scale(from: "zero-to-four", levels: levels)])
    return try RecordImporter(
      Grader(policy, targets: crosswalk.named.map { GradedTarget($0) }), crosswalk: crosswalk,
      learner: "riverside-1")
  }

  static var asOf: AsOf { AsOf(occurred: later, known: later) }
}
