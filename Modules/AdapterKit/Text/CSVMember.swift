public import CAdapterABI
public import Scanning

/// A delimited member, read chunk by chunk.
///
/// ```swift
/// var member = try CSVMember(input, member: 0, request: request)
/// while try member.next(&sink) {
///   for record in 0..<member.count { ... }
/// }
/// ```
///
/// The encoding is taken from the byte order mark, else from the option `encoding`, else it is
/// UTF-8. The delimiter is the one given, else the option `delimiter`, else it is sniffed.
public struct CSVMember: ~Copyable {
  /// The name of the member.
  public let name: String
  /// The index of the member in the input.
  public let member: Int
  /// How the member is written; known after the first chunk, the final line end after the last.
  public private(set) var layout: CSVLayout
  @usableFromInline var index: CSVIndex
  private var text: MemberText
  private var used = 0
  private var isFirst = true
  private var isDone = false
  private let total: UInt64

  /// Opens a member.
  ///
  /// - Parameters:
  ///   - input: The input.
  ///   - member: The index of the member.
  ///   - request: Its options may name the encoding and the delimiter.
  ///   - delimiter: The delimiter, when the format leaves no choice.
  /// - Throws: ``AdapterError`` when the member cannot be opened.
  public init(
    _ input: AdapterInput, member: Int, request: AdapterRequest, delimiter: UInt8? = nil
  ) throws(AdapterError) {
    let named = request.option("encoding").flatMap(TextEncoding.init(named:))
    let name = try input.name(of: member)
    let total = try input.byteCount(of: member) ?? 0
    var text = try MemberText.open(input, member: member, encoding: named)
    try text.advance(by: 0)
    var layout = CSVLayout()
    layout.encoding = text.encoding
    layout.hasByteOrderMark = text.hasByteOrderMark
    let wanted = delimiter ?? request.option("delimiter").flatMap(Self.delimiter)
    layout.dialect = unsafe wanted.map { CSVDialect(delimiter: $0) } ?? .sniff(text.bytes)
    self.name = name
    self.total = total
    self.member = member
    self.layout = layout
    self.text = text
    index = CSVIndex(dialect: layout.dialect)
  }

  private static func delimiter(_ option: String) -> UInt8? {
    switch option {
    case "comma": 0x2C
    case "semicolon": 0x3B
    case "tab", "\\t": 0x09
    case "colon": 0x3A
    case "bar": 0x7C
    default: option.utf8.count == 1 ? option.utf8.first : nil
    }
  }

  /// Flushes the sink, whose texts point into the last chunk, and reads the next one.
  ///
  /// - Returns: Whether there are records; `false` at the end of the member.
  /// - Throws: ``AdapterError`` when a quote is never closed, a limit is passed, or the host asks to
  ///   stop.
  public mutating func next(_ sink: inout RecordSink) throws(AdapterError) -> Bool {
    try sink.flush()
    while !isDone {
      if !isFirst { try text.advance(by: used) }
      try sink.host.progress(text.bytesRead, of: total)
      used = try scan()
      isDone = text.isFinal
      if isFirst, used > 0 { learn() }
      if used > 0 { isFirst = false }
      if isDone, index.recordCount > 0 {
        layout.hasFinalLineEnd = index.lineEnd(of: index.recordCount - 1) != .none
      }
      if index.recordCount > 0 { return true }
      if isFirst, !isDone { try text.advance(by: 0) }
    }
    return false
  }

  private mutating func scan() throws(AdapterError) -> Int {
    do throws(ScanningError) {
      return try unsafe index.scan(text.bytes, isFinal: text.isFinal)
    } catch {
      let code = error.code == .unclosedQuote ? "csv.unclosed_quote" : "csv.limit"
      let problem = RecordProblem(
        .fatal, code, error.message, member: name, line: error.line, column: error.column)
      throw error.code == .limit ? AdapterError(limit: problem) : AdapterError(badData: problem)
    }
  }

  /// Learns line end and quoting from the first chunk.
  private mutating func learn() {
    guard index.recordCount > 0 else { return }
    let end = index.lineEnd(of: 0)
    layout.lineEnd = end == .none ? .crlf : end
    var filledQuoted: [Bool] = []
    var blankQuoted: [Bool] = []
    let last = min(index.recordCount, 1_000)
    for record in min(1, last)..<last {
      for column in 0..<index.fieldCount(record) {
        let raw = unsafe index.rawField(column, of: record)
        if column == filledQuoted.count {
          filledQuoted.append(true)
          blankQuoted.append(true)
        }
        let isQuoted = unsafe raw.count > 1 && raw[0] == layout.dialect.quote
        if raw.count == 0 { blankQuoted[column] = false }
        if raw.count > 0, !isQuoted { filledQuoted[column] = false }
      }
    }
    layout.quoting = zip(filledQuoted, blankQuoted).map { filled, blank in
      filled ? (blank ? .always : .filled) : .needed
    }
  }
}

// Reading the records of the chunk.
extension CSVMember {
  /// The number of records in the chunk.
  public var count: Int { index.recordCount }

  /// The number of fields of a record.
  public func fieldCount(_ record: Int) -> Int { index.fieldCount(record) }

  /// A cell without its quotes, valid until the next chunk; absent when the record is too short.
  @inlinable
  public func text(_ column: Int, of record: Int) -> Text {
    guard column < index.fieldCount(record) else { return .absent }
    return unsafe Text(index.field(column, of: record))
  }

  /// A cell whose column is known to exist.
  ///
  /// - Precondition: `column` is less than the record's field count.
  @inlinable
  public func cell(_ column: Int, of record: Int) -> Text {
    unsafe Text(index.field(column, of: record))
  }

  /// The cells of a record without quotes, for loops over all of them; `nil` when one may have
  /// quotes.
  @inlinable
  public func plainFields(of record: Int) -> CSVPlainFields? { index.plainFields(of: record) }

  /// Makes rows of the plain lines from a record on, up to the first that wants a closer look.
  ///
  /// - Returns: How many rows were made, and how many of their lines count by the plan.
  package func fill<Row: RecordRow>(
    from record: Int, _ plan: CSVRowPlan, into block: borrowing RowBlock<Row>
  ) -> (rows: Int, counted: Int) {
    unsafe index.fill(from: record, plan, into: block.row, room: block.room)
  }

  /// A cell as it is written, with its quotes.
  public func rawText(_ column: Int, of record: Int) -> Text {
    unsafe Text(index.rawField(column, of: record))
  }

  /// A record as it is written, without its line end.
  public func rawRecord(_ record: Int) -> Text { unsafe Text(index.rawRecord(record)) }

  /// The line on which a record starts, from 1.
  public func line(of record: Int) -> UInt64 { index.line(of: record) }

  /// How a record ends.
  public func lineEnd(of record: Int) -> CSVLineEnd { index.lineEnd(of: record) }

  /// Whether a record is an empty line.
  public func isBlank(_ record: Int) -> Bool { index.isBlank(record) }

  /// Whether a record has only delimiters and blanks.
  public func isOnlyDelimiters(_ record: Int) -> Bool { index.isOnlyDelimiters(record) }

  /// What is unusual about a record.
  public func findings(of record: Int) -> CSVFindings { index.findings(of: record) }

  /// Where a record comes from, for a row.
  @inlinable
  public func origin(of record: Int) -> cbl_origin {
    cbl_origin(line: index.line(of: record), member: UInt32(truncatingIfNeeded: member), flags: 0)
  }

  /// The header cells of the first record of the first chunk, as strings.
  public func strings(of record: Int) -> [String] {
    (0..<index.fieldCount(record)).map { text($0, of: record).string }
  }
}
