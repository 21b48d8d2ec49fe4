internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads evidence that stands as one object a line.
struct EvidenceLinesReader: ~Copyable {
  private let input: AdapterInput
  private let request: AdapterRequest
  private var json = JSONReader()
  private var scratch = ByteBuffer(capacity: 256)
  private let columns = EvidenceColumn.allCases
  private let names = EvidenceColumn.allCases.map(\.name)

  init(_ input: AdapterInput, request: AdapterRequest) {
    self.input = input
    self.request = request
  }

  mutating func read(into sink: inout RecordSink) throws(AdapterError) {
    for index in 0..<input.memberCount {
      var member = try JSONMember(input, member: index, request: request)
      var recorder = EvidenceRecorder(member, request: request)
      while try member.next(&sink) {
        for value in 0..<member.count {
          let row = member.isBlank(value) ? nil : try read(member, value, &sink)
          try unsafe recorder.row(
            row, raw: Text(member.value(value)), end: member.lineEnd(of: value), sink: &sink)
        }
      }
      try recorder.finish(
        encoding: member.encoding, hasByteOrderMark: member.hasByteOrderMark, sink: &sink)
    }
  }

  /// Puts the record of an object.
  ///
  /// - Returns: The record, or `nil` when it was left out.
  private mutating func read(
    _ member: borrowing JSONMember, _ value: Int, _ sink: inout RecordSink
  ) throws(AdapterError) -> EvidenceRow? {
    var row = EvidenceRow()
    row.origin = member.origin(of: value)
    var unknown: [UInt8]?
    do throws(ScanningError) {
      try unsafe read(member.value(value), into: &row, &unknown, &sink)
    } catch {
      try reject(error, member, value, sink)
      return nil
    }
    if row.person.isEmpty {
      try sink.host.report(
        RecordProblem(
          request.isStrict ? .rejected : .warning, "evidence.no_learner",
          "there is no learner; say whose evidence it is", member: member.name,
          line: member.line(of: value), kind: CBL_KIND_EVIDENCE))
      if request.isStrict { return nil }
    }
    if let unknown {
      try sink.host.report(
        RecordProblem(
          .warning, "evidence.unread_column", "a name is not known and was left out",
          member: member.name, line: member.line(of: value),
          value: String(decoding: unknown, as: UTF8.self)))
    }
    try sink.put(row)
    return row
  }

  private mutating func read(
    _ document: UnsafeRawBufferPointer, into row: inout EvidenceRow, _ unknown: inout [UInt8]?,
    _ sink: inout RecordSink
  ) throws(ScanningError) {
    try unsafe json.open(document)
    try json.beginObject()
    while let key = try json.nextKey() {
      guard let place = names.firstIndex(where: { unsafe key.raw.elementsEqual($0.utf8) })
      else {
        unknown = key.decoded
        try json.skipValue()
        continue
      }
      let column = columns[place]
      switch try json.kind() {
      case .string: row.set(column, to: sink.text(try json.string(), scratch: &scratch))
      case .number: row.set(column, to: unsafe Text(try unsafe json.number()))
      case .null: try json.null()
      default:
        throw ScanningError(
          .malformed, "a text or number was expected", line: 1, column: UInt64(json.offset + 1))
      }
    }
    try json.finish()
  }

  private func reject(
    _ error: ScanningError, _ member: borrowing JSONMember, _ value: Int,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    let raw = unsafe member.value(value)
    try sink.host.report(
      RecordProblem(
        .rejected, error.code == .truncated ? "evidence.truncated" : "evidence.malformed",
        "this line was left out: \(error.message)", member: member.name,
        line: member.line(of: value), column: error.column,
        raw: unsafe String(decoding: raw.prefix(65_536), as: UTF8.self),
        kind: CBL_KIND_EVIDENCE))
  }
}

/// Looks for the table in the first bytes of a member.
enum EvidenceProbe {
  static func look(at head: [UInt8], isJSON: Bool) -> Probe {
    // Of UTF-16 only the ASCII characters matter here.
    let isWide = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
    let bytes = isWide ? head.dropFirst(2).filter { $0 != 0 } : Array(head.prefix(4_096))
    let text = String(decoding: bytes, as: UTF8.self)
    guard let line = text.split(whereSeparator: \.isNewline).first else { return .no }
    if isJSON {
      // A first line without a score is one of somebody who is excused.
      let names = ["score", "textScore", "target"].filter { line.contains("\"\($0)\":") }
      guard line.hasPrefix("{"), line.contains("\"learner\":"), let name = names.first else {
        return .no
      }
      return Probe(85, "an object with learner and \(name)")
    }
    let names = line.split(whereSeparator: { ",;\t|".contains($0) }).map { name in
      name.filter { $0 != "\"" && $0 != "\u{FEFF}" && $0 != " " }
    }
    let columns = names.compactMap { EvidenceColumn(heading: String($0)) }
    let score = [EvidenceColumn.score, .textScore].first(where: columns.contains)
    guard columns.contains(.learner), columns.contains(.target), let score else { return .no }
    return Probe(
      columns.count == names.count ? 97 : 80, "headings learner, target and \(score.name)")
  }
}
