internal import AdapterHost
internal import Records

/// The rows that were rejected, with their reasons, as CSV.
final class RejectsFile {
  private let output: OutputContainer
  private let hidesValues: Bool

  /// Begins the file, or `nil` when no path is given.
  ///
  /// - Parameter hidesValues: Whether values and rows, which may be personal, stay out.
  init?(_ path: String?, options: OutputOptions, hidesValues: Bool) throws {
    guard let path else { return nil }
    self.hidesValues = hidesValues
    output = try OutputContainer.create(path, kind: .file, options: options)
    try output.begin(member: "rejects.csv")
    try output.write(Array("member,line,column,kind,code,message,value,row\r\n".utf8))
  }

  /// Writes a problem that rejected a row; others are passed over.
  func note(_ report: AdapterReport) throws {
    guard report.severity == .rejected else { return }
    let cells = [
      report.member, report.line > 0 ? String(report.line) : "",
      report.column > 0 ? String(report.column) : "", report.kind?.name ?? "", report.code,
      report.message, hidesValues ? "" : report.value, hidesValues ? "" : report.raw,
    ]
    let line = cells.map(Self.quoted).joined(separator: ",") + "\r\n"
    try output.write(Array(line.utf8))
  }

  func commit() throws { try output.commit() }

  private static func quoted(_ cell: String) -> String {
    let special: (UInt8) -> Bool = { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    guard cell.utf8.contains(where: special) else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
