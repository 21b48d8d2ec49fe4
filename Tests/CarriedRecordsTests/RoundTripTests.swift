import Badges
import CarriedRecords
import Domain
import Grading
import Testing

@Suite("Carried record: from one school to another", .enabled(if: Lakeside.canSign))
struct RoundTripTests {
  /// 200 targets, three pieces of evidence for each, some taken back.
  private func whole() throws -> LearnerRecord {
    var evidence: [Evidence] = []
    for target in 1...200 {
      for attempt in 0..<3 {
        evidence.append(
          Lakeside.evidence(
            "e\(target).\(attempt)", target, String((target + attempt) % 5), day: attempt + 1))
      }
    }
    let reversals = (1...10).map { target in
      Reversal(
        id: ID("r\(target)"), of: EvidenceID("e\(target).2"), reason: "wrong learner",
        actor: "registrar-1", recorded: Lakeside.now)
    }
    return try Lakeside.record(evidence, reversals: reversals)
  }

  @Test("200 targets arrive at a school with twelve levels, and nothing is lost silently")
  func twoHundredTargets() throws {
    let record = try whole()
    let exported = try Lakeside.export(record, targets: 200)
    #expect(exported.evidenceCount == 600)
    #expect(exported.assessedCount == 200)
    #expect(exported.underivable == [])
    let report = try Lakeside.verifier().verify(exported.package)
    #expect(report.checks.filter { $0.outcome != .pass } == [])
    #expect(report.isVouchedFor)
    let contents = try #require(report.contents)
    #expect(contents.evidence.count == 600)
    #expect(contents.results.count == 200)
    // The withheld claims are none: what is not shared never became one.
    #expect(contents.withheld == 0)

    let importer = try Lakeside.importer(200, unmapped: [7, 8, 9])
    let outcome = try importer.judge(contents, isVouchedFor: true, asOf: Lakeside.asOf)
    #expect(outcome.pieces.count == 600)
    // Targets 7 to 9 lose 9 pieces, of which 3 were taken back; 10 pieces were in all.
    #expect(outcome.counts == ["counts": 584, "unmapped": 6, "reversed": 10])
    #expect(outcome.unmappedResults == ["LS.7", "LS.8", "LS.9"])
    // The last of target 20 is 22 mod 5 = 2, the highest of 20, 21 and 22 mod 5 is 2 -> 8.
    let results = Dictionary(
      uniqueKeysWithValues: outcome.report.targets.map { ($0.target, $0.result.level) })
    #expect(results["RV.20"] == "8")
    // Of target 1 only 1 and 2 stand; the 3 was taken back.
    #expect(results["RV.1"] == "8")
    #expect(results["RV.22"] == "12")
  }

  @Test("a school that nobody trusts, or a record that was changed, opens no gate")
  func untrusted() throws {
    let record = try Lakeside.record([Lakeside.evidence("e1", 1, "4")])
    let package = try Lakeside.export(record, targets: 1).package
    for verifier in [try Lakeside.verifier(trusts: false), Lakeside.verifierWithoutTrust()] {
      let report = verifier.verify(package)
      #expect(!report.isVouchedFor)
      let contents = try #require(report.contents)
      let outcome = try Lakeside.importer(1).judge(
        contents, isVouchedFor: report.isVouchedFor, asOf: Lakeside.asOf)
      #expect(outcome.counts == ["claimed": 1])
      #expect(outcome.report.targets.map(\.result.outcome) == [.notAssessed])
      #expect(outcome.report.gates.allSatisfy { !$0.isOpen })
      #expect(outcome.pieces[0].imported[0].trust == .claimed)
    }
  }

  @Test("what nobody checked is only claimed, unless the school vouches for it")
  func vouching() throws {
    let record = try Lakeside.record([
      Lakeside.evidence("e1", 1, "4", trust: .claimed),
      Lakeside.evidence("e2", 1, "3", trust: .selfReported),
    ])
    for (vouches, counts) in [(false, ["claimed": 2]), (true, ["claimed": 1, "counts": 1])] {
      let exported = try Lakeside.export(record, targets: 1, vouches: vouches)
      #expect(exported.claimedCount == (vouches ? 1 : 2))
      let report = try Lakeside.verifier().verify(exported.package)
      let outcome = try Lakeside.importer(1).judge(
        try #require(report.contents), isVouchedFor: report.isVouchedFor, asOf: Lakeside.asOf)
      #expect(outcome.counts == counts)
    }
  }

  @Test("scores that cannot be said here are named")
  func untranslated() throws {
    let record = try Lakeside.record([
      Lakeside.evidence("e1", 1, "2"), Lakeside.evidence("e2", 2, "3"),
    ])
    let report = try Lakeside.verifier().verify(
      try Lakeside.export(record, targets: 2).package)
    var importer = try Lakeside.importer(2)
    importer.crosswalk.scales[0].levels["2"] = nil
    let outcome = try importer.judge(
      try #require(report.contents), isVouchedFor: true, asOf: Lakeside.asOf)
    #expect(outcome.pieces.map(\.fate.word) == ["untranslated", "counts"])
    #expect(outcome.pieces[0].fate.reason?.contains("level 2 of zero-to-four") == true)
  }

  @Test("a crosswalk names levels that are there, and each target once")
  func crosswalks() throws {
    let text = """
      {"crosswalk": 1, "id": "x", "targets": [{"from": "a", "to": ["b", "c"]}],
       "scales": [{"from": "s", "levels": {"3": "C"}}]}
      """
    let crosswalk = try RecordCrosswalk(document: DocumentReader.read(text))
    #expect(crosswalk.targets["a"] == ["b", "c"])
    #expect(crosswalk.scales == [RecordCrosswalk.Scale(from: "s", levels: ["3": "C"])])
    let scale = try Lakeside.policy().scale
    #expect(throws: DomainError.self) { try crosswalk.check(levelsOf: scale) }
    let twice = """
      {"crosswalk": 1, "id": "x", "targets": [{"from": "a", "to": []}, {"from": "a", "to": []}]}
      """
    let failure = #expect(throws: DomainError.self) {
      try RecordCrosswalk(document: DocumentReader.read(twice))
    }
    #expect(failure?.place?.pointer == "/targets/1")
  }
}
