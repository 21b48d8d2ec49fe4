internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Turns statements into rows.
struct StatementRows: ~Copyable {
  private var scratch = ByteBuffer(capacity: 256)
  private var seen: Set<[UInt8]> = []
  /// Identifiers of statements that were taken back, in small letters.
  let voided: Set<[UInt8]>

  init(voided: Set<[UInt8]>) {
    self.voided = voided
  }

  /// Whether a statement was taken back by another one.
  func isVoided(_ statement: borrowing Statement) -> Bool {
    guard !voided.isEmpty, let id = statement[.id] else { return false }
    return voided.contains(id.decoded.map(Self.small))
  }

  static func small(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  @inline(__always)
  private mutating func text(_ string: JSONString?, _ sink: inout RecordSink) -> Text {
    guard let string else { return .absent }
    return sink.text(string, scratch: &scratch)
  }

  /// The last word of an activity's type.
  private mutating func kind(_ statement: borrowing Statement, _ sink: inout RecordSink) -> Text {
    guard let type = statement[.objectType] else { return Text("statement") }
    let whole = unsafe text(type, &sink).rawBytes
    var start = whole.count
    while start > 0, unsafe whole[start - 1] != 0x2F && whole[start - 1] != 0x23 { start -= 1 }
    guard start < whole.count else { return Text("statement") }
    return unsafe Text(UnsafeRawBufferPointer(rebasing: whole[start...]))
  }

  /// Whether an identifier is new in this pass.
  private mutating func isNew(_ parts: JSONString...) -> Bool {
    var key: [UInt8] = []
    for part in parts {
      key.append(contentsOf: part.decoded)
      key.append(0)
    }
    return seen.insert(key).inserted
  }

  /// Puts one row for each target, or one without a target.
  mutating func putEvidence(
    _ statement: borrowing Statement, _ origin: cbl_origin, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var row = EvidenceRow()
    row.origin = origin
    row.id = text(statement[.id], &sink)
    row.person = text(statement[.person], &sink)
    row.class_ = text(statement[.grouping], &sink)
    row.line_item = text(statement[.object], &sink)
    row.kind = kind(statement, &sink)
    row.state = Text("graded")
    row.score = text(statement[.raw], &sink)
    row.minimum = text(statement[.minimum], &sink)
    row.maximum = text(statement[.maximum], &sink)
    row.scaled = text(statement[.scaled], &sink)
    row.occurred = text(statement[.timestamp], &sink)
    row.recorded = text(statement[.stored], &sink)
    guard statement.facts.targetCount > 0 else { return try sink.put(row) }
    for target in 0..<statement.facts.targetCount {
      row.target = text(statement.target(target), &sink)
      try sink.put(row)
    }
  }

  mutating func putEvent(
    _ statement: borrowing Statement, _ document: UnsafeRawBufferPointer, _ origin: cbl_origin,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    var row = EventRow()
    row.origin = origin
    row.id = text(statement[.id], &sink)
    row.person = statement.facts.isGroup ? .absent : text(statement[.person], &sink)
    row.type = Text("xapi")
    row.time = text(statement[.timestamp], &sink)
    row.json = unsafe Text(document)
    try sink.put(row)
  }

  mutating func putClass(
    _ statement: borrowing Statement, _ origin: cbl_origin, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard let grouping = statement[.grouping], isNew(grouping) else { return }
    var row = ClassRow()
    row.origin = origin
    row.id = text(grouping, &sink)
    try sink.put(row)
  }

  mutating func putPerson(
    _ statement: borrowing Statement, _ origin: cbl_origin, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard let person = statement[.person], !statement.facts.isGroup, isNew(person) else { return }
    var row = PersonRow()
    row.origin = origin
    row.id = text(person, &sink)
    row.name = text(statement[.personName], &sink)
    row.role = Text("student")
    if let mailbox = statement[.mailbox] {
      let whole = unsafe text(mailbox, &sink).rawBytes
      let scheme = "mailto:".utf8
      if unsafe whole.count > scheme.count && whole.prefix(scheme.count).elementsEqual(scheme) {
        row.email = unsafe Text(UnsafeRawBufferPointer(rebasing: whole[scheme.count...]))
      }
    }
    if let homePage = statement[.homePage] {
      scratch.removeAll()
      scratch.append("homePage:")
      homePage.append(to: &scratch)
      row.identifiers = unsafe sink.copy(scratch.bytes)
    }
    try sink.put(row)
  }

  mutating func putLineItem(
    _ statement: borrowing Statement, _ origin: cbl_origin, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard let object = statement[.object], isNew(object) else { return }
    var row = LineItemRow()
    row.origin = origin
    row.id = text(object, &sink)
    row.title = text(statement[.objectName], &sink)
    row.class_ = text(statement[.grouping], &sink)
    row.type = kind(statement, &sink)
    row.minimum = text(statement[.minimum], &sink)
    row.maximum = text(statement[.maximum], &sink)
    row.score_kind = Text("points")
    try sink.put(row)
  }

  mutating func putAlignments(
    _ statement: borrowing Statement, _ origin: cbl_origin, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard let object = statement[.object] else { return }
    for index in 0..<statement.facts.targetCount {
      guard let target = statement.target(index), isNew(object, target) else { continue }
      var row = AlignmentRow()
      row.origin = origin
      row.owner_kind = Text("line_item")
      row.owner = text(object, &sink)
      row.target = text(target, &sink)
      try sink.put(row)
    }
  }

  mutating func putResult(
    _ statement: borrowing Statement, _ origin: cbl_origin, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var row = ResultRow()
    row.origin = origin
    row.id = text(statement[.id], &sink)
    row.line_item = text(statement[.object], &sink)
    row.person = text(statement[.person], &sink)
    row.class_ = text(statement[.grouping], &sink)
    row.state = Text("graded")
    row.score_date = text(statement[.timestamp], &sink)
    if statement[.raw] != nil {
      row.score = text(statement[.raw], &sink)
      row.maximum = text(statement[.maximum], &sink)
    } else {
      row.score = text(statement[.scaled], &sink)
      row.maximum = Text("1")
      row.score_kind = Text("fraction")
    }
    try sink.put(row)
  }
}
