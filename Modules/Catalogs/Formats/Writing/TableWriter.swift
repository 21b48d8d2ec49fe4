internal import Scanning

/// Writes rows of RFC 4180.
struct TableWriter: ~Copyable {
  private var buffer = ByteBuffer(capacity: 1 << 16)

  /// Appends a row, with quotes around cells that need them.
  mutating func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      var cell = cell
      cell.withUTF8 { bytes in unsafe buffer.appendCSV(UnsafeRawBufferPointer(bytes)) }
    }
    buffer.append(0x0A)
  }

  /// The rows.
  var bytes: [UInt8] { unsafe Array(buffer.bytes) }
}

extension String {
  /// The first characters, cut between characters so that none is torn.
  func cut(to limit: Int) -> String { count <= limit ? self : String(prefix(limit)) }
}
