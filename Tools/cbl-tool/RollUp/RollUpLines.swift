import Domain
import Grading
import Interop

/// Rolls up lines that come learner by learner, in constant memory.
struct RollUpLines {
  /// How many rows are judged at once, when a learner has no more.
  private static let batch = 50_000

  let policy: Policy
  let fields: LineColumns
  let asOf: AsOf
  let hasTrailer: Bool

  /// What was done.
  struct Account {
    var lines = 0
    var observations = 0
    var rows = 0
    var learners = 0
    var keys: UInt64 = 0
    /// How many results of gradebooks have no score or no target.
    var leftOut = 0

    /// The account as JSON.
    var json: JSONValue {
      .object([
        ("lines", .number(lines)), ("learners", .number(learners)),
        ("observations", .number(observations)), ("results", .number(rows)),
        ("leftOut", .number(leftOut)),
      ])
    }
  }

  /// Reads an input to its end and writes the results.
  ///
  /// - Throws: ``ToolFailure`` with 65 for a line that cannot be read; then the output is not
  ///   complete, and has no trailer.
  func run(from input: String, to output: OutputContainer) throws -> Account {
    var lines = try EvidenceLines(input)
    var evidence = LineEvidence(fields, policy)
    var order = LearnerOrder()
    var writer = MasteryWriter(output, .lines, withKeys: hasTrailer)
    var account = Account()
    let place = input == "-" ? "standard input" : input
    func fail(_ problem: String) -> ToolFailure {
      ToolFailure(65, "\(place): line \(account.lines) \(problem)")
    }
    while let line = try lines.next() {
      account.lines += 1
      if let problem = evidence.split(line) { throw fail(problem) }
      if evidence.isNewLearner(line) {
        if evidence.columns.count >= Self.batch {
          account.observations += try write(&evidence, &writer)
        }
        if let problem = evidence.beginLearner(line) { throw fail(problem) }
        if let problem = order.take(evidence.learnerBytes) { throw fail(problem) }
        if hasTrailer, evidence.learnerBytes.elementsEqual("#trailer".utf8) {
          throw fail("is about a learner \"#trailer\", which is how the trailer begins")
        }
        account.learners += 1
      }
      if let problem = try evidence.add(line) { throw fail(problem) }
    }
    account.observations += try write(&evidence, &writer)
    account.rows = writer.rows
    account.keys = writer.keys
    if hasTrailer {
      writer.writeTrailer(
        lines: account.lines, observations: account.observations, policy: policy.digest)
    }
    try writer.flush()
    return account
  }

  private func write(
    _ evidence: inout LineEvidence, _ writer: inout MasteryWriter
  ) throws -> Int {
    guard evidence.columns.count > 0 else { return 0 }
    let groups = EvidenceGroups(evidence.columns, for: policy, asOf: asOf)
    let rollUp: RollUp
    do throws(GradingError) { rollUp = try RollUp(policy, over: groups) } catch {
      throw ToolFailure(65, error.description)
    }
    let observations = try writer.write(rollUp)
    evidence.removeRows()
    return observations
  }
}
