/// How bad a problem is, from mild to grave.
///
/// The names are part of the text and JSON output and do not change.
public enum Severity: String, Hashable, Sendable, Comparable, CaseIterable,
  CustomStringConvertible
{
  /// Worth knowing; nothing is lost.
  case note
  /// Read and kept, but not as the rules of the format have it.
  case warning
  /// One record was left out because it needs none or was filtered by a rule.
  case skipped
  /// One record was left out because it is wrong.
  case rejected
  /// One part of the work could not be done; other parts went on.
  case error
  /// The work could not go on.
  case fatal

  /// The name that is shown.
  public var description: String { rawValue }

  /// Orders severities from mild to grave.
  public static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .skipped: 2
    case .rejected: 3
    case .error: 4
    case .fatal: 5
    }
  }
}
