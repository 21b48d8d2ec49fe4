import Foundation

/// A run of the built tool in a folder of its own.
struct ToolRun {
  /// The code that it ended with; the negative number of the signal that ended it; 124 or -9 for a
  /// run that was stopped because it took too long.
  let exitCode: Int32
  /// What it wrote to standard output.
  let output: String
  /// What it wrote to standard error.
  let messages: String

  /// The folder of the build, where the tool and the adapters are, or `nil` when it is not built.
  static let buildFolder: URL? = {
    var candidates: [URL] = []
    if let path = ProcessInfo.processInfo.environment["CBL_BUILD_FOLDER"] {
      candidates.append(URL(fileURLWithPath: path))
    }
    candidates.append(URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent())
    let bundles = Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    candidates += bundles + [Bundle.main.bundleURL]
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    candidates.append(root.appending(path: ".build/debug"))
    return candidates.first {
      FileManager.default.isExecutableFile(atPath: $0.appending(path: "cbl-tool").path)
    }
  }()

  /// How long a run may take, on a busy machine too.
  private static let seconds = 240

  /// Whether an adapter was built and exports its table.
  static func hasFormat(_ name: String) -> Bool { formats.contains(name) }

  private static let formats: Set<String> = {
    guard let run = try? ToolRun(["formats", "--json"]), run.exitCode == 0,
      let json = try? JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any],
      let formats = json["formats"] as? [[String: Any]]
    else { return [] }
    return Set(formats.compactMap { $0["identifier"] as? String })
  }()

  /// Runs the tool to its end.
  ///
  /// - Parameters:
  ///   - arguments: The arguments.
  ///   - folder: The working folder.
  ///   - input: The bytes of standard input.
  ///   - environment: Variables to set.
  init(
    _ arguments: [String], in folder: URL? = nil, input: Data? = nil,
    environment: [String: String] = [:]
  ) throws {
    guard let build = Self.buildFolder else { throw ToolRunError.notBuilt }
    try self.init(
      program: build.appending(path: "cbl-tool"), arguments, in: folder, input: input,
      environment: environment)
  }

  /// Runs a line of the shell, in which `$TOOL` is the tool.
  init(shell line: String, in folder: URL) throws {
    guard let build = Self.buildFolder else { throw ToolRunError.notBuilt }
    try self.init(
      program: URL(fileURLWithPath: "/bin/bash"), ["-c", line], in: folder, input: nil,
      environment: ["TOOL": build.appending(path: "cbl-tool").path])
  }

  private init(
    program: URL, _ arguments: [String], in folder: URL?, input: Data?,
    environment: [String: String]
  ) throws {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "cbl-tool-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
    try (input ?? Data()).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    // A run that waits for ever fails its test instead of holding up all of them.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["timeout", "-k", "5", "\(Self.seconds)", program.path] + arguments
    process.currentDirectoryURL = folder ?? scratch
    var variables = ProcessInfo.processInfo.environment
    variables["HOME"] = scratch.path
    variables["XDG_DATA_HOME"] = nil
    variables["CBL_ADAPTER_PATH"] = nil
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    // Files and not pipes: nothing can fill up while the test waits.
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    exitCode =
      process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    output = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    messages = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
  }
}

/// Why the tool could not be run.
enum ToolRunError: Error {
  case notBuilt
}
