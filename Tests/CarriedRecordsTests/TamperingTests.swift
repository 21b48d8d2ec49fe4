import Badges
import CarriedRecords
import Domain
import Testing

@Suite("Carried record: what was changed is found", .enabled(if: Lakeside.canSign))
struct TamperingTests {
  private func package() throws -> RecordPackage {
    let record = try Lakeside.record([
      Lakeside.evidence("e1", 1, "3"), Lakeside.evidence("e2", 2, "2"),
    ])
    return try Lakeside.export(record, targets: 2, consent: RecordConsent([.rater])).package
  }

  private func changed(
    _ file: String, _ change: (String) -> String?
  ) throws -> RecordPackage {
    let files = try package().ordered.compactMap { name, bytes -> (String, [UInt8])? in
      guard name == file else { return (name, bytes) }
      return change(String(decoding: bytes, as: UTF8.self)).map { (name, Array($0.utf8)) }
    }
    return try RecordPackage(named: files)
  }

  static let changes: [(file: String, from: String, to: String, reason: RecordCheck.Reason)] = [
    ("policy.json", "masteredFrom\":\"3", "masteredFrom\":\"1", .changed),
    ("targets.json", "number 2", "number 3", .changed),
    ("consent.json", "rater", "name", .changed),
    ("digests.json", "sha-256", "sha-512", .changed),
    ("disclosures.ndjson", "\"number\":\"2\"", "\"number\":\"4\"", .unsigned),
    ("disclosures.ndjson", "teacher-9", "teacher-8", .unsigned),
    ("disclosures.ndjson", "{\"about\"", " {\"about\"", .unsigned),
    ("cover.json", "Carried record", "Carried records", .credential),
    ("record.json", "Record of learning", "Record of all learning", .credential),
  ]

  @Test("one changed word", arguments: changes)
  func word(file: String, from: String, to: String, reason: RecordCheck.Reason) throws {
    let package = try changed(file) { $0.replacing(from, with: to, maxReplacements: 1) }
    let report = try Lakeside.verifier().verify(package)
    #expect(report.verdict == .invalid)
    #expect(!report.isVouchedFor)
    #expect(report.checks.contains { $0.outcome == .fail && $0.reason == reason })
  }

  @Test(
    "a file that is missing",
    arguments: [
      "policy.json", "targets.json", "consent.json", "digests.json", "disclosures.ndjson",
    ])
  func missing(file: String) throws {
    let report = try Lakeside.verifier().verify(try changed(file) { _ in nil })
    #expect(report.checks.contains { $0.outcome == .fail && $0.reason == .missing })
  }

  @Test("a claim that stands there twice")
  func twice() throws {
    let package = try changed("disclosures.ndjson") { $0 + ($0.split(separator: "\n").first ?? "") }
    let report = try Lakeside.verifier().verify(package)
    #expect(report.checks.contains { $0.outcome == .fail && $0.reason == .repeated })
  }

  @Test("the claims of another learner's record")
  func stranger() throws {
    let other = try Lakeside.export(
      try Lakeside.record([Lakeside.evidence("e1", 1, "3")]), targets: 2, seed: 99
    ).package
    let record = String(decoding: other.files[.record] ?? [], as: UTF8.self)
    let report = try Lakeside.verifier().verify(try changed("record.json") { _ in record })
    #expect(report.checks.contains { $0.outcome == .fail && $0.reason == .stranger })
  }

  @Test("names that no record has, and no cover, are refused")
  func names() throws {
    #expect(throws: BadgesError.self) { try RecordPackage(named: [("cover.json", []), ("x", [])]) }
    #expect(throws: BadgesError.self) {
      try RecordPackage(named: [("cover.json", []), ("cover.json", [])])
    }
    #expect(throws: BadgesError.self) { try RecordPackage(named: [("policy.json", [])]) }
  }

  @Test(
    "bytes that are no record at all end in a report",
    arguments: ["", "{", "[]", "\u{0}", "{}"])
  func garbage(text: String) throws {
    let files = RecordPackage.File.allCases.map { (name: $0.rawValue, bytes: Array(text.utf8)) }
    let report = try Lakeside.verifier().verify(RecordPackage(named: files))
    #expect(report.verdict == .invalid)
    #expect(report.contents == nil)
  }
}
