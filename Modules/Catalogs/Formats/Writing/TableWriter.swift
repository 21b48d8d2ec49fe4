/// Writes rows of RFC 4180.
enum TableWriter {
  /// A table as a file, with quotes around the cells that need them.
  static func bytes(of table: CatalogTable) -> [UInt8] {
    var bytes: [UInt8] = []
    append(table.headings, to: &bytes)
    for row in table.rows { append(row.fields, to: &bytes) }
    return bytes
  }

  private static func append(_ cells: [String], to bytes: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      let text = cell.utf8
      // A blank at an end would be lost in readers that trim.
      guard text.first == 0x20 || text.last == 0x20 || text.contains(where: needsQuotes) else {
        bytes.append(contentsOf: text)
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in text {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(0x0A)
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
  }
}

extension String {
  /// The first characters, cut between characters so that none is torn.
  func cut(to limit: Int) -> String { count <= limit ? self : String(prefix(limit)) }
}
