internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads outcomes and groups of outcomes.
struct OutcomeReader {
  private let name: String
  private var headers: [String] = []
  private var ratingsStart = 0
  /// Identifiers of the rows above, and whether each is a group.
  private var isGroup: [[UInt8]: Bool] = [:]

  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    for member in 0..<input.memberCount {
      var reader = OutcomeReader(name: try input.name(of: member))
      try reader.read(input, member: member, request, &sink)
    }
  }

  private init(name: String) {
    self.name = name
  }

  private mutating func read(
    _ input: AdapterInput, member: Int, _ request: AdapterRequest, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var file = try CSVMember(input, member: member, request: request)
    guard try file.next(&sink) else { return }
    var recorder = SourceRecorder(member: name, format: "canvas-outcomes", position: member)
    var line = GridLine(layout: file.layout, style: .canvas, guardsFormulas: false)
    let isKept = request.wantsSourceLayer
    let usual = file.layout.lineEnd
    repeat {
      for row in 0..<file.count {
        var isRecorded = true
        if headers.isEmpty, !RowSorter.isBlank(row, of: file) {
          try takeHeader(row, of: file)
          line.start()
          for header in headers { line.cell(header) }
        } else if let entry = try put(row, of: file, &sink) {
          entry.render(below: headers, into: &line)
        } else {
          isRecorded = false
        }
        guard isKept else { continue }
        if isRecorded {
          try unsafe recorder.line(
            raw: file.rawRecord(row), predicted: line.bytes, end: file.lineEnd(of: row),
            usual: usual, sink: &sink)
        } else {
          try recorder.unrecorded(
            raw: file.rawRecord(row), end: file.lineEnd(of: row), usual: usual, sink: &sink)
        }
      }
    } while try file.next(&sink)
    guard isKept else { return }
    var attribute = AttributeRow()
    attribute.owner_kind = Text("sourceMember")
    attribute.owner = sink.copy(name)
    attribute.vocabulary = Text("canvas")
    attribute.key = Text("outcomes")
    let plan = [String(isGroup.count)] + headers
    attribute.value = sink.copy(plan.joined(separator: "\u{1F}"))
    try sink.put(attribute)
    try recorder.finish(layout: file.layout, sink: &sink)
  }

  private mutating func takeHeader(
    _ row: Int, of file: borrowing CSVMember
  ) throws(AdapterError) {
    headers = file.strings(of: row).map { trimmed($0) }
    for needed in [OutcomeColumn.guid, .type, .title] where !headers.contains(needed.rawValue) {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "canvas.header_missing",
          "the heading \(needed.rawValue) is missing; an outcomes file needs it", member: name,
          line: file.line(of: row)))
    }
    ratingsStart = headers.firstIndex(of: OutcomeColumn.ratings.rawValue) ?? headers.count
    try HeadLines.refuseTwice(
      headers[..<ratingsStart], member: name, line: file.line(of: row))
  }

  private func cell(
    _ column: OutcomeColumn, _ row: Int, of file: borrowing CSVMember
  ) -> Text {
    guard let index = headers.firstIndex(of: column.rawValue) else { return .absent }
    return file.text(index, of: row)
  }

  /// A cell without the guard that it may stand in.
  private func text(
    _ column: OutcomeColumn, _ row: Int, of file: borrowing CSVMember, _ sink: inout RecordSink
  ) -> Text {
    FormulaGuard.equation.removed(from: cell(column, row, of: file), &sink)
  }

  private func report(
    _ severity: RecordProblem.Severity, _ code: String, _ message: String, _ row: Int,
    of file: borrowing CSVMember, _ column: OutcomeColumn, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    let index = headers.firstIndex(of: column.rawValue)
    try sink.host.report(
      RecordProblem(
        severity, code, message, member: name, line: file.line(of: row),
        column: UInt64((index ?? -1) + 1), value: cell(column, row, of: file).string,
        raw: severity == .rejected ? file.rawRecord(row).string : "", kind: CBL_KIND_TARGET))
  }

  /// Puts the records of a row.
  ///
  /// - Returns: `nil` when the row was left out.
  private mutating func put(
    _ row: Int, of file: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) -> OutcomeEntry? {
    let isShort = file.fieldCount(row) < headers.count && file.fieldCount(row) >= ratingsStart
    let isLong = file.fieldCount(row) > headers.count && ratingsStart < headers.count
    // The cells of ratings end where they end.
    let columns = isShort || isLong ? file.fieldCount(row) : headers.count
    guard try !RowSorter.skipBlank(row, of: file, CBL_KIND_TARGET, sink),
      try file.check(row, columns: columns, kind: CBL_KIND_TARGET, sink: sink)
    else { return nil }
    guard let isOwnGroup = try isAcceptable(row, of: file, &sink) else { return nil }
    var target = TargetRow()
    target.origin = file.origin(of: row)
    target.id = text(.guid, row, of: file, &sink)
    target.type = cell(.type, row, of: file)
    target.title = text(.title, row, of: file, &sink)
    target.statement = text(.description, row, of: file, &sink)
    target.display_name = text(.displayName, row, of: file, &sink)
    target.number = text(.canvasID, row, of: file, &sink)
    try setMethod(of: &target, row, of: file, sink)
    target.mastery = try number(.mastery, row, of: file, &sink)
    let state = cell(.state, row, of: file)
    if state.matches("deleted") { target.status = Text("tobedeleted") }
    if state.matches("active") { target.status = Text("active") }
    if !state.isEmpty, target.status.isAbsent {
      try report(
        .warning, "canvas.state_unknown", "the state must be active or deleted; active is taken",
        row, of: file, .state, sink)
    }
    let ratings = try ratings(row, of: file, &sink)
    if !ratings.isEmpty { target.scale = sink.copy("canvas:scale:" + target.id.string) }
    var entry = OutcomeEntry(target)
    entry.ratings = ratings
    entry.others = try putOthers(row, of: file, target, &sink)
    try putScale(ratings, target, &sink)
    try sink.put(target)
    entry.parents = try putParents(row, of: file, target, &sink)
    isGroup[target.id.array] = isOwnGroup
    return entry
  }

  /// Whether the row is a group, or `nil` when it was rejected.
  private func isAcceptable(
    _ row: Int, of file: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool? {
    let guid = text(.guid, row, of: file, &sink)
    if unsafe guid.isEmpty || guid.rawBytes.contains(0x20) {
      try report(
        .rejected, "canvas.guid_malformed", "vendor_guid must be there and hold no blanks", row,
        of: file, .guid, sink)
      return nil
    }
    if isGroup[guid.array] != nil {
      try report(
        .rejected, "canvas.guid_twice", "this vendor_guid stands in a row above; keep one",
        row, of: file, .guid, sink)
      return nil
    }
    let type = cell(.type, row, of: file)
    if type.equals("group") { return true }
    if type.equals("outcome") { return false }
    try report(
      .rejected, "canvas.object_type_unknown", "object_type must be outcome or group", row,
      of: file, .type, sink)
    return nil
  }

  private func setMethod(
    of target: inout TargetRow, _ row: Int, of file: borrowing CSVMember,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    let method = cell(.method, row, of: file)
    target.method = OutcomeMethod.canonical(method) ?? method
    if !method.isEmpty, OutcomeMethod.canonical(method) == nil {
      try report(
        .warning, "canvas.method_unknown", "Canvas has no such calculation method; it is kept",
        row, of: file, .method, sink)
    }
    let value = cell(.methodValue, row, of: file)
    guard !value.isEmpty else {
      target.method_value = value
      return
    }
    if let shape = NumberShape(value), shape.lastMark < 0, !shape.isPercent {
      target.method_value = value
    } else {
      try report(
        .warning, "canvas.number_malformed", "calculation_int must be a whole number", row,
        of: file, .methodValue, sink)
    }
  }

  private func number(
    _ column: OutcomeColumn, _ row: Int, of file: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) -> Text {
    let cell = cell(column, row, of: file)
    guard !cell.isEmpty else { return cell }
    if let plain = plainNumber(cell, file, &sink) { return plain }
    try report(
      .warning, "canvas.number_malformed", "this must be a number; it is left out", row, of: file,
      column, sink)
    return .absent
  }

  private func plainNumber(
    _ cell: Text, _ file: borrowing CSVMember, _ sink: inout RecordSink
  ) -> Text? {
    guard let shape = NumberShape(cell), !shape.isPercent else { return nil }
    var marks = ColumnMarks()
    marks.delimiterIsSemicolon = file.layout.dialect.delimiter == UInt8(ascii: ";")
    marks.see(cell)
    switch marks.reading(of: shape, in: cell) {
    case .plain: return cell
    case .unclear: return nil
    case .marked:
      var plain: [UInt8] = []
      marks.appendPlain(shape, of: cell, to: &plain)
      return unsafe plain.withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
    }
  }

  private func ratings(
    _ row: Int, of file: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) -> [(points: [UInt8], label: [UInt8])] {
    var ratings: [(points: [UInt8], label: [UInt8])] = []
    var column = ratingsStart
    while column < file.fieldCount(row) {
      let points = file.text(column, of: row)
      let label = FormulaGuard.equation.removed(from: file.text(column + 1, of: row), &sink)
      column += 2
      if points.isEmpty, label.isEmpty { continue }
      if let plain = plainNumber(points, file, &sink) {
        ratings.append((plain.array, label.array))
      } else {
        try report(
          .warning, "canvas.rating_malformed",
          "a rating needs points and then a description; this one is left out", row, of: file,
          .ratings, sink)
      }
    }
    return ratings
  }

  private func putOthers(
    _ row: Int, of file: borrowing CSVMember, _ target: TargetRow, _ sink: inout RecordSink
  ) throws(AdapterError) -> [(key: String, value: [UInt8])] {
    var others: [(key: String, value: [UInt8])] = []
    for column in 0..<min(ratingsStart, headers.count)
    where OutcomeColumn(rawValue: headers[column]) == nil {
      let cell = FormulaGuard.equation.removed(from: file.text(column, of: row), &sink)
      guard cell.count > 0 else { continue }
      var attribute = AttributeRow()
      attribute.origin = target.origin
      attribute.owner_kind = Text("target")
      attribute.owner = target.id
      attribute.vocabulary = Text("canvas")
      attribute.key = sink.copy(headers[column])
      attribute.value = cell
      try sink.put(attribute)
      others.append((headers[column], cell.array))
    }
    return others
  }

  private func putScale(
    _ ratings: [(points: [UInt8], label: [UInt8])], _ target: TargetRow,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard !ratings.isEmpty else { return }
    var scale = ScaleRow()
    scale.origin = target.origin
    scale.id = target.scale
    scale.title = target.title
    scale.type = Text("level")
    scale.mastery = target.mastery
    try sink.put(scale)
    for (index, rating) in ratings.enumerated() {
      var level = ScaleLevelRow()
      level.origin = target.origin
      level.id = sink.copy("\(target.scale.string):\(index + 1)")
      level.scale = target.scale
      level.label = unsafe rating.label.withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
      level.value = unsafe rating.points.withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
      level.position = sink.copy(String(ratings.count - 1 - index))
      try sink.put(level)
    }
  }

  private func putParents(
    _ row: Int, of file: borrowing CSVMember, _ target: TargetRow, _ sink: inout RecordSink
  ) throws(AdapterError) -> [[UInt8]] {
    let list = text(.parents, row, of: file, &sink)
    var parents: [[UInt8]] = []
    for parent in list.array.split(separator: 0x20).map(Array.init) {
      guard !parents.contains(parent) else {
        try report(
          .warning, "canvas.parent_twice", "this parent is named twice; once is enough", row,
          of: file, .parents, sink)
        continue
      }
      parents.append(parent)
    }
    for (index, parent) in parents.enumerated() {
      if isGroup[parent] != true {
        try report(
          .warning, "canvas.parent_unknown",
          "each of parent_guids must be a group of a row above; put the group there", row,
          of: file, .parents, sink)
      }
      var association = AssociationRow()
      association.origin = target.origin
      association.id = sink.copy(
        "canvas:parent:\(target.id.string):\(String(decoding: parent, as: UTF8.self))")
      association.type = Text("isChildOf")
      association.from_target = target.id
      association.to_target = unsafe parent.withUnsafeBytes { unsafe sink.copy($0) }
      association.sequence = sink.copy(String(index))
      try sink.put(association)
    }
    return parents
  }
}
