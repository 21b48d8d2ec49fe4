import AdapterHost
import AdapterKit
import CAdapterABI
import Records
import Testing

@Suite("Your first adapter")
struct GuideTests {
  private func library() throws -> AdapterLibrary {
    try AdapterLibrary(path: "points", checking: AdapterTable(PointsAdapter.self).pointer)
  }

  @Test("says what it is")
  func info() throws {
    let format = try #require(try library().info.formats.first)
    #expect(format.identifier == "points")
    #expect(format.reads && !format.writes)
    #expect(
      format.readKinds == RecordKind.person.bit | RecordKind.lineItem.bit | RecordKind.result.bit)
  }

  @Test("knows its files by their first word", arguments: [("learner,a\n", 80), ("id,a\n", 0)])
  func probe(file: String, confidence: Int) throws {
    let library = try library()
    let format = try #require(library.info.formats.first)
    let verdict = try library.probe(OneMember(file), format: format)
    #expect(verdict.confidence == confidence)
  }

  @Test("reads rows, and leaves out the one that is too short")
  func read() throws {
    let library = try library()
    let format = try #require(library.info.formats.first)
    let sink = Rows()
    let listener = Reports()
    try library.read(
      OneMember("learner,Quiz 1,Essay\n007,3.5,\n8,\"4\",2\n9,1\n"), format: format,
      options: CallOptions(), into: sink, listener: listener)
    #expect(
      sink.rows == [
        "person 007", "person 8", "lineItem Quiz 1 Quiz 1", "lineItem Essay Essay",
        "result Quiz 1 007 graded 3.5", "result Quiz 1 8 graded 4", "result Essay 8 graded 2",
      ])
    #expect(listener.codes == ["csv.row_too_short"])
  }

  @Test("a shape the host does not know is refused before any call")
  func malformed() {
    var table = AdapterTable(PointsAdapter.self).pointer.pointee
    table.size = 16
    #expect(throws: AdapterHostError.self) {
      try withUnsafePointer(to: table) { try AdapterLibrary(path: "short", checking: $0) }
    }
  }
}

/// One file in memory.
final class OneMember: MemberSource {
  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  let memberCount = 1

  func memberName(_ index: Int) -> String { "points.csv" }

  func memberByteCount(_ index: Int) -> UInt64? { UInt64(bytes.count) }

  func copyHead(of index: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(bytes.count, buffer.count)
    buffer.copyBytes(from: bytes.prefix(count))
    return count
  }

  func openMember(_ index: Int) { place = 0 }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(bytes.count - place, buffer.count)
    buffer.copyBytes(from: bytes[place..<(place + count)])
    place += count
    return count
  }
}

/// Rows as words: the kind and the values that are there.
final class Rows: BatchSink {
  private(set) var rows: [String] = []

  func put(_ batch: HostBatch) {
    for row in 0..<batch.count {
      let values = RecordSchema.of(batch.kind).fields.compactMap { field -> String? in
        let bytes = batch.text(field.index, of: row)
        return bytes.count == 0 ? nil : String(decoding: bytes, as: UTF8.self)
      }
      rows.append(([batch.kind.name] + values).joined(separator: " "))
    }
  }
}

/// The codes of the reports.
final class Reports: AdapterListener {
  private(set) var codes: [String] = []

  func adapterReported(_ report: AdapterReport) { codes.append(report.code) }

  func adapterLost(_ loss: AdapterLoss) {}

  func adapterProgressed(_ done: UInt64, of total: UInt64) {}
}
