internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads a package of tables.
struct TableReader {
  let input: AdapterInput
  let request: AdapterRequest

  private struct Table {
    var member: Int
    var info: KindInfo
    var part: Int
    var rows: Int?
  }

  func read(into sink: inout RecordSink) throws(AdapterError) {
    let manifest = try Manifest.read(input)
    if manifest == nil {
      let problem = RecordProblem(
        request.isStrict ? .fatal : .warning, "cbl.no_manifest",
        "the package has no manifest.json, so nothing tells whether tables or rows are missing")
      if request.isStrict { throw AdapterError(badData: problem) }
      try sink.host.report(problem)
    }
    if let manifest, manifest.version != 1 {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "cbl.version", "the package has version \(manifest.version), expected 1",
          member: Manifest.name))
    }
    for table in try tables(manifest, sink) { try read(table, into: &sink) }
  }

  /// The tables in the order of their kinds.
  private func tables(
    _ manifest: Manifest?, _ sink: borrowing RecordSink
  ) throws(AdapterError) -> [Table] {
    var tables: [Table] = []
    var missing = manifest?.files ?? []
    for member in 0..<input.memberCount {
      let name = try input.lastName(of: member)
      if name == Manifest.name { continue }
      let parts = name.split(separator: ".")
      let place = missing.firstIndex { $0.name == name }
      let file = place.map { missing.remove(at: $0) }
      guard manifest == nil || file != nil else {
        throw AdapterError(
          badData: RecordProblem(
            .fatal, "cbl.unlisted_file",
            "the manifest does not list this file; take one of the "
              + "two away", member: name))
      }
      guard let info = KindInfo.named(file?.kind ?? parts.first.map(String.init) ?? "") else {
        try sink.host.report(
          RecordProblem(
            .warning, "cbl.unknown_kind",
            "this table is of a kind that is not known, so it was "
              + "left out; a newer version may read it", member: name))
        continue
      }
      let part = parts.count > 2 ? Int(parts[1]) ?? 1 : 1
      tables.append(Table(member: member, info: info, part: part, rows: file?.rows))
    }
    if let file = missing.first {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "cbl.missing_file", "the manifest lists a file that is not there",
          member: file.name))
    }
    return tables.sorted {
      ($0.info.kind.rawValue, $0.part) < ($1.info.kind.rawValue, $1.part)
    }
  }

  private func read(_ table: Table, into sink: inout RecordSink) throws(AdapterError) {
    guard sink.wants(table.info.kind) else { return }
    var member = try CSVMember(input, member: table.member, request: request, delimiter: 0x2C)
    var reader = RowReader(info: table.info)
    var isHeader = true
    var rows = 0
    while try member.next(&sink) {
      for record in 0..<member.count {
        if isHeader {
          isHeader = false
          try reader.readHeader(member, record, sink)
        } else {
          rows += 1
          try reader.read(member, record, &sink)
        }
      }
    }
    guard !isHeader else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "csv.no_header", "the table is empty, expected a line with the names of fields",
          member: member.name))
    }
    if let expected = table.rows, expected != rows {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "cbl.row_count",
          "the table has \(rows) rows and the manifest says \(expected); the package is not whole",
          member: member.name))
    }
  }
}

/// Reads the rows of one table.
private struct RowReader: ~Copyable {
  private let info: KindInfo
  /// Of each column, its field, or `nil` for a field that is not known.
  private var fields: [Int?] = []
  private var row: [Text]
  private var list = ByteBuffer(capacity: 256)
  private var json = JSONReader()

  init(info: KindInfo) {
    self.info = info
    row = Array(repeating: .absent, count: info.fields.count)
  }

  mutating func readHeader(
    _ member: borrowing CSVMember, _ record: Int, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    for name in member.strings(of: record) {
      let field = info.fields.firstIndex { $0.name == name }
      if let field, fields.contains(field) {
        throw AdapterError(
          badData: RecordProblem(
            .fatal, "csv.duplicate_header", "the field \(name) stands twice in the first line",
            member: member.name, line: 1))
      }
      if field == nil {
        try sink.host.report(
          RecordProblem(
            .warning, "cbl.unknown_field",
            "the field \(name) is not known and its values were left out", member: member.name,
            line: 1, column: UInt64(fields.count + 1)))
      }
      fields.append(field)
    }
  }

  mutating func read(
    _ member: borrowing CSVMember, _ record: Int, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard member.fieldCount(record) == fields.count else {
      return try reject(
        "csv.row_width",
        "the row has \(member.fieldCount(record)) cells and the first line "
          + "\(fields.count)", member, record, sink)
    }
    guard !member.findings(of: record).contains(.invalidUTF8) else {
      return try reject("csv.invalid_utf8", "the row is not valid UTF-8", member, record, sink)
    }
    guard !member.findings(of: record).contains(.textAfterQuote) else {
      return try reject(
        "csv.text_after_quote", "text follows a closing quote", member, record, sink)
    }
    for column in fields.indices {
      guard let field = fields[column] else { continue }
      // An empty cell is absent, a quoted empty cell is blank.
      let isAbsent = member.rawText(column, of: record).isEmpty
      var text = isAbsent ? .absent : member.cell(column, of: record)
      if info.fields[field].isList, !text.isEmpty, unsafe text.rawBytes[0] == 0x5B {
        do throws(ScanningError) {
          try unsafe json.open(text.rawBytes)
          try ListText.read(&json, into: &list)
          try json.finish()
        } catch {
          return try reject(
            "cbl.list",
            "the list in \(info.fields[field].name) is no JSON array of texts: "
              + error.message, member, record, sink)
        }
        text = unsafe sink.copy(list.bytes)
      }
      row[field] = text
    }
    try sink.put(info.kind, fields: row, origin: member.origin(of: record))
  }

  private func reject(
    _ code: String, _ message: String, _ member: borrowing CSVMember, _ record: Int,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        .rejected, code, message, member: member.name, line: member.line(of: record),
        raw: member.rawRecord(record).string, kind: info.kind))
  }
}
