internal import AdapterHost
public import Domain
internal import Records

extension Conversion {
  /// Reads inputs as evidence, each piece with the line that it comes from.
  ///
  /// Results become evidence for the targets of their line items. A score of a single target that
  /// says whose it is stands in place of its result's score for that target. Rows that are wrong are
  /// left out and stand in the report. The file of rejected rows is there whether the reading goes
  /// well or not.
  ///
  /// - Parameters:
  ///   - paths: The inputs; `-` is standard input.
  ///   - reading: What the rows alone do not say.
  ///   - sink: Takes the evidence in the order of the input, and after it what takes evidence back.
  /// - Returns: What the input says beside evidence, and what was read.
  /// - Throws: ``InteropError`` or `AdapterHostError`, and what the sink throws.
  /// - Complexity: O(*n*) time in the number of rows; memory only for names and line items.
  public func evidence(
    of paths: [String], _ reading: EvidenceReading, into sink: any EvidenceSink
  ) throws -> EvidenceInput {
    try readingAgain {
      try openInputs(paths)
      let singles = try singleScores(paths)
      let rejects = try RejectsFile(
        options.rejectsPath, options: options.output, hidesValues: options.pseudonymizer != nil)
      ledger.onReport = { report, _ in try rejects?.note(report) }
      let stage = EvidenceStage(
        reading, without: singles, into: sink, ledger: ledger,
        memberNames: { [self] in name($0) })
      do {
        let edits = try read(into: stage, target: nil)
        try refuseRejectedIfStrict()
        try rejects?.commit()
        return stage.input(with: makeReport(target: nil, declared: [], edits: edits))
      } catch {
        if !isRestart(error) { try? rejects?.commit() }
        throw error
      }
    }
  }

  /// Reads the scores of inputs as rows that are dealt out by learner, in bounded memory.
  ///
  /// They are read by the same rule as evidence; what has no score or no target gives no row. Only
  /// results, scores of single targets and evidence, and the persons, classes, line items and
  /// alignments that they name, are read and checked. The adapter of the format `evidence` has to be
  /// in the catalog.
  ///
  /// - Parameters:
  ///   - paths: The inputs; `-` is standard input.
  ///   - reading: What the rows alone do not say.
  ///   - memory: How many bytes of rows stay in memory before they move to a temporary file.
  ///   - problem: Says what is wrong with a score; it is asked once for all that are equal. Rows
  ///     with a score that it rejects are rejected.
  /// - Returns: The rows, and what was read.
  /// - Throws: ``InteropError`` or `AdapterHostError`.
  public func scores(
    of paths: [String], _ reading: EvidenceReading, memory: Int = 256 << 20,
    problem: @escaping (EvidenceState, EvidenceTraits) -> Problem? = { _, _ in nil }
  ) throws -> (rows: ScoreRows, report: ConversionReport) {
    // What is needed of the input is a part of what a table of evidence needs.
    let target = try catalog.format(named: "evidence")
    defer { scope = nil }
    return try readingAgain {
      try openInputs(paths)
      let singles = try singleScores(paths)
      scope = singles.isEmpty ? .scores : .scoresAndSingles
      let stage = ScoreRowStage(
        ScoreRows(limit: memory), reading, without: singles, ledger: ledger,
        memberNames: { [self] in name($0) }, problem: problem)
      let edits = try read(into: stage, target: target)
      try refuseRejectedIfStrict()
      return (stage.rows, makeReport(target: nil, declared: [], edits: edits))
    }
  }

  /// The scores of single targets that say whose they are, read before everything else.
  ///
  /// Nothing is read where no format has such scores. What is wrong with them is told when they are
  /// read again with the rest.
  private func singleScores(_ paths: [String]) throws -> SingleScores {
    guard hasSingleScores else { return SingleScores() }
    let reading = ledger
    ledger = ConversionLedger()
    scope = .singles
    defer {
      ledger = reading
      scope = nil
    }
    let stage = SingleScoreStage()
    _ = try read(into: stage, target: nil)
    try openInputs(paths)
    return stage.taken()
  }
}
