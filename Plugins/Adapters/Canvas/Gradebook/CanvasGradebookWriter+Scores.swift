internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension CanvasGradebookWriter {
  /// Puts results into the grids of their classes.
  mutating func takeResults(_ batch: RecordBatch) throws(AdapterError) {
    guard let items = unsafe batch.numbers(3), let people = unsafe batch.numbers(4) else {
      losses.unplaced += batch.count
      return
    }
    let classes = unsafe batch.numbers(5)
    var rows = batch.rows(as: ResultRow.self)
    var index = 0
    while let row = rows.next() {
      let item = unsafe items[index]
      let person = unsafe people[index]
      var classNumber = unsafe classes?[index] ?? noNumber
      let isNamed = classNumber != noNumber
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
      let number = min(Int(classNumber), roster.classes.count)
      if number != classAtHand { try enter(number) }
      guard classAtHand >= 0 else {
        losses.late += 1
        continue
      }
      if isNamed {
        losses.name(number, \.results)
      } else if !row.class_.isEmpty {
        losses.strangeClasses += 1
      }
      put(row, item: item, person: person)
    }
  }

  private mutating func put(_ row: ResultRow, item: UInt32, person: UInt32) {
    let place = placeOfItem[Int(item)] != noNumber ? Int(placeOfItem[Int(item)]) : addItem(item)
    let line = rowPlace(of: person)
    var cell: (value: UInt64, form: ResultForm)
    if grid.hasTwoDecimals, row.score_kind.isEmpty, !roster.items[Int(item)].isPercent,
      let value = GradebookGrid.quickCell(row.score)
    {
      cell = (value, .score)
    } else {
      cell = carefulCell(row, item: item, place: place)
      if !row.score_kind.isEmpty {
        note(ScoreUnit(row.score_kind), of: cell.form, row, item, place)
      }
    }
    losses.see(row, cell.form)
    let value = cell.value
    guard value != 0 else { return }
    let target = line * grid.stride + place
    if grid.cells[target] != 0 { losses.repeated += 1 }
    grid.cells[target] = value
  }

  /// The row of a person, made when the class did not list the person.
  private mutating func rowPlace(of person: UInt32) -> Int {
    while rowOfPerson.count <= Int(person) { rowOfPerson.append(noNumber) }
    if rowOfPerson[Int(person)] != noNumber { return Int(rowOfPerson[Int(person)]) }
    let row = grid.addRow(person: person, classNumber: UInt32(classAtHand))
    rowOfPerson[Int(person)] = UInt32(row)
    return row
  }

  private mutating func addItem(_ item: UInt32) -> Int {
    let entry = roster.items[Int(item)]
    let title = roster.pool.string(entry.title)
    let id = roster.pool.string(entry.id)
    var column = GradebookColumn(
      role: .item, header: itemHeading(title: title, id: id), key: id)
    column.title = title
    if entry.isHidden, sourceAtHand < 0 { grid.plan.posting = "Manual Posting" }
    column.marks.commasElsewhere = grid.plan.columns.contains {
      $0.role == .item && $0.marks.isComma
    }
    let place = grid.add(column, item: item)
    placeOfItem[Int(item)] = UInt32(place)
    return place
  }

  /// Keeps a unit until the cells of the column show which one is usual.
  private mutating func note(
    _ unit: ScoreUnit, of form: ResultForm, _ row: ResultRow, _ item: UInt32, _ place: Int
  ) {
    let shown: ScoreUnit
    switch form {
    case .nothing: return
    case .score: shown = isPercent(row, item) ? .percent : .points
    case .words: shown = ScoreUnit(of: ScoreCell(guarded: row.text_score))
    case .incomplete: shown = .passFail
    case .exempt, .notAssigned, .noGrade: shown = .unsaid
    }
    grid.units.append((place, unit, shown))
  }

  private func isPercent(_ row: ResultRow, _ item: UInt32) -> Bool {
    row.score_kind.equals("percent")
      || row.score_kind.isEmpty && roster.items[Int(item)].isPercent
  }

  /// The cell of a result that is no short plain number.
  private mutating func carefulCell(
    _ row: ResultRow, item: UInt32, place: Int
  ) -> (value: UInt64, form: ResultForm) {
    if !row.score.isEmpty {
      var bytes: [UInt8] = []
      let mark = grid.mark(ofPlace: place)
      if DecimalText.append(
        row.score, mark: mark, hasTwoDecimals: grid.hasTwoDecimals, to: &bytes)
      {
        if isPercent(row, item) { bytes.append(UInt8(ascii: "%")) }
        return (grid.numberCell(bytes), .score)
      }
    }
    if row.state.equals("exempt") { return (grid.numberCell(Array("EX".utf8)), .exempt) }
    if row.state.equals("notAssigned") {
      return (grid.numberCell(Array("N/A".utf8)), .notAssigned)
    }
    if !row.text_score.isEmpty { return (grid.textCell(row.text_score.array), .words) }
    if row.state.equals("noGrade") { return (grid.numberCell([UInt8(ascii: "-")]), .noGrade) }
    // Elsewhere the word would be taken for a grade.
    if row.incomplete.equals("true"), row.score_kind.equals("passFail") {
      return (grid.textCell(Array("incomplete".utf8)), .incomplete)
    }
    return (0, .nothing)
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
      guard person != noNumber, !row.status.equals("tobedeleted") else {
        losses.unplacedTotals += 1
        continue
      }
      let number = min(Int(classNumber), roster.classes.count)
      if number != classAtHand { try enter(number) }
      guard classAtHand >= 0 else {
        losses.unplacedTotals += 1
        continue
      }
      if classNumber != noNumber {
        losses.name(number, \.totals)
      } else if !row.class_.isEmpty {
        losses.tally.reduce(
          CBL_KIND_AGGREGATE_GRADE, "class", "a total stands in the gradebook of a known class")
      }
      put(row, person: person, category: unsafe categories?[index] ?? noNumber)
    }
  }

  private mutating func put(_ row: AggregateGradeRow, person: UInt32, category: UInt32) {
    guard let place = totalPlace(row, category) else {
      losses.unplacedTotals += 1
      return
    }
    let line = rowPlace(of: person)
    var bytes: [UInt8] = []
    var cell: UInt64 = 0
    if !row.score.isEmpty,
      DecimalText.append(
        row.score, mark: grid.mark(ofPlace: place), hasTwoDecimals: grid.hasTwoDecimals,
        to: &bytes)
    {
      cell = grid.numberCell(bytes)
      if !row.text_score.isEmpty {
        losses.tally.reduce(
          CBL_KIND_AGGREGATE_GRADE, "textScore", "a cell with a score does not hold words too")
      }
    } else if !row.text_score.isEmpty {
      cell = grid.textCell(row.text_score.array, inTotal: true)
      if !row.score.isEmpty {
        losses.tally.reduce(
          CBL_KIND_AGGREGATE_GRADE, "score", "the number has no plain decimal form")
      }
    }
    let target = line * grid.stride + place
    if cell == 0 || grid.cells[target] != 0 { losses.unplacedTotals += 1 }
    guard cell != 0 else { return }
    grid.cells[target] = cell
    compare(row, place)
  }

  /// Counts what the heading of a total does not say of it.
  private mutating func compare(_ row: AggregateGradeRow, _ place: Int) {
    guard let column = grid.scorePlace.firstIndex(of: place) else { return }
    let heading = grid.plan.columns[column].total
    let reason = "a total is known by its heading"
    let fields: [(name: String, value: Text, shown: String)] = [
      ("category", row.category, heading.category.isEmpty ? "" : heading.categoryIdentifier),
      (
        "academicSession", row.academic_session,
        heading.period.isEmpty ? "" : heading.periodIdentifier
      ),
      ("type", row.type, heading.type), ("scoreKind", row.score_kind, heading.scoreKind),
    ]
    for field in fields where !field.value.isEmpty {
      guard unsafe !field.value.rawBytes.elementsEqual(field.shown.utf8) else { continue }
      losses.tally.reduce(CBL_KIND_AGGREGATE_GRADE, field.name, reason)
    }
    guard !row.position.isEmpty else { return }
    grid.positions.append((place, Int(row.position.string) ?? -1))
  }

  /// The place of a total among the cells of a row, a new column when there is none; `nil` when
  /// its heading would be taken for another column.
  private mutating func totalPlace(_ row: AggregateGradeRow, _ category: UInt32) -> Int? {
    var title = row.title.string
    if title.isEmpty {
      var heading = TotalHeading()
      heading.type = row.type.string
      heading.scoreKind = row.score_kind.string
      if category != noNumber, Int(category) < roster.categories.count {
        heading.category = roster.pool.string(roster.categories[Int(category)])
      }
      title = heading.text
    }
    if let position = Int(row.position.string), grid.plan.columns.indices.contains(position),
      grid.plan.columns[position].role == .total,
      grid.plan.columns[position].header.utf8.elementsEqual(title.utf8)
    {
      return grid.scorePlace[position]
    }
    let known = grid.plan.columns.firstIndex { column in
      column.role == .total && column.header.utf8.elementsEqual(title.utf8)
    }
    if let known { return grid.scorePlace[known] }
    guard IdentityColumns.role(of: title) == nil else { return nil }
    var column = GradebookColumn(role: .total, header: title, key: "")
    column.total = TotalHeading(title) ?? TotalHeading()
    return grid.add(column)
  }
}

extension GradebookGrid {
  /// The decimal mark of the column with a place among the cells.
  func mark(ofPlace place: Int) -> UInt8 {
    guard !hasTwoDecimals, let column = scorePlace.firstIndex(of: place) else {
      return UInt8(ascii: ".")
    }
    return plan.columns[column].mark
  }
}
