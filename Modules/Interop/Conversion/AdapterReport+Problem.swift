package import AdapterHost
package import Domain

extension AdapterReport {
  /// A problem of our modules as one of the reading.
  package init(_ problem: Problem) {
    let severity: Severity =
      switch problem.severity {
      case .note: .note
      case .warning: .warning
      case .skipped: .skipped
      case .rejected: .rejected
      case .error, .fatal: .fatal
      }
    self.init(
      severity, problem.code.description, problem.message, member: problem.place.file ?? "",
      line: UInt64(clamping: problem.place.line ?? 0),
      column: UInt64(clamping: problem.place.column ?? 0), value: problem.value ?? "")
  }
}
