import AdapterHost
import Domain
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

  @Test("decides what may run")
  func decides() throws {
    let folder = try ScratchFolder()
    let bundle = try TestBundle(in: folder).path
    let store = folder.trustFile.path
    var lines: [String] = []
    let trust = try AdapterTrust.open(file: TrustFile(path: store))
    for candidate in AdapterSearch(named: [bundle]).find().candidates {
      let decision = trust.decision(for: candidate)
      lines.append("\(candidate.name) is \(decision.state.rawValue): \(decision.reason)")
    }
    #expect(lines.first == "org.example.points is allowed: you named it for this run")
    let candidate = AdapterCandidate(path: bundle, origin: .user)
    let now = try #require(Instant("2026-09-30T12:00:00Z"))
    try trust.change(.allow, of: candidate, note: TrustNote(by: "ada", at: now, reason: "tested"))
    let later = try AdapterTrust.open(file: TrustFile(path: store))
    #expect(later.decision(for: candidate).state == .allowed)
  }
}
