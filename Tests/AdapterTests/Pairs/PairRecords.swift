import AdapterHost
import Foundation
import Interop
import Records

/// Records in memory, kind by kind; a value that a record lacks is absent from its row.
struct PairRecords {
  /// A record: the texts of its fields, by place.
  typealias Row = [Int: [UInt8]]

  /// The records of each kind, by the kind's number.
  var rows: [[Row]] = Array(repeating: [], count: RecordKind.limit)

  /// The records of a kind.
  subscript(kind: RecordKind) -> [Row] {
    get { rows[kind.number] }
    set { rows[kind.number] = newValue }
  }

  /// The records as lines of our own format.
  var lines: String {
    var text = "{\"format\":\"cbl\",\"version\":1}\n"
    var count = 0
    for kind in RecordKind.all {
      let schema = RecordSchema.of(kind)
      for row in self[kind] {
        text += "{\"record\":\"\(schema.name)\""
        for field in row.keys.sorted() {
          text += ",\"\(schema.fields[field].name)\":" + Self.json(row[field] ?? [])
        }
        text += "}\n"
        count += 1
      }
    }
    return text + "{\"end\":true,\"rows\":\(count)}\n"
  }

  private static func json(_ bytes: [UInt8]) -> String {
    if bytes.contains(0x1F) {
      let parts = bytes.split(separator: 0x1F, omittingEmptySubsequences: false)
      return "[" + parts.map { json(Array($0)) }.joined(separator: ",") + "]"
    }
    var text = "\""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// The records as the tables of our own format: files by name.
  var tables: [String: String] {
    var files: [String: String] = [:]
    var entries: [String] = []
    for kind in RecordKind.all where !self[kind].isEmpty {
      let schema = RecordSchema.of(kind)
      var text = schema.fields.map(\.name).joined(separator: ",") + "\n"
      for row in self[kind] {
        text +=
          schema.fields.map { field in
            row[field.index].map { Self.cell($0) } ?? ""
          }.joined(separator: ",") + "\n"
      }
      files["\(schema.name).csv"] = text
      entries.append(
        "{\"name\":\"\(schema.name).csv\",\"kind\":\"\(schema.name)\",\"rows\":\(self[kind].count)}"
      )
    }
    files["manifest.json"] =
      "{\"format\":\"cbl\",\"version\":1,\"files\":[\(entries.joined(separator: ","))]}"
    return files
  }

  private static func cell(_ bytes: [UInt8]) -> String {
    let text = bytes.contains(0x1F) ? json(bytes) : String(decoding: bytes, as: UTF8.self)
    return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  /// Reads members with an adapter.
  ///
  /// - Returns: The records, and the codes of the problems that left rows out.
  static func read(
    _ members: [String: [UInt8]], as handle: FormatHandle
  ) throws -> (records: PairRecords, codes: [String]) {
    let sink = Collector()
    try handle.library.read(
      PairSource(members), format: handle.format, options: CallOptions(), into: sink,
      listener: sink)
    return (sink.records, sink.codes)
  }
}

/// Keeps the records that a reader gives.
private final class Collector: BatchSink, AdapterListener {
  var records = PairRecords()
  var codes: [String] = []

  func put(_ batch: HostBatch) throws {
    let schema = RecordSchema.of(batch.kind)
    for index in 0..<batch.count {
      var row: PairRecords.Row = [:]
      for field in schema.fields.indices {
        let text = unsafe batch.text(field, of: index)
        if text.count > 0 { row[field] = unsafe Array(text) }
      }
      records[batch.kind].append(row)
    }
  }

  func adapterReported(_ report: AdapterReport) throws {
    if report.severity >= .skipped { codes.append("\(report.code) at line \(report.line)") }
  }

  func adapterLost(_ loss: AdapterLoss) throws {}

  func adapterProgressed(_ done: UInt64, of total: UInt64) throws {}
}

/// Members in memory.
private final class PairSource: MemberSource {
  private let members: [(name: String, bytes: [UInt8])]
  private var open = 0
  private var offset = 0

  init(_ members: [String: [UInt8]]) {
    self.members = members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  var memberCount: Int { members.count }

  func memberName(_ index: Int) -> String { members[index].name }

  func memberByteCount(_ index: Int) -> UInt64? { UInt64(members[index].bytes.count) }

  func copyHead(of index: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let part = members[index].bytes.prefix(min(buffer.count, 65_536))
    unsafe buffer.copyBytes(from: part)
    return part.count
  }

  func openMember(_ index: Int) throws {
    open = index
    offset = 0
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let part = members[open].bytes[offset...].prefix(buffer.count)
    unsafe buffer.copyBytes(from: part)
    offset += part.count
    return part.count
  }
}
