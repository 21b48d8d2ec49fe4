internal import AdapterHost

extension Conversion {
  /// Reads inputs as a table of evidence.
  ///
  /// - Parameter paths: The inputs; `-` is standard input.
  /// - Returns: The table, and what was read.
  /// - Throws: ``InteropError`` or `AdapterHostError`.
  public func table(of paths: [String]) throws -> (table: EvidenceTable, report: ConversionReport) {
    try readingAgain {
      try openInputs(paths)
      let stage = EvidenceTableStage()
      let edits = try read(into: stage, target: nil)
      return (stage.table, makeReport(target: nil, declared: [], edits: edits))
    }
  }

  /// Reads inputs as evidence, each piece with the line that it comes from.
  ///
  /// Results become evidence for the targets of their line items, unless a score of its own speaks
  /// for a target. Rows that are wrong are left out and stand in the report.
  ///
  /// - Parameters:
  ///   - paths: The inputs; `-` is standard input.
  ///   - reading: What the rows alone do not say.
  /// - Throws: ``InteropError`` or `AdapterHostError`.
  /// - Complexity: O(*n*) time and memory in the number of rows.
  public func evidence(of paths: [String], _ reading: EvidenceReading) throws -> EvidenceInput {
    try readingAgain {
      try openInputs(paths)
      let stage = EvidenceEventStage(
        reading, ledger: ledger, memberNames: { [self] in name($0) })
      let edits = try read(into: stage, target: nil)
      try refuseRejectedIfStrict()
      return stage.input(with: makeReport(target: nil, declared: [], edits: edits))
    }
  }

  /// Reads the scores of inputs as rows that are dealt out by learner, in bounded memory.
  ///
  /// A result gives a row for each target of its line item; what has no score or no target gives
  /// none. Only results and evidence, and the persons, classes, line items and alignments that they
  /// name, are read and checked. Scores that a result gives to single targets are not among them. The
  /// adapter of the format `evidence` has to be in the catalog.
  ///
  /// - Parameters:
  ///   - paths: The inputs; `-` is standard input.
  ///   - offsetMinutes: Minutes to the east of UTC, for dates without a zone.
  ///   - memory: How many bytes of rows stay in memory before they move to a temporary file.
  /// - Returns: The rows, and what was read.
  /// - Throws: ``InteropError`` or `AdapterHostError`.
  public func scores(
    of paths: [String], offsetMinutes: Int = 0, memory: Int = 256 << 20
  ) throws -> (rows: EvidenceRows, report: ConversionReport) {
    // What is needed of the input is a part of what a table of evidence needs.
    let target = try catalog.format(named: "evidence")
    scope = .scores
    defer { scope = nil }
    return try readingAgain {
      try openInputs(paths)
      let stage = EvidenceRowStage(EvidenceRows(limit: memory), offsetMinutes: offsetMinutes)
      let edits = try read(into: stage, target: target)
      try refuseRejectedIfStrict()
      return (stage.rows, makeReport(target: nil, declared: [], edits: edits))
    }
  }
}
