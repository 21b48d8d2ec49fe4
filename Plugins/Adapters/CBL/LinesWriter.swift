internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes records as objects, one a line, between a first and a last line that say what it is and
/// how many records there are.
struct LinesWriter: GradebookWriter, ~Copyable {
  private static let flushSize = 256 << 10

  private let output: AdapterOutput
  private var buffer = ByteBuffer(capacity: LinesWriter.flushSize + 8_192)
  private var rows = 0

  /// A writer on a member that has begun.
  init(output: AdapterOutput) {
    self.output = output
    buffer.append("{\"format\":\"cbl\",\"version\":1}\n")
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    guard let info = KindInfo.of(batch.kind) else { return }
    let start = Array("{\"record\":\"\(info.name)\"".utf8)
    let keys = info.fields.map { Array(",\"\($0.name)\":".utf8) }
    for row in 0..<batch.count {
      buffer.append(start)
      for field in info.fields.indices {
        let text = batch.text(field, of: row)
        if text.isAbsent { continue }
        buffer.append(keys[field])
        if info.fields[field].isList, ListText.needsArray(text) {
          ListText.append(text, to: &buffer)
        } else {
          unsafe JSONText.append(text.rawBytes, to: &buffer)
        }
      }
      buffer.append("}\n")
      if buffer.count >= Self.flushSize { try flush() }
    }
    rows += batch.count
  }

  mutating func finish() throws(AdapterError) {
    buffer.append("{\"end\":true,\"rows\":\(rows)}\n")
    try flush()
    try output.end()
  }

  private mutating func flush() throws(AdapterError) {
    try unsafe output.write(buffer.bytes)
    buffer.removeAll()
  }
}
