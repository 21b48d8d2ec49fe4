internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes evidence in the form of the file that it was read from.
struct EvidenceCopy: ~Copyable {
  private var writer: LineWriter
  private var line: EvidenceLine
  /// Fields of evidence for which the file has no column.
  let lostFields: [Int]

  /// - Returns: `nil` when the evidence stood in no file of this kind, or in several.
  init?(
    _ output: AdapterOutput, _ source: SourceLayer, isJSON: Bool
  ) throws(AdapterError) {
    let members = source.members
    guard members.count == 1, let member = members.first, isJSON == member.header.isEmpty else {
      return nil
    }
    let line =
      isJSON
      ? EvidenceLine.object()
      : EvidenceLine(headings: try Self.headings(of: member), layout: member.layout)
    var writer = try LineWriter(output: output, member: member.name, source: member)
    // The layer has them as they stood.
    if !isJSON { try unsafe writer.header(UnsafeRawBufferPointer(start: nil, count: 0)) }
    let columns = line.columns
    lostFields = EvidenceColumn.allCases.filter { !columns.contains($0) }
      .compactMap(\.evidenceField).sorted()
    self.writer = writer
    self.line = line
  }

  private static func headings(of member: SourceMember) throws(AdapterError) -> [String] {
    var index = CSVIndex(dialect: member.layout.dialect)
    var text = ByteBuffer(capacity: member.header.count)
    text.append(member.header)
    do throws(ScanningError) {
      _ = try unsafe index.scan(text.bytes, isFinal: true)
    } catch {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "evidence.source", "the headings of the source are broken: \(error.message)",
          member: member.name))
    }
    guard index.recordCount > 0 else { return [] }
    var headings: [String] = []
    for column in 0..<index.fieldCount(0) {
      headings.append(unsafe Text(index.field(column, of: 0)).string)
    }
    return headings
  }

  mutating func write(_ row: EvidenceRow) throws(AdapterError) {
    line.render(row)
    try unsafe writer.line(line.bytes)
  }

  mutating func finish() throws(AdapterError) { try writer.finish() }
}
