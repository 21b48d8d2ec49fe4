import Testing

@Suite("Source files")
struct SourceTests {
  static let longestFile = 500
  static let longestFunction = 60
  /// Tables that are read by looking things up: the boundary's records, one struct after another.
  static let tables: Set<String> = [
    "Modules/CAdapterABI/include/cbl/records.h", "Modules/CAdapterABI/layout.c",
    "Tests/ABI/1.0/include/cbl/records.h",
  ]

  @Test("no file is longer than 500 lines")
  func fileLength() {
    let long = SourceTree.code().filter {
      $0.lines.count > Self.longestFile && !Self.tables.contains($0.path)
    }
    #expect(long.map { "\($0.path): \($0.lines.count) lines" } == [])
  }

  @Test("functions over 60 lines are pointed out")
  func functionLength() {
    for file in SourceTree.code() where file.path.hasSuffix(".swift") {
      for function in Self.functions(of: file) where function.length > Self.longestFunction {
        Issue.record(
          "\(file.path):\(function.line): \(function.length) lines in one function",
          severity: .warning)
      }
    }
  }

  @Test("nothing is left undone")
  func leftovers() {
    // Put together here, so that this file does not find itself.
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
    var faults: [String] = []
    for file in SourceTree.code() {
      for (index, line) in file.lines.enumerated() {
        guard words.contains(where: line.contains) else { continue }
        let parts = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        guard parts.contains(where: { words.contains(String($0)) }) else { continue }
        faults.append("\(file.path):\(index + 1)")
      }
    }
    #expect(faults == [])
  }

  @Test("nothing is forced")
  func forced() {
    let words = ["try" + "!", "as" + "! ", ".unsafely" + "Unwrapped"]
    var faults: [String] = []
    let files = SourceTree.files(in: ["Modules", "Plugins", "Tools"], endings: ["swift"])
    for file in files {
      for (index, line) in file.lines.enumerated() where words.contains(where: line.contains) {
        let code = line.drop { $0 == " " }
        guard !code.hasPrefix("//") else { continue }
        faults.append("\(file.path):\(index + 1)")
      }
    }
    #expect(faults == [])
  }

  @Test("no path of somebody's machine is written down")
  func machinePaths() {
    let paths = ["/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", "/fa" + "rm/"]
    var faults: [String] = []
    let files =
      SourceTree.code()
      + SourceTree.files(
        in: ["Docs", "Modules"], endings: ["csv", "json", "md", "modulemap", "txt", "yaml"])
    for file in files {
      for (index, line) in file.lines.enumerated() {
        for path in paths {
          guard let range = line.firstRange(of: path) else { continue }
          let before = line[..<range.lowerBound].last
          let isInside = before.map { $0.isLetter || $0.isNumber || ".-_}/".contains($0) } ?? false
          if !isInside { faults.append("\(file.path):\(index + 1)") }
        }
      }
    }
    #expect(faults == [])
  }

  /// The functions of a file with their first line and length, found by indentation, which the
  /// formatter keeps.
  private static func functions(of file: SourceTree.File) -> [(line: Int, length: Int)] {
    var found: [(line: Int, length: Int)] = []
    let lines = file.lines
    for (index, line) in lines.enumerated() {
      let indent = line.prefix { $0 == " " }
      let words = line.split { " (<".contains($0) }
      guard words.contains("func") || words.contains("init"), !line.contains("//") else {
        continue
      }
      let end = lines[index...].firstIndex { $0.hasPrefix(indent + "}") }
      guard let end, !line.hasSuffix("}") else { continue }
      found.append((index + 1, end - index + 1))
    }
    return found
  }
}
