internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Recognises gradebooks by their headings and the rows below.
enum GradebookProbe {
  static func probe(_ input: AdapterInput) throws(AdapterError) -> Probe {
    var best = Probe.no
    for member in 0..<min(input.memberCount, 50) {
      let lines = try HeadLines(input, member: member)
      let verdict = judge(lines)
      if verdict.confidence > best.confidence { best = verdict }
    }
    return best
  }

  static func judge(_ lines: HeadLines) -> Probe {
    guard let header = lines.rows.first, header.count > 1 else { return .no }
    let names = header.map { trimmed($0).lowercased() }
    let hasName = names[0] == "student" || (names[0] == "lastname" && names[1] == "firstname")
    if hasName, names.contains("id"), names.contains("section") {
      return Probe(98, "headings Student, ID and Section")
    }
    if hasName, names.contains("id") { return Probe(85, "headings Student and ID") }
    let numbered = header.filter { trailingNumber($0) != nil }.count
    let hasPoints = lines.rows.dropFirst().prefix(3).contains { row in
      trimmed(row.first ?? "").lowercased() == "points possible"
        || (row.first?.hasPrefix("    ") ?? false)
    }
    let hasParentheses = lines.rows.dropFirst().prefix(3).contains { row in
      row.dropFirst().contains { $0.hasPrefix("(") && $0.hasSuffix(")") }
    }
    if numbered > 0, hasPoints, hasParentheses {
      return Probe(92, "assignment identifiers and a row of points possible")
    }
    let roles = Set(header.compactMap { IdentityColumns.role(of: $0) })
    if roles.isSuperset(of: [.student, .id, .section]) {
      return Probe(88, "headings of a student, an identifier and a section")
    }
    if numbered > 0, hasPoints { return Probe(85, "assignment identifiers and points possible") }
    if hasPoints, names.contains("id") { return Probe(75, "a row of points possible") }
    if numbered > 1, lines.rows.count > 1, lines.rows[1].count > 1,
      lines.rows[1][1].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), !lines.rows[1][1].isEmpty
    {
      return Probe(60, "assignment identifiers in the headings")
    }
    let words = lines.rows.dropFirst().first?.dropFirst().filter { !$0.isEmpty } ?? []
    if header[0].isEmpty, lines.rows.count > 2, !words.isEmpty,
      words.allSatisfy({ $0.hasSuffix(" points") })
    {
      return Probe(60, "a row of points below the headings")
    }
    return .no
  }
}

/// The first rows of a member, for probing.
struct HeadLines {
  let rows: [[String]]
  let name: String

  /// Cuts the head of a member into rows, as far as they are whole.
  init(_ input: AdapterInput, member: Int) throws(AdapterError) {
    name = try input.lastName(of: member)
    let head = try input.head(of: member, count: 65_536)
    rows = Self.rows(of: head)
  }

  /// Refuses headings of which one stands there twice, because its cells have no one meaning.
  static func refuseTwice(
    _ headers: ArraySlice<String>, member: String, line: UInt64
  ) throws(AdapterError) {
    var seen: Set<String> = []
    for (index, header) in headers.enumerated() where !header.isEmpty {
      guard !seen.insert(header).inserted else { continue }
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "csv.header_twice",
          "the heading \(header) stands there twice; rename or remove one of the columns",
          member: member, line: line, column: UInt64(index + 1)))
    }
  }

  static func rows(of head: [UInt8]) -> [[String]] {
    unsafe head.withUnsafeBytes { bytes in
      let found = unsafe TextEncoding.detect(bytes)
      var text = ByteBuffer()
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[found.markLength...])
      if found.encoding == .utf8 {
        unsafe text.append(rest)
      } else {
        var transcoder = Transcoder(from: found.encoding)
        do throws(ScanningError) {
          _ = try unsafe transcoder.decode(rest, isFinal: false, into: &text)
        } catch {
          return []
        }
      }
      return unsafe cut(text.bytes)
    }
  }

  private static func cut(_ bytes: UnsafeRawBufferPointer) -> [[String]] {
    var index = unsafe CSVIndex(dialect: .sniff(bytes))
    do throws(ScanningError) {
      let used = try unsafe index.scan(bytes, isFinal: false)
      // A file of one line, or one without a final line end, has no whole record yet.
      if used == 0 || index.recordCount < 4, try unsafe !isWhole(&index, bytes) {
        _ = try unsafe index.scan(bytes, isFinal: false)
      }
    } catch {
      return []
    }
    return (0..<min(index.recordCount, 8)).map { record in
      (0..<min(index.fieldCount(record), 2_000)).map { column in
        unsafe String(decoding: index.field(column, of: record), as: UTF8.self)
      }
    }
  }

  /// Cuts the head as if the file ended there; `false` when it ends inside a quoted cell.
  private static func isWhole(
    _ index: inout CSVIndex, _ bytes: UnsafeRawBufferPointer
  ) throws(ScanningError) -> Bool {
    do throws(ScanningError) {
      _ = try unsafe index.scan(bytes, isFinal: true)
      return true
    } catch {
      guard error.code == .unclosedQuote else { throw error }
      return false
    }
  }
}
