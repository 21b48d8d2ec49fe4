import AdapterHost
import Domain
import Foundation
import Testing

@Suite("Finding adapters")
struct AdapterSearchTests {
  /// A search in folders of its own, each with a library and a bundle.
  static func search(_ folder: ScratchFolder) throws -> AdapterSearch {
    for place in ["named", "path", "bin", "user", "system"] {
      try folder.write("\(place)/libCanvasAdapter.so", place)
      try folder.write("\(place)/notes.txt", "")
      try folder.write("\(place)/.hiddenAdapter.so", "")
      _ = try TestBundle(in: folder, name: "\(place)/points.cbladapter")
    }
    var search = AdapterSearch(named: ["\(folder.path)/named"])
    search.path = "\(folder.path)/path"
    search.executableFolder = "\(folder.path)/bin"
    search.userFolder = "\(folder.path)/user"
    search.systemFolders = ["\(folder.path)/system"]
    return search
  }

  @Test("goes from what is named to the folders of the system")
  func order() throws {
    let folder = try ScratchFolder()
    let findings = try Self.search(folder).find()
    let places = findings.candidates.map {
      "\($0.origin) \($0.path.dropFirst(folder.path.count + 1))"
    }
    #expect(
      places == [
        "named named/libCanvasAdapter.so", "named named/points.cbladapter",
        "environment path/libCanvasAdapter.so", "environment path/points.cbladapter",
        "bundled bin/libCanvasAdapter.so",
        "user user/libCanvasAdapter.so", "user user/points.cbladapter",
        "system system/libCanvasAdapter.so", "system system/points.cbladapter",
      ])
    #expect(findings.warnings == [])
  }

  @Test("leaves folders out that everybody can write to, with one warning for each")
  func writable() throws {
    let folder = try ScratchFolder()
    let search = try Self.search(folder)
    try folder.permit("user", 0o777)
    try folder.permit("path", 0o1777)
    let findings = search.find()
    let origins = Set(findings.candidates.map(\.origin))
    #expect(origins == [.named, .bundled, .system])
    #expect(findings.warnings.count == 2)
    #expect(findings.warnings.allSatisfy { $0.contains("chmod o-w") })
  }

  @Test("leaves files out that others own, and folders below those of others")
  func owners() throws {
    // Only the administrator can give files away.
    guard geteuid() == 0 else { return }
    let folder = try ScratchFolder()
    let search = try Self.search(folder)
    #expect(chown("\(folder.path)/user/libCanvasAdapter.so", 12_345, 0) == 0)
    #expect(chown("\(folder.path)/system", 12_345, 0) == 0)
    let findings = search.find()
    let places = findings.candidates.filter { $0.origin == .user || $0.origin == .system }.map(
      \.name)
    #expect(places == ["org.example.points"])
    #expect(findings.warnings.count == 2)
    #expect(findings.warnings.allSatisfy { $0.contains("belongs to user 12345") })
  }

  @Test("gives what is named even when nothing is there")
  func missing() throws {
    let folder = try ScratchFolder()
    var search = try Self.search(folder)
    search.named = ["\(folder.path)/none/libNone.so"]
    let first = try #require(search.find().candidates.first)
    #expect(first.path == "\(folder.path)/none/libNone.so")
    #expect(first.origin == .named)
  }

  @Test(
    "runs no code of what it finds",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")))
  func constructors() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "trace.c",
      """
      #include <stdio.h>
      __attribute__((constructor)) static void leave(void) {
        FILE *file = fopen("\(folder.path)/trace", "w");
        if (file) fclose(file);
      }
      const void *cbl_adapter_v1(unsigned minor) { (void)minor; return 0; }
      """)
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/cc")
    compiler.arguments = [
      "-shared", "-fPIC", "-o", "\(folder.path)/libTrace.so", "\(folder.path)/trace.c",
    ]
    try compiler.run()
    compiler.waitUntilExit()
    let bytes = try Data(contentsOf: folder.url.appending(path: "libTrace.so"))
    let digest = SHA256.hash(Array(bytes)).description
    try folder.write("user/libTraceAdapter.so", bytes)
    let bundle = try TestBundle(
      in: folder, name: "user/points.cbladapter", manifest: TestBundle.manifest(digest: digest),
      library: nil)
    try folder.write("\(bundle.name)/lib/libPointsAdapter.so", bytes)
    var search = AdapterSearch(named: [bundle.path])
    search.userFolder = "\(folder.path)/user"
    let trust = try folder.trust()
    for candidate in search.find().candidates where candidate.origin != .bundled {
      #expect(candidate.failure == nil)
      _ = trust.decision(for: candidate)
      _ = trust.verify(candidate, signatures: ToySignatures())
      _ = candidate.bundle?.manifest.mayKnow(name: "a.pts", head: [])
      try trust.change(.allow, of: candidate, note: .test())
    }
    #expect(folder.text("trace") == nil)
    // The trace is there once the library is loaded, so the test can fail.
    _ = try? AdapterLibrary.load("\(folder.path)/user/libTraceAdapter.so")
    #expect(folder.text("trace") != nil)
  }
}
