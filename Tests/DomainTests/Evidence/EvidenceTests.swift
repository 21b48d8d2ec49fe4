import Domain
import Testing

@Suite("Evidence")
struct EvidenceTests {
  @Test("tells zero, the lowest level and nothing apart")
  func states() {
    let states: [EvidenceState] =
      [
        .assessed(.points(0, of: 10)), .assessed(.number(0, scale: "s")),
        .assessed(.level("NYC", scale: "s")),
      ] + EvidenceState.Reason.allCases.map { .notAssessed($0) }
    #expect(Set(states).count == states.count)
    #expect(states.filter { $0.score != nil }.count == 3)
  }

  @Test("gives an exact share of points and never divides by zero")
  func shares() throws {
    #expect(Score.points(9, of: 13).share == (try Rational(9, over: 13)))
    #expect(Score.points(5, of: 0).share == nil)
    #expect(Score.number(3, scale: "s").share == nil)
    #expect(Score.level("A", scale: "s").scale == "s")
  }

  @Test("keeps kinds that nobody knows")
  func openKinds() {
    let kind = EvidenceKind("Puppet Show ")
    #expect(kind.description == "Puppet Show ")
    #expect(EvidenceKind("essay") == .essay)
    #expect(kind != "puppet show")
  }

  @Test("orders trust from weak to strong")
  func trust() {
    #expect(Trust.allCases.shuffled().sorted() == [.selfReported, .claimed, .verified])
  }

  @Test("enters the log and is taken back")
  func events() throws {
    let first = try #require(Instant("2024-09-30T10:00:00Z"))
    let second = try #require(Instant("2024-10-01T10:00:00Z"))
    let day = try #require(PartialDate("2024-09"))
    let evidence = Evidence(
      id: "e", learner: "l", competency: nil, state: .notAssessed(.awaitingScore),
      kind: .portfolio, purpose: .formative,
      times: EvidenceTimes(occurred: day, recorded: first))
    let reversal = Reversal(
      id: "r", of: "e", reason: "Wrong learner.", actor: "t", recorded: second)
    let events: [EvidenceEvent] = [.recorded(evidence), .reversed(reversal)]
    #expect(events.map(\.recorded) == [first, second])
    #expect(events.map(\.evidence) == ["e", "e"])
    #expect(evidence.trust == .claimed)
  }
}
