import AdapterHost
import Domain
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

    let scores = ScoreCounts()
    _ = try Conversion(catalog: catalog, options: ConversionOptions(to: "evidence"))
      .evidence(of: [gradebook], EvidenceReading(scale: "percent", top: 100), into: scores)
    for (learner, count) in scores.counts.sorted(by: { $0.key < $1.key }) {
      print(learner, count)
    }
    #expect(scores.counts.count == 5)
    #expect(scores.counts.values.reduce(0, +) == 16)
  }
}

/// Counts the scores of each learner.
final class ScoreCounts: EvidenceSink {
  private(set) var counts: [LearnerID: Int] = [:]

  func begin() { counts = [:] }

  func take(_ event: EvidenceEvent) -> Problem? {
    guard case .recorded(let piece) = event else { return nil }
    counts[piece.learner, default: 0] += piece.state.score == nil ? 0 : 1
    return nil
  }
}
