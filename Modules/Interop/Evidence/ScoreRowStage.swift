internal import AdapterHost
internal import Domain
internal import Records
internal import Scanning

/// Collects scores from results and alignments, scores of single targets, or evidence records, as
/// rows of 16 bytes.
///
/// It reads by the same rule as ``EvidenceStage``; what has no score or no target gives no row.
final class ScoreRowStage: RecordStage {
  let rows: ScoreRows
  private let reading: EvidenceReading
  private let ledger: ConversionLedger
  private let memberNames: (Int) -> String
  private let singles: SingleScores
  private var targets = Interner()
  /// Learners of records whose persons have no numbers.
  private var people = Interner()
  /// The own number of each person, in the order in which results name them.
  private var learnerOf: [UInt32] = []
  private var items = AlignedItems()
  private var marks = EvidenceMarks()
  private var scoreNumbers: [EvidenceMark: UInt32] = [:]
  private let problem: (EvidenceState, EvidenceTraits) -> Problem?
  /// What is wrong with scores that are rejected, by what rows come to.
  private var faults: [EvidenceMark: EvidenceFault] = [:]
  /// Whether the row at hand was told as rejected or skipped.
  private var isTold = false
  private var recent = RecentScores()
  private let places = ResultPlaces()

  init(
    _ rows: ScoreRows, _ reading: EvidenceReading, without singles: consuming SingleScores,
    ledger: ConversionLedger, memberNames: @escaping (Int) -> String,
    problem: @escaping (EvidenceState, EvidenceTraits) -> Problem?
  ) {
    self.rows = rows
    self.reading = reading
    self.singles = singles
    self.ledger = ledger
    self.memberNames = memberNames
    self.problem = problem
  }

  func put(_ batch: StageBatch) throws {
    ledger.counts[batch.kind.number].written += batch.kind.isSourceLayer ? 0 : batch.count
    switch batch.kind {
    case .lineItem: items.takeItems(batch)
    case .scaleUse: items.takeScaleUses(batch)
    case .alignment: takeAlignments(batch)
    case .result: try takeResults(batch)
    case .targetResult: try takeTargetResults(batch)
    case .evidence: try takeEvidence(batch)
    default: break
    }
  }

  func finish() throws {}

  private func takeAlignments(_ batch: StageBatch) {
    let target = Places.of(.alignment).target
    for row in 0..<batch.count {
      guard let item = items.item(ofAlignment: row, of: batch),
        let target = unsafe number(ofTarget: batch.rows.text(target, of: row))
      else { continue }
      items.align(item, with: target)
    }
  }

  private func takeResults(_ batch: StageBatch) throws {
    items.index()
    let people = unsafe batch.numbers?.numbers(places.person)
    guard let numbers = unsafe batch.numbers?.numbers(places.lineItem) else { return }
    let texts = batch.rows
    for row in 0..<batch.count {
      if unsafe texts.text(places.status, of: row).elementsEqual("tobedeleted".utf8) { continue }
      let item = unsafe Int(numbers[row])
      let aligned = items.targets(of: item)
      guard !aligned.isEmpty,
        let learner = unsafe learner(
          texts.text(places.person, of: row), people.map { unsafe $0[row] }),
        let score = try score(row, batch, items.number(of: item))
      else {
        leaveOut()
        continue
      }
      let time = try rows.time(
        moment(texts, row, places.scoreDate, else: places.submitted))
      for place in aligned where !isReplaced(row, batch, items.target(at: place)) {
        try rows.append(
          ScoreRows.Row(
            learner: learner, target: items.target(at: place), score: score, time: time))
      }
    }
  }

  /// The number of a result's score; `nil` when there is none, or it is wrong, which is told.
  @inline(__always)
  private func score(_ row: Int, _ batch: StageBatch, _ work: UInt32) throws -> UInt32? {
    let key = places.key(of: row, in: batch.rows, work)
    if let key, let known = recent[key] { return known == .max ? nil : known }
    let fields = FieldTexts(batch.rows)
    let verdict = marks.verdict(row, of: batch.rows, common: work, reading) {
      EvidenceFields(result: fields, row, of: items.work(work))
    }
    let number = try number(of: verdict, row, batch)
    // What is wrong is told every time.
    if let key, !isTold { recent.enter(key, number ?? .max) }
    return number
  }

  private func takeTargetResults(_ batch: StageBatch) throws {
    let (texts, fields) = (batch.rows, FieldTexts(batch.rows))
    let places = Places.of(.targetResult)
    let people = unsafe batch.numbers?.numbers(places.person)
    for row in 0..<batch.count {
      guard unsafe !texts.text(places.status, of: row).elementsEqual("tobedeleted".utf8),
        let learner = unsafe learner(
          texts.text(places.person, of: row), people.map { unsafe $0[row] }),
        let target = unsafe number(ofTarget: texts.text(places.target, of: row))
      else { continue }
      let common: UInt32 = unsafe texts.text(places.result, of: row).count == 0 ? 1 : 0
      let verdict = marks.verdict(row, of: texts, common: common, reading) {
        EvidenceFields(targetResult: fields, row)
      }
      guard let score = try number(of: verdict, row, batch) else {
        leaveOut()
        continue
      }
      let time = try rows.time(moment(texts, row, self.places.targetDate, else: nil))
      try rows.append(ScoreRows.Row(learner: learner, target: target, score: score, time: time))
    }
  }

  private func takeEvidence(_ batch: StageBatch) throws {
    let (texts, fields) = (batch.rows, FieldTexts(batch.rows))
    let places = Places.of(.evidence)
    let people = unsafe batch.numbers?.numbers(places.person)
    for row in 0..<batch.count {
      let state = unsafe texts.text(self.places.evidenceState, of: row)
      guard unsafe !texts.text(places.status, of: row).elementsEqual("tobedeleted".utf8),
        unsafe !state.elementsEqual("reversed".utf8)
      else {
        throw InteropError(
          .badInput,
          "the input takes evidence back, which rows without identifiers cannot follow; grade it "
            + "learner by learner instead")
      }
      let verdict = marks.verdict(row, of: texts, common: 0, reading) {
        EvidenceFields(evidence: fields, row)
      }
      guard let target = unsafe number(ofTarget: texts.text(places.target, of: row)),
        let learner = unsafe learner(
          texts.text(places.person, of: row), people.map { unsafe $0[row] }),
        let score = try number(of: verdict, row, batch)
      else {
        leaveOut()
        continue
      }
      let time = try rows.time(moment(texts, row, self.places.occurred, else: nil))
      try rows.append(ScoreRows.Row(learner: learner, target: target, score: score, time: time))
    }
  }

  private func isReplaced(_ row: Int, _ batch: StageBatch, _ target: UInt32) -> Bool {
    guard !singles.isEmpty else { return false }
    let name = Array(rows.targetNames[Int(target)].utf8)
    return unsafe name.withUnsafeBytes { name in
      unsafe singles.contains(batch.rows.text(places.id, of: row), name)
    }
  }

  /// Seconds of the first of two dates that is there.
  @inline(__always)
  private func moment(
    _ texts: HostBatch, _ row: Int, _ first: Int, else second: Int?
  ) -> Int64 {
    var text = unsafe texts.text(first, of: row)
    if text.count == 0, let second { unsafe text = unsafe texts.text(second, of: row) }
    return unsafe ISOTime.seconds(text, offsetMinutes: reading.offsetMinutes) ?? ScoreRows.noTime
  }

  private func learner(_ id: UnsafeRawBufferPointer, _ person: UInt32?) -> UInt32? {
    guard id.count > 0, person != .max else { return nil }
    let number = unsafe Int(person ?? people.insert(id).number)
    while learnerOf.count <= number { learnerOf.append(.max) }
    if learnerOf[number] == .max {
      learnerOf[number] = UInt32(rows.learnerNames.count)
      unsafe rows.learnerNames.append(id)
    }
    return learnerOf[number]
  }

  private func number(ofTarget id: UnsafeRawBufferPointer) -> UInt32? {
    guard id.count > 0 else { return nil }
    let (number, isNew) = unsafe targets.insert(id)
    if isNew { unsafe rows.targetNames.append(id) }
    return number
  }

  /// The number of what a row comes to; `nil` without a score, and for what is told as wrong.
  private func number(
    of verdict: EvidenceMarks.Verdict, _ row: Int, _ batch: StageBatch
  ) throws -> UInt32? {
    switch verdict {
    case .mark(var mark):
      guard mark.state.score != nil else { return nil }
      if !reading.asksForRaters { mark.traits.rater = nil }
      if let known = scoreNumbers[mark] { return known }
      if let fault = try fault(of: mark, row, batch) {
        isTold = true
        try ledger.reject(fault, row, batch, memberNames)
        return nil
      }
      let number = UInt32(rows.scores.count)
      scoreNumbers[mark] = number
      rows.scores.append(ScoreRows.Score(state: mark.state, traits: mark.traits))
      return number
    case .other(let kind):
      isTold = true
      try ledger.skip(kind, row, batch, memberNames)
    case .fault(let fault):
      isTold = true
      try ledger.reject(fault, row, batch, memberNames)
    }
    return nil
  }

  /// Why a score that comes for the first time, or was rejected before, is rejected.
  private func fault(
    of mark: EvidenceMark, _ row: Int, _ batch: StageBatch
  ) throws -> EvidenceFault? {
    if let known = faults[mark] { return known }
    guard let problem = problem(mark.state, mark.traits) else { return nil }
    guard problem.severity == .rejected else {
      try ledger.note(
        problem,
        of: EvidenceRow(
          kind: batch.kind, member: memberNames(batch.rows.member(of: row)),
          line: batch.rows.line(of: row), raw: ""))
      return nil
    }
    let fault = EvidenceFault(problem.code.description, problem.message, problem.value ?? "")
    if faults.count < Self.mostFaults { faults[mark] = fault }
    return fault
  }

  private static let mostFaults = 1 << 16

  /// Counts a row that gives no score, when it was not told.
  private func leaveOut() {
    rows.leftOut += isTold ? 0 : 1
    isTold = false
  }
}
