internal import AdapterHost
internal import Domain
internal import Records

/// Collects evidence as values from results and alignments, scores of single targets, or evidence
/// records, with the line that each comes from.
final class EvidenceEventStage: RecordStage {
  private let reading: EvidenceReading
  private let ledger: ConversionLedger
  private let memberNames: (Int) -> String
  private var events: [EvidenceEvent] = []
  /// The events that are of results, with the result and target, by their places.
  private var results: [Int: ResultTarget] = [:]
  private var reversals: [EvidenceEvent] = []
  private var items: [String: Item] = [:]
  private var targets: [EvidenceInput.Target] = []
  private var targetPlaces: [String: Int] = [:]
  /// Results and targets for which a score of its own speaks.
  private var replaced: Set<ResultTarget> = []
  private var undated = 0

  private struct ResultTarget: Hashable {
    var result: String
    var target: String
  }

  /// What is known of a line item.
  private struct Item {
    var maximum: String?
    var kind: String?
    var due: String?
    var scale: String?
    var scoreKind: String?
    var targets: [String] = []
  }

  init(
    _ reading: EvidenceReading, ledger: ConversionLedger, memberNames: @escaping (Int) -> String
  ) {
    self.reading = reading
    self.ledger = ledger
    self.memberNames = memberNames
  }

  func input(with report: ConversionReport) -> EvidenceInput {
    if !replaced.isEmpty {
      events = events.enumerated().filter { place, _ in
        results[place].map { !replaced.contains($0) } ?? true
      }.map(\.element)
    }
    events += reversals
    return EvidenceInput(events: events, targets: targets, undated: undated, report: report)
  }

  func put(_ batch: StageBatch) throws {
    let fields = FieldTexts(batch.rows)
    ledger.counts[batch.kind.number].written += batch.kind.isSourceLayer ? 0 : batch.count
    for row in 0..<batch.count {
      switch batch.kind {
      case .target: takeTarget(fields, row)
      case .association: takeAssociation(fields, row)
      case .lineItem: takeItem(fields, row)
      case .scaleUse: takeScaleUse(fields, row)
      case .alignment: takeAlignment(fields, row)
      case .result: try takeResult(fields, row, batch)
      case .targetResult: try takeTargetResult(fields, row, batch)
      case .evidence: try takeEvidence(fields, row, batch)
      default: return
      }
    }
  }

  func finish() throws {}

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

  private func takeItem(_ fields: FieldTexts, _ row: Int) {
    guard let id = fields["id", row] else { return }
    items[id] = Item(
      maximum: fields["maximum", row], kind: fields["type", row], due: fields["dueDate", row],
      scale: fields["scale", row], scoreKind: fields["scoreKind", row])
  }

  private func takeScaleUse(_ fields: FieldTexts, _ row: Int) {
    guard let owner = fields["owner", row], let scale = fields["scale", row],
      items[owner]?.scale == nil, !(fields["ownerKind", row] ?? "").hasPrefix("result")
    else { return }
    items[owner]?.scale = scale
  }

  private func takeAlignment(_ fields: FieldTexts, _ row: Int) {
    guard fields["status", row] != "tobedeleted", let owner = fields["owner", row],
      let target = fields["target", row],
      ["line_item", nil].contains(fields["ownerKind", row])
    else { return }
    if items[owner, default: Item()].targets.contains(target) { return }
    items[owner, default: Item()].targets.append(target)
  }

  private func takeResult(_ fields: FieldTexts, _ row: Int, _ batch: StageBatch) throws {
    guard fields["status", row] != "tobedeleted", let learner = fields["person", row] else {
      return
    }
    let itemID = fields["lineItem", row]
    let item = itemID.flatMap { items[$0] } ?? Item()
    var read = EvidenceRow()
    read.id = fields["id", row]
    read.learner = learner
    read.lineItem = itemID
    read.kind = item.kind
    read.state = fields["missing", row] == "true" ? "missing" : fields["state", row]
    read.score = fields["score", row]
    read.textScore = fields["textScore", row]
    read.maximum = fields["maximum", row] ?? item.maximum
    read.scale = fields["scale", row] ?? item.scale
    read.scoreKind = fields["scoreKind", row] ?? item.scoreKind
    read.submitted = fields["submitted", row]
    read.occurred = fields["scoreDate", row] ?? read.submitted
    read.recorded = fields["modified", row] ?? read.occurred
    read.due = item.due
    read.rater = fields["rater", row]
    read.attempt = fields["attempt", row]
    var aligned = item.targets.map { Optional($0) }
    if aligned.isEmpty { aligned = [reading.usesLineItems ? itemID : nil] }
    for target in aligned {
      var own = read
      own.target = target
      if aligned.count > 1, let id = read.id, let target { own.id = "\(id)/\(target)" }
      let key = read.id.flatMap { id in target.map { ResultTarget(result: id, target: $0) } }
      guard try take(own, row, batch, result: key) else { return }
    }
  }

  private func takeTargetResult(_ fields: FieldTexts, _ row: Int, _ batch: StageBatch) throws {
    guard fields["status", row] != "tobedeleted", let learner = fields["person", row],
      let target = fields["target", row]
    else { return }
    var read = EvidenceRow()
    let result = fields["result", row]
    read.id = fields["id", row] ?? result.map { "\($0)/\(target)" }
    read.learner = learner
    read.target = target
    read.kind = result == nil ? "rollup" : nil
    read.state = fields["state", row]
    read.score = fields["score", row]
    read.textScore = fields["textScore", row]
    read.maximum = fields["maximum", row]
    read.scale = fields["scale", row]
    read.occurred = fields["date", row]
    read.recorded = fields["modified", row] ?? read.occurred
    if let result { replaced.insert(ResultTarget(result: result, target: target)) }
    _ = try take(read, row, batch, result: nil)
  }

  private func takeEvidence(_ fields: FieldTexts, _ row: Int, _ batch: StageBatch) throws {
    var read = EvidenceRow()
    read.id = fields["id", row]
    read.state = fields["state", row]
    read.isReversal =
      fields["status", row] == "tobedeleted" || read.state?.lowercased() == "reversed"
    guard let learner = fields["person", row] ?? (read.isReversal ? "" : nil) else {
      let fault = EvidenceFault(
        "evidence.no_learner", "the row says of no learner; add the learner or take it out", "")
      return try reject(fault, row, batch)
    }
    read.learner = learner
    read.lineItem = fields["lineItem", row]
    read.target = fields["target", row] ?? (reading.usesLineItems ? read.lineItem : nil)
    read.kind = fields["kind", row]
    read.purpose = fields["purpose", row]
    read.score = fields["score", row]
    read.textScore = fields["textScore", row]
    read.maximum = fields["maximum", row]
    read.scaled = fields["scaled", row]
    read.scale = fields["scale", row]
    read.occurred = fields["occurred", row]
    read.recorded = fields["recorded", row] ?? fields["modified", row] ?? read.occurred
    read.rater = fields["rater", row]
    read.artefact = fields["artefact", row]
    read.attempt = fields["attempt", row]
    read.context = fields["context", row]
    read.depth = fields["depth", row]
    read.trust = fields["trust", row]
    read.comment = fields["comment", row]
    _ = try take(read, row, batch, result: nil)
  }

  /// Keeps what a row says; answers whether it was right.
  private func take(
    _ read: EvidenceRow, _ row: Int, _ batch: StageBatch, result: ResultTarget?
  ) throws -> Bool {
    if let kind = read.kind, Self.otherKinds.contains(kind.lowercased()) {
      try skip(kind, row, batch)
      return false
    }
    var read = read
    let line = batch.rows.line(of: row)
    let (input, _) = RowOrigin.split(batch.rows.member(of: row))
    read.place = Place(
      file: memberNames(batch.rows.member(of: row)), line: line > 0 ? Int(clamping: line) : nil)
    let number = line > 0 ? "line-\(line)" : "row-\(events.count + 1)"
    var id = input > 0 ? "input-\(input + 1)-\(number)" : number
    if read.id == nil, let target = result?.target ?? read.target, batch.kind != .evidence {
      id += "/\(target)"
    }
    do throws(EvidenceFault) {
      let event = try read.event(id: id, reading)
      if read.occurred == nil, !read.isReversal { undated += 1 }
      if case .reversed = event {
        reversals.append(event)
      } else {
        results[events.count] = result
        events.append(event)
      }
      return true
    } catch {
      try reject(error, row, batch)
      return false
    }
  }

  /// Kinds that have types of their own, which results are never made of.
  private static let otherKinds: Set<String> = ["attendance", "engagement", "habit"]

  private func skip(_ kind: String, _ row: Int, _ batch: StageBatch) throws {
    ledger.counts[batch.kind.number].written -= 1
    ledger.counts[batch.kind.number].skipped += 1
    try ledger.report(
      AdapterReport(
        .skipped, "evidence.not_academic",
        "habits, attendance and engagement are no evidence of what somebody knows; they are "
          + "reported beside results", member: memberNames(batch.rows.member(of: row)),
        line: batch.rows.line(of: row), value: kind, kind: batch.kind), countsRow: false)
  }

  private func reject(_ fault: EvidenceFault, _ row: Int, _ batch: StageBatch) throws {
    ledger.counts[batch.kind.number].written -= 1
    ledger.counts[batch.kind.number].rejected += 1
    try ledger.report(
      AdapterReport(
        .rejected, fault.code, fault.message, member: memberNames(batch.rows.member(of: row)),
        line: batch.rows.line(of: row), value: fault.value,
        raw: RowText.describe(row, of: batch.rows), kind: batch.kind), countsRow: false)
  }
}

/// The texts of a batch by the names of its fields.
private struct FieldTexts {
  private let batch: HostBatch
  private let places: [String: Int]

  init(_ batch: HostBatch) {
    self.batch = batch
    places = Self.places[batch.kind.number]
  }

  /// The text of a field, or `nil` when it is absent or blank.
  subscript(name: String, row: Int) -> String? {
    guard let field = places[name] else { return nil }
    let bytes = unsafe batch.text(field, of: row)
    return unsafe bytes.count > 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static let places: [[String: Int]] =
    [[:]]
    + RecordSchema.all.map { schema in
      Dictionary(
        schema.fields.map { ($0.name, $0.index) }, uniquingKeysWith: { first, _ in first })
    }
}
