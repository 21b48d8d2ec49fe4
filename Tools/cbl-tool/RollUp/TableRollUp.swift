import Domain
import Grading
import Interop
import Records

/// Rolls up gradebooks: the scores of all results, part by part.
struct TableRollUp {
  let policy: Policy
  let asOf: AsOf
  /// How many bytes of scores stay in memory.
  let limit: Int
  /// The most rejected rows with which results are written.
  let rejectLimit: Int
  /// How what is refused is told.
  let style: ReportStyle

  /// Reads inputs and writes the results as a table.
  ///
  /// - Returns: What was done, and what the reading says.
  func run(
    _ inputs: [String], with catalog: AdapterCatalog, options: ConversionOptions,
    progress: ProgressBar?, to output: OutputContainer
  ) throws -> (RollUpLines.Account, ConversionReport) {
    let conversion = Conversion(catalog: catalog, options: options)
    if let progress { conversion.onProgress { progress.show($0) } }
    let (rows, report) = try conversion.scores(
      of: inputs, EvidenceReading(policy), memory: limit,
      problem: { [policy] in policy.problem(with: $0, of: $1) })
    do { try RejectCheck.check(report, limit: rejectLimit) } catch {
      progress?.finish()
      try RejectCheck.tell(report, error, style: style)
      throw error
    }
    progress?.finish()
    var writer = MasteryWriter(output, .table, withKeys: false)
    var account = RollUpLines.Account()
    account.lines = rows.count
    account.leftOut = rows.leftOut
    var part = ScorePart(rows, policy)
    for number in 0..<ScoreRows.partCount {
      try rows.read(part: number) { try part.take($0, rows) }
      guard part.columns.count > 0 else { continue }
      account.learners += part.learnerCount
      let groups = EvidenceGroups(part.columns, for: policy, asOf: asOf)
      let rollUp: RollUp
      do throws(GradingError) { rollUp = try RollUp(policy, over: groups) } catch {
        throw ToolFailure(65, error.description)
      }
      account.observations += try writer.write(rollUp)
      part.removeRows()
    }
    try writer.flush()
    account.rows = writer.rows
    return (account, report)
  }
}

/// The scores of some learners as a log in columns.
private struct ScorePart {
  private(set) var columns = EvidenceColumns()
  private let targets: [UInt32]
  private let states: [UInt32]
  private let traits: [UInt32]
  /// The number in the columns of each learner, and for which part it stands.
  private var learners: [UInt32]
  private var met: [Int] = []

  /// The number of learners.
  var learnerCount: Int { met.count }

  init(_ rows: ScoreRows, _ policy: Policy) {
    var columns = EvidenceColumns()
    // Numbers in the order of the names put the results in that order too.
    let names = (0..<rows.targetNames.count).map { CompetencyID(rows.targetNames[$0]) }
    for name in names.sorted() { _ = columns.number(of: name) }
    targets = names.map { columns.number(of: $0) }
    traits = rows.scores.map { columns.number(of: $0.traits) }
    states = rows.scores.map { columns.number(of: $0.state) }
    self.columns = columns
    learners = [UInt32](repeating: .max, count: rows.learnerNames.count)
  }

  /// Adds rows.
  mutating func take(_ run: Span<ScoreRows.Row>, _ rows: ScoreRows) throws {
    for index in 0..<run.count {
      let row = run[index]
      let learner = Int(row.learner)
      if learners[learner] == .max {
        learners[learner] = columns.number(of: LearnerID(rows.learnerNames[learner]))
        met.append(learner)
      }
      let moment = rows.seconds(of: row.time) ?? Self.before
      try columns.append(
        learner: learners[learner], target: targets[Int(row.target)],
        state: states[Int(row.score)], traits: traits[Int(row.score)], occurred: moment,
        recorded: moment)
    }
  }

  /// Empties the columns for the next part.
  mutating func removeRows() {
    columns.removeRows()
    for learner in met { learners[learner] = .max }
    met.removeAll(keepingCapacity: true)
  }

  /// Scores without a date come before all others.
  private static let before: Int64 = -62_135_596_800
}
