internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// A member of a package that has been written.
struct PackagePart {
  var name: String
  var kind: String
  var rows: Int
  var fields: [String]
}

/// Writes records as a package: a table for each kind, and a manifest.
///
/// A table has the fields that its first batch has; when another field turns up, a further table of
/// the kind begins. So tables are lean, and nothing is kept in memory but records of the source
/// layer and attributes that come while another table is being written.
struct TableWriter: GradebookWriter, ~Copyable {
  private static let flushSize = 256 << 10
  private static let pendingLimit = 8 << 20

  private let output: AdapterOutput
  private var buffer = ByteBuffer(capacity: TableWriter.flushSize + 8_192)
  private var cell = ByteBuffer(capacity: 256)
  private var parts: [PackagePart] = []
  private var partCounts: [String: Int] = [:]
  private var open: KindInfo?
  private var columns: [Int] = []
  private var pending: [PendingTable] = []

  /// Rows that wait until the open table ends.
  private struct PendingTable {
    var info: KindInfo
    var rows = 0
    var bytes: [UInt8] = []
  }

  init(output: AdapterOutput) {
    self.output = output
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    guard batch.count > 0, let info = KindInfo.of(batch.kind) else { return }
    if info.isForward, let open, open.kind != info.kind {
      return try postpone(batch, info)
    }
    let used = Self.usedFields(batch, info)
    let isNew = open?.kind != info.kind
    if isNew || !used.allSatisfy(columns.contains) {
      try end()
      try begin(
        info,
        isNew
          ? used
          : (0..<info.fields.count).filter {
            used.contains($0) || columns.contains($0)
          })
    }
    for row in 0..<batch.count {
      Self.append(row, of: batch, info, columns, to: &buffer, cell: &cell)
      if buffer.count >= Self.flushSize { try flush() }
    }
    parts[parts.count - 1].rows += batch.count
  }

  mutating func finish() throws(AdapterError) {
    try end()
    try writePending()
    try output.begin("manifest.json")
    appendManifest()
    try flush()
    try output.end()
  }

  /// The fields that some row of a batch has, and two at least, so that no line is blank.
  private static func usedFields(_ batch: RecordBatch, _ info: KindInfo) -> [Int] {
    var used = (0..<info.fields.count).filter { field in
      (0..<batch.count).contains { !batch.text(field, of: $0).isAbsent }
    }
    for field in info.fields.indices where used.count < 2 && !used.contains(field) {
      used.append(field)
    }
    return used.sorted()
  }

  private mutating func begin(_ info: KindInfo, _ fields: [Int]) throws(AdapterError) {
    let number = partCounts[info.name, default: 0] + 1
    partCounts[info.name] = number
    let name = number == 1 ? "\(info.name).csv" : "\(info.name).\(number).csv"
    let names = fields.map { info.fields[$0].name }
    try output.begin(name)
    buffer.append(names.joined(separator: ","))
    buffer.append(0x0A)
    parts.append(PackagePart(name: name, kind: info.name, rows: 0, fields: names))
    open = info
    columns = fields
  }

  private mutating func end() throws(AdapterError) {
    guard open != nil else { return }
    try flush()
    try output.end()
    open = nil
  }

  private mutating func flush() throws(AdapterError) {
    guard buffer.count > 0 else { return }
    try unsafe output.write(buffer.bytes)
    buffer.removeAll()
  }

  private static func append(
    _ row: Int, of batch: RecordBatch, _ info: KindInfo, _ columns: [Int],
    to buffer: inout ByteBuffer, cell: inout ByteBuffer
  ) {
    for (place, field) in columns.enumerated() {
      if place > 0 { buffer.append(0x2C) }
      let text = batch.text(field, of: row)
      if text.isAbsent { continue }
      if text.isBlank {
        buffer.append(0x22)
        buffer.append(0x22)
      } else if info.fields[field].isList, ListText.needsArray(text) {
        cell.removeAll()
        ListText.append(text, to: &cell)
        unsafe buffer.appendCSV(cell.bytes)
      } else {
        unsafe buffer.appendCSV(text.rawBytes)
      }
    }
    buffer.append(0x0A)
  }

  private mutating func postpone(_ batch: RecordBatch, _ info: KindInfo) throws(AdapterError) {
    let index: Int
    if let known = pending.firstIndex(where: { $0.info.kind == info.kind }) {
      index = known
    } else {
      pending.append(PendingTable(info: info))
      index = pending.count - 1
    }
    var rows = ByteBuffer(capacity: 4_096)
    let every = Array(info.fields.indices)
    for row in 0..<batch.count {
      Self.append(row, of: batch, info, every, to: &rows, cell: &cell)
    }
    pending[index].rows += batch.count
    unsafe pending[index].bytes.append(contentsOf: rows.bytes)
    if pending.reduce(0, { $0 + $1.bytes.count }) > Self.pendingLimit {
      try end()
      try writePending()
    }
  }

  private mutating func writePending() throws(AdapterError) {
    let tables = pending
    pending = []
    for table in tables {
      try begin(table.info, Array(table.info.fields.indices))
      buffer.append(table.bytes)
      parts[parts.count - 1].rows = table.rows
      try end()
    }
  }

  private mutating func appendManifest() {
    buffer.append("{\n  \"format\": \"cbl\",\n  \"version\": 1,\n  \"files\": [")
    for (index, part) in parts.enumerated() {
      buffer.append(index == 0 ? "\n    " : ",\n    ")
      let fields = part.fields.map { "\"\($0)\"" }.joined(separator: ", ")
      buffer.append(
        "{\"name\": \"\(part.name)\", \"kind\": \"\(part.kind)\", \"rows\": \(part.rows), "
          + "\"fields\": [\(fields)]}")
    }
    buffer.append(parts.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
  }
}
