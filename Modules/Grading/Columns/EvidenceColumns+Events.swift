public import Domain

extension EvidenceColumns {
  /// Adds an entry of a log, as `EvidenceHistory` does.
  ///
  /// - Parameter event: The entry.
  /// - Throws: ``GradingError`` with the code `invalidEvidence` for evidence that is already there
  ///   or a reversal of nothing, or `limitExceeded`; then nothing is added.
  /// - Complexity: O(1) expected, amortised, and 8 bytes a row for the identifiers.
  public mutating func append(_ event: EvidenceEvent) throws(GradingError) {
    switch event {
    case .recorded(let piece):
      try checkRoom()
      guard row(of: piece.id) == nil else {
        throw GradingError(
          .invalidEvidence,
          "Evidence \"\(piece.id)\" is already there; give new evidence an identifier of its own.")
      }
      guard identifiers.count == count,
        piece.id.identifier.utf8.count <= IdentifierColumn.longest
      else {
        throw GradingError(
          .limitExceeded,
          "Evidence \"\(piece.id.identifier.text.prefix(64))\" has an identifier of more than "
            + "\(IdentifierColumn.longest) bytes, or comes after rows without identifiers.")
      }
      append(checked: piece)
    case .reversed(let reversal):
      guard let row = row(of: reversal.evidence), reversals[UInt32(row)] == nil else {
        throw GradingError(
          .invalidEvidence,
          "The reversal \"\(reversal.id)\" takes back evidence \"\(reversal.evidence)\", which is "
            + "not there or was taken back before; check the identifier.")
      }
      try reverse(row: row, recorded: reversal.recorded)
    }
  }

  /// A row as a piece of evidence.
  ///
  /// - Parameter row: The row, from 0.
  public func evidence(at row: Int) -> Evidence {
    let traits = traitValues[traits[row]]
    let target = targets[row]
    let moment = recorded.date(at: row)?.earliest(offsetMinutes: 0)
    let date = occurred.date(at: row)
    guard let moment, let date else {
      preconditionFailure("row \(row) has no times, which append(_:) does not allow")
    }
    return Evidence(
      id: ID(identifiers[row]), learner: learnerNames[learners[row]],
      competency: target == Self.none ? nil : targetNames[target],
      state: stateValues[states[row]], kind: traits.kind, purpose: traits.purpose,
      times: EvidenceTimes(
        occurred: date, recorded: moment, due: due?.date(at: row),
        submitted: submitted?.date(at: row)),
      attempt: traits.attempt, assessment: name(in: assessments, row, assessmentNames),
      artefact: name(in: artefacts, row, artefactNames), context: traits.context,
      depth: traits.depth, trust: traits.trust, rater: traits.rater)
  }

  private func name<Value>(
    in column: [UInt32], _ row: Int, _ names: NumberedValues<Value>
  ) -> Value? {
    guard !column.isEmpty, column[row] != Self.none else { return nil }
    return names[column[row]]
  }
}
