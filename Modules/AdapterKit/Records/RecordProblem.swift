public import CAdapterABI

/// Something in the user's data that the user should know.
public struct RecordProblem: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: Int32, Hashable, Sendable {
    /// Worth knowing; nothing is lost.
    case note
    /// Read, but not as the format's rules have it.
    case warning
    /// One row has no record and needs none: blank, or filtered by a rule.
    case skipped
    /// One row was left out because it is wrong.
    case rejected
    /// The work cannot go on.
    case fatal
  }

  /// How bad it is.
  public var severity: Severity
  /// A stable code, such as `csv.row_too_short`.
  public var code: String
  /// What was found, what was expected and how to repair it; no personal data.
  public var message: String
  /// Name of the member.
  public var member: String
  /// Line of the member, from 1; 0 when there is none.
  public var line: UInt64
  /// Column of the table or byte of the line, from 1; 0 when there is none.
  public var column: UInt64
  /// The value at fault, shown only when the user asks.
  public var value: String
  /// The row as written, for the rejects file.
  public var raw: String
  /// Kind of the record that the row would have been, or `nil`.
  public var kind: cbl_kind?

  /// A problem at a place.
  public init(
    _ severity: Severity, _ code: String, _ message: String, member: String = "",
    line: UInt64 = 0, column: UInt64 = 0, value: String = "", raw: String = "",
    kind: cbl_kind? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.member = member
    self.line = line
    self.column = column
    self.value = value
    self.raw = raw
    self.kind = kind
  }
}
