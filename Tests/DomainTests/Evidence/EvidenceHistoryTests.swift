import Domain
import Testing

@Suite("Evidence history")
struct EvidenceHistoryTests {
  private static func moment(_ day: Int) -> Instant {
    guard let instant = Instant(secondsSince1970: Int64(day) * 86_400) else {
      preconditionFailure("no such day")
    }
    return instant
  }

  private static func event(_ id: EvidenceID, _ occurred: Int, _ recorded: Int) -> EvidenceEvent {
    .recorded(
      Evidence(
        id: id, learner: "l-1", competency: "t-1", state: .assessed(.points(4, of: 5)),
        kind: .quiz, purpose: .summative,
        times: EvidenceTimes(
          occurred: PartialDate(moment(occurred)), recorded: moment(recorded))))
  }

  private static func reversal(_ id: EvidenceID, _ recorded: Int) -> EvidenceEvent {
    .reversed(
      Reversal(
        id: "r", of: id, reason: "Scored twice.", actor: "teacher", recorded: moment(recorded)))
  }

  @Test("a correction is not known before it was recorded")
  func twoTimes() throws {
    let history = try EvidenceHistory([
      Self.event("a", 1, 2), Self.event("b", 3, 9), Self.reversal("a", 5),
    ])
    let cases: [(occurred: Int, known: Int, ids: [EvidenceID])] = [
      (9, 1, []), (9, 2, ["a"]), (9, 4, ["a"]), (9, 5, []), (9, 9, ["b"]), (2, 9, []),
      (3, 9, ["b"]),
    ]
    for (occurred, known, ids) in cases {
      let asOf = AsOf(occurred: Self.moment(occurred), known: Self.moment(known))
      #expect(history.evidence(asOf: asOf).map(\.id) == ids)
    }
  }

  @Test("an identifier comes once, also after its reversal")
  func duplicates() throws {
    var history = try EvidenceHistory([Self.event("a", 1, 2), Self.reversal("a", 5)])
    let before = history
    let error = #expect(throws: DomainError.self) { try history.append(Self.event("a", 1, 6)) }
    #expect(error?.code == .duplicateEvidence)
    #expect(history == before)
  }

  @Test("nothing cannot be taken back", arguments: ["none", "a"] as [EvidenceID])
  func reversalOfNothing(id: EvidenceID) throws {
    var history = try EvidenceHistory([Self.event("a", 1, 2), Self.reversal("a", 5)])
    let error = #expect(throws: DomainError.self) { try history.append(Self.reversal(id, 6)) }
    #expect(error?.code == .unknownEvidence)
  }

  @Test("the hash of a set does not depend on its order, and every field changes it")
  func digest() throws {
    let history = try EvidenceHistory([Self.event("a", 1, 2), Self.event("b", 3, 9)])
    let asOf = AsOf(occurred: Self.moment(9), known: Self.moment(9))
    let evidence = history.evidence(asOf: asOf)
    #expect(Evidence.digest(of: evidence) == Evidence.digest(of: evidence.reversed()))
    var changed = evidence
    changed[0].state = .assessed(.points(4, of: 6))
    #expect(Evidence.digest(of: evidence) != Evidence.digest(of: changed))
    changed = evidence
    changed[0].depth = .bloom(step: 3)
    #expect(Evidence.digest(of: evidence) != Evidence.digest(of: changed))
  }
}
