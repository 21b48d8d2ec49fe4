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
        losses.unwrittenItems += roster.items(of: number).count
        continue
      }
      guard !roster.students(of: number).isEmpty || !roster.items(of: number).isEmpty else {
        losses.unwrittenClasses += 1
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
    grid.name =
      names.make(
        String(decoding: id, as: UTF8.self), extension: ".csv", otherwise: "grades"
      ).name
    for role in [GradeRole.firstName, .lastName, .idNumber, .email] {
      grid.add(GradeColumn(role, header: role.heading), atEnd: true)
    }
    let students = roster.students(of: classNumber)
    for key in fieldKeys(of: students) {
      let role: GradeRole =
        key == "institution" ? .institution : key == "department" ? .department : .custom
      var column = GradeColumn(role, header: role == .custom ? key : role.heading)
      column.key = key
      grid.add(column, atEnd: true)
    }
    if students.contains(where: \.isSuspended) {
      var column = GradeColumn(.suspended, header: GradeRole.suspended.heading)
      column.filler = "Yes"
      grid.add(column, atEnd: true)
    }
    if classNumber < roster.classes.count {
      for item in roster.items(of: classNumber)
      where !Self.add(item, roster.items[Int(item)], to: &grid) { losses.titles += 1 }
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
  ///
  /// - Returns: Whether the title is read back as it is.
  @discardableResult
  static func add(_ item: UInt32, _ entry: GradeRoster.Item, to grid: inout GradeGrid) -> Bool {
    let base = grid.freeBase(Self.base(entry))
    let isSplit = base.split(separator: ":", maxSplits: 1).first.map {
      GradeWords.type(of: String($0).trimmedBlanks) != nil
    }
    let isApart =
      GradeWords.total(base) != nil || !base.utf8.elementsEqual(Self.base(entry).utf8)
      || (GradeWords.prefix(of: entry.type) == nil && base.contains(": ") && isSplit == true)
    let display: GradeDisplay
    switch entry.scoreKind {
    case "percent": display = .percentage
    case "letter": display = .letter
    default: display = .real
    }
    grid.add(Self.column(entry, display, base), item: item)
    return !isApart
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
    hasMembers = true
    var layout = CSVLayout.standard
    layout.lineEnd = .lf
    if let source { layout = source.layout }
    var writer = try LineWriter(output: output, member: grid.name, layout: layout, source: source)
    var line = GridLine(
      layout: layout, quotesBlanks: grid.plan.quotesBlanks,
      guardsFormulas: guardsFormulas || grid.plan.isGuarded)
    line.start(isHeader: true)
    for column in grid.order { line.cell(grid.plan.columns[column].header) }
    try unsafe writer.line(line.bytes)
    let table = grid.table()
    let width = grid.plan.columns.count
    for row in grid.people.indices {
      line.start()
      let person = Int(grid.people[row])
      while isPersonWritten.count <= person { isPersonWritten.append(false) }
      isPersonWritten[person] = true
      for index in grid.order {
        let column = grid.plan.columns[index]
        let entry = table[row * width + index]
        if entry >= 0 {
          grid.append(entry, to: &line)
          continue
        }
        switch column.role {
        case .item: line.cell(Text.blank)
        case .total: line.cell(column.filler)
        case .suspended: line.cell(grid.suspended[row] ? column.filler : "")
        case .downloaded: line.cell(grid.downloaded)
        default: roster.people.append(column, of: person, to: &line)
        }
      }
      try unsafe writer.line(line.bytes)
    }
    try writer.finish()
  }
}
