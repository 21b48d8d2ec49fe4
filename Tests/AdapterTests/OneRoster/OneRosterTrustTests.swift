import AdapterHost
import Interop
import Testing

/// A host believes a trusted adapter that says it has checked a row. So what it says has to be true:
/// packages with wrong values give the same whether the host looks at every row or not.
@Suite("OneRoster rows that say they were checked")
struct OneRosterTrustTests {
  private static func catalog(_ trust: TrustState) throws -> AdapterCatalog {
    #if canImport(Darwin)
      let ending = "dylib"
    #else
      let ending = "so"
    #endif
    return AdapterCatalog(
      libraries: try ["OneRoster", "Evidence", "CBL"].map { family in
        try AdapterLibrary.load(
          "\(MemoryHost.buildFolder)/lib\(family)Adapter.\(ending)", trust: trust)
      })
  }

  private static let cells: [[String]] = [
    [], ["", "active", "tobedeleted", "Active", "deleted"],
    ["", "2024-09-09T10:00:00.000Z", "2024-09-31T10:00:00.000Z", "2024-09-09", "yesterday"],
    ["i1", "i2", ""], ["u1", "u2", "u 1", "nobody"],
    ["fully graded", "exempt", "Fully Graded", "graded", ""],
    ["9.5", "", "-1", "1e1", "1e999", "nan", "9,5", "007", "12345678901234567890123456"],
    ["2024-09-09", "2024-02-29", "2024-02-30", "9/9/2024", ""],
    ["", "\"a, b\"", "caf\u{E9}", "\"two\nlines\"", "=1+1"], ["", "A"], ["", "k1"],
    ["true", "false", "", "TRUE", "1", "maybe"], ["true", "", "falsy"], ["", "false"],
    ["", "true"],
  ]

  /// A package of three hundred results, of which some have values that are wrong.
  private static func package(_ seed: UInt64, in folder: PairFolder, mode: String) throws {
    var random = PairRandom(seed)
    let lines = (0..<300).map { row in
      ["x\(row)"]
        + cells.dropFirst().map { random.one(in: 4) ? random.pick($0) : $0[0] }
    }
    var files = OneRosterFixture.district
    files["resultLearningObjectiveIds"] = nil
    files["lineItems"]?.append("i2,,,Lab 2,,2024-09-01,2024-09-08,k1,g1,t1,0,20,s1\r\n")
    files["results"] =
      """
      sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,\
      scoreDate,comment,textScore,classSourcedId,inProgress,incomplete,late,missing\r

      """ + lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
    for member in OneRosterFixture.package(files, mode: mode) {
      try folder.put(member.bytes, "in/\(member.name)")
    }
  }

  /// The members of a file or folder, in the order of their names, which are not looked at.
  private func contents(of path: String) throws -> [[UInt8]] {
    try Pairs.members(of: path).sorted { $0.key < $1.key }.map(\.value)
  }

  @Test(
    "the host finds nothing more when it looks itself", arguments: 1...12 as ClosedRange<UInt64>)
  func same(seed: UInt64) throws {
    let folder = try PairFolder()
    try Self.package(seed, in: folder, mode: seed % 3 == 0 ? "delta" : "bulk")
    var reports: [ConversionReport] = []
    for (trust, name) in [(TrustState.trusted, "trusted"), (.unknown, "unknown")] {
      var options = ConversionOptions(to: seed % 2 == 0 ? "evidence" : "cbl")
      options.output.synchronizes = false
      options.rejectsPath = folder["rejects-\(name).csv"]
      let report = try Conversion(catalog: Self.catalog(trust), options: options)
        .run([folder["in"]], to: folder[name])
      #expect(report.isBalanced)
      reports.append(report)
    }
    #expect(reports[0] == reports[1])
    for pair in [("trusted", "unknown"), ("rejects-trusted.csv", "rejects-unknown.csv")] {
      let isSame = try contents(of: folder[pair.0]) == contents(of: folder[pair.1])
      #expect(isSame, "\(pair.0) and \(pair.1)")
    }
  }
}
