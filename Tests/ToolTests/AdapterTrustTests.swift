import Foundation
import Testing

@Suite("cbl-tool adapter: which may run", .enabled(if: TinyVendor.isPossible))
struct AdapterTrustTests {
  @Test("what came with the tool is trusted without anything to configure")
  func bundled() throws {
    let vendor = try TinyVendor()
    let bundled = try vendor.run("adapter", "list")
    #expect(bundled.exitCode == 0)
    #expect(bundled.output.contains("trusted"))
    #expect(bundled.messages == "")
  }

  @Test("what is named runs, and what lies in the data folder does so once it is allowed")
  func library() throws {
    let vendor = try TinyVendor()
    let path = try vendor.compile(to: "data/cbl-tool/adapters/libTinyAdapter.so")
    #expect(try vendor.convert("--adapter", path).exitCode == 0)
    #expect(try vendor.convert(environment: ["CBL_ADAPTER_PATH": path]).exitCode == 0)
    #expect(try vendor.state("libTinyAdapter.so") == "unknown")
    #expect(try vendor.convert().exitCode == 65)
    #expect(try vendor.run("adapter", "allow", "Tiny", "--reason", "tested").exitCode == 0)
    #expect(try vendor.state("libTinyAdapter.so") == "allowed")
    #expect(try vendor.convert().exitCode == 0)
    #expect(try vendor.run("adapter", "trust", path).exitCode == 0)
    // What is trusted is loaded for the list, so its identifier is known.
    #expect(try vendor.state() == "trusted")
    #expect(try vendor.run("adapter", "block", "org.example.tiny").exitCode == 0)
    #expect(try vendor.state("libTinyAdapter.so") == "blocked")
    #expect(try vendor.convert("--adapter", path).exitCode == 77)
    let refused = try vendor.run("adapter", "trust", path)
    #expect(refused.exitCode == 77)
    #expect(refused.messages.contains("adapter allow"))
    // Another library in its place is another adapter.
    try vendor.compile("slow", to: path)
    #expect(try vendor.state("libTinyAdapter.so") == "unknown")
  }

  @Test("a lock keeps everything as it is")
  func locked() throws {
    let vendor = try TinyVendor()
    let path = try vendor.compile()
    #expect(try vendor.convert("--adapter", path, "--locked").exitCode == 77)
    #expect(try vendor.run("adapter", "allow", path, "--locked").exitCode == 77)
    #expect(try vendor.run("adapter", "lock").exitCode == 0)
    #expect(try vendor.convert("--adapter", path).exitCode == 77)
    for command in ["allow", "trust", "install"] {
      let run = try vendor.run("adapter", command, path)
      #expect(run.exitCode == 77, "\(command): \(run.messages)")
      #expect(run.messages.contains("locked"))
    }
    #expect(try vendor.run("adapter", "block", path).exitCode == 0)
    // What came with the tool goes on.
    #expect(try vendor.run("inspect", "people.cbl").exitCode == 66)
  }

  @Test("a folder that everybody can write to is left out with one warning")
  func writableFolder() throws {
    let vendor = try TinyVendor()
    try vendor.compile(to: "shared/libTinyAdapter.so")
    try vendor.scratch.permit("shared", 0o777)
    let shared = vendor.scratch.url.appending(path: "shared").path
    let run = try vendor.convert(environment: ["CBL_ADAPTER_PATH": shared])
    #expect(run.exitCode == 65)
    #expect(run.messages.components(separatedBy: "chmod o-w").count == 2, "\(run.messages)")
  }

  @Test("what crashes in a check is blocked until it is allowed or built again")
  func crash() throws {
    let vendor = try TinyVendor()
    let path = try vendor.compile("asserts-ascii")
    let check = try vendor.run(
      "adapter", "check", path, "--samples", "samples", "--rule", "probe-heads")
    #expect(check.exitCode == 65, "\(check.messages)")
    #expect(check.messages.contains("blocked"))
    let run = try vendor.convert("--adapter", path)
    #expect(run.exitCode == 77)
    #expect(run.messages.contains("SIGABRT"), "\(run.messages)")
    try vendor.compile("sound", to: path)
    #expect(try vendor.convert("--adapter", path).exitCode == 0)
    try vendor.compile("asserts-ascii", to: path)
    #expect(try vendor.run("adapter", "allow", path).exitCode == 0)
    #expect(try vendor.convert("--adapter", path).exitCode == 0)
  }

  @Test("what lies in the data folder and crashes when it is asked is blocked, and nothing else")
  func crashInScan() throws {
    let vendor = try TinyVendor()
    try vendor.compile("asserts-ascii", to: "data/cbl-tool/adapters/libTinyAdapter.so")
    #expect(try vendor.run("adapter", "allow", "Tiny").exitCode == 0)
    #expect(try vendor.convert().exitCode == 0)
    // A letter above 0x7F in the first bytes ends the adapter.
    try vendor.scratch.write("odd.tiny", "#tiny \u{e9}\n")
    let run = try vendor.run("inspect", "odd.tiny")
    #expect(run.exitCode == 65, "\(run.messages)")
    #expect(run.messages.contains("is blocked now"), "\(run.messages)")
    #expect(try vendor.state("libTinyAdapter.so") == "blocked")
    #expect(try vendor.run("inspect", "odd.tiny").messages.contains("blocked now") == false)
  }

  @Test("a store that is broken stops everything that needs adapters, and says what to do")
  func brokenStore() throws {
    let vendor = try TinyVendor()
    try vendor.scratch.write("broken.json", "{\"trust\": 1, \"adapters\": [{}]}")
    for arguments in [
      ["adapter", "list"], ["convert", "people.tiny", "--to", "cbl", "-o", "o.cbl"],
    ] {
      let run = try ToolRun(arguments + ["--trust-store", "broken.json"], in: vendor.scratch.url)
      #expect(run.exitCode == 65)
      #expect(run.messages.contains("#/adapters/0") && run.messages.contains("move it away"))
    }
  }

  @Test("what is revoked does not run", arguments: ["store", "option"])
  func revoked(way: String) throws {
    let vendor = try TinyVendor()
    let path = try vendor.compile()
    #expect(try vendor.convert("--adapter", path).exitCode == 0)
    let revoke = try vendor.run("adapter", "revoke", path, "--reason", "leaks names", "--json")
    #expect(revoke.exitCode == 0, "\(revoke.messages)")
    var more = ["--adapter", path]
    if way == "option" {
      try FileManager.default.moveItem(
        at: vendor.scratch.url.appending(path: "data/cbl-tool/revocations.json"),
        to: vendor.scratch.url.appending(path: "revoked.json"))
      #expect(try vendor.convert("--adapter", path).exitCode == 0)
      more += ["--revocations", "revoked.json"]
    }
    let run = try ToolRun(
      ["convert", "people.tiny", "--to", "cbl", "-o", "out.cbl", "--force"] + more,
      in: vendor.scratch.url,
      environment: ["XDG_DATA_HOME": vendor.scratch.url.appending(path: "data").path])
    #expect(run.exitCode == 77)
    #expect(run.messages.contains("leaks names"))
  }

  @Test("commands that write at the same time lose nothing")
  func writers() throws {
    let vendor = try TinyVendor()
    let run = try vendor.scratch.shell(
      """
      export XDG_DATA_HOME=$PWD/data
      for n in 1 2 3 4 5 6; do
        "$TOOL" adapter revoke --identifier "org.example.a$n" --reason x >/dev/null & pids+=" $!"
      done
      for pid in $pids; do wait "$pid" || exit 1; done
      """)
    #expect(run.exitCode == 0, "\(run.messages)")
    let text = try #require(vendor.scratch.text("data/cbl-tool/revocations.json"))
    #expect(text.components(separatedBy: "org.example.a").count == 7)
  }

  static let misuse: [([String], Int32, String)] = [
    (["allow"], 64, "Usage"), (["allow", "nobody"], 69, "nobody"),
    (["allow", "Canvas", "--reason", "a\nb"], 64, "--reason"),
    (["allow", "Canvas", "--accept-key", "aa", "--accept-unsigned"], 64, "exclude"),
    (["revoke", "--reason", "x"], 64, "name one"),
    (["revoke", "--digest", "xy", "--reason", "x"], 64, "64 hexadecimal"),
    (["revoke", "--key", "xy", "--reason", "x"], 65, "hexadecimal"),
    (["revoke", "--identifier", "a.b", "--reason", ""], 64, "reason"),
    (["revoke", "--digest", "xy", "--version", "1", "--reason", "x"], 64, "--identifier"),
    (["install", "none"], 66, "none"), (["install", "people.tiny"], 65, "bundle"),
    (["verify", "none.cbladapter"], 69, "none"), (["sign", ".", "--key", "k"], 69, "bundle"),
    (["pack", "none.so", "-o", "x.cbladapter"], 69, "none.so"),
    (["pack", "none.so", "-o", "x"], 64, ".cbladapter"),
    (["list", "--revocations", "none.json"], 69, "none.json"),
  ]

  @Test("wrong use ends with its code and says why", arguments: misuse)
  func wrongUse(arguments: [String], exitCode: Int32, says: String) throws {
    let vendor = try TinyVendor()
    let run = try ToolRun(
      ["adapter"] + arguments, in: vendor.scratch.url,
      environment: ["XDG_DATA_HOME": vendor.scratch.url.appending(path: "data").path])
    #expect(run.exitCode == exitCode, "\(run.messages)")
    #expect(run.messages.contains(says), "\(run.messages)")
  }
}
