/// Checks of an adapter whose table is sound.
enum CallChecks {
  typealias Check = @Sendable (Workbench) throws -> Void

  static let all: [String: Check] = declarations.merging(probes) { first, _ in first }
    .merging(records) { first, _ in first }
    .merging(calls) { first, _ in first }
    .merging(loans) { first, _ in first }
    .merging(process) { first, _ in first }
    .merging(writers) { first, _ in first }
    .merging(hostile) { first, _ in first }
    .merging(speed) { first, _ in first }
}
