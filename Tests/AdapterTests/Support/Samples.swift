import Foundation

/// The shared samples, which are no part of the repository; tests over them are skipped without.
enum Samples {
  /// Folder of the samples, or `nil` when it is not there.
  static let folder: URL? = {
    var candidates: [URL] = []
    if let path = ProcessInfo.processInfo.environment["CBL_SAMPLES"] {
      candidates.append(URL(fileURLWithPath: path))
    }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    candidates.append(root.deletingLastPathComponent().appending(path: "shared/samples"))
    return candidates.first { FileManager.default.fileExists(atPath: $0.path) }
  }()

  /// Whether the samples are there.
  static var areThere: Bool { folder != nil }

  /// The files of a folder below the samples, by name; folders in it are left out.
  static func members(_ path: String) throws -> [MemoryMember] {
    guard let folder else { return [] }
    let base = folder.appending(path: path)
    let names = try FileManager.default.contentsOfDirectory(atPath: base.path).sorted()
    return try names.compactMap { name in
      let file = base.appending(path: name)
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        return nil
      }
      return MemoryMember(name, [UInt8](try Data(contentsOf: file)))
    }
  }

  /// One file below the samples, under its last name.
  static func member(_ path: String) throws -> MemoryMember {
    guard let folder else { throw MemoryHostError(text: "there are no samples") }
    let file = folder.appending(path: path)
    return MemoryMember(file.lastPathComponent, [UInt8](try Data(contentsOf: file)))
  }
}
