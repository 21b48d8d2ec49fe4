internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Keeps how one file of evidence is written, when the host asks for it.
struct EvidenceRecorder: ~Copyable {
  private let isKept: Bool
  private var source: SourceRecorder
  private var line: EvidenceLine
  private var usual: CSVLineEnd?
  private var last = CSVLineEnd.lf

  /// A recorder of a file whose rows are objects.
  init(_ member: borrowing JSONMember, request: AdapterRequest) {
    // Only of lines there is more to say than of the values in them.
    self.init(
      member.name, member.member, format: "evidence-ndjson", line: .object(),
      isKept: request.wantsSourceLayer && member.form == .lines)
  }

  /// A recorder of a table, below its headings.
  init(
    _ member: borrowing CSVMember, headings: [String], request: AdapterRequest
  ) {
    self.init(
      member.name, member.member, format: "evidence",
      line: EvidenceLine(headings: headings, layout: member.layout),
      isKept: request.wantsSourceLayer)
  }

  private init(
    _ name: String, _ position: Int, format: String, line: consuming EvidenceLine, isKept: Bool
  ) {
    self.isKept = isKept
    self.line = line
    source = SourceRecorder(member: name, format: format, position: position)
  }

  /// Notes the line of headings.
  mutating func headings(raw: Text, end: CSVLineEnd) {
    guard isKept else { return }
    last = end
    _ = usual(end)
    source.header(raw, end: end)
  }

  /// Notes a row.
  ///
  /// - Parameter row: Its record, or `nil` when it has none.
  mutating func row(
    _ row: EvidenceRow?, raw: Text, end: CSVLineEnd, sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    last = end
    let usual = usual(end)
    if let row {
      line.render(row)
      try unsafe source.line(
        raw: raw, predicted: line.bytes, end: end, usual: usual, sink: &sink)
    } else {
      try source.unrecorded(raw: raw, end: end, usual: usual, sink: &sink)
    }
  }

  /// The first line end is the usual one.
  private mutating func usual(_ end: CSVLineEnd) -> CSVLineEnd {
    if let usual { return usual }
    let found = end == .none ? .lf : end
    usual = found
    return found
  }

  /// Ends the file.
  mutating func finish(
    encoding: TextEncoding, hasByteOrderMark: Bool, sink: inout RecordSink
  ) throws(AdapterError) {
    var layout = CSVLayout.standard
    layout.encoding = encoding
    layout.hasByteOrderMark = hasByteOrderMark
    try finish(layout, sink: &sink)
  }

  /// Ends the file.
  mutating func finish(_ layout: CSVLayout, sink: inout RecordSink) throws(AdapterError) {
    guard isKept else { return }
    var layout = layout
    layout.lineEnd = usual ?? .lf
    layout.hasFinalLineEnd = last != .none
    try source.finish(layout: layout, sink: &sink)
  }
}
