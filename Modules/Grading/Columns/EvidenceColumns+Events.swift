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
      attempt: traits.attempt, assessment: assessment(of: row), artefact: artefact(of: row),
      context: traits.context,
      depth: traits.depth, trust: traits.trust, rater: traits.rater)
  }

  func assessment(of row: Int) -> ID<Assessment>? { name(in: assessments, row, assessmentNames) }

  func artefact(of row: Int) -> ID<Artefact>? { name(in: artefacts, row, artefactNames) }

  func sortByIdentifier(_ rows: inout [Int]) {
    rows.sort { identifiers.precedes($0, $1) }
  }

  private func name<Value>(
    in column: [UInt32], _ row: Int, _ names: NumberedValues<Value>
  ) -> Value? {
    guard !column.isEmpty, column[row] != Self.none else { return nil }
    return names[column[row]]
  }
}

extension EvidenceColumns {
  /// Adds an entry of a log, or tells what is wrong with it as ``EvidenceIntake`` does.
  ///
  /// - Parameters:
  ///   - event: The entry.
  ///   - problems: Takes what no history can have: evidence whose identifier is taken, reversals of
  ///     what is not there or was taken back before, evidence for which there is no room.
  /// - Returns: Whether it was added.
  /// - Complexity: O(1) expected, amortised.
  @discardableResult
  public mutating func append(
    _ event: EvidenceEvent, reporting problems: some ProblemReporter
  ) -> Bool {
    guard let problem = add(event).problem else { return true }
    problems.report(problem)
    return false
  }

  /// Adds an entry of a log.
  ///
  /// - Parameter event: The entry.
  /// - Returns: What is wrong with it, as ``append(_:reporting:)`` tells it, `nil` when it was added;
  ///   and for a piece of evidence the numbers of its state and traits, as one.
  package mutating func add(_ event: EvidenceEvent) -> (problem: Problem?, numbers: UInt64) {
    switch event {
    case .recorded(let piece):
      if let row = row(of: piece.id) {
        let isSame = evidence(at: row).json == piece.json
        return (EvidenceIntake.duplicate(piece, isSame: isSame), 0)
      }
      do throws(GradingError) { try append(event) } catch {
        var problem = error.problem(.rejected)
        problem.place = piece.provenance?.place ?? Place()
        return (problem, 0)
      }
      return (nil, UInt64(states.last ?? 0) << 32 | UInt64(traits.last ?? 0))
    case .reversed(let reversal):
      let row = row(of: reversal.evidence)
      do throws(GradingError) {
        try reverse(row: row ?? -1, recorded: reversal.recorded)
      } catch {
        return (EvidenceIntake.unfounded(reversal, isKnown: row != nil), 0)
      }
      return (nil, 0)
    }
  }

  /// Gives back the memory that finding rows by their identifiers takes, 5 to 11 bytes a row.
  ///
  /// It is taken again when a row is looked for.
  package mutating func removeIndex() { identifiers.removeIndex() }

  /// The rows of each learner, learners in the order of their identifiers.
  ///
  /// - Complexity: O(*n* + *m* log *m*) in the number of rows and learners.
  package func rowsByLearner() -> [(learner: LearnerID, rows: [Int])] {
    var rows = [[Int]](repeating: [], count: learnerNames.count)
    for (row, learner) in learners.enumerated() { rows[Int(learner)].append(row) }
    return learnerNames.values.enumerated().map { ($1, rows[$0]) }.sorted {
      $0.learner < $1.learner
    }
  }

  /// The history that some rows are.
  package func history(of rows: [Int]) -> EvidenceHistory {
    var history = EvidenceHistory()
    for row in rows { try? history.append(.recorded(evidence(at: row))) }
    for row in rows {
      guard let moment = reversals[UInt32(row)] else { continue }
      let id = identifiers[row]
      try? history.append(
        .reversed(
          Reversal(
            id: ID("reversal of \(id)"), of: ID(id), reason: "", actor: "", recorded: moment)))
    }
    return history
  }

  /// The rows of one learner.
  ///
  /// - Complexity: O(*n*) in the number of rows.
  package func rows(of learner: LearnerID) -> [Int] {
    guard let number = learnerNames.find(learner) else { return [] }
    return learners.indices.filter { learners[$0] == number }
  }

  /// The learners, in the order in which the log names them.
  package var learnersNamed: [LearnerID] { learnerNames.values }

  /// The targets, in the order in which the log names them, and how many rows each has.
  package var targetsNamed: [(target: CompetencyID, rows: Int)] {
    var counts = [Int](repeating: 0, count: targetNames.count)
    for target in targets where target != Self.none { counts[Int(target)] += 1 }
    return zip(targetNames.values, counts).map { ($0, $1) }
  }

  /// Gives targets other names; those that get one name are one from then on.
  package mutating func renameTargets(_ names: [CompetencyID: CompetencyID]) {
    guard targetNames.values.contains(where: { names[$0] != nil }) else { return }
    let old = targetNames.values
    targetNames = NumberedValues()
    let numbers = old.map { targetNames.number(of: names[$0] ?? $0) }
    for row in targets.indices where targets[row] != Self.none {
      targets[row] = numbers[Int(targets[row])]
    }
  }
}
