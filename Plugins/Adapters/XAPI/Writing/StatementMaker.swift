internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Makes statements for scored results and evidence.
///
/// The same records always give the same statements, identifiers included, so that a record store
/// takes a second delivery as the same.
struct StatementMaker: ~Copyable {
  /// Where identifiers are put under that are no IRIs, when the user names no other place.
  static let home = "https://cbl.invalid"
  private static let flushSize = 256 << 10
  private static let scored = "http://adlnet.gov/expapi/verbs/scored"

  private let output: AdapterOutput
  private let home: [UInt8]
  private var buffer = ByteBuffer(capacity: StatementMaker.flushSize + 8_192)
  private var body = ByteBuffer(capacity: 1_024)
  private var pieces = StatementPieces()
  private(set) var statements = 0
  private var pending: PendingEvidence?

  /// Whether no statement was made.
  var isEmpty: Bool { statements == 0 && pending == nil }
  private var unscored = 0
  private var deleted = 0
  private var unscaled = 0
  private var dateless = 0

  /// Evidence whose further targets may still come.
  private struct PendingEvidence {
    var key: [UInt8]
    var id: [UInt8]
    var start: [UInt8]
    var targets: [[UInt8]]
    var end: [UInt8]
  }

  init(_ output: AdapterOutput, home: String) {
    self.output = output
    self.home = Array(home.utf8)
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    switch batch.kind {
    case CBL_KIND_PERSON: pieces.addPersons(batch)
    case CBL_KIND_LINE_ITEM: pieces.addItems(batch)
    case CBL_KIND_ALIGNMENT: pieces.addAlignments(batch)
    case CBL_KIND_RESULT: try putResults(batch)
    case CBL_KIND_EVIDENCE: try putEvidence(batch)
    default: break
    }
  }

  private mutating func putResults(_ batch: RecordBatch) throws(AdapterError) {
    let persons = unsafe batch.numbers(4)
    let items = unsafe batch.numbers(3)
    for (row, result) in batch.rows(as: ResultRow.self).enumerated() {
      guard !result.status.equals("tobedeleted") else {
        deleted += 1
        continue
      }
      guard !result.score.isEmpty else {
        unscored += 1
        continue
      }
      let item = pieces.item(unsafe items?[row])
      var score = Score(raw: result.score, minimum: item.minimum, maximum: item.maximum)
      if !result.maximum.isEmpty { score.maximum = unsafe Array(result.maximum.rawBytes) }
      if result.score_kind.equals("fraction"), result.maximum.isEmpty { score.maximum = [0x31] }
      if result.score_kind.equals("percent"), result.maximum.isEmpty {
        score.maximum = Array("100".utf8)
      }
      body.removeAll()
      appendActor(result.person, name: pieces.name(unsafe persons?[row]))
      appendObject(result.line_item, title: item.title)
      appendResult(score, isComplete: !result.state.equals("partiallyGraded"))
      appendGrouping(unsafe Array(result.class_.rawBytes), item)
      appendTargets(item.targets)
      appendEnd(result.score_date)
      try emit(unsafe Array(result.id.rawBytes))
    }
  }

  private mutating func putEvidence(_ batch: RecordBatch) throws(AdapterError) {
    let persons = unsafe batch.numbers(3)
    for (row, evidence) in batch.rows(as: EvidenceRow.self).enumerated() {
      var key: [UInt8] = []
      for text in [evidence.id, evidence.person, evidence.line_item, evidence.score] {
        unsafe key.append(contentsOf: text.rawBytes)
        key.append(0)
      }
      let target = unsafe Array(evidence.target.rawBytes)
      if !evidence.id.isEmpty, pending?.key == key {
        pending?.targets.append(target)
        continue
      }
      try emitPending()
      guard !evidence.score.isEmpty || !evidence.scaled.isEmpty else {
        unscored += 1
        continue
      }
      var score = Score(
        raw: evidence.score, minimum: unsafe Array(evidence.minimum.rawBytes),
        maximum: unsafe Array(evidence.maximum.rawBytes))
      score.scaled = unsafe Array(evidence.scaled.rawBytes)
      body.removeAll()
      appendActor(evidence.person, name: pieces.name(unsafe persons?[row]))
      appendObject(evidence.line_item, title: [])
      appendResult(score, isComplete: !evidence.state.equals("partiallyGraded"))
      appendGrouping(unsafe Array(evidence.class_.rawBytes), StatementPieces.Item())
      let start = unsafe Array(body.bytes)
      body.removeAll()
      appendEnd(evidence.occurred)
      pending = PendingEvidence(
        key: key, id: unsafe Array(evidence.id.rawBytes), start: start,
        targets: target.isEmpty ? [] : [target], end: unsafe Array(body.bytes))
    }
  }

  private mutating func emitPending() throws(AdapterError) {
    guard let evidence = pending else { return }
    pending = nil
    body.removeAll()
    body.append(evidence.start)
    appendTargets(evidence.targets)
    body.append(evidence.end)
    try emit(evidence.id)
  }

  /// Writes the statement whose parts are in the body.
  private mutating func emit(_ id: [UInt8]) throws(AdapterError) {
    if statements == 0 { try output.begin("statements.ndjson") }
    statements += 1
    buffer.append("{\"id\":\"")
    if StatementName.isUUID(id) {
      buffer.append(id)
    } else {
      unsafe buffer.append(StatementName.uuid(of: id, body.bytes))
    }
    buffer.append("\"")
    unsafe buffer.append(body.bytes)
    buffer.append("}\n")
    if buffer.count >= Self.flushSize { try flush() }
  }

  private mutating func flush() throws(AdapterError) {
    try unsafe output.write(buffer.bytes)
    buffer.removeAll()
  }

  mutating func finish() throws(AdapterError) {
    try emitPending()
    try flush()
    try output.end()
  }

  func report(to host: HostLink) throws(AdapterError) {
    let losses: [(Int?, Bool, Int, String)] = [
      (nil, false, deleted, "the result is marked for deletion"),
      (nil, false, unscored, "the result has no score"),
      (
        7, true, unscaled,
        "the scaled score is left out: there is no greatest score, or it is less "
          + "than the score"
      ),
      (9, true, dateless, "a time of day was made up for the date"),
    ]
    for (field, reduced, count, reason) in losses where count > 0 {
      try host.lose(CBL_KIND_RESULT, field: field, reduced: reduced, count: count, reason: reason)
    }
  }

  // MARK: - Parts

  /// A score as a statement has it.
  private struct Score {
    var raw: Text
    var minimum: [UInt8]
    var maximum: [UInt8]
    var scaled: [UInt8] = []

    init(raw: Text, minimum: [UInt8], maximum: [UInt8]) {
      self.raw = raw
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  private mutating func append(_ text: [UInt8]) {
    unsafe text.withUnsafeBytes { bytes in unsafe JSONText.append(bytes, to: &body) }
  }

  /// Appends an identifier as an IRI.
  private mutating func appendIRI(_ id: [UInt8], under folder: StaticString) {
    if StatementName.isIRI(id) { return append(id) }
    var iri = home
    iri.append(contentsOf: "\(folder)".utf8)
    iri.append(contentsOf: StatementName.escaped(id))
    append(iri)
  }

  private mutating func appendActor(_ person: Text, name: [UInt8]) {
    body.append(",\"actor\":{\"objectType\":\"Agent\"")
    if !name.isEmpty {
      body.append(",\"name\":")
      append(name)
    }
    body.append(",\"account\":{\"homePage\":")
    append(home)
    body.append(",\"name\":")
    unsafe JSONText.append(person.rawBytes, to: &body)
    body.append("}},\"verb\":{\"id\":\"")
    body.append(Self.scored)
    body.append("\",\"display\":{\"en-US\":\"scored\"}}")
  }

  private mutating func appendObject(_ item: Text, title: [UInt8]) {
    body.append(",\"object\":{\"objectType\":\"Activity\",\"id\":")
    appendIRI(unsafe Array(item.rawBytes), under: "/lineItems/")
    body.append(",\"definition\":{")
    if !title.isEmpty {
      body.append("\"name\":{\"und\":")
      append(title)
      body.append("},")
    }
    body.append("\"type\":\"http://adlnet.gov/expapi/activities/assessment\"}}")
  }

  private mutating func appendResult(_ score: Score, isComplete: Bool) {
    body.append(",\"result\":{\"score\":{")
    var isFirst = true
    if let scaled = scaled(score) {
      body.append("\"scaled\":")
      body.append(scaled)
      isFirst = false
    } else {
      unscaled += 1
    }
    let parts: [(StaticString, [UInt8])] = [
      ("\"raw\":", unsafe Array(score.raw.rawBytes)), ("\"min\":", score.minimum),
      ("\"max\":", score.maximum),
    ]
    for (key, value) in parts {
      guard !value.isEmpty, let number = StatementName.number(value) else { continue }
      if !isFirst { body.append(0x2C) }
      isFirst = false
      body.append(key)
      body.append(number)
    }
    body.append(isComplete ? "},\"completion\":true}" : "},\"completion\":false}")
  }

  /// The score as part of the greatest; it must be from -1 to 1.
  private func scaled(_ score: Score) -> [UInt8]? {
    if !score.scaled.isEmpty { return StatementName.number(score.scaled) }
    let whole = unsafe score.maximum.withUnsafeBytes { bytes in
      unsafe score.maximum.isEmpty ? nil : Amount(Text(bytes))
    }
    guard let whole, let raw = Amount(score.raw), let part = raw.millionths(of: whole),
      part <= 1_000_000
    else { return nil }
    var text = ByteBuffer(capacity: 16)
    text.append(millionths: part, isNegative: raw.isNegative)
    return unsafe Array(text.bytes)
  }

  private mutating func appendGrouping(_ own: [UInt8], _ item: StatementPieces.Item) {
    let id = own.isEmpty ? item.classID : own
    body.append(",\"context\":{\"contextActivities\":{")
    guard !id.isEmpty else { return }
    body.append("\"grouping\":[{\"objectType\":\"Activity\",\"id\":")
    appendIRI(id, under: "/classes/")
    body.append("}]")
  }

  private mutating func appendTargets(_ targets: [[UInt8]]) {
    if !targets.isEmpty {
      let last = unsafe body.bytes[body.count - 1]
      body.append(last == 0x7B ? "\"other\":[" : ",\"other\":[")
      for (index, target) in targets.enumerated() {
        body.append(
          index == 0
            ? "{\"objectType\":\"Activity\",\"id\":" : ",{\"objectType\":\"Activity\",\"id\":")
        appendIRI(target, under: "/objectives/")
        body.append(
          ",\"definition\":{\"type\":\"http://adlnet.gov/expapi/activities/objective\"}}")
      }
      body.append("]")
    }
    body.append("}}")
  }

  /// A timestamp has a time of day: midnight UTC when the record has only a date.
  private mutating func appendEnd(_ date: Text) {
    if !date.isEmpty, date.count >= 10 {
      body.append(",\"timestamp\":\"")
      unsafe body.append(date.rawBytes)
      if date.count == 10 {
        body.append("T00:00:00Z")
        dateless += 1
      }
      body.append("\"")
    }
    body.append(",\"version\":\"1.0.3\"")
  }
}
