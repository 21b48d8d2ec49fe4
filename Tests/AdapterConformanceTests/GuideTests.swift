import AdapterConformance
import Testing

@Suite("Checking an adapter, as the guide shows it")
struct GuideTests {
  @Test(
    "a test records an issue for each broken rule",
    .enabled(if: BuildFolder.tool != nil && CompiledAdapter.isPossible))
  func check() throws {
    let sound = try CompiledAdapter("sound")
    let (library, samples) = (sound.path, BuildFolder.samples)
    let tool = try #require(BuildFolder.tool)
    var check = ConformanceCheck(library: library, worker: .tool(tool), samples: samples)
    check.level = .strict
    check.only = ["borrowed-rows", "truncation"]
    let report = try check.run()
    for failure in report.failures { Issue.record("\(failure.rule.id): \(failure.outcome)") }
    #expect(report.passedCount == 2)
  }

  @Test("a program can be its own worker")
  func ownWorker() {
    let arguments = ["no-rule"]
    if arguments.first == "check-rule" { ConformanceWorker.run(Array(arguments.dropFirst())) }
    let worker = WorkerCommand.thisProgram(["check-rule"])
    #expect(worker == nil || worker?.arguments == ["check-rule"])
  }
}
