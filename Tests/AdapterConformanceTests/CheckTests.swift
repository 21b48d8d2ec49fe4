import AdapterConformance
import Foundation
import Testing

// The whole list of broken adapters is gone through by Tests/BrokenAdapters/run; these are the ways
// in which a worker can end.
@Suite(
  "Checking an adapter",
  .enabled(if: BuildFolder.tool != nil && CompiledAdapter.isPossible))
struct CheckTests {
  private func result(
    _ name: String, _ rule: String, silence: Int = 10
  ) throws -> ConformanceResult {
    let adapter = try CompiledAdapter(name)
    let tool = try #require(BuildFolder.tool)
    var check = ConformanceCheck(
      library: adapter.path, worker: .tool(tool), samples: BuildFolder.samples)
    check.level = .strict
    check.only = [rule]
    check.secondsOfSilence = silence
    return try #require(try check.run().results.first { $0.rule.id == rule })
  }

  static let ends: [(adapter: String, rule: String, evidence: String)] = [
    ("silent", "accounting", "no problem"),
    ("keeps-rows", "borrowed-rows", "falls with SIGSEGV"),
    ("asserts-ascii", "probe-heads", "falls with SIGABRT"),
    ("writes-file", "files", "falls with SIGXFSZ"),
    ("exits", "truncation", "ends the process with code 0"),
    ("prints", "quiet", "reading a list"),
    ("time-zone", "determinism", "another time zone"),
    ("short-table", "sizes", "version 1.0 has 144"),
  ]

  @Test("says what a broken adapter does", arguments: ends)
  func broken(adapter: String, rule: String, evidence: String) throws {
    let result = try result(adapter, rule)
    guard case .failed(let found) = result.outcome else {
      Issue.record("\(adapter) is not caught: \(result.outcome)")
      return
    }
    #expect(found.contains { $0.contains(evidence) }, "\(found)")
  }

  @Test("ends one that hangs")
  func hanging() throws {
    let result = try result("hangs", "truncation", silence: 1)
    guard case .failed(let found) = result.outcome else {
      Issue.record("the hang is not noticed")
      return
    }
    #expect(found.last?.hasPrefix("hangs: no progress for 1 s (tiny/") == true)
  }

  @Test("skips all rules that need a table when there is none")
  func noTable() throws {
    let adapter = try CompiledAdapter("wrong-name")
    let tool = try #require(BuildFolder.tool)
    let report = try ConformanceCheck(library: adapter.path, worker: .tool(tool)).run()
    #expect(report.failures.map(\.rule.id) == ["entry"])
    #expect(report.passedCount == 0)
    #expect(report.skippedCount == report.results.count - 1)
  }

  @Test("finds nothing in a sound adapter, twice the same")
  func sound() throws {
    let adapter = try CompiledAdapter("sound")
    let tool = try #require(BuildFolder.tool)
    var check = ConformanceCheck(
      library: adapter.path, worker: .tool(tool), samples: BuildFolder.samples)
    check.only = Set(ConformanceRule.all.map(\.id)).subtracting(["memory", "cancel"])
    var told: [String] = []
    let report = try check.run { told.append($0.rule.id) }
    #expect(report.failures == [])
    #expect(report.identifier == "org.example.tiny")
    #expect(told == report.results.map(\.rule.id))
    #expect(try check.run() == report)
  }

  @Test("says that there is no library, or none that can be loaded")
  func missing() throws {
    let tool = try #require(BuildFolder.tool)
    let missing = #expect(throws: AdapterConformanceError.self) {
      try ConformanceCheck(library: "/nowhere/libNone.so", worker: .tool(tool)).run()
    }
    #expect(missing?.code == .missing)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).so")
    try Data("no library".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let unloadable = #expect(throws: AdapterConformanceError.self) {
      try ConformanceCheck(library: file.path, worker: .tool(tool)).run()
    }
    #expect(unloadable?.code == .notLoadable)
  }

  @Test("says that there is no such rule or folder")
  func unknown() throws {
    let adapter = try CompiledAdapter("sound")
    let tool = try #require(BuildFolder.tool)
    var check = ConformanceCheck(library: adapter.path, worker: .tool(tool))
    check.only = ["no-such-rule"]
    let rule = #expect(throws: AdapterConformanceError.self) { try check.run() }
    #expect(rule?.code == .unknownRule)
    check.samples = "/nowhere"
    let folder = #expect(throws: AdapterConformanceError.self) { try check.run() }
    #expect(folder?.code == .samples)
    check = ConformanceCheck(
      library: adapter.path, worker: WorkerCommand(executable: "/nowhere/worker"))
    let worker = #expect(throws: AdapterConformanceError.self) { try check.run() }
    #expect(worker?.code == .worker)
  }
}
