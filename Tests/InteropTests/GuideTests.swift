import AdapterHost
import Foundation
import Interop
import Records
import Testing

@Suite("Converting a file")
struct GuideTests {
  /// The bundled adapters in the build folder that holds these tests.
  static let libraries: [String] = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<4 {
      let files = ["Canvas", "CBL", "Evidence"].map {
        folder.appending(path: "lib\($0)Adapter.so").path
      }
      if files.allSatisfy(FileManager.default.fileExists(atPath:)) { return files }
      folder.deleteLastPathComponent()
    }
    return []
  }()

  @Test("does what it says", .enabled(if: !libraries.isEmpty))
  func guide() throws {
    let libraries = Self.libraries
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appending(path: "out.ndjson").path
    let gradebook = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Docs/Examples/math-5.canvas.csv").path

    let catalog = AdapterCatalog(loading: libraries)
    let verdict = try catalog.recognize(Container.open(gradebook))
    #expect(verdict.handle.format.identifier == "canvas-gradebook")

    let conversion = Conversion(catalog: catalog, options: ConversionOptions(to: "cbl-ndjson"))
    let report = try conversion.run([gradebook], to: output)
    #expect(report.isBalanced)
    #expect(report.rejectedRows == 0)
    for loss in report.certificate.counted {
      print("\(loss.count) x \(loss.kind) \(loss.field ?? "records"): \(loss.reason)")
    }

    let (table, _) = try Conversion(catalog: catalog, options: ConversionOptions(to: "evidence"))
      .table(of: [gradebook])
    for learner in 0..<table.learnerCount {
      let scores = table.rows(of: learner).map { table.mantissas[$0] }
      print(table.learnerNames[learner], scores.count)
    }
    #expect(table.learnerCount == 5)
    #expect(table.hasScore.count { $0 } == 16)
  }
}
