import AdapterHost
import Domain
import Foundation

/// A folder that is gone after the test.
final class ScratchFolder {
  let url: URL

  init() throws {
    // Without links, so that paths compare.
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "cbl-host-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  var path: String { url.path }

  /// Writes a file and gives its absolute path.
  @discardableResult
  func write(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
    try write(name, Data(text.utf8), mode: mode)
  }

  @discardableResult
  func write(_ name: String, _ bytes: Data, mode: Int = 0o644) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
    try permit(name, mode)
    return file.path
  }

  func permit(_ name: String, _ mode: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: url.appending(path: name).path)
  }

  func text(_ name: String) -> String? {
    (try? Data(contentsOf: url.appending(path: name))).map { String(decoding: $0, as: UTF8.self) }
  }

  func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: url.appending(path: name).path)[
      .posixPermissions] as? Int
  }

  /// The names in the folder, hidden ones too.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The store of this folder.
  var trustFile: TrustFile { TrustFile(path: "\(path)/store/trust.json") }

  /// Decisions that rest on this folder alone.
  func trust(isLocked: Bool = false, revocations: String? = nil) throws -> AdapterTrust {
    try AdapterTrust.open(
      file: trustFile, policy: TrustFile(path: "\(path)/policy/trust.json"),
      revocations: revocations, isLocked: isLocked)
  }
}

extension TrustNote {
  /// A note of a test.
  static func test(_ reason: String = "") throws -> TrustNote {
    guard let moment = Instant("2026-09-30T12:00:00Z") else { throw CocoaError(.formatting) }
    return TrustNote(by: "tester", at: moment, reason: reason)
  }
}
