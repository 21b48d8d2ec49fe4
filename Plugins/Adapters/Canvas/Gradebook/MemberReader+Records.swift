internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Texts of a plan as they go into rows; made anew for each chunk.
struct ChunkTexts {
  var keys: [Text] = []
  /// Identifiers of the line items: by column, then by class.
  var items: [[Text]] = []
  var titles: [Text] = []
  var categories: [Text] = []
  var periods: [Text] = []
  /// The classes of the plan, in its order; the one of blank sections is the last.
  private(set) var classes: [(section: Text, id: Text)] = []

  init(_ reader: borrowing MemberReader, _ sink: inout RecordSink) {
    for column in reader.plan.columns {
      keys.append(sink.copy(column.key))
      items.append(reader.itemIDs[items.count].map { sink.copy($0) })
      titles.append(sink.copy(column.header))
      let heading = column.total
      categories.append(
        heading.category.isEmpty ? .absent : sink.copy(heading.categoryIdentifier))
      periods.append(heading.period.isEmpty ? .absent : sink.copy(heading.periodIdentifier))
    }
    for section in reader.survey.sections {
      let id = reader.classOfSection[Array(section.utf8)] ?? section
      classes.append((sink.copy(section), sink.copy(id)))
    }
    if !reader.plan.defaultClass.isEmpty {
      classes.append((.absent, sink.copy(reader.plan.defaultClass)))
    }
  }

  /// The place of the class with a section text.
  func classPlace(of section: Text) -> Int {
    guard !section.isEmpty else { return classes.count - 1 }
    return classes.firstIndex { $0.section.equals(section) } ?? classes.count - 1
  }
}

extension TotalHeading {
  /// Identifier of the assignment group.
  var categoryIdentifier: String { "canvas:group:\(category)" }
  /// Identifier of the grading period.
  var periodIdentifier: String { "canvas:period:\(period)" }
}

extension MemberReader {
  /// Puts the records of the member.
  mutating func read(
    _ input: AdapterInput, member: Int, position: Int, _ request: AdapterRequest,
    _ sink: inout RecordSink, shared: inout SharedGradebooks
  ) throws(AdapterError) {
    var file = try CSVMember(input, member: member, request: request)
    var sorter = RowSorter()
    guard try file.next(&sink) else { return }
    var lines = GradebookLines(
      name: name, layout: file.layout, position: position, isKept: request.wantsSourceLayer)
    try putFrame(member: member, request, &sink, shared: &shared)
    repeat {
      let texts = ChunkTexts(self, &sink)
      for row in 0..<file.count {
        let kind = sorter.sort(row, of: file, identity: survey.identity)
        try put(row, of: file, kind, texts, &sink, &shared, &lines)
      }
    } while try file.next(&sink)
    try lines.finish(layout: file.layout, &sink)
  }

  private mutating func put(
    _ row: Int, of file: borrowing CSVMember, _ kind: GradebookRow, _ texts: ChunkTexts,
    _ sink: inout RecordSink, _ shared: inout SharedGradebooks, _ lines: inout GradebookLines
  ) throws(AdapterError) {
    switch kind {
    case .blank:
      _ = try RowSorter.skipBlank(row, of: file, CBL_KIND_PERSON, sink)
      try lines.unrecorded(row, of: file, &sink)
    case .header:
      try lines.header(row, of: file, plan, &sink)
    case .posting:
      try lines.posting(row, of: file, plan, &sink)
    case .points:
      try checkPoints(row, of: file, sink)
      var maxima: [Int: Text] = [:]
      for (index, column) in plan.columns.enumerated() where column.role == .item {
        let cell = index < file.fieldCount(row) ? file.text(index, of: row).string : ""
        let maximum = maximum(cell, column, &sink)
        if !maximum.isEmpty { maxima[index] = maximum }
      }
      try lines.points(row, of: file, plan, maxima, &sink)
    case .learner:
      guard try check(row, of: file, sink),
        let person = try putPerson(row, of: file, texts, &sink, &shared)
      else {
        try lines.unrecorded(row, of: file, &sink)
        return
      }
      try putScores(row, of: file, person, texts, &sink)
      try lines.learner(row, of: file, self, shared.people, person.place, &sink)
    }
  }

  /// The class, categories, periods and assignments of the gradebook.
  private func putFrame(
    member: Int, _ request: AdapterRequest, _ sink: inout RecordSink,
    shared: inout SharedGradebooks
  ) throws(AdapterError) {
    var origin = cbl_origin()
    origin.line = 1
    origin.member = UInt32(member)
    if request.wantsSourceLayer {
      var row = AttributeRow()
      row.origin = origin
      row.owner_kind = Text("sourceMember")
      row.owner = sink.copy(name)
      row.vocabulary = Text("canvas")
      row.key = Text("gradebook")
      row.value = sink.copy(plan.text)
      try sink.put(row)
    }
    for id in plan.classes {
      var row = ClassRow()
      row.origin = origin
      row.id = sink.copy(id)
      let section = survey.sections.first { classOfSection[Array($0.utf8)] == id }
      row.title = sink.copy(section ?? id)
      try sink.put(row)
    }
    for heading in plan.columns.map(\.total) {
      if !heading.category.isEmpty, shared.categories.insert(heading.category).inserted {
        var row = CategoryRow()
        row.origin = origin
        row.id = sink.copy(heading.categoryIdentifier)
        row.title = sink.copy(heading.category)
        try sink.put(row)
      }
      if !heading.period.isEmpty, shared.periods.insert(heading.period).inserted {
        var row = AcademicSessionRow()
        row.origin = origin
        row.id = sink.copy(heading.periodIdentifier)
        row.title = sink.copy(heading.period)
        row.type = Text("gradingPeriod")
        try sink.put(row)
      }
    }
    for (place, classID) in plan.classes.enumerated() {
      try putItems(ofClass: place, sink.copy(classID), origin, &sink)
    }
  }

  private func putItems(
    ofClass place: Int, _ classID: Text, _ origin: cbl_origin, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var position = 0
    for (index, column) in plan.columns.enumerated() where column.role == .item {
      defer { position += 1 }
      var row = LineItemRow()
      row.origin = origin
      row.id = sink.copy(itemIDs[index][place])
      row.title = sink.copy(column.title)
      row.class_ = classID
      if let points = survey.points {
        row.maximum = maximum(points.indices.contains(index) ? points[index] : "", column, &sink)
      }
      row.score_kind = Text(scoreKinds[index])
      row.position = sink.copy(String(position))
      if let posting = survey.posting {
        let isHidden = posting.indices.contains(index) && !posting[index].isEmpty
        row.hidden = isHidden ? Text("true") : Text("false")
      }
      try sink.put(row)
    }
  }

  /// The greatest score, or absent when the points row does not say it clearly.
  private func maximum(
    _ cell: String, _ column: GradebookColumn, _ sink: inout RecordSink
  ) -> Text {
    guard let value = pointsValue(cell), !value.isEmpty else { return .absent }
    let text = sink.copy(value)
    guard let shape = NumberShape(text) else { return .absent }
    switch column.marks.reading(of: shape, in: text) {
    case .plain: return text
    case .marked:
      var plain: [UInt8] = []
      column.marks.appendPlain(shape, of: text, to: &plain)
      return unsafe plain.withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
    case .unclear: return .absent
    }
  }

  private func checkPoints(
    _ row: Int, of file: borrowing CSVMember, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    for (index, column) in plan.columns.enumerated()
    where column.role == .item && index < file.fieldCount(row) {
      let cell = file.text(index, of: row)
      guard !cell.isEmpty, !cell.isWhitespace else { continue }
      if let value = pointsValue(cell.string), !value.isEmpty, value == cell.string,
        let shape = NumberShape(cell), case .unclear = column.marks.reading(of: shape, in: cell)
      {
        try warn(
          "canvas.points_unclear",
          "these points have two readings, so the assignment has no maximum; "
            + "write them without a thousands mark", file.line(of: row), index, cell, sink)
      } else if pointsValue(cell.string)?.isEmpty ?? true {
        try warn(
          "canvas.points_unknown",
          "points possible must be a number, so the assignment has no maximum; write the number",
          file.line(of: row), index, cell, sink)
      }
    }
  }

  private func warn(
    _ code: String, _ message: String, _ line: UInt64, _ column: Int, _ value: Text,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        .warning, code, message, member: name, line: line, column: UInt64(column + 1),
        value: value.string))
  }

  private func check(
    _ row: Int, of file: borrowing CSVMember, _ sink: borrowing RecordSink
  ) throws(AdapterError) -> Bool {
    guard
      try file.check(
        row, columns: survey.headers.count, kind: CBL_KIND_PERSON, sink: sink)
    else { return false }
    guard isShifted(row, of: file), let section = survey.column(of: .section) else {
      return true
    }
    try sink.host.report(
      RecordProblem(
        .rejected, "canvas.row_shifted",
        "the section reads \"-\", which is the mark for no grade: the cells of this row stand in "
          + "the wrong columns; correct the headings or the row",
        member: name, line: file.line(of: row), column: UInt64(section + 1),
        raw: file.rawRecord(row).string, kind: CBL_KIND_PERSON))
    return false
  }
}
