import Foundation

/// The checkout that these tests were built from.
struct SourceTree {
  /// The folder that holds `Package.swift`.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A text file of the tree.
  struct File {
    /// Path from the root, with slashes.
    var path: String
    /// The text.
    var text: String

    /// The lines, without their ends.
    var lines: [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
    }
  }

  /// The names in the root.
  static func topLevel() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
  }

  /// The names of the folders in a folder.
  static func folders(in folder: String) throws -> [String] {
    let url = root.appendingPathComponent(folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path)
    return names.sorted().filter { name in
      var isFolder: ObjCBool = false
      let path = url.appendingPathComponent(name).path
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }

  /// The files below a folder that have one of the name endings, in order of their paths.
  static func files(in folders: [String], endings: Set<String>) -> [File] {
    var files: [File] = []
    for folder in folders {
      let start = root.appendingPathComponent(folder)
      guard let paths = FileManager.default.enumerator(atPath: start.path) else { continue }
      for case let path as String in paths {
        let isBuilt = path.split(separator: "/").contains { $0.hasPrefix(".build") }
        guard !isBuilt, endings.contains((path as NSString).pathExtension) else { continue }
        let url = start.appendingPathComponent(path)
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
        files.append(File(path: "\(folder)/\(path)", text: text))
      }
    }
    return files.sorted { $0.path < $1.path }
  }

  /// The text of one file.
  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// All code of the repository.
  static func code() -> [File] {
    files(
      in: ["Modules", "Plugins", "Tests", "Tools"],
      endings: ["c", "cc", "cpp", "h", "py", "rs", "sh", "swift"])
  }
}
