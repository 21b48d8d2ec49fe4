internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension CanvasGradebookWriter {
  /// Turns to the gradebook of a class; `classAtHand` is -1 when it was written already.
  mutating func enter(_ classNumber: Int) throws(AdapterError) {
    let index = sourceGridOfClass[classNumber]
    if index >= 0, index == sourceAtHand {
      classAtHand = classNumber
      return
    }
    try leave()
    if index >= 0 {
      swap(&grid, &sourceGrids[index])
      sourceAtHand = index
    } else {
      guard classNumber >= nextClass else { return }
      try writeClasses(before: classNumber)
      prepare(classNumber)
      nextClass = classNumber + 1
    }
    classAtHand = classNumber
    setPlaces()
  }

  /// Fills the maps from people and line items to rows and columns, or clears them.
  private mutating func setPlaces(isClearing: Bool = false) {
    for (row, person) in grid.people.enumerated() {
      while rowOfPerson.count <= Int(person) { rowOfPerson.append(noNumber) }
      rowOfPerson[Int(person)] = isClearing ? noNumber : UInt32(row)
    }
    for (column, item) in grid.items.enumerated() where item != noNumber {
      placeOfItem[Int(item)] = isClearing ? noNumber : UInt32(grid.scorePlace[column])
    }
    for sibling in grid.siblings {
      placeOfItem[Int(sibling.item)] = isClearing ? noNumber : UInt32(sibling.place)
    }
  }

  /// Writes the class at hand, or puts a gradebook that was read aside.
  mutating func leave() throws(AdapterError) {
    guard classAtHand >= 0 else { return }
    setPlaces(isClearing: true)
    classAtHand = -1
    if sourceAtHand >= 0 {
      swap(&grid, &sourceGrids[sourceAtHand])
      sourceAtHand = -1
      return
    }
    try writeFresh()
  }

  /// Writes the classes that have students and assignments but no results.
  mutating func writeClasses(before end: Int) throws(AdapterError) {
    while nextClass < end {
      let number = nextClass
      nextClass += 1
      guard sourceGridOfClass[number] < 0, !roster.students(of: number).isEmpty,
        !roster.items(of: number).isEmpty
      else { continue }
      prepare(number)
      try writeFresh()
    }
  }

  /// Writes the grid at hand, which no file had.
  mutating func writeFresh() throws(AdapterError) {
    grid.setHeadings(roster)
    try write(grid, source: nil)
  }

  /// Makes the empty gradebook of a class.
  mutating func prepare(_ classNumber: Int) {
    grid.removeAll()
    grid.hasTwoDecimals = true
    grid.name = memberName(of: classNumber)
    grid.plan.points = GradebookPlan.pointsLabel
    let identity: [(ColumnRole, String)] = [
      (.student, "Student"), (.id, "ID"), (.sisUser, "SIS User ID"),
      (.sisLogin, "SIS Login ID"), (.integration, "Integration ID"), (.section, "Section"),
    ]
    for (role, header) in identity where role != .integration || roster.people.hasIntegration {
      grid.add(GradebookColumn(role: role, header: header, key: ""))
    }
    let students = roster.students(of: classNumber)
    for key in noteKeys(of: students) {
      grid.add(GradebookColumn(role: .custom, header: key, key: key))
    }
    for item in roster.items(of: classNumber) {
      let entry = roster.items[Int(item)]
      var column = GradebookColumn(role: .item, header: "", key: roster.pool.string(entry.id))
      column.title = roster.pool.string(entry.title)
      grid.add(column, item: item)
      if entry.isHidden { grid.plan.posting = "Manual Posting" }
    }
    for person in students {
      while rowOfPerson.count <= Int(person) { rowOfPerson.append(noNumber) }
      guard rowOfPerson[Int(person)] == noNumber else {
        losses.repeatedEnrollments += 1
        continue
      }
      rowOfPerson[Int(person)] = UInt32(
        grid.addRow(person: person, classNumber: UInt32(classNumber)))
    }
    for person in students { rowOfPerson[Int(person)] = noNumber }
  }

  private func noteKeys(of students: ArraySlice<UInt32>) -> [String] {
    guard !notes.isEmpty else { return [] }
    var keys: [String] = []
    for person in students where Int(person) < roster.personIDs.count {
      for note in notes[roster.personIDs[Int(person)]] ?? []
      where !keys.contains(note.key) && isNoteHeading(note.key) {
        keys.append(note.key)
      }
    }
    return keys
  }

  /// Whether a column with this heading is read as the teacher's own.
  private func isNoteHeading(_ key: String) -> Bool {
    !trimmed(key).isEmpty && IdentityColumns.role(of: key) == nil && TotalHeading(key) == nil
      && parseTrailingParentheses(key) == nil
  }

  private mutating func memberName(of classNumber: Int) -> String {
    var name = "gradebook"
    if classNumber < roster.classes.count {
      name = safeFileName(roster.pool.string(roster.classes[classNumber].id))
    }
    var candidate = name
    var number = 2
    while !names.insert(candidate.lowercased()).inserted {
      candidate = "\(name)-\(number)"
      number += 1
    }
    return candidate + ".csv"
  }

  /// Writes a gradebook as a member.
  mutating func write(_ grid: borrowing GradebookGrid, source: SourceMember?) throws(AdapterError) {
    hasMembers = true
    losses.show(grid)
    losses.compare(grid, roster, isFresh: source == nil)
    var layout = CSVLayout.standard
    layout.lineEnd = .lf
    if let source { layout = source.layout }
    var writer = try LineWriter(
      output: output, member: grid.name, layout: layout, source: source)
    // The reader took lines as guarded, so those that were read are known by their guards.
    var line = GridLine(
      layout: layout, style: .canvas, guardsFormulas: guardsFormulas || source != nil)
    let plan = grid.plan
    GradebookRendering.header(plan, into: &line)
    try unsafe writer.line(line.bytes)
    if plan.posting != nil {
      GradebookRendering.posting(plan, into: &line) { column in
        let item = grid.items[column]
        return item != noNumber && roster.items[Int(item)].isHidden
      }
      try unsafe writer.line(line.bytes)
    }
    if plan.points != nil {
      let hasDigits = plan.columns.contains { $0.role == .item && isDigits($0.key) }
      GradebookRendering.points(plan, into: &line) { column, bytes in
        let item = grid.items[column]
        guard item != noNumber else { return }
        defer {
          if bytes.isEmpty, source == nil, needsPoints(plan.columns[column], hasDigits) {
            bytes.append(UInt8(ascii: " "))
          }
        }
        roster.pool.withText(roster.items[Int(item)].maximum) { maximum in
          _ = DecimalText.append(
            maximum,
            mark: grid.hasTwoDecimals ? UInt8(ascii: ".") : plan.columns[column].mark,
            hasTwoDecimals: grid.hasTwoDecimals, to: &bytes)
        }
      }
      try unsafe writer.line(line.bytes)
    }
    let isPlain = plainColumns(of: grid, line)
    // Without any assignment in the file, a reader goes by the cells, and a note that looks like a
    // score would make an assignment of its column.
    let guardsNotes = source == nil && !plan.columns.contains { $0.role == .item }
    for row in grid.people.indices {
      render(row, of: grid, isPlain, guardsNotes: guardsNotes, into: &line)
      try unsafe writer.line(line.bytes)
    }
    try writer.finish()
  }

  /// Whether a column without points would be taken for a total or for the teacher's own.
  ///
  /// - Parameter hasDigits: Whether other headings have identifiers of digits.
  private func needsPoints(_ column: GradebookColumn, _ hasDigits: Bool) -> Bool {
    TotalHeading(column.header) != nil || hasDigits && !isDigits(column.key)
  }

  /// The columns whose numbers never need quotes.
  private func plainColumns(
    of grid: borrowing GradebookGrid, _ line: borrowing GridLine
  ) -> [Bool] {
    let delimiter = line.layout.dialect.delimiter
    return grid.plan.columns.enumerated().map { index, column in
      !line.quotes(index) && (column.mark != delimiter || grid.hasTwoDecimals)
        && delimiter != UInt8(ascii: ".")
    }
  }

  private func render(
    _ row: Int, of grid: borrowing GradebookGrid, _ isPlain: [Bool], guardsNotes: Bool,
    into line: inout GridLine
  ) {
    line.start()
    let person = Int(grid.people[row])
    let base = row * grid.stride
    for column in grid.plan.columns.indices {
      let place = grid.scorePlace[column]
      if place >= 0 {
        grid.append(grid.cells[base + place], isPlain: isPlain[column], to: &line)
        continue
      }
      switch grid.plan.columns[column].role {
      case .section: appendSection(Int(grid.classes[row]), grid.plan.defaultClass, to: &line)
      case .custom, .rootAccount:
        appendNote(grid.plan.columns[column].key, person, guardsScores: guardsNotes, to: &line)
      case .item, .total: line.blank()
      default: roster.people.append(grid.plan.columns[column].role, of: person, to: &line)
      }
    }
  }

  private func appendSection(_ classNumber: Int, _ defaultClass: String, to line: inout GridLine) {
    if !defaultClass.isEmpty, classNumber < roster.classes.count,
      roster.pool.array(roster.classes[classNumber].id).elementsEqual(defaultClass.utf8)
    {
      return line.blank()
    }
    let section = roster.section(of: classNumber)
    roster.pool.withText(section) { text in
      // Bare, it would be taken for a cell that is out of place.
      if text.equals("-") { line.quotedCell(text) } else { line.guardedCell(text) }
    }
  }

  private func appendNote(
    _ key: String, _ person: Int, guardsScores: Bool, to line: inout GridLine
  ) {
    guard roster.personIDs.indices.contains(person),
      let note = notes[roster.personIDs[person]]?.first(where: { note in
        note.key.utf8.elementsEqual(key.utf8)
      })
    else { return line.blank() }
    withText(note.value) { text in
      if guardsScores, looksLikeScore(text) {
        line.quotedCell(text)
      } else {
        line.guardedCell(text)
      }
    }
  }

  private func looksLikeScore(_ note: Text) -> Bool {
    switch ScoreCell(note) {
    case .blank, .words: false
    default: true
    }
  }
}

/// A name that any file system takes: other characters become `_`.
func safeFileName(_ text: String) -> String {
  var bytes: [UInt8] = []
  for byte in text.utf8.prefix(120) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      bytes.append(byte)
    default:
      bytes.append(UInt8(ascii: "_"))
    }
  }
  while bytes.first == UInt8(ascii: ".") { bytes.removeFirst() }
  return bytes.isEmpty ? "gradebook" : String(decoding: bytes, as: UTF8.self)
}
