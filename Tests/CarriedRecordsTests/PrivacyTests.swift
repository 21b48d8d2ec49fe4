import Badges
import CarriedRecords
import Domain
import Grading
import TestSupport
import Testing

@Suite("Carried record: what leaves and what is shown", .enabled(if: Lakeside.canSign))
struct PrivacyTests {
  private func export(_ fields: Set<RecordField>) throws -> ExportedRecord {
    let reversal = Reversal(
      id: "r1", of: "e2", reason: "typed twice", actor: "registrar-1", recorded: Lakeside.now)
    let record = try Lakeside.record(
      [
        Lakeside.evidence("e1", 1, "3"), Lakeside.evidence("e2", 1, "4"),
        Lakeside.evidence("e3", 2, "2"),
      ], reversals: [reversal])
    return try Lakeside.export(record, targets: 2, consent: RecordConsent(fields))
  }

  private static let secrets: [RecordField: String] = [
    .name: "Trevor Example", .identifier: "sis-4711", .rater: "teacher-9", .context: "room 12",
    .artefact: "essay-", .actor: "registrar-1", .reason: "typed twice",
  ]

  @Test("no field leaves without consent", arguments: RecordField.allCases)
  func consent(field: RecordField) throws {
    let all = Set(RecordField.allCases)
    for fields in [all, all.subtracting([field]), []] {
      let exported = try export(fields)
      let report = try Lakeside.verifier().verify(exported.package)
      #expect(report.verdict == .valid)
      let text = exported.package.ordered.map { String(decoding: $0.bytes, as: UTF8.self) }
        .joined()
      #expect(text.contains(Self.secrets[field] ?? "?") == fields.contains(field))
    }
  }

  @Test("two packages of one learner have nothing in common by which they could be joined")
  func unlinkable() throws {
    let record = try Lakeside.record([Lakeside.evidence("e1", 1, "3")])
    let packages = try [UInt64(1), 2].map {
      try Lakeside.export(record, targets: 1, seed: $0).package
    }
    let subjects = try packages.map {
      try #require(try Lakeside.verifier().verify($0).contents).subject
    }
    #expect(subjects[0] != subjects[1])
    #expect(packages[0].files[.digests] != packages[1].files[.digests])
  }

  @Test("a presentation shows some targets, no names, and still verifies")
  func presentation() throws {
    let whole = try export(Set(RecordField.allCases)).package
    let shown = try whole.presenting(
      RecordSelection(targets: ["LS.1"], without: [.name, .identifier, .rater]))
    let report = try Lakeside.verifier().verify(shown)
    #expect(report.checks.filter { $0.outcome != .pass } == [])
    #expect(report.isVouchedFor)
    let contents = try #require(report.contents)
    #expect(contents.name == nil)
    #expect(contents.evidence.map(\.id) == ["e1", "e2"])
    #expect(contents.evidence.allSatisfy { $0.rater == nil && $0.context == "room 12" })
    #expect(contents.results.map(\.target) == ["LS.1"])
    #expect(contents.withheld > 0)
    let text = shown.ordered.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    for secret in ["Trevor", "sis-4711", "teacher-9", "\"e3\""] { #expect(!text.contains(secret)) }
  }

  @Test("nobody shows evidence and keeps back that it was taken back")
  func reversal() throws {
    let whole = try export([]).package
    let lines = String(decoding: whole.files[.disclosures] ?? [], as: UTF8.self)
      .split(separator: "\n").filter { !$0.contains("\"about\":\"reversal\"") }
    let cut = try RecordPackage(
      named: whole.ordered.map { name, bytes in
        (name, name == "disclosures.ndjson" ? Array((lines.joined(separator: "\n")).utf8) : bytes)
      })
    let report = try Lakeside.verifier().verify(cut)
    #expect(report.verdict == .invalid)
    #expect(report.checks.first { $0.outcome == .fail }?.message.contains("taken back") == true)
  }

  @Test("a result that needs what does not leave is marked")
  func underivable() throws {
    let record = try Lakeside.record([Lakeside.evidence("e1", 1, "3")])
    var policy = try Lakeside.policy()
    policy.counts = EvidenceDemand(raters: ["teacher-9"])
    let exporter = RecordExporter(
      issuer: try Lakeside.issuer(), policy: policy, targets: Lakeside.targets(1),
      consent: RecordConsent())
    var random = SeededGenerator(seed: 3)
    let exported = try exporter.export(record, created: Lakeside.now, using: &random)
    #expect(exported.underivable == ["LS.1"])
    let report = try Lakeside.verifier().verify(exported.package)
    #expect(report.verdict == .valid)
    #expect(report.contents?.results.map(\.isDerivable) == [false])
  }
}
