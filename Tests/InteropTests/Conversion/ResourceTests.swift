import AdapterHost
import Foundation
import Interop
import Testing

@Suite("What a conversion holds", .enabled(if: !GuideTests.libraries.isEmpty))
struct ResourceTests {
  /// Class by class, so that every stage takes part; the second result makes it read again.
  static let lines = [
    #"{"format":"cbl","version":1}"#, #"{"record":"class","id":"c","title":"C"}"#,
    #"{"record":"person","id":"p","name":"A B"}"#,
    #"{"record":"lineItem","id":"i","class":"c","title":"I","maximum":"10"}"#,
    #"{"record":"result","id":"r","lineItem":"i","person":"p","state":"graded","score":"7"}"#,
    #"{"record":"result","id":"r","lineItem":"i","person":"p","state":"graded","score":"7"}"#,
  ]

  @Test(
    "is given back at its end, files too",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")),
    arguments: ["canvas-gradebook", "cbl", "evidence", "canvas-sis"])
  func isGivenBack(format: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "in.ndjson")
    try Self.lines.map { $0 + "\n" }.joined().write(to: input, atomically: true, encoding: .utf8)
    weak var kept: Conversion?
    do {
      let conversion = Conversion(
        catalog: AdapterCatalog(loading: GuideTests.libraries),
        options: ConversionOptions(to: format))
      kept = conversion
      let report = try conversion.run([input.path], to: folder.appending(path: "out").path)
      #expect(report.rejectedRows == 0)
      #expect(Self.openFiles(in: folder) > 0)
    }
    #expect(kept == nil)
    #expect(Self.openFiles(in: folder) == 0)
  }

  /// How many descriptors of this process are files of a folder that no other test uses.
  private static func openFiles(in folder: URL) -> Int {
    let list = "/proc/self/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: list)) ?? []
    return names.count { name in
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(list)/\(name)")
      return target?.contains(folder.lastPathComponent) == true
    }
  }
}
