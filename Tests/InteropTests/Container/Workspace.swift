import Foundation
import Interop

/// A folder that exists for one test.
final class Workspace {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "cbl-container-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path(percentEncoded: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in the folder.
  subscript(name: String) -> String { "\(path)/\(name)" }

  func put(_ bytes: [UInt8], _ name: String) throws {
    let url = URL(filePath: self[name])
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: self[name]).map { Array($0) }
  }

  /// Everything in the folder, hidden files too, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

extension Container {
  /// The whole contents of a member.
  func bytes(_ member: Int, chunk: Int = 65_536) throws(InteropError) -> [UInt8] {
    var reader = try reader(of: member)
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: chunk)
    while true {
      let count = try unsafe buffer.withUnsafeMutableBufferPointer {
        (memory) throws(InteropError) in
        try unsafe reader.read(into: UnsafeMutableRawBufferPointer(memory))
      }
      if count == 0 { return result }
      result += buffer[..<count]
    }
  }
}

/// The code of the error that a step throws, or `nil`.
func code(_ step: () throws -> Void) -> InteropError.Code? {
  do {
    try step()
    return nil
  } catch {
    return (error as? InteropError)?.code
  }
}

/// A generator with a fixed seed.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  /// Bytes that compress by about half.
  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next() & 0x0f) + 0x30 }
  }
}
