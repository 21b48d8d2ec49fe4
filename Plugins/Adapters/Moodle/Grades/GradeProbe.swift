internal import AdapterKit
internal import Scanning

/// The first rows of a member, for probing.
struct HeadLines {
  /// Cells of the first rows, as far as they are whole.
  let rows: [[String]]
  /// The delimiter.
  let delimiter: UInt8

  /// Cuts the head of a member into rows.
  init(_ input: AdapterInput, member: Int) throws(AdapterError) {
    let head = try input.head(of: member, count: 32_768)
    let (rows, delimiter) = unsafe head.withUnsafeBytes { bytes in unsafe Self.rows(bytes) }
    self.rows = rows
    self.delimiter = delimiter
  }

  private static func rows(_ bytes: UnsafeRawBufferPointer) -> ([[String]], UInt8) {
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
        return ([], 0)
      }
    }
    let dialect = unsafe CSVDialect.sniff(text.bytes)
    var index = CSVIndex(dialect: dialect)
    do throws(ScanningError) {
      let used = try unsafe index.scan(text.bytes, isFinal: false)
      if used == 0 || index.recordCount < 4 {
        _ = try unsafe index.scan(text.bytes, isFinal: true)
      }
    } catch {
      return ([], 0)
    }
    let rows = (0..<min(index.recordCount, 8)).map { record in
      (0..<min(index.fieldCount(record), 2_000)).map { column in
        unsafe String(decoding: index.field(column, of: record), as: UTF8.self)
      }
    }
    return (rows, dialect.delimiter)
  }
}

/// Recognises grade exports by their headings.
enum GradeProbe {
  static func probe(_ input: AdapterInput) throws(AdapterError) -> Probe {
    var best = Probe.no
    for member in 0..<min(input.memberCount, 50) {
      let verdict = judge(try HeadLines(input, member: member).rows)
      if verdict.confidence > best.confidence { best = verdict }
    }
    return best
  }

  static func judge(_ rows: [[String]]) -> Probe {
    guard let header = rows.first(where: { $0.contains { !$0.isEmpty } }), header.count > 1
    else { return .no }
    let roles = header.map { GradeWords.role(of: $0)?.role }
    let fields = roles.compactMap { $0 }.filter(\.isUserField).count
    let displays = header.filter { heading in
      ["Real", "Percentage", "Letter"].contains { heading.hasSuffix(" (\($0))") }
    }.count
    if roles.last == .downloaded { return Probe(97, "a last column with the time of the export") }
    if displays > 0, fields > 0 { return Probe(95, "headings with (Real) and learners' names") }
    if displays > 0 { return Probe(80, "headings with (Real)") }
    let words = header.filter { GradeWords.total($0) == .course }.count
    let modules = header.filter { heading in
      GradeHeadings.activity(heading) != nil
    }.count
    if fields >= 2, words + modules > 0 { return Probe(85, "learners' names and course totals") }
    let known = header.compactMap(localDisplay).count
    if fields >= 2, known > 0 { return Probe(80, "learners' names and kinds of display") }
    if looksExported(header, rows) { return Probe(60, "unix seconds in the last column") }
    if hasDisplays(header, rows) { return Probe(62, "addresses, then columns of one display") }
    let names: Set<GradeRole> = [.firstName, .lastName]
    if names.isSubset(of: Set(roles.compactMap { $0 })),
      roles.contains(.email) || roles.contains(.idNumber), header.count > fields
    {
      return Probe(55, "headings on learners as Moodle has them")
    }
    return .no
  }

  /// The display that a heading names in any of the known languages.
  private static func localDisplay(_ heading: String) -> GradeDisplay? {
    guard heading.hasSuffix(")"), let open = heading.lastIndex(of: "(") else { return nil }
    return GradeWords.display(of: String(heading[heading.index(after: open)...].dropLast()))
  }

  /// Whether a column of e-mail addresses is followed by headings with words in parentheses, of
  /// which there are no more than displays; numbers in parentheses are Canvas's.
  private static func hasDisplays(_ header: [String], _ rows: [[String]]) -> Bool {
    let data = rows.dropFirst().filter { $0.count == header.count }
    let email = header.indices.last { index in
      !data.isEmpty && data.allSatisfy { $0[index].isEmpty || $0[index].contains("@") }
        && data.contains { $0[index].contains("@") }
    }
    guard let email, email > 0 else { return false }
    let words = header[(email + 1)...].compactMap { GradeHeadings.parts($0)?.word }
    let isNamed = words.allSatisfy { word in
      word.unicodeScalars.contains(where: \.properties.isAlphabetic)
    }
    return words.count >= 2 && isNamed && Set(words).count <= min(4, words.count - 1)
      && words.count + 1 >= header.count - email - 1
  }

  private static func looksExported(_ header: [String], _ rows: [[String]]) -> Bool {
    let data = rows.dropFirst().filter { $0.count == header.count }
    return header.count > 3 && !data.isEmpty
      && data.allSatisfy { row in
        row.contains { $0.contains("@") } && UnixTime.instant(row.last ?? "") != nil
      }
  }
}
