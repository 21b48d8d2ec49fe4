import AdapterHost
import Foundation
import Interop
import Records
import Testing

@Suite("Records that stand twice", .enabled(if: !GuideTests.libraries.isEmpty))
struct DuplicateTests {
  /// A class with one learner, one line item, and some results.
  private func run(results: [(id: String, score: String)]) throws -> (
    report: ConversionReport?, error: InteropError?, output: String?
  ) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var lines = [
      #"{"format":"cbl","version":1}"#, #"{"record":"class","id":"c"}"#,
      #"{"record":"person","id":"p"}"#,
      #"{"record":"lineItem","id":"i","class":"c","maximum":"10"}"#,
    ]
    for (id, score) in results {
      lines.append(
        "{\"record\":\"result\",\"id\":\"\(id)\",\"lineItem\":\"i\",\"person\":\"p\","
          + "\"state\":\"graded\",\"score\":\"\(score)\"}")
    }
    let input = folder.appending(path: "in.ndjson")
    try lines.map { $0 + "\n" }.joined().write(to: input, atomically: true, encoding: .utf8)
    let output = folder.appending(path: "out.csv")
    var options = ConversionOptions(to: "evidence")
    options.formatOptions["unaligned"] = "keep"
    let conversion = Conversion(
      catalog: AdapterCatalog(loading: GuideTests.libraries), options: options)
    do {
      let report = try conversion.run([input.path], to: output.path)
      return (report, nil, try String(contentsOf: output, encoding: .utf8))
    } catch let error as InteropError {
      let written = FileManager.default.fileExists(atPath: output.path)
      return (nil, error, written ? "written" : nil)
    }
  }

  /// The codes that were reported about references and identifiers.
  private func references(_ report: ConversionReport?) -> [String] {
    report?.problemCounts.map(\.code).filter { $0.hasPrefix("reference.") } ?? []
  }

  @Test("the same result twice is kept once, and said")
  func same() throws {
    let (report, _, output) = try run(results: [("r1", "7"), ("r2", "8"), ("r1", "7")])
    let rows = try #require(report?.rows.first { $0.kind == .result })
    #expect(rows.read == 3)
    #expect(rows.written == 2)
    #expect(rows.skipped == 1)
    #expect(rows.isBalanced)
    #expect(references(report) == ["reference.duplicate_record"])
    #expect(output?.split(separator: "\n").count == 3)
  }

  @Test("two results of one identifier are refused, and nothing is written")
  func other() throws {
    let (report, error, output) = try run(results: [("r1", "7"), ("r2", "8"), ("r1", "9")])
    #expect(report == nil)
    #expect(error?.code == .badInput)
    #expect(error?.place == "in.ndjson:7")
    #expect(output == nil)
  }

  @Test("many results without a repeated identifier are read once")
  func many() throws {
    let results = (0..<2_000).map { ("r\($0)", "5") }
    let (report, _, _) = try run(results: results)
    #expect(report?.rows.first { $0.kind == .result }?.written == 2_000)
    #expect(references(report) == [])
  }
}
