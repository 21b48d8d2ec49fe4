internal import AdapterKit
internal import CAdapterABI

/// Reports the first rows with a kind of problem one by one and counts the others, so that a file
/// that is odd in every row does not drown the user.
struct ProblemLimiter {
  /// Rows that are named for each code.
  static let limit = 100

  private struct Count {
    var code: String
    var message: String
    var count: Int
  }

  let member: String
  private var counts: [Count] = []

  init(member: String) {
    self.member = member
  }

  /// Reports a deviation that was read, or counts it.
  mutating func warn(
    _ finding: Finding, host: HostLink, line: UInt64, column: Int = 0, value: Text = .absent,
    kind: cbl_kind
  ) throws(AdapterError) {
    let place: Int
    if let known = counts.firstIndex(where: { $0.code == finding.code }) {
      place = known
    } else {
      place = counts.count
      counts.append(Count(code: finding.code, message: finding.message, count: 0))
    }
    counts[place].count += 1
    guard counts[place].count <= Self.limit else { return }
    try host.report(
      RecordProblem(
        .warning, finding.code, finding.message, member: member, line: line,
        column: UInt64(column), value: value.string, kind: kind))
  }

  /// Sets how many rows had a problem, when the caller counted them.
  mutating func add(_ total: Int, _ finding: Finding) {
    guard let place = counts.firstIndex(where: { $0.code == finding.code }) else { return }
    counts[place].count = total
  }

  /// Says how many rows were counted and not named.
  func finish(_ host: HostLink, kind: cbl_kind) throws(AdapterError) {
    for count in counts where count.count > Self.limit {
      try host.report(
        RecordProblem(
          .warning, count.code,
          "\(count.message); \(count.count - Self.limit) more rows of this file are alike",
          member: member, kind: kind))
    }
  }
}
