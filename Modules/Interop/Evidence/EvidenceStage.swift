internal import AdapterHost
internal import Domain
internal import Records

/// Hands evidence to a sink, from results and alignments, scores of single targets, or evidence
/// records, each piece with the line that it comes from.
final class EvidenceStage: RecordStage {
  private let reading: EvidenceReading
  private let sink: any EvidenceSink
  private let ledger: ConversionLedger
  private let memberNames: (Int) -> String
  private let singles: SingleScores
  private var marks = EvidenceMarks()
  private var dates: EvidenceDates
  private var learners = NamedNumbers()
  private var targetNames = NamedNumbers()
  private var items = NamedNumbers()
  private var works: [Item] = []
  private var workNumbers: [ItemWork: UInt32] = [:]
  private var reversals: [(event: EvidenceEvent, row: EvidenceRow)] = []
  /// Whether a piece of the row at hand was refused; the others of the row are then passed over in
  /// silence when they are refused too.
  private var isRowRefused = false
  private var targets: [EvidenceInput.Target] = []
  private var targetPlaces: [String: Int] = [:]
  private var undated = 0
  private var count = 0
  private var member: (number: Int, name: String) = (-1, "")

  /// What is known of a line item.
  private struct Item {
    var work = ItemWork()
    /// Stands for the work among those that are known.
    var number: UInt32 = 0
    var due: PartialDate?
    var targets: [UInt32] = []
  }

  init(
    _ reading: EvidenceReading, without singles: consuming SingleScores,
    into sink: any EvidenceSink,
    ledger: ConversionLedger, memberNames: @escaping (Int) -> String
  ) {
    self.reading = reading
    self.singles = singles
    self.sink = sink
    self.ledger = ledger
    self.memberNames = memberNames
    dates = EvidenceDates(offsetMinutes: reading.offsetMinutes)
    sink.begin()
  }

  func input(with report: ConversionReport) -> EvidenceInput {
    EvidenceInput(targets: targets, undated: undated, report: report)
  }

  func put(_ batch: StageBatch) throws {
    ledger.counts[batch.kind.number].written += batch.kind.isSourceLayer ? 0 : batch.count
    let fields = FieldTexts(batch.rows)
    for row in 0..<batch.count {
      isRowRefused = false
      switch batch.kind {
      case .target: takeTarget(fields, row)
      case .association: takeAssociation(fields, row)
      case .lineItem: try takeItem(fields, row, batch)
      case .scaleUse: takeScaleUse(fields, row)
      case .alignment: takeAlignment(fields, row)
      case .result: try takeResult(fields, row, batch)
      case .targetResult: try takeTargetResult(fields, row, batch)
      case .evidence: try takeEvidence(fields, row, batch)
      default: return
      }
    }
  }

  func finish() throws {
    for (event, row) in reversals {
      if let problem = try sink.take(event) { try ledger.note(problem, of: row) }
    }
  }

  private func takeTarget(_ fields: FieldTexts, _ row: Int) {
    guard fields["status", row] != "tobedeleted", let id = fields["id", row],
      targetPlaces[id] == nil
    else { return }
    targetPlaces[id] = targets.count
    targets.append(
      EvidenceInput.Target(
        id: ID(id), code: fields["code", row].map { Identifier($0) }, parents: []))
  }

  private func takeAssociation(_ fields: FieldTexts, _ row: Int) {
    let isParent = ["ischildof", "child"].contains(fields["type", row]?.lowercased() ?? "")
    guard isParent, let child = fields["fromTarget", row].flatMap({ targetPlaces[$0] }),
      let parent = fields["toTarget", row]
    else { return }
    targets[child].parents.append(ID(parent))
  }

  private func number(ofItem id: UnsafeRawBufferPointer) -> Int? {
    guard let number = unsafe items.number(of: id) else { return nil }
    while works.count <= Int(number) { works.append(Item()) }
    return Int(number)
  }

  private func takeItem(_ fields: FieldTexts, _ row: Int, _ batch: StageBatch) throws {
    let id = unsafe batch.rows.text(Places.of(.lineItem).id, of: row)
    guard let item = unsafe number(ofItem: id) else { return }
    set(ItemWork(fields, row), of: item)
    // What is wrong with it was told by the check of values.
    works[item].due = fields["dueDate", row].flatMap { PartialDate($0) }
  }

  private func set(_ work: ItemWork, of item: Int) {
    works[item].work = work
    works[item].number = workNumbers[work] ?? UInt32(workNumbers.count + 1)
    workNumbers[work] = works[item].number
  }

  private func takeScaleUse(_ fields: FieldTexts, _ row: Int) {
    guard var owner = fields["owner", row], let scale = fields["scale", row],
      !(fields["ownerKind", row] ?? "").hasPrefix("result"),
      let item = owner.withUTF8({ unsafe items.find(UnsafeRawBufferPointer($0)) }).map({ Int($0) }),
      works.count > item, works[item].work.scale == nil
    else { return }
    var work = works[item].work
    work.scale = scale
    set(work, of: item)
  }

  private func takeAlignment(_ fields: FieldTexts, _ row: Int) {
    guard fields["status", row] != "tobedeleted", var owner = fields["owner", row],
      var target = fields["target", row], ["line_item", nil].contains(fields["ownerKind", row]),
      let item = owner.withUTF8({ unsafe number(ofItem: UnsafeRawBufferPointer($0)) }),
      let number = target.withUTF8({
        unsafe targetNames.number(of: UnsafeRawBufferPointer($0))
      }), !works[item].targets.contains(number)
    else { return }
    works[item].targets.append(number)
  }

  private func takeResult(_ fields: FieldTexts, _ row: Int, _ batch: StageBatch) throws {
    let (rows, places) = (batch.rows, Places.of(.result))
    guard unsafe !rows.text(places.status, of: row).elementsEqual("tobedeleted".utf8),
      let learner = unsafe learners.number(of: rows.text(places.person, of: row))
    else { return }
    let itemID = unsafe rows.text(places.lineItem, of: row)
    let place = unsafe number(ofItem: itemID)
    let item = place.map { works[$0] } ?? Item()
    let verdict = marks.verdict(row, of: rows, common: item.number, reading) {
      EvidenceFields(result: fields, row, of: item.work)
    }
    guard let mark = try mark(verdict, row, batch) else { return }
    let id = unsafe rows.text(places.id, of: row)
    var piece = EvidencePiece(mark: mark, learner: learners.names[Int(learner)])
    piece.assessment = place.map { items.names[$0] }
    let submitted = unsafe rows.text(places.submitted, of: row)
    var occurred = unsafe rows.text(Self.scoreDate, of: row)
    if occurred.count == 0 { unsafe occurred = unsafe submitted }
    do throws(EvidenceFault) {
      try unsafe setTimes(
        of: &piece, occurred, recorded: rows.text(places.modified, of: row), submitted: submitted)
      piece.due = item.due
    } catch { return try reject(error, row, batch) }
    var aligned = item.targets.map { Optional(targetNames.names[Int($0)]) }
    if aligned.isEmpty { aligned = [reading.usesLineItems ? piece.assessment : nil] }
    let name = unsafe Self.identifier(id)
    for target in aligned {
      if let target, try unsafe isReplaced(id, target) { continue }
      piece.target = target
      piece.id = name
      if aligned.count > 1, let name, let target { piece.id = Identifier("\(name)/\(target)") }
      try take(piece, row, batch)
    }
  }

  private func isReplaced(_ result: UnsafeRawBufferPointer, _ target: Identifier) throws -> Bool {
    guard !singles.isEmpty else { return false }
    var text = target.text
    return text.withUTF8 { unsafe singles.contains(result, UnsafeRawBufferPointer($0)) }
  }

  private func takeTargetResult(_ fields: FieldTexts, _ row: Int, _ batch: StageBatch) throws {
    let (rows, places) = (batch.rows, Places.of(.targetResult))
    guard unsafe !rows.text(places.status, of: row).elementsEqual("tobedeleted".utf8),
      let learner = unsafe learners.number(of: rows.text(places.person, of: row)),
      let target = unsafe targetNames.number(of: rows.text(places.target, of: row))
    else { return }
    let result = fields["result", row]
    let verdict = marks.verdict(row, of: rows, common: result == nil ? 1 : 0, reading) {
      EvidenceFields(targetResult: fields, row)
    }
    guard let mark = try mark(verdict, row, batch) else { return }
    var piece = EvidencePiece(mark: mark, learner: learners.names[Int(learner)])
    piece.target = targetNames.names[Int(target)]
    piece.id = fields["id", row].map { Identifier($0) }
    if piece.id == nil, let result { piece.id = Identifier("\(result)/\(piece.target ?? "")") }
    do throws(EvidenceFault) {
      try unsafe setTimes(
        of: &piece, rows.text(Self.targetDate, of: row),
        recorded: rows.text(places.modified, of: row), submitted: Self.nothing)
    } catch { return try reject(error, row, batch) }
    try take(piece, row, batch)
  }

  private func takeEvidence(_ fields: FieldTexts, _ row: Int, _ batch: StageBatch) throws {
    let (rows, places) = (batch.rows, Places.of(.evidence))
    let (status, state) = unsafe (rows.text(places.status, of: row), rows.text(Self.state, of: row))
    let isDeleted = unsafe status.elementsEqual("tobedeleted".utf8)
    let isReversed = state.count == 8 && fields["state", row]?.lowercased() == "reversed"
    if isDeleted || isReversed { return try takeReversal(fields, row, batch) }
    guard let learner = unsafe learners.number(of: rows.text(places.person, of: row)) else {
      let fault = EvidenceFault(
        "evidence.no_learner", "the row says of no learner; add the learner or take it out", "")
      return try reject(fault, row, batch)
    }
    let verdict = marks.verdict(row, of: rows, common: 0, reading) {
      EvidenceFields(evidence: fields, row)
    }
    guard let mark = try mark(verdict, row, batch) else { return }
    var piece = EvidencePiece(mark: mark, learner: learners.names[Int(learner)])
    if let item = unsafe items.number(of: rows.text(places.lineItem, of: row)) {
      piece.assessment = items.names[Int(item)]
    }
    if let target = unsafe targetNames.number(of: rows.text(places.target, of: row)) {
      piece.target = targetNames.names[Int(target)]
    } else if reading.usesLineItems {
      piece.target = piece.assessment
    }
    piece.id = unsafe Self.identifier(rows.text(places.id, of: row))
    piece.artefact = unsafe Self.identifier(rows.text(Self.artefact, of: row))
    do throws(EvidenceFault) {
      try unsafe setTimes(
        of: &piece, rows.text(Self.occurred, of: row), recorded: recordedText(rows, row),
        submitted: Self.nothing)
    } catch { return try reject(error, row, batch) }
    try take(piece, row, batch)
  }

  private func takeReversal(_ fields: FieldTexts, _ row: Int, _ batch: StageBatch) throws {
    guard let id = fields["id", row] else {
      let fault = EvidenceFault(
        "evidence.reversal_without_id",
        "a row that takes evidence back needs the identifier of that evidence; add it", "")
      return try reject(fault, row, batch)
    }
    let recorded: Instant
    do throws(EvidenceFault) {
      recorded = try unsafe dates.recorded(recordedText(batch.rows, row))
    } catch { return try reject(error, row, batch) }
    let reversal = Reversal(
      id: ID("reversal of \(id)"), of: ID(id), reason: fields["comment", row] ?? "",
      actor: ID(fields["rater", row] ?? ""), recorded: recorded,
      provenance: Provenance(place: place(of: row, batch)))
    reversals.append((.reversed(reversal), origin(of: row, batch)))
  }

  /// When an evidence record was recorded, or what stands for it.
  private func recordedText(_ rows: HostBatch, _ row: Int) -> UnsafeRawBufferPointer {
    for place in [Self.recorded, Places.of(.evidence).modified] {
      let text = unsafe rows.text(place, of: row)
      if text.count > 0 { return unsafe text }
    }
    return unsafe rows.text(Self.occurred, of: row)
  }

  private func setTimes(
    of piece: inout EvidencePiece, _ occurred: UnsafeRawBufferPointer,
    recorded: UnsafeRawBufferPointer,
    submitted: UnsafeRawBufferPointer
  ) throws(EvidenceFault) {
    piece.occurred = try unsafe dates.occurred(occurred)
    piece.recorded = try unsafe dates.recorded(recorded.count > 0 ? recorded : occurred)
    piece.submitted = try unsafe dates.date(submitted, "date of handing in")
  }

  private static func place(_ name: String, _ kind: RecordKind) -> Int {
    RecordSchema.of(kind).field(name)?.index ?? 0
  }

  private static let scoreDate = place("scoreDate", .result)
  private static let targetDate = place("date", .targetResult)
  private static let state = place("state", .evidence)
  private static let occurred = place("occurred", .evidence)
  private static let recorded = place("recorded", .evidence)
  private static let artefact = place("artefact", .evidence)
  private static var nothing: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  }

  private static func identifier(_ text: UnsafeRawBufferPointer) -> Identifier? {
    unsafe text.count > 0 ? Identifier(String(decoding: text, as: UTF8.self)) : nil
  }
}

extension EvidenceStage {
  /// Hands on a piece of evidence.
  private func take(_ piece: EvidencePiece, _ row: Int, _ batch: StageBatch) throws {
    var id = piece.id
    if id == nil {
      let line = batch.rows.line(of: row)
      let (input, _) = RowOrigin.split(batch.rows.member(of: row))
      let number = line > 0 ? "line-\(line)" : "row-\(count + 1)"
      var name = input > 0 ? "input-\(input + 1)-\(number)" : number
      if batch.kind != .evidence, let target = piece.target { name += "/\(target)" }
      id = Identifier(name)
    }
    if piece.occurred == nil { undated += 1 }
    count += 1
    let evidence = piece.evidence(id: id ?? "", at: place(of: row, batch))
    guard let problem = try sink.take(.recorded(evidence)) else { return }
    let refuses = problem.severity == .rejected || problem.severity == .skipped
    if refuses, isRowRefused { return }
    isRowRefused = isRowRefused || refuses
    try ledger.note(problem, of: origin(of: row, batch))
  }

  private func origin(of row: Int, _ batch: StageBatch) -> EvidenceRow {
    EvidenceRow(
      kind: batch.kind, member: memberNames(batch.rows.member(of: row)),
      line: batch.rows.line(of: row), raw: RowText.describe(row, of: batch.rows))
  }

  private func place(of row: Int, _ batch: StageBatch) -> Place {
    let number = batch.rows.member(of: row)
    if member.number != number { member = (number, memberNames(number)) }
    let line = batch.rows.line(of: row)
    return Place(file: member.name, line: line > 0 ? Int(clamping: line) : nil)
  }

  /// What a row comes to; `nil` when it is left out, which is told.
  private func mark(
    _ verdict: EvidenceMarks.Verdict, _ row: Int, _ batch: StageBatch
  ) throws -> EvidenceMark? {
    switch verdict {
    case .mark(let mark): return mark
    case .other(let kind): try ledger.skip(kind, row, batch, memberNames)
    case .fault(let fault): try reject(fault, row, batch)
    }
    return nil
  }

  private func reject(_ fault: EvidenceFault, _ row: Int, _ batch: StageBatch) throws {
    try ledger.reject(fault, row, batch, memberNames)
  }
}
