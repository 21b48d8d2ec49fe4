import Badges
import CarriedRecords
import Domain
import Grading
import Testing

@Suite("Carried record: the guide", .enabled(if: Lakeside.canSign))
struct GuideTests {
  @Test("a learner moves as the guide says")
  func move() throws {
    let (key, policy, now) = (try Lakeside.key(), try Lakeside.policy(), Lakeside.now)
    let history = try EvidenceHistory([.recorded(Lakeside.evidence("e1", 1, "4"))])
    let asOf = AsOf(occurred: now, known: now)

    let exporter = RecordExporter(
      issuer: BadgeIssuer(key: key), issuerName: "Lakeside School", policy: policy,
      targets: [RecordTarget(GradedTarget("LS.1"), title: "Adds fractions")],
      consent: RecordConsent([.rater]))
    let record = LearnerRecord(learner: "sis-4711", history: history, asOf: asOf)
    var random = SystemRandomNumberGenerator()
    let exported = try exporter.export(record, created: now, using: &random)

    let shown = try exported.package.presenting(
      RecordSelection(targets: ["LS.1"], without: [.rater]))

    let school = try Lakeside.issuer().id
    let verifier = RecordVerifier(BadgeVerifier(at: now, trust: TrustList(issuers: [school])))
    let report = verifier.verify(shown)
    let contents = try #require(report.contents)

    let ours = try #require(PolicyPack.named("spaulding")).policy()
    let crosswalk = RecordCrosswalk(
      id: "lakeside-to-riverside", targets: ["LS.1": ["MA.4.2"]],
      scales: [.init(from: "zero-to-four", levels: ["3": "C", "4": "BC"])])
    let importer = try RecordImporter(
      Grader(ours, targets: [GradedTarget("MA.4.2")]), crosswalk: crosswalk, learner: "2041")
    let outcome = try importer.judge(contents, isVouchedFor: report.isVouchedFor, asOf: asOf)
    #expect(outcome.counts == ["counts": 1])
    #expect(outcome.report.targets.map(\.result.level) == ["BC"])
  }
}
