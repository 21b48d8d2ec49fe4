import AdapterHost
import Foundation
import Records
import Testing

@Suite("Loading an adapter")
struct GuideTests {
  /// A bundled adapter in the build folder that holds these tests.
  static let path: String? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<4 {
      let file = folder.appending(path: "libEvidenceAdapter.so").path
      if FileManager.default.fileExists(atPath: file) { return file }
      folder.deleteLastPathComponent()
    }
    return nil
  }()

  @Test("shows what a library reads", .enabled(if: path != nil))
  func load() throws {
    let path = try #require(Self.path)
    var lines: [String] = []
    let library = try AdapterLibrary.load(path)
    for format in library.info.formats where format.reads {
      let kinds = RecordKind.all.filter { format.readKinds & $0.bit != 0 }
      lines.append("\(format.identifier): \(kinds.map(\.name).joined(separator: ", "))")
    }
    #expect(lines.contains { $0.hasPrefix("evidence: ") && $0.contains("evidence") })
  }

  @Test("says why a library cannot be loaded")
  func refuses() {
    #expect(throws: AdapterHostError.self) { try AdapterLibrary.load("/nowhere/libNone.so") }
    #expect(throws: AdapterHostError.self) { try AdapterLibrary.load("libRelative.so") }
  }

  @Test("does not load what everybody may write to")
  func worldWritable() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "cbl-\(UUID().uuidString).so")
    try Data("no library".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file.path)
    let error = #expect(throws: AdapterHostError.self) { try AdapterLibrary.load(file.path) }
    #expect(error?.code == .notAllowed)
  }
}
