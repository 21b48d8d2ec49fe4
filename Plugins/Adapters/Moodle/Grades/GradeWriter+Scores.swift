internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension GradeWriter {
  /// Puts results into the grids of their classes.
  mutating func takeResults(_ batch: RecordBatch) throws(AdapterError) {
    guard let items = unsafe batch.numbers(3), let people = unsafe batch.numbers(4) else {
      losses.unplaced += batch.count
      return
    }
    let classes = unsafe batch.numbers(5)
    var index = 0
    for row in batch.rows(as: ResultRow.self) {
      let item = unsafe items[index]
      let person = unsafe people[index]
      var classNumber = unsafe classes?[index] ?? noNumber
      index += 1
      guard item != noNumber, Int(item) < roster.items.count, person != noNumber else {
        losses.unplaced += 1
        continue
      }
      guard !row.status.equals("tobedeleted"), !roster.items[Int(item)].isDeleted else {
        losses.deleted += 1
        continue
      }
      if classNumber == noNumber { classNumber = roster.items[Int(item)].classNumber }
      try enter(min(Int(classNumber), roster.classes.count))
      guard classAtHand >= 0 else {
        losses.late += 1
        continue
      }
      put(row, item: item, person: person)
    }
  }

  private mutating func put(_ row: ResultRow, item: UInt32, person: UInt32) {
    let entry = roster.items[Int(item)]
    var values = GradeValues()
    values.comment = row.comment
    values.textScore = row.text_score
    values.isNoGrade = row.state.equals("noGrade")
    values.isPercent =
      row.score_kind.isEmpty ? entry.scoreKind == "percent" : row.score_kind.equals("percent")
    if !row.score.isEmpty { values.score = row.score }
    let extras = extras(of: row.id)
    if extras.isEmpty { return place(row, values, item: item, person: person) }
    let percentage = extras.last { !$0.isLetter }?.value ?? []
    let letter = extras.last { $0.isLetter }?.value ?? []
    withText(percentage) { percentage in
      withText(letter) { letter in
        values.percentage = percentage
        values.letter = letter
        place(row, values, item: item, person: person)
      }
    }
  }

  private mutating func place(
    _ row: ResultRow, _ values: GradeValues, item: UInt32, person: UInt32
  ) {
    guard !values.isEmpty else {
      losses.blank += 1
      return
    }
    var number: [UInt8] = []
    if !values.score.isEmpty, !NumberText.append(values.score, mark: 0x2E, to: &number) {
      losses.numbers += 1
    }
    if !values.score.isEmpty {
      if !row.state.equals("graded"), !row.state.isEmpty { losses.states += 1 }
      if row.score_kind.equals("fraction") || row.score_kind.equals("level") { losses.kinds += 1 }
    }
    if placeOfItem[Int(item)] == noNumber {
      Self.add(item, roster.items[Int(item)], to: &grid)
      placeOfItem[Int(item)] = UInt32(grid.place(of: item) ?? 0)
    }
    let place = Int(placeOfItem[Int(item)])
    let line = rowPlace(of: person)
    addColumns(values, place)
    if !taken.insert(UInt64(line) << 32 | UInt64(place)).inserted { losses.repeated += 1 }
    let columns = grid.items[place]
    var bytes: [UInt8] = []
    for column in [columns.real, columns.percentage, columns.letter, columns.feedback]
    where column >= 0 {
      bytes.removeAll(keepingCapacity: true)
      let isText = values.append(grid.plan.columns[column], columns.displays, to: &bytes)
      grid.set(line, column, to: bytes, isText: isText)
    }
  }

  /// Adds the columns that a result needs and the item does not have.
  private mutating func addColumns(_ values: GradeValues, _ place: Int) {
    let displays = grid.items[place].displays
    var missing: [GradeDisplay] = []
    if !values.score.isEmpty {
      if values.isPercent {
        let isReal = displays.contains(.real) && grid.isSource
        if !displays.contains(.percentage), !isReal { missing.append(.percentage) }
      } else if !displays.contains(.real) {
        missing.append(.real)
      }
    }
    if !values.letter.isEmpty || !values.textScore.isEmpty, !displays.contains(.letter) {
      let isBeside = !values.score.isEmpty || !values.letter.isEmpty
      if isBeside || !displays.contains(.real) || !GradeCell.isWords(values.textScore) {
        if !(displays == .percentage && !isBeside && grid.isSource) { missing.append(.letter) }
      }
    }
    if !values.percentage.isEmpty, !displays.contains(.percentage) { missing.append(.percentage) }
    if !values.comment.isEmpty, !displays.contains(.feedback) { missing.append(.feedback) }
    let item = grid.items[place].item
    for display in missing {
      grid.add(
        Self.column(roster.items[Int(item)], display, grid.items[place].base), item: item)
    }
  }

  /// The row of a person, made when the class did not list the person.
  private mutating func rowPlace(of person: UInt32) -> Int {
    while rowOfPerson.count <= Int(person) { rowOfPerson.append(noNumber) }
    if rowOfPerson[Int(person)] != noNumber { return Int(rowOfPerson[Int(person)]) }
    let row = grid.addRow(person: person, isSuspended: false)
    rowOfPerson[Int(person)] = UInt32(row)
    return row
  }

  /// Puts totals into the grids of their classes.
  mutating func takeTotals(_ batch: RecordBatch) throws(AdapterError) {
    guard let people = unsafe batch.numbers(3) else {
      losses.unplacedTotals += batch.count
      return
    }
    let classes = unsafe batch.numbers(4)
    let categories = unsafe batch.numbers(5)
    for (index, row) in batch.rows(as: AggregateGradeRow.self).enumerated() {
      let person = unsafe people[index]
      let classNumber = unsafe classes?[index] ?? noNumber
      let category = unsafe categories?[index] ?? noNumber
      guard person != noNumber, !row.status.equals("tobedeleted") else {
        losses.unplacedTotals += 1
        continue
      }
      try enter(min(Int(classNumber), roster.classes.count))
      guard classAtHand >= 0 else {
        losses.unplacedTotals += 1
        continue
      }
      put(row, person: person, category: category)
    }
  }

  private mutating func put(_ row: AggregateGradeRow, person: UInt32, category: UInt32) {
    var value = GradeTotalValue()
    value.score = row.score
    value.textScore = row.text_score
    value.isPercent = row.score_kind.equals("percent")
    guard !value.score.isEmpty || !value.textScore.isEmpty else {
      losses.unplacedTotals += 1
      return
    }
    if !value.score.isEmpty, !value.textScore.isEmpty { losses.totalTexts += 1 }
    let column = totalColumn(row, value, category)
    let line = rowPlace(of: person)
    let key = UInt64(line) << 32 | UInt64(column) | 1 << 31
    if !taken.insert(key).inserted { losses.unplacedTotals += 1 }
    var bytes: [UInt8] = []
    let isText = value.append(grid.plan.columns[column], to: &bytes)
    grid.set(line, column, to: bytes, isText: isText)
  }

  /// The column of a total, made when there is none.
  private mutating func totalColumn(
    _ row: AggregateGradeRow, _ value: GradeTotalValue, _ category: UInt32
  ) -> Int {
    var title = row.title.string
    if title.isEmpty {
      let name =
        roster.categories.indices.contains(Int(category))
        ? roster.categories[Int(category)] : ""
      title = name.isEmpty ? "Course total" : "\(name) total"
    }
    let display: GradeDisplay =
      value.score.isEmpty ? .letter : value.isPercent ? .percentage : .real
    if let position = Int(row.position.string), grid.plan.columns.indices.contains(position),
      isTotal(grid.plan.columns[position], title, nil)
    {
      return position
    }
    let columns = grid.plan.columns
    if let exact = columns.firstIndex(where: { isTotal($0, title, display) }) { return exact }
    if let plain = columns.firstIndex(where: { isTotal($0, title, .plain) }) { return plain }
    var column = GradeColumn(.total, header: "")
    column.title = title
    column.display = display
    let base = GradeWords.total(title) == nil ? "\(title) total" : title
    column.header = "\(base) (\(display.word))"
    return grid.add(column)
  }

  private func isTotal(_ column: GradeColumn, _ title: String, _ display: GradeDisplay?) -> Bool {
    guard column.role == .total,
      column.title.trimmedBlanks.utf8.elementsEqual(title.utf8)
    else { return false }
    guard let display else { return grid.isSource }
    return column.display == display
  }
}
