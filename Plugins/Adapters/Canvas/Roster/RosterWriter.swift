internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes the files of a SIS import, one after the other, as their records come.
struct RosterWriter: GradebookWriter, ~Copyable {
  /// A file that was read.
  private struct Plan {
    var table: String
    var rows: Int
    var headers: [String]
    var member: String
  }

  private let output: AdapterOutput
  private let host: HostLink
  private var losses = RosterLosses()
  private var source = SourceLayer()
  private var plans: [Plan] = []
  /// Cells of columns without a field, by kind and owner.
  private var attributes: [[UInt8]: [(key: [UInt8], value: [UInt8])]] = [:]
  /// Rows of the files that only attributes hold, by file.
  private var attributeRows: [String: [[UInt8]]] = [:]
  private var courseOfClass: [[UInt8]: [UInt8]] = [:]
  private var written: Set<String> = []
  private var open: OpenTable?
  private var line = GridLine(layout: .standard, style: .canvas, guardsFormulas: false)

  /// The file at hand.
  private struct OpenTable {
    var file: String
    var columns: [RosterColumn]
    var rowsLeft: Int
  }

  /// Lines of the file at hand; `nil` between files.
  private var lines: LineWriter?

  init(output: AdapterOutput, host: HostLink) {
    self.output = output
    self.host = host
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    if source.take(batch) { return }
    switch batch.kind {
    case CBL_KIND_ATTRIBUTE: takeAttributes(batch)
    case CBL_KIND_ORGANIZATION: try write(batch, OrganizationRow.self)
    case CBL_KIND_ACADEMIC_SESSION: try write(batch, AcademicSessionRow.self)
    case CBL_KIND_COURSE: try write(batch, CourseRow.self)
    case CBL_KIND_CLASS:
      for row in batch.rows(as: ClassRow.self) where !row.course.isEmpty {
        courseOfClass[row.id.array] = row.course.array
      }
      try write(batch, ClassRow.self)
    case CBL_KIND_PERSON: try write(batch, PersonRow.self)
    case CBL_KIND_ENROLLMENT: try write(batch, EnrollmentRow.self)
    default: return
    }
  }

  private mutating func takeAttributes(_ batch: RecordBatch) {
    for row in batch.rows(as: AttributeRow.self) where row.vocabulary.equals("canvas") {
      let key = row.key.string
      if row.owner_kind.equals("sourceMember"), key == "roster" {
        let parts = row.value.string.split(
          separator: "\u{1F}", omittingEmptySubsequences: false
        ).map(String.init)
        guard parts.count >= 3 else { continue }
        plans.append(
          Plan(
            table: parts[0], rows: Int(parts[1]) ?? 0, headers: Array(parts[2...]),
            member: row.owner.string))
      } else if RosterTable.all.contains(where: {
        $0.kind == CBL_KIND_ATTRIBUTE && $0.file == key
      }) {
        attributeRows[key, default: []].append(row.value.array)
        if key == "user_observers.csv" { losses.hasObservers = true }
      } else {
        let owner = row.owner_kind.array + [0x1F] + row.owner.array
        attributes[owner, default: []].append((row.key.array, row.value.array))
      }
    }
  }

  private mutating func write<Row: RecordRow>(
    _ batch: RecordBatch, _ type: Row.Type
  ) throws(AdapterError) {
    guard let table = RosterTable.all.first(where: { $0.kind == Row.kind }) else { return }
    for row in batch.rows(as: type) {
      try turn(to: table)
      guard let columns = open?.columns else { return }
      line.start()
      let own = attributes[Text(table.kindName).array + [0x1F] + row[0].array]
      for column in columns { append(column, of: row, own) }
      losses.compare(row, table, columns, own, courseOfClass)
      try unsafe lines?.line(line.bytes)
      open?.rowsLeft -= 1
    }
  }

  private mutating func append<Row: RecordRow>(
    _ column: RosterColumn, of row: Row, _ own: [(key: [UInt8], value: [UInt8])]?
  ) {
    let attribute = own?.first { $0.key.elementsEqual(column.name.utf8) }
    if let attribute {
      line.cell(attribute.value)
    } else if column.field >= 0 {
      let value = row[column.field]
      line.cell(column.rule == .status ? RosterValue.word(ofStatus: value) : value)
    } else if column.name == "course_id", let enrollment = row as? EnrollmentRow,
      let course = courseOfClass[enrollment.class_.array]
    {
      line.cell(course)
    } else {
      line.blank()
    }
  }

  /// Makes a table's file the one at hand.
  private mutating func turn(to table: RosterTable) throws(AdapterError) {
    if let open, open.file == table.file, open.rowsLeft > 0 { return }
    let next = plans.firstIndex { $0.table == table.file && !written.contains($0.member) }
    // Rows that no file had go to the end of the last one.
    if open?.file == table.file, next == nil { return }
    if let next {
      try begin(plans[next], table)
    } else {
      let headers = table.columns.filter(\.isUsual).map(\.name)
      try begin(Plan(table: table.file, rows: .max, headers: headers, member: table.file), table)
    }
    // A file without rows is done at once.
    if open?.rowsLeft == 0 { try turn(to: table) }
  }

  private mutating func begin(_ plan: Plan, _ table: RosterTable) throws(AdapterError) {
    try close()
    let member = source.member(plan.member)
    var layout = CSVLayout.standard
    layout.lineEnd = .lf
    if let member { layout = member.layout }
    written.insert(plan.member)
    line = GridLine(layout: layout, style: .canvas, guardsFormulas: false)
    lines = try LineWriter(output: output, member: plan.member, layout: layout, source: member)
    line.start()
    for header in plan.headers { line.cell(header) }
    try unsafe lines?.line(line.bytes)
    open = OpenTable(
      file: table.file, columns: RosterColumn.columns(plan.headers, of: table),
      rowsLeft: plan.rows)
  }

  private mutating func close() throws(AdapterError) {
    try lines?.finish()
    lines = nil
    open = nil
  }

  mutating func finish() throws(AdapterError) {
    for table in RosterTable.all where table.kind == CBL_KIND_ATTRIBUTE {
      for row in attributeRows[table.file] ?? [] { try write(attributeRow: row, table) }
    }
    while let next = plans.firstIndex(where: { !written.contains($0.member) }) {
      guard let table = RosterTable.all.first(where: { $0.file == plans[next].table }) else {
        written.insert(plans[next].member)
        continue
      }
      try begin(plans[next], table)
    }
    try close()
    try losses.tally.report(to: host)
    guard written.isEmpty, let table = RosterTable.all.first(where: { $0.file == "users.csv" })
    else { return }
    try turn(to: table)
    try close()
  }

  /// Writes a row that an attribute holds whole.
  private mutating func write(
    attributeRow: [UInt8], _ table: RosterTable
  ) throws(AdapterError) {
    var cells: [(name: String, value: ArraySlice<UInt8>)] = []
    for part in attributeRow.split(separator: 0x1F, omittingEmptySubsequences: false) {
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
      cells.append(
        (String(decoding: part[..<equals], as: UTF8.self), part[(equals + 1)...]))
    }
    if !plans.contains(where: { $0.table == table.file }) {
      plans.append(
        Plan(table: table.file, rows: .max, headers: cells.map(\.name), member: table.file))
    }
    try turn(to: table)
    line.start()
    for column in open?.columns ?? [] {
      let cell = cells.first { $0.name == column.name }
      line.cell(Array(cell?.value ?? []))
    }
    try unsafe lines?.line(line.bytes)
    open?.rowsLeft -= 1
  }
}
