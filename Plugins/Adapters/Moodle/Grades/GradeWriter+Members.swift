internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension GradeWriter {
  /// Turns to the file of a class; `classAtHand` is -1 when it was written already.
  mutating func enter(_ classNumber: Int) throws(AdapterError) {
    guard classNumber != classAtHand else { return }
    try leave()
    let index = sourceGridOfClass[classNumber]
    if index >= 0 {
      swap(&grid, &sourceGrids[index])
      sourceAtHand = index
    } else {
      guard !isWritten[classNumber] else { return }
      try writeClasses(before: classNumber)
      prepare(classNumber)
    }
    classAtHand = classNumber
    for (row, person) in grid.people.enumerated() {
      while rowOfPerson.count <= Int(person) { rowOfPerson.append(noNumber) }
      rowOfPerson[Int(person)] = UInt32(row)
    }
    for (place, columns) in grid.items.enumerated() {
      placeOfItem[Int(columns.item)] = UInt32(place)
    }
  }

  /// Writes the class at hand, or puts an export that was read aside.
  mutating func leave() throws(AdapterError) {
    guard classAtHand >= 0 else { return }
    for person in grid.people { rowOfPerson[Int(person)] = noNumber }
    for columns in grid.items { placeOfItem[Int(columns.item)] = noNumber }
    taken.removeAll(keepingCapacity: true)
    let number = classAtHand
    classAtHand = -1
    if sourceAtHand >= 0 {
      swap(&grid, &sourceGrids[sourceAtHand])
      sourceAtHand = -1
      return
    }
    isWritten[number] = true
    try write(grid, source: nil)
  }

  /// Writes the classes that have students or items but no results; those without a class last.
  mutating func writeClasses(before end: Int) throws(AdapterError) {
    while nextClass < end {
      let number = nextClass
      nextClass += 1
      guard sourceGridOfClass[number] < 0, !isWritten[number] else { continue }
      guard number < roster.classes.count else {
        continue
      }
      guard !roster.students(of: number).isEmpty || !roster.items(of: number).isEmpty else {
        losses.lose(CBL_KIND_CLASS, "a class without students and items has no file")
        continue
      }
      prepare(number)
      isWritten[number] = true
      try write(grid, source: nil)
    }
  }

  /// Makes the empty file of a class.
  mutating func prepare(_ classNumber: Int) {
    let id = roster.classID(classNumber)
    grid = GradeGrid()
    grid.plan.classID = String(decoding: id, as: UTF8.self)
    grid.name =
      names.make(
        String(decoding: id, as: UTF8.self), extension: ".csv", otherwise: "grades"
      ).name
    let students = roster.students(of: classNumber)
    for role in [GradeRole.firstName, .lastName, .idNumber] {
      grid.add(GradeColumn(role, header: role.heading), atEnd: true)
    }
    // Before the address, as in Moodle, and so that reading takes them for fields of people.
    for key in fieldKeys(of: students) {
      let role: GradeRole =
        key == "institution" ? .institution : key == "department" ? .department : .custom
      var column = GradeColumn(role, header: role == .custom ? key : role.heading)
      column.key = key
      grid.add(column, atEnd: true)
    }
    grid.add(GradeColumn(.email, header: GradeRole.email.heading), atEnd: true)
    if students.contains(where: \.isSuspended) {
      var column = GradeColumn(.suspended, header: GradeRole.suspended.heading)
      column.filler = "Yes"
      grid.add(column, atEnd: true)
    }
    if classNumber < roster.classes.count {
      for item in roster.items(of: classNumber) {
        Self.add(item, roster.items[Int(item)], to: &grid)
      }
    }
    grid.downloaded = downloadedOfClass[id] ?? downloaded
    if !grid.downloaded.isEmpty {
      grid.add(GradeColumn(.downloaded, header: GradeRole.downloaded.heading), atEnd: true)
    }
    var seen: Set<UInt32> = []
    for student in students where seen.insert(student.person).inserted {
      grid.addRow(person: student.person, isSuspended: student.isSuspended)
    }
  }

  private func fieldKeys(of students: ArraySlice<GradeRoster.Student>) -> [String] {
    var keys: [String] = []
    for student in students {
      for key in roster.people.keys(of: Int(student.person)) where !keys.contains(key) {
        keys.append(key)
      }
    }
    return keys
  }

  /// Adds the first column of an item.
  static func add(_ item: UInt32, _ entry: GradeRoster.Item, to grid: inout GradeGrid) {
    let base = grid.freeBase(Self.base(entry))
    let display: GradeDisplay
    switch entry.scoreKind {
    case "percent": display = .percentage
    case "letter": display = .letter
    default: display = .real
    }
    grid.add(Self.column(entry, display, base), item: item)
  }

  /// A new column of an item.
  static func column(
    _ item: GradeRoster.Item, _ display: GradeDisplay, _ base: String
  ) -> GradeColumn {
    var column = GradeColumn(.item, header: "\(base) (\(display.word))")
    column.key = String(decoding: item.id, as: UTF8.self)
    column.title = item.title
    column.display = display
    return column
  }

  /// The heading of a column as Moodle writes it.
  static func heading(_ item: GradeRoster.Item, _ display: GradeDisplay) -> String {
    "\(base(item)) (\(display.word))"
  }

  private static func base(_ item: GradeRoster.Item) -> String {
    let title = item.title.isEmpty ? String(decoding: item.id, as: UTF8.self) : item.title
    return GradeWords.prefix(of: item.type).map { "\($0): \(title)" } ?? title
  }

  /// Writes an export as a member.
  mutating func write(_ grid: borrowing GradeGrid, source: SourceMember?) throws(AdapterError) {
    members += 1
    var layout = CSVLayout.standard
    layout.lineEnd = .lf
    if let source { layout = source.layout }
    let table = table(of: grid)
    try compare(grid, table, delimiter: layout.dialect.delimiter)
    var writer = try LineWriter(output: output, member: grid.name, layout: layout, source: source)
    var line = GridLine(
      layout: layout, style: .moodle(quotesBlanks: grid.plan.quotesBlanks),
      guardsFormulas: guardsFormulas || grid.plan.isGuarded)
    line.start(isHeader: true)
    for column in grid.order { line.guardedCell(grid.plan.columns[column].header) }
    try unsafe writer.line(line.bytes)
    for row in grid.people.indices {
      line.start()
      try table.withRow(row) { cells throws(AdapterError) in
        for cell in cells { line.cell(cell) }
      }
      try unsafe writer.line(line.bytes)
    }
    try writer.finish()
  }

  /// The rows of an export as they will stand in its file.
  private func table(of grid: borrowing GradeGrid) -> GradeTable {
    var table = GradeTable(
      width: grid.order.count, guardsFormulas: guardsFormulas || grid.plan.isGuarded)
    let entries = grid.table()
    let width = grid.plan.columns.count
    for row in grid.people.indices {
      for index in grid.order {
        let column = grid.plan.columns[index]
        let entry = entries[row * width + index]
        if entry >= 0 {
          grid.withEntry(entry) { table.add($0, isText: $1) }
          continue
        }
        switch column.role {
        case .item: table.add(Text.blank)
        case .total: table.add(column.filler)
        case .suspended: table.add(grid.suspended[row] ? column.filler : "")
        case .downloaded: table.add(grid.downloaded)
        default:
          roster.people.withCell(column, of: Int(grid.people[row])) { table.add($0, isText: true) }
        }
      }
    }
    return table
  }
}
