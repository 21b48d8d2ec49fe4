import Domain
import Testing

@Suite("Protocols")
struct ProtocolTests {
  @Test("keep problems up to a limit and count all")
  func problemList() async {
    let list = ProblemList(limit: 150)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<10 {
        group.addTask {
          for _ in 0..<20 { list.report(Problem(.warning, "a.b", "Text.")) }
          list.report([Problem(.note, "a.c", "Text."), Problem(.note, "a.c", "Text.")])
        }
      }
    }
    #expect(list.problems.count == 150)
    #expect(list.count(of: .warning) == 200)
    #expect(list.count(of: .note) == 20)
    #expect(list.count(of: .fatal) == 0)
  }

  @Test("let a clock stand still")
  func clock() throws {
    let instant = try #require(Instant("2024-09-30T10:00:00Z"))
    let clock: any Domain.Clock = FixedClock(instant)
    #expect(clock.now() == instant)
  }

  @Test("turn errors into problems")
  func errors() {
    let error = DomainError(.overflow, "Too long.", at: Place(file: "a.json", pointer: "/x"))
    #expect(error.description == "a.json#/x: error: Too long. [domain.overflow]")
    #expect(error.problem(.rejected).code == "domain.overflow")
  }

  @Test("allow a log in memory")
  func log() throws {
    let log = EmptyLog()
    let problems = ProblemList()
    #expect(try log.append([], reporting: problems))
    var count = 0
    try log.read(EvidenceQuery()) {
      count += $0.count; return true
    }
    #expect(count == 0)
  }

  private struct EmptyLog: EvidenceLog {
    func append(
      _ events: [EvidenceEvent], reporting problems: some ProblemReporter
    ) throws(DomainError) -> Bool { events.isEmpty }

    func read(
      _ query: EvidenceQuery, _ body: ([EvidenceEvent]) -> Bool
    ) throws(DomainError) {}
  }
}
