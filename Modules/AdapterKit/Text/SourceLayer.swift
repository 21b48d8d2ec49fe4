internal import CAdapterABI
internal import Scanning

/// How one member of the input was written, for the writer.
public struct SourceMember: Sendable {
  /// A line that its record does not reproduce.
  struct Residual: Sendable {
    /// Hash of the rendered line, as hex; blank for a line without a record.
    var check: String
    var raw: [UInt8]
    var lineEnd: CSVLineEnd?
  }

  /// The name.
  public let name: String
  /// Identifier of the format that was read.
  public let format: String
  /// How it is written.
  public let layout: CSVLayout
  /// Everything above the data, with line ends.
  public let header: [UInt8]
  /// Everything below the data.
  public let trailer: [UInt8]
  /// Its place among the members.
  public let position: Int
  /// Lines that differ from the rendered ones, by their number.
  var residuals: [Int: Residual] = [:]
  /// Lines without a record, by the number of the line that they stand before.
  var inserts: [Int: [Residual]] = [:]
}

/// The writer's side of the source layer.
public struct SourceLayer: Sendable {
  private var byName: [String: SourceMember] = [:]
  private var lines: [String: [(position: Int, residual: SourceMember.Residual)]] = [:]

  /// An empty layer.
  public init() {}

  /// Takes a batch when it is of the source layer.
  ///
  /// - Returns: Whether it was.
  public mutating func take(_ batch: RecordBatch) -> Bool {
    if batch.kind == CBL_KIND_SOURCE_MEMBER {
      for row in batch.rows(as: SourceMemberRow.self) {
        let member = unsafe SourceMember(
          name: row.id.string, format: row.format.string,
          layout: CSVLayout(row.dialect.string) ?? .standard,
          header: Array(unsafe row.header.rawBytes), trailer: Array(unsafe row.trailer.rawBytes),
          position: Int(row.position.string) ?? 0)
        byName[member.name] = member
      }
      return true
    }
    if batch.kind == CBL_KIND_SOURCE_LINE {
      for row in batch.rows(as: SourceLineRow.self) {
        let residual = unsafe SourceMember.Residual(
          check: row.check.string, raw: Array(unsafe row.raw.rawBytes),
          lineEnd: row.line_end.isEmpty ? nil : CSVLineEnd(token: row.line_end.string))
        lines[row.member.string, default: []].append(
          (Int(row.position.string) ?? 0, residual))
      }
      return true
    }
    return false
  }

  /// Whether anything is known of the source.
  public var isEmpty: Bool { byName.isEmpty }

  /// The members, in their order.
  public var members: [SourceMember] {
    byName.values.sorted { ($0.position, $0.name) < ($1.position, $1.name) }.map(complete)
  }

  /// The member of a name, or `nil`.
  public func member(_ name: String) -> SourceMember? { byName[name].map(complete) }

  private func complete(_ member: SourceMember) -> SourceMember {
    var member = member
    for (position, residual) in lines[member.name] ?? [] {
      if residual.check.isEmpty {
        member.inserts[position, default: []].append(residual)
      } else {
        member.residuals[position] = residual
      }
    }
    return member
  }
}
