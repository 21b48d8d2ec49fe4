internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// The bytes of a manifest.
enum ManifestText {
  /// A new manifest, line by line.
  static func new(
    _ version: Version, _ modes: [String: String], _ facts: PackageFacts
  ) -> [[UInt8]] {
    var rows = [
      ("propertyName", "value"), ("manifest.version", "1.0"),
      ("oneroster.version", version.number),
    ]
    for name in version.manifestNames {
      rows.append(("file." + name, modes["file." + name] ?? "absent"))
    }
    if !facts.systemName.isEmpty { rows.append(("source.systemName", facts.systemName)) }
    if !facts.systemCode.isEmpty { rows.append(("source.systemCode", facts.systemCode)) }
    return rows.map { line($0.0, $0.1, .rfc4180) }
  }

  private static func line(
    _ property: String, _ value: String, _ dialect: CSVDialect
  ) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.append(property)
    buffer.append(dialect.delimiter)
    let bytes = Array(value.utf8)
    unsafe bytes.withUnsafeBytes { bytes in unsafe buffer.appendCSV(bytes, dialect: dialect) }
    return unsafe Array(buffer.bytes)
  }

  /// The source's manifest as it was, but for files that came since.
  ///
  /// - Returns: The whole text, with the last line end if it had one.
  static func updated(_ source: SourceMember, _ modes: [String: String]) -> [UInt8] {
    var text = ByteBuffer()
    var left = modes
    let dialect = source.layout.dialect
    var index = CSVIndex(dialect: dialect)
    unsafe source.header.withUnsafeBytes { bytes in
      do throws(ScanningError) {
        _ = try unsafe index.scan(bytes, isFinal: true)
      } catch { return }
      for record in 0..<index.recordCount {
        let cells = (0..<index.fieldCount(record)).map { column in
          unsafe String(decoding: index.field(column, of: record), as: UTF8.self)
        }
        if let wanted = left.removeValue(forKey: cells[0]) {
          text.append(line(cells[0], wanted, dialect))
        } else {
          unsafe text.append(index.rawRecord(record))
        }
        text.append(index.lineEnd(of: record).literal)
      }
    }
    for (property, mode) in left.sorted(by: { $0.key < $1.key }) {
      let hasEnd = unsafe text.bytes.last == 0x0A || text.bytes.last == 0x0D
      if !hasEnd { text.append(source.layout.lineEnd.literal) }
      text.append(line(property, mode, dialect))
      if hasEnd { text.append(source.layout.lineEnd.literal) }
    }
    return unsafe Array(text.bytes)
  }
}
