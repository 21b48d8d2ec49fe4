import AdapterHost
import Foundation
import Interop
import Records
import Testing

@Suite("Inputs that join into one data set", .enabled(if: !GuideTests.libraries.isEmpty))
struct MergeTests {
  /// What became of a conversion.
  private struct Outcome {
    var report: ConversionReport?
    var error: InteropError?
    var lines: [String] = []

    var codes: [String] {
      report?.problemCounts.map(\.code).filter { $0.hasPrefix("reference.") } ?? []
    }

    func rows(_ kind: RecordKind) -> ConversionReport.Rows? {
      report?.rows.first { $0.kind == kind }
    }

    func has(_ line: String) -> Bool { lines.contains { $0.contains(line) } }
  }

  /// Converts inputs, each given by its lines of records, to lines of records.
  private func join(
    _ inputs: [[String]], same: [RecordKind: [String: String]] = [:]
  ) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = try inputs.enumerated().map { number, lines in
      let path = folder.appending(path: "in\(number).ndjson")
      let text = ([#"{"format":"cbl","version":1}"#] + lines).map { $0 + "\n" }.joined()
      try text.write(to: path, atomically: true, encoding: .utf8)
      return path.path
    }
    var options = ConversionOptions(to: "cbl-ndjson")
    options.mapping.same = same
    let output = folder.appending(path: "out.ndjson")
    let conversion = Conversion(
      catalog: AdapterCatalog(loading: GuideTests.libraries), options: options)
    do {
      let report = try conversion.run(paths, to: output.path)
      let text = try String(contentsOf: output, encoding: .utf8)
      return Outcome(report: report, lines: text.split(separator: "\n").map(String.init))
    } catch let error as InteropError {
      return Outcome(error: error)
    }
  }

  @Test("a person of two inputs becomes one, each giving what the other lacks")
  func persons() throws {
    let outcome = try join([
      [#"{"record":"person","id":"p","givenName":"Ada","grades":["05"]}"#],
      [
        #"{"record":"person","id":"q"}"#,
        #"{"record":"person","id":"p","familyName":"Lind","grades":["05","06"]}"#,
      ],
    ])
    #expect(
      outcome.has(#""id":"p","givenName":"Ada","familyName":"Lind","grades":["05","06"]"#),
      "\(outcome.lines)")
    #expect(outcome.rows(.person)?.written == 2)
    #expect(outcome.rows(.person)?.skipped == 1)
    #expect(outcome.report?.isBalanced == true)
    #expect(outcome.codes == ["reference.merged_record"])
  }

  @Test("the first input wins where two contradict each other, and that is said")
  func conflict() throws {
    let outcome = try join([
      [#"{"record":"person","id":"p","givenName":"Ada"}"#],
      [#"{"record":"person","id":"p","givenName":"Ida"}"#],
    ])
    #expect(outcome.has(#""givenName":"Ada""#))
    #expect(outcome.codes == ["reference.merged_record", "reference.conflicting_record"])
  }

  @Test("a mapping makes one of two, within one input and in all that name them")
  func mapping() throws {
    let lines = [
      #"{"record":"class","id":"c"}"#, #"{"record":"class","id":"Maths A","title":"Maths"}"#,
      #"{"record":"person","id":"u1","familyName":"Lind","agents":["x2","u3"]}"#,
      #"{"record":"person","id":"x1","givenName":"Ada"}"#, #"{"record":"person","id":"u3"}"#,
      #"{"record":"enrollment","id":"e","class":"Maths A","person":"x1"}"#,
    ]
    let same: [RecordKind: [String: String]] = [
      .person: ["x1": "u1", "x2": "u2"], .schoolClass: ["Maths A": "c"],
    ]
    let outcome = try join([lines], same: same)
    #expect(outcome.error == nil)
    #expect(outcome.has(#""id":"c","title":"Maths""#))
    #expect(outcome.has(#""id":"u1","givenName":"Ada","familyName":"Lind","agents":["u2","u3"]"#))
    #expect(outcome.has(#""record":"enrollment","id":"e","class":"c","person":"u1""#))
    #expect(outcome.report?.isBalanced == true)
  }

  @Test("two persons of one identifier in one input stay a fault of that input")
  func twiceInOne() throws {
    let twice = [
      #"{"record":"person","id":"p","givenName":"Ada"}"#,
      #"{"record":"person","id":"p","givenName":"Ida"}"#,
    ]
    #expect(try join([twice, [twice[0]]]).error?.code == .badInput)
  }

  @Test("a result that two inputs tell differently is rejected, not dropped in silence")
  func results() throws {
    func input(_ score: String) -> [String] {
      [
        #"{"record":"person","id":"p"}"#, #"{"record":"lineItem","id":"i"}"#,
        #"{"record":"result","id":"r","lineItem":"i","person":"p","score":"SCORE"}"#
          .replacing("SCORE", with: score),
      ]
    }
    let outcome = try join([input("7"), input("8")])
    #expect(outcome.has(#""score":"7""#))
    #expect(outcome.rows(.result)?.rejected == 1)
    #expect(outcome.codes.contains("reference.conflicting_record"))
    #expect(try join([input("7"), input("7")]).rows(.result)?.skipped == 1)
  }

  @Test("references to results and to records of the own kind are checked too")
  func lateReferences() throws {
    let lines = [
      #"{"record":"person","id":"p","agents":["g","nobody"]}"#, #"{"record":"person","id":"g"}"#,
      #"{"record":"lineItem","id":"i"}"#,
      #"{"record":"result","id":"r","lineItem":"i","person":"p","score":"7"}"#,
      #"{"record":"targetResult","id":"t1","result":"r","target":"x","score":"3"}"#,
      #"{"record":"targetResult","id":"t2","result":"none","target":"x","score":"3"}"#,
    ]
    let outcome = try join([lines])
    #expect(outcome.codes == ["reference.missing_target_record"])
    #expect(outcome.report?.problems.filter { $0.code.hasPrefix("reference") }.count == 2)
    #expect(outcome.rows(.targetResult)?.written == 2)
    #expect(outcome.rows(.person)?.written == 2)
    #expect(outcome.report?.isBalanced == true)
  }

  @Test("an input that has no record of a kind at all is told once of what it names")
  func gradebookAlone() throws {
    let results = (0..<5).map {
      "{\"record\":\"result\",\"id\":\"r\($0)\",\"lineItem\":\"i\",\"person\":\"p\($0)\"}"
    }
    let outcome = try join([[#"{"record":"lineItem","id":"i"}"#] + results])
    #expect(outcome.rows(.result)?.written == 5)
    let told = outcome.report?.problemCounts.first { $0.code.hasPrefix("reference.") }
    #expect(told?.count == 1)
    #expect(told?.severity == .warning)
    let other = try join([
      [#"{"record":"person","id":"p0"}"#, #"{"record":"lineItem","id":"i"}"#] + results
    ])
    #expect(other.rows(.result)?.rejected == 4)
  }
}
