import Foundation
import Testing

@Suite(
  "cbl-tool adapter check",
  .enabled(
    if: ToolRun.hasFormat("evidence")
      && FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")))
struct AdapterCheckTests {
  /// The folder of the adapters in C that break one rule each.
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "BrokenAdapters").path

  private static func compile(_ name: String, in scratch: Scratch) throws {
    let include = "\(folder)/../../Modules/CAdapterABI/include"
    let run = try scratch.shell(
      "cc -std=c99 -Wno-override-init -fPIC -shared -fvisibility=hidden -I'\(include)' "
        + "-o lib\(name).so '\(folder)/\(name).c'")
    #expect(run.exitCode == 0, "\(run.messages)")
  }

  @Test("ends with 0 and a line for each rule when all is well")
  func sound() throws {
    let scratch = try Scratch()
    try Self.compile("sound", in: scratch)
    let run = try scratch.run(
      "adapter", "check", "libsound.so", "--samples", "\(Self.folder)/samples", "--rule", "batches",
      "--rule", "quiet")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(
      run.output == """
        org.example.tiny 1.0 (libsound.so), level basic
        passed   batches  Batches keep to the header
        passed   quiet    Nothing is printed
        2 passed, 0 failed, 0 skipped

        """)
  }

  @Test("ends with 65 and says how to mend what is wrong", arguments: ["json", "sarif", "junit"])
  func broken(form: String) throws {
    let scratch = try Scratch()
    try Self.compile("prints", in: scratch)
    let run = try scratch.run(
      "adapter", "check", "libprints.so", "--samples", "\(Self.folder)/samples", "--rule", "quiet",
      "--\(form)")
    #expect(run.exitCode == 65, "\(run.messages)")
    switch form {
    case "json":
      let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      let results = try #require(json?["results"] as? [[String: Any]])
      #expect(json?["failed"] as? Int == 1)
      #expect(results.map { $0["outcome"] as? String } == ["failed"])
      #expect(results.first?["remedy"] is String)
    case "sarif":
      let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      let runs = try #require(json?["runs"] as? [[String: Any]])
      let results = try #require(runs.first?["results"] as? [[String: Any]])
      #expect(results.map { $0["ruleId"] as? String } == ["quiet"])
    default:
      #expect(run.output.contains("tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\""))
      #expect(run.output.contains("<failure message=\"Nothing is printed\">printed: reading a"))
    }
  }

  @Test("ends with 66 when there is nothing, and with 69 when it cannot be loaded")
  func unusable() throws {
    let scratch = try Scratch()
    #expect(try scratch.run("adapter", "check", "libNone.so").exitCode == 66)
    try scratch.write("libText.so", "no library\n")
    let run = try scratch.run("adapter", "check", "libText.so")
    #expect(run.exitCode == 69)
    #expect(run.messages.contains("cannot be loaded"))
    #expect(try scratch.run("adapter", "check", "libText.so", "--json", "--junit").exitCode == 64)
  }

  @Test("lists the rules")
  func rules() throws {
    let scratch = try Scratch()
    let run = try scratch.run("adapter", "rules")
    #expect(run.exitCode == 0)
    #expect(run.output.contains("borrowed-rows     basic   Rows are not kept by a session\n"))
  }
}
