import Foundation
import Testing

/// A vendor's work in a scratch folder: an adapter in C for lists of people, and a user with a data
/// folder of their own.
struct TinyVendor {
  let scratch: Scratch

  /// Whether there are a compiler and the adapters that the tests need.
  static let isPossible =
    ToolRun.hasFormat("cbl") && FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "BrokenAdapters").path

  init() throws {
    scratch = try Scratch()
    for name in ["people.tiny", "samples/people.tiny"] {
      try scratch.write(name, "#tiny 1\np1\tLovelace, Ada\t2026-03-04\np2\tEze, Kit\n")
    }
  }

  /// Compiles one of the small adapters.
  @discardableResult
  func compile(_ name: String = "sound", to library: String = "libTinyAdapter.so") throws -> String
  {
    try FileManager.default.createDirectory(
      at: scratch.url.appending(path: library).deletingLastPathComponent(),
      withIntermediateDirectories: true)
    let run = try scratch.shell(
      "cc -std=c99 -D_DEFAULT_SOURCE -Wno-override-init -fPIC -shared -fvisibility=hidden "
        + "-I'\(Self.folder)/../../Modules/CAdapterABI/include' -o '\(library)' "
        + "'\(Self.folder)/\(name).c'")
    #expect(run.exitCode == 0, "\(run.messages)")
    return library
  }

  /// Runs the tool as the user with the data folder.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> ToolRun {
    var variables = ["XDG_DATA_HOME": scratch.url.appending(path: "data").path]
    for (name, value) in environment { variables[name] = value }
    return try ToolRun(arguments, in: scratch.url, environment: variables)
  }

  /// Converts the list of people with what may run.
  func convert(_ more: String..., environment: [String: String] = [:]) throws -> ToolRun {
    var variables = ["XDG_DATA_HOME": scratch.url.appending(path: "data").path]
    for (name, value) in environment { variables[name] = value }
    return try ToolRun(
      ["convert", "people.tiny", "--to", "cbl", "-o", "out.cbl", "--force"] + more,
      in: scratch.url, environment: variables)
  }

  /// What `adapter list --json` says of an adapter.
  func listed(_ name: String, _ more: String...) throws -> [String: Any]? {
    let run = try ToolRun(
      ["adapter", "list", "--json"] + more, in: scratch.url,
      environment: ["XDG_DATA_HOME": scratch.url.appending(path: "data").path])
    #expect(run.exitCode == 0, "\(run.messages)")
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let adapters = json?["adapters"] as? [[String: Any]]
    return adapters?.first { $0["identifier"] as? String == name }
  }

  func state(_ name: String = "org.example.tiny") throws -> String? {
    try listed(name)?["state"] as? String
  }
}
