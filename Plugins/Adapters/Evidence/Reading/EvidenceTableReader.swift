internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads the evidence table as records that are complete in themselves.
struct EvidenceTableReader: ~Copyable {
  private let input: AdapterInput
  private let request: AdapterRequest
  /// Of each column, what it holds, or `nil` when it is not read.
  private var columns: [EvidenceColumn?] = []

  init(_ input: AdapterInput, request: AdapterRequest) {
    self.input = input
    self.request = request
  }

  mutating func read(into sink: inout RecordSink) throws(AdapterError) {
    for index in 0..<input.memberCount {
      var member = try CSVMember(input, member: index, request: request)
      columns = []
      guard try member.next(&sink) else {
        throw AdapterError(
          badData: RecordProblem(
            .fatal, "csv.no_header", "the file is empty, expected a line with the names of columns",
            member: member.name))
      }
      let headings = member.strings(of: 0)
      try readHeader(headings, of: member, sink)
      var recorder = EvidenceRecorder(member, headings: headings, request: request)
      recorder.headings(raw: member.rawRecord(0), end: member.lineEnd(of: 0))
      var first = 1
      repeat {
        for record in first..<member.count {
          let isWhole = try member.check(
            record, columns: columns.count, kind: CBL_KIND_EVIDENCE, sink: sink)
          try recorder.row(
            isWhole ? try read(member, record, &sink) : nil, raw: member.rawRecord(record),
            end: member.lineEnd(of: record), sink: &sink)
        }
        first = 0
      } while try member.next(&sink)
      try recorder.finish(member.layout, sink: &sink)
    }
  }

  private mutating func readHeader(
    _ headings: [String], of member: borrowing CSVMember, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    for (place, name) in headings.enumerated() {
      let column = EvidenceColumn(heading: name)
      if let column, columns.contains(column) {
        throw AdapterError(
          badData: RecordProblem(
            .fatal, "csv.duplicate_header", "the heading \(column.name) stands twice",
            member: member.name, line: 1, column: UInt64(place + 1)))
      }
      if column?.evidenceField == nil {
        try sink.host.report(
          RecordProblem(
            column == nil ? .warning : .note, "evidence.unread_column",
            column == nil
              ? "this heading is not known and the column was left out"
              : "titles are for people and were left out", member: member.name, line: 1,
            column: UInt64(place + 1), value: name))
      }
      columns.append(column?.evidenceField == nil ? nil : column)
    }
    // Levels and letters may be all that there is.
    let scores: [EvidenceColumn] = columns.contains(.textScore) ? [] : [.score]
    for needed in [.learner] + scores where !columns.contains(needed) {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "evidence.missing_column", "the heading \(needed.name) is missing",
          member: member.name, line: 1))
    }
  }

  /// Puts the record of a row.
  ///
  /// - Returns: The record, or `nil` when the row was left out.
  private func read(
    _ member: borrowing CSVMember, _ record: Int, _ sink: inout RecordSink
  ) throws(AdapterError) -> EvidenceRow? {
    var row = EvidenceRow()
    row.origin = member.origin(of: record)
    // Between semicolons a comma can only be the decimal mark.
    let hasCommas = member.layout.dialect.delimiter == UInt8(ascii: ";")
    for place in columns.indices {
      guard let column = columns[place] else { continue }
      var text = member.cell(place, of: record)
      // A blank target says that the row was kept without one; other blank cells say nothing.
      guard !text.isEmpty || column == .target else { continue }
      if hasCommas, column.isNumber { text = Self.withPoint(text, &sink) }
      row.set(column, to: text)
    }
    if row.person.isEmpty {
      try sink.host.report(
        RecordProblem(
          request.isStrict ? .rejected : .warning, "evidence.no_learner",
          "the learner is blank; say whose evidence it is", member: member.name,
          line: member.line(of: record),
          column: UInt64((columns.firstIndex(of: .learner) ?? 0) + 1),
          raw: member.rawRecord(record).string, kind: CBL_KIND_EVIDENCE))
      if request.isStrict { return nil }
    }
    try sink.put(row)
    return row
  }

  /// A number whose only comma became a point; other texts as they are.
  private static func withPoint(_ text: Text, _ sink: inout RecordSink) -> Text {
    let parts = text.string.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return text }
    return sink.copy(parts.joined(separator: "."))
  }
}

extension EvidenceRow {
  /// Gives a column its value.
  mutating func set(_ column: EvidenceColumn, to text: Text) {
    switch column {
    case .id: id = text
    case .modified: modified = text
    case .learner: person = text
    case .class: class_ = text
    case .lineItem: line_item = text
    case .target: target = text
    case .kind: kind = text
    case .purpose: purpose = text
    case .status: state = text
    case .score: score = text
    case .textScore: text_score = text
    case .minimum: minimum = text
    case .maximum: maximum = text
    case .scaled: scaled = text
    case .scale: scale = text
    case .date: occurred = text
    case .recorded: recorded = text
    case .rater: rater = text
    case .artefact: artefact = text
    case .attempt: attempt = text
    case .context: context = text
    case .depth: depth = text
    case .trust: trust = text
    case .comment: comment = text
    case .lineItemTitle: break
    }
  }
}
