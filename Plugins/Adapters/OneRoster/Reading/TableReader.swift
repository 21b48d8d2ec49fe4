internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension AdapterRequest {
  /// The comma that the format asks for, unless the user named another delimiter.
  var fixedDelimiter: UInt8? { option("delimiter") == nil ? UInt8(ascii: ",") : nil }
}

/// What reading the files of one package has in common.
struct ReadContext {
  var version: Version
  var request: AdapterRequest
  var dates: DateOrder
}

/// The last text of 10 or 24 bytes that passed a test.
struct Seen {
  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var count = 0

  /// Whether a text is the one that passed.
  @inline(__always)
  func isSame(_ text: Text) -> Bool {
    guard text.count == count else { return false }
    if count == 10 { return text.word(0) == words.0 && text.word(2) == words.1 }
    return count == 24 && text.word(0) == words.0 && text.word(8) == words.1
      && text.word(16) == words.2
  }

  /// Remembers a text that passed.
  mutating func take(_ text: Text, if passed: Bool) -> Bool {
    guard passed else { return false }
    if text.count == 10 {
      words = (text.word(0), text.word(2), 0)
      count = 10
    } else if text.count == 24 {
      words = (text.word(0), text.word(8), text.word(16))
      count = 24
    }
    return true
  }
}

/// Reads one file into records of one kind.
struct TableReader<Row: RecordRow>: ~Copyable {
  let table: FileTable
  let context: ReadContext
  let file: Package.File
  /// What the manifest says of the file, or `nil` without a manifest.
  let mode: FileMode?
  /// Rows without a record, by their place among the rows.
  var leftOut: Set<Int> = []
  var plan = ColumnPlan()
  var rowPlan = RowPlan()
  /// Columns that become attributes, with their keys.
  var attributes: [(column: Int, key: Text)] = []
  /// The column of a scale's levels.
  var levelsColumn: Int?
  var limiter: ProblemLimiter
  var renderer: LineRenderer?
  var recorder: SourceRecorder?
  var line = ByteBuffer()
  var rows = RowBlock<Row>()
  /// Where the text is by which other records know this one.
  let ownerOffset: Int
  let ownerKindOffset: Int
  let subjects: (texts: Int, codes: Int)?
  /// What is wrong with the row at hand.
  var fault: (finding: Finding, column: Int, value: Text)?
  /// Cells of the row at hand that only attributes can carry.
  var unread: [(column: Int, text: Text)] = []
  /// The last date that was found to be one, since neighbours are often alike.
  var lastDay = Seen()
  var lastInstant = Seen()
  /// Rows that say what only files of changes may say, beyond those that were reported.
  var forbiddenRows = 0
  /// Whether the passwords of the file were reported.
  var hasPassword = false
  /// The words of each column.
  var vocabularies: [Vocabulary] = []

  init(_ table: FileTable, _ file: Package.File, mode: FileMode?, _ context: ReadContext) {
    self.table = table
    self.file = file
    self.mode = mode
    self.context = context
    limiter = ProblemLimiter(member: file.memberName)
    ownerOffset = table.columns.first { $0.type == .id }?.offset ?? Column.offset(of: 0)
    ownerKindOffset =
      table.ownerKind == nil ? 0 : Column.offset(of: Column.field("ownerKind", of: table.kind))
    subjects = table.columns.first { $0.header == "subjectCodes" }.flatMap { codes in
      table.columns.first { $0.header == "subjects" }.map { ($0.offset, codes.offset) }
    }
  }

  /// Reads the file.
  mutating func read(_ input: AdapterInput, into sink: inout RecordSink) throws(AdapterError) {
    var member = try CSVMember(
      input, member: file.member, request: context.request,
      delimiter: context.request.fixedDelimiter)
    var hasHeader = false
    var plainPlan: CSVRowPlan?
    var ordinal = 0
    while try member.next(&sink) {
      var record = 0
      if !hasHeader {
        record = try readHeader(member, &sink)
        hasHeader = true
        plainPlan = self.plainPlan()
      }
      for index in attributes.indices {
        attributes[index].key = sink.copy(plan.headers[attributes[index].column])
      }
      let rowPlan = self.rowPlan
      while record < member.count {
        if let plainPlan {
          let taken = try putPlainRows(from: record, member, plainPlan, &sink)
          record += taken
          ordinal += taken
          if taken > 0 { continue }
        }
        if try !readRow(record, member, rowPlan, &sink) { leftOut.insert(ordinal) }
        record += 1
        ordinal += 1
      }
      // The texts of the rows are in the chunk that the next one replaces.
      try sink.flush(&rows)
    }
    guard hasHeader else { throw AdapterError(badData: noHeader) }
    if ordinal == 0, context.version != .v10 { try reportNoRows(sink.host) }
    limiter.add(forbiddenRows, .forbiddenInBulk)
    try limiter.finish(sink.host, kind: table.kind)
    try recorder?.finish(layout: member.layout, sink: &sink)
  }

  private var noHeader: RecordProblem {
    RecordProblem(
      .fatal, "oneroster.no_header", "the file is empty; it must begin with its headings",
      member: file.memberName, line: 1)
  }

  private func reportNoRows(_ host: HostLink) throws(AdapterError) {
    try host.report(
      RecordProblem(
        context.request.isStrict ? .fatal : .warning, "oneroster.no_rows",
        "the file has headings and no rows; leave it out and write absent in the manifest",
        member: file.memberName, line: 1))
    if context.request.isStrict { throw AdapterError(.badData) }
  }

  /// A problem at a row.
  func problem(
    _ severity: RecordProblem.Severity, _ finding: Finding, _ record: Int,
    _ member: borrowing CSVMember, column: Int = 0, value: Text = .absent
  ) -> RecordProblem {
    RecordProblem(
      severity, finding.code, finding.message, member: file.memberName,
      line: member.line(of: record), column: UInt64(column), value: value.string,
      raw: member.rawRecord(record).string, kind: table.kind)
  }
}
