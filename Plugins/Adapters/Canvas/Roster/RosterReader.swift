internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads the files of a SIS import, in an order in which nothing is needed before it was read.
struct RosterReader {
  /// Course of each section.
  private var courseOfSection: [[UInt8]: [UInt8]] = [:]
  /// Observers of each student.
  private var observers: [[UInt8]: [[UInt8]]] = [:]
  private var seen: [[UInt8]: Int] = [:]
  private var seenTable = -1

  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var tables: [(table: Int, member: Int)] = []
    for member in 0..<input.memberCount {
      let lines = try HeadLines(input, member: member)
      let headers = (lines.rows.first ?? []).map { trimmed($0) }
      guard let table = RosterTable.index(of: headers) else {
        try sink.host.report(
          RecordProblem(
            .warning, "canvas.member_unknown",
            "the headings are of no SIS import file, so this file is left out",
            member: input.name(of: member), line: 1))
        continue
      }
      tables.append((table, member))
    }
    guard !tables.isEmpty else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "canvas.no_roster", "no file has the headings of a SIS import"))
    }
    var reader = RosterReader()
    for (table, member) in tables.sorted(by: { ($0.table, $0.member) < ($1.table, $1.member) }) {
      if table != reader.seenTable {
        reader.seen.removeAll()
        reader.seenTable = table
      }
      try reader.read(input, member: member, RosterTable.all[table], request, &sink)
    }
  }

  private mutating func read(
    _ input: AdapterInput, member: Int, _ table: RosterTable, _ request: AdapterRequest,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    var file = try CSVMember(input, member: member, request: request)
    var columns: [RosterColumn] = []
    var rows = 0
    guard try file.next(&sink) else { return }
    var lines = RosterLines(
      name: file.name, layout: file.layout, position: member, isKept: request.wantsSourceLayer)
    repeat {
      for row in 0..<file.count {
        if columns.isEmpty {
          guard !RowSorter.isBlank(row, of: file) else {
            try lines.unrecorded(row, of: file, &sink)
            continue
          }
          let headers = file.strings(of: row).map { trimmed($0) }
          try HeadLines.refuseTwice(headers[...], member: file.name, line: file.line(of: row))
          columns = RosterColumn.columns(headers, of: table)
          try lines.header(row, of: file, columns, &sink)
          continue
        }
        guard try !RowSorter.skipBlank(row, of: file, table.kind, sink),
          try file.check(row, columns: columns.count, kind: table.kind, sink: sink),
          try put(row, of: file, table, columns, &sink, &lines)
        else {
          try lines.unrecorded(row, of: file, &sink)
          continue
        }
        rows += 1
      }
    } while try file.next(&sink)
    try lines.finish(layout: file.layout, table.file, columns.map(\.name), rows: rows, &sink)
  }

  private mutating func put(
    _ row: Int, of file: borrowing CSVMember, _ table: RosterTable, _ columns: [RosterColumn],
    _ sink: inout RecordSink, _ lines: inout RosterLines
  ) throws(AdapterError) -> Bool {
    switch table.kind {
    case CBL_KIND_ORGANIZATION:
      try put(OrganizationRow(), row, of: file, table, columns, &sink, &lines)
    case CBL_KIND_ACADEMIC_SESSION:
      try put(AcademicSessionRow(), row, of: file, table, columns, &sink, &lines)
    case CBL_KIND_COURSE: try put(CourseRow(), row, of: file, table, columns, &sink, &lines)
    case CBL_KIND_CLASS: try put(ClassRow(), row, of: file, table, columns, &sink, &lines)
    case CBL_KIND_PERSON: try put(PersonRow(), row, of: file, table, columns, &sink, &lines)
    case CBL_KIND_ENROLLMENT:
      try put(EnrollmentRow(), row, of: file, table, columns, &sink, &lines)
    default: try putAttribute(row, of: file, table, columns, &sink, &lines)
    }
  }

  private mutating func put<Row: RecordRow>(
    _ fresh: Row, _ row: Int, of file: borrowing CSVMember, _ table: RosterTable,
    _ columns: [RosterColumn], _ sink: inout RecordSink, _ lines: inout RosterLines
  ) throws(AdapterError) -> Bool {
    guard let id = try identifier(row, of: file, table, columns, &sink) else { return false }
    var record = fresh
    var attributes: [(column: Int, value: Text)] = []
    for (index, column) in columns.enumerated() {
      let cell = file.text(index, of: row)
      guard column.field >= 0 else {
        if !isCourseKnown(column.name, cell, row, of: file, table, columns) {
          attributes.append((index, cell))
        }
        continue
      }
      switch column.rule {
      case .plain: record[column.field] = cell
      case .status:
        if let status = RosterValue.status(cell) {
          record[column.field] = status
        } else {
          attributes.append((index, cell))
        }
      case .date:
        if cell.isEmpty {
          record[column.field] = cell
        } else if let date = RosterValue.date(cell) {
          record[column.field] = unsafe date.withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
        } else {
          try warnOfDate(cell, index, row, of: file, sink)
          attributes.append((index, cell))
        }
      }
    }
    record[0] = id
    finish(&record, id, row, of: file, columns, &sink)
    for (column, value) in attributes where value.count > 0 {
      var attribute = AttributeRow()
      attribute.origin = file.origin(of: row)
      attribute.owner_kind = Text(table.kindName)
      attribute.owner = id
      attribute.vocabulary = Text("canvas")
      attribute.key = sink.copy(columns[column].name)
      attribute.value = value
      try sink.put(attribute)
    }
    try sink.put(record)
    try lines.record(row, of: file, columns, courseOfSection, &sink)
    return true
  }

  /// Fields that more than one column decides.
  private mutating func finish<Row: RecordRow>(
    _ record: inout Row, _ id: Text, _ row: Int, of file: borrowing CSVMember,
    _ columns: [RosterColumn], _ sink: inout RecordSink
  ) {
    unsafe withUnsafeMutableBytes(of: &record) { bytes in
      unsafe bytes.storeBytes(of: file.origin(of: row), as: cbl_origin.self)
    }
    func cell(_ name: String) -> Text {
      guard let column = columns.firstIndex(where: { $0.name == name }) else { return .absent }
      return file.text(column, of: row)
    }
    if var person = record as? PersonRow {
      if let own = observers[id.array] {
        let list = Array(own.joined(separator: [0x1F]))
        person.agents = unsafe list.withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
      }
      if cell("status").matches("suspended") { person.enabled = Text("false") }
      if let changed = person as? Row { record = changed }
    } else if var enrollment = record as? EnrollmentRow {
      let status = cell("status")
      if !status.isEmpty, RosterValue.status(status) == nil { enrollment.state = status }
      if let changed = enrollment as? Row { record = changed }
    } else if record is ClassRow {
      courseOfSection[id.array] = cell("course_id").array
    }
  }

  /// Whether the course of an enrollment follows from its section.
  private func isCourseKnown(
    _ name: String, _ cell: Text, _ row: Int, of file: borrowing CSVMember,
    _ table: RosterTable, _ columns: [RosterColumn]
  ) -> Bool {
    guard table.kind == CBL_KIND_ENROLLMENT, name == "course_id",
      let section = columns.firstIndex(where: { $0.name == "section_id" }),
      let course = courseOfSection[file.text(section, of: row).array]
    else { return false }
    return unsafe course.elementsEqual(cell.rawBytes)
  }

  /// The identifier of a record, or `nil` when the row was rejected.
  private mutating func identifier(
    _ row: Int, of file: borrowing CSVMember, _ table: RosterTable, _ columns: [RosterColumn],
    _ sink: inout RecordSink
  ) throws(AdapterError) -> Text? {
    guard !table.id.isEmpty else {
      var key: [UInt8] = []
      for name in ["course_id", "section_id", "user_id", "role", "role_id"] {
        guard let column = columns.firstIndex(where: { $0.name == name }) else { continue }
        let cell = file.text(column, of: row)
        guard !cell.isEmpty else { continue }
        if !key.isEmpty { key.append(UInt8(ascii: ":")) }
        unsafe key.append(contentsOf: cell.rawBytes)
      }
      let number = seen[key, default: 0] + 1
      seen[key] = number
      if number > 1 { key += "#\(number)".utf8 }
      return unsafe key.withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
    }
    guard let column = columns.firstIndex(where: { $0.name == table.id }) else { return nil }
    let id = file.text(column, of: row)
    let isNew = seen.updateValue(1, forKey: id.array) == nil
    if !id.isEmpty, isNew { return id }
    try sink.host.report(
      RecordProblem(
        .rejected, id.isEmpty ? "canvas.id_missing" : "canvas.id_twice",
        id.isEmpty
          ? "\(table.id) is empty; every row needs one"
          : "this \(table.id) stands in a row above; keep one of the two",
        member: file.name, line: file.line(of: row), column: UInt64(column + 1),
        raw: file.rawRecord(row).string, kind: table.kind))
    return nil
  }

  private func warnOfDate(
    _ cell: Text, _ column: Int, _ row: Int, of file: borrowing CSVMember,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        .warning, "canvas.date_unknown",
        "this is no date such as 2025-09-30T08:00:00Z; it is kept as text", member: file.name,
        line: file.line(of: row), column: UInt64(column + 1), value: cell.string))
  }

  /// Rows that no kind of record fits: all their cells in one attribute.
  private mutating func putAttribute(
    _ row: Int, of file: borrowing CSVMember, _ table: RosterTable, _ columns: [RosterColumn],
    _ sink: inout RecordSink, _ lines: inout RosterLines
  ) throws(AdapterError) -> Bool {
    var value: [UInt8] = []
    var attribute = AttributeRow()
    attribute.origin = file.origin(of: row)
    attribute.owner_kind = Text(table.owner.kind)
    attribute.owner = .blank
    for (index, column) in columns.enumerated() {
      let cell = file.text(index, of: row)
      if column.name == table.owner.column { attribute.owner = cell }
      if column.name == "status", cell.matches("deleted") { attribute.status = Text("tobedeleted") }
      if index > 0 { value.append(0x1F) }
      value += column.name.utf8
      value.append(UInt8(ascii: "="))
      unsafe value.append(contentsOf: cell.rawBytes)
    }
    attribute.vocabulary = Text("canvas")
    attribute.key = sink.copy(table.file)
    attribute.value = unsafe value.withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
    if table.file == "user_observers.csv", !attribute.status.equals("tobedeleted"),
      let observer = columns.firstIndex(where: { $0.name == "observer_id" })
    {
      observers[attribute.owner.array, default: []].append(file.text(observer, of: row).array)
    }
    try sink.put(attribute)
    try lines.record(row, of: file, columns, courseOfSection, &sink)
    return true
  }
}
