internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension TableReader {
  /// Reads a row, and puts its record and attributes.
  ///
  /// - Returns: Whether the row became a record.
  mutating func readRow(
    _ record: Int, _ member: borrowing CSVMember, _ plan: RowPlan,
    _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool {
    guard try checkText(record, member, &sink) else {
      try keepUnrecorded(record, member, &sink)
      return false
    }
    renderer?.clearExtras()
    try fill(record, member, plan, &sink)
    try finishRow(record, member, &sink)
    if let fault {
      self.fault = nil
      unread.removeAll()
      try sink.host.report(
        problem(
          .rejected, fault.finding, record, member, column: fault.column, value: fault.value))
      try keepUnrecorded(record, member, &sink)
      return false
    }
    if !attributes.isEmpty || !unread.isEmpty || member.fieldCount(record) > self.plan.headers.count
    {
      try putAttributes(record, member, &sink)
    }
    if context.request.wantsSourceLayer { try predict(record, member, &sink) }
    try sink.put(&rows)
    return true
  }

  /// The row's cells, as texts of its fields; what is odd is looked at again.
  private mutating func fill(
    _ record: Int, _ member: borrowing CSVMember, _ plan: RowPlan, _ sink: inout RecordSink
  ) throws(AdapterError) {
    let row = unsafe rows.row
    unsafe row.storeBytes(of: member.origin(of: record), as: cbl_origin.self)
    if plan.isNarrow, let fields = member.plainFields(of: record) {
      let empty = unsafe fields.store(plan.places.span, in: row)
      if empty & plan.required == 0 {
        for index in plan.checked where empty & (1 << UInt64(index)) == 0 {
          try take(plan.columns[index], record, member, &sink)
        }
        return
      }
    } else {
      for column in plan.columns {
        unsafe row.storeBytes(
          of: member.cell(column.source, of: record), toByteOffset: column.offset, as: Text.self)
      }
    }
    for column in plan.columns { try take(column, record, member, &sink) }
  }

  /// Makes a cell that was stored as it stands the value of its field.
  @inline(__always)
  private mutating func take(
    _ column: PlannedColumn, _ record: Int, _ member: borrowing CSVMember,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    let row = unsafe rows.row
    let text = unsafe row.load(fromByteOffset: column.offset, as: Text.self)
    if column.type == .state, text.count > 0, let state = ResultState.state(of: text) {
      unsafe row.storeBytes(of: state, toByteOffset: column.offset, as: Text.self)
    } else if !isPlain(text, column) {
      try readOddly(text, column, record, member, &sink)
    }
  }

  /// Whether a cell's text is the field's value as it stands.
  @inline(__always)
  private mutating func isPlain(_ text: Text, _ column: PlannedColumn) -> Bool {
    if text.count == 0 { return !column.isRequired }
    switch column.type {
    case .text, .attribute, .levels: return true
    case .id, .ref: return !column.checksForm || Shape.isGUID(text)
    case .number: return Shape.isNumber(text)
    case .date: return lastDay.isSame(text) || lastDay.take(text, if: Shape.isDay(text))
    case .time: return lastInstant.isSame(text) || lastInstant.take(text, if: Shape.isInstant(text))
    case .year: return Shape.isYear(text)
    case .boolean: return text.isBoolean
    case .status: return text.equals("active") || text.equals("tobedeleted")
    case .token: return vocabularies[column.column].contains(text)
    case .list, .refs:
      return !text.contains(UInt8(ascii: ",")) && !text.contains(0x20)
    case .state, .identifiers, .identifier: return false
    }
  }

  /// Finds out what a cell means that is not the field's value as it stands.
  private mutating func readOddly(
    _ text: Text, _ planned: PlannedColumn, _ record: Int, _ member: borrowing CSVMember,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard let column = plan.columns[planned.column] else { return }
    let row = unsafe rows.row
    let place = planned.source + 1
    if text.count == 0 {
      unsafe row.storeBytes(of: text, toByteOffset: planned.offset, as: Text.self)
      let finding = Finding("oneroster.required_blank", "\(column.header) must have a value")
      if column.isKey {
        fault = fault ?? (finding, place, text)
      } else {
        try note(finding, place, text, record, member, sink.host)
      }
      return
    }
    let isScore =
      planned.type == .number
      && (table.kind == CBL_KIND_RESULT || table.kind == CBL_KIND_TARGET_RESULT)
    var repair = Repair.of(text, column, dates: context.dates, isScore: isScore, sink: &sink)
    // Between semicolons a comma can only be the decimal mark.
    if planned.type == .number, member.layout.dialect.delimiter == UInt8(ascii: ";"),
      let number = Repair.withPoint(text, &sink)
    {
      repair = .read(number, .decimalComma)
    }
    if planned.type == .id || planned.type == .ref {
      repair = .read(text, .form)
    }
    switch repair {
    case .value(let value):
      unsafe row.storeBytes(of: value, toByteOffset: planned.offset, as: Text.self)
    case .read(let value, let finding):
      unsafe row.storeBytes(of: value, toByteOffset: planned.offset, as: Text.self)
      try note(finding, place, text, record, member, sink.host)
    case .kept(let finding):
      unread.append((planned.source, text))
      unsafe row.storeBytes(of: .absent, toByteOffset: planned.offset, as: Text.self)
      try note(finding, place, text, record, member, sink.host)
    case .refused(let finding): fault = fault ?? (finding, place, text)
    }
  }

  /// A deviation: read with a warning, or the row's fault when the reading is strict.
  mutating func note(
    _ finding: Finding, _ column: Int, _ value: Text, _ record: Int,
    _ member: borrowing CSVMember, _ host: HostLink
  ) throws(AdapterError) {
    if context.request.isStrict {
      fault = fault ?? (finding, column, value)
    } else {
      try limiter.warn(
        finding, host: host, line: member.line(of: record), column: column, value: value,
        kind: table.kind)
    }
  }

  /// Puts attributes for the cells that no field takes.
  private mutating func putAttributes(
    _ record: Int, _ member: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    for (column, key) in attributes {
      let text = member.text(column, of: record)
      guard text.count > 0 else { continue }
      try putAttribute(key, text, record, member, &sink)
      renderer?.setExtra(text, column: column)
    }
    for (column, text) in unread {
      try putAttribute(sink.copy(plan.headers[column]), text, record, member, &sink)
      renderer?.setExtra(text, column: column)
    }
    unread.removeAll(keepingCapacity: true)
    guard member.fieldCount(record) > plan.headers.count else { return }
    for column in plan.headers.count..<member.fieldCount(record) {
      let text = member.text(column, of: record)
      guard text.count > 0 else { continue }
      try putAttribute(sink.copy("column:\(column + 1)"), text, record, member, &sink)
    }
  }

  private func putAttribute(
    _ key: Text, _ value: Text, _ record: Int, _ member: borrowing CSVMember,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    var row = AttributeRow()
    row.origin = member.origin(of: record)
    row.owner_kind = table.kindName
    unsafe row.owner = rows.row.load(fromByteOffset: ownerOffset, as: Text.self)
    row.vocabulary = Text("oneroster")
    row.key = key
    row.value = value
    try sink.put(row)
  }

  /// Compares the line that a writer will write with the line as it is.
  private mutating func predict(
    _ record: Int, _ member: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    line.removeAll()
    unsafe renderer?.render(UnsafeRawPointer(rows.row), into: &line)
    unsafe try recorder?.line(
      raw: member.rawRecord(record), predicted: line.bytes, end: member.lineEnd(of: record),
      usual: member.layout.lineEnd, sink: &sink)
  }

  private mutating func keepUnrecorded(
    _ record: Int, _ member: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    // A record holds valid text only, so a line that is none cannot be kept.
    guard context.request.wantsSourceLayer,
      !member.findings(of: record).contains(.invalidUTF8)
    else { return }
    try recorder?.unrecorded(
      raw: member.rawRecord(record), end: member.lineEnd(of: record),
      usual: member.layout.lineEnd, sink: &sink)
  }
}

extension Finding {
  /// An identifier with letters that the format does not allow.
  static let form = Finding(
    "oneroster.guid_form",
    "identifiers have fewer than 256 characters out of 0-9 a-z A-Z . - _ / @")
}

extension ResultState {
  /// The state that a word of the format means.
  @inline(__always)
  static func state(of word: Text) -> Text? {
    switch word.count {
    case 12: word.equals("fully graded") ? Text("graded") : nil
    case 16: word.equals("partially graded") ? Text("partiallyGraded") : nil
    case 13: word.equals("not submitted") ? Text("notSubmitted") : nil
    case 9: word.equals("submitted") ? Text("submitted") : nil
    case 6: word.equals("exempt") ? Text("exempt") : nil
    default: nil
    }
  }
}

extension FileTable {
  /// Name of the kind, for attributes; lives as long as the program.
  var kindName: Text {
    guard let info = unsafe cbl_kind_table(kind.rawValue) else { return .absent }
    return unsafe info.pointee.name
  }
}
