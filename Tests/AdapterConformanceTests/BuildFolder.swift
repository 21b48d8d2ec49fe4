import Foundation

/// What the tests need of the folder that they were built into.
enum BuildFolder {
  /// The tool, which is the worker, or `nil` when it was built without commands.
  static let tool: String? = {
    #if CommandLine
      return file("cbl-tool")
    #else
      return nil
    #endif
  }()

  /// The library of a family of formats.
  static func adapter(_ family: String) -> String? { file("lib\(family)Adapter.so") }

  private static func file(_ name: String) -> String? {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<4 {
      let path = folder.appending(path: name).path
      if FileManager.default.fileExists(atPath: path) { return path }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  /// The folder of the package.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Samples of the format of the broken adapters.
  static let samples = package.appending(path: "Tests/BrokenAdapters/samples").path
}

/// The adapters in C under `Tests/BrokenAdapters`, compiled when they are asked for.
final class CompiledAdapter {
  let path: String
  private let folder: URL

  /// Whether there is a C compiler.
  static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")

  init(_ name: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "cbl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: "lib\(name).so").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/cc")
    process.currentDirectoryURL = BuildFolder.package
    process.arguments = [
      "-std=c99", "-D_DEFAULT_SOURCE", "-Wno-override-init", "-O1", "-fPIC", "-shared",
      "-fvisibility=hidden", "-pthread", "-IModules/CAdapterABI/include", "-o", path,
      "Tests/BrokenAdapters/\(name).c",
    ]
    try process.run()
    process.waitUntilExit()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
