internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension GradeWriter {
  private static let unplacedReason = "a result needs a learner and an item to have a cell"
  private static let unplacedTotal = "a total needs a learner, a value and its own cell"
  private static let repeatedReason =
    "a file has one cell for a learner and an item; the last is kept"

  /// Puts results into the grids of their classes.
  mutating func takeResults(_ batch: RecordBatch) throws(AdapterError) {
    guard let items = unsafe batch.numbers(3), let people = unsafe batch.numbers(4) else {
      losses.lose(GradeLosses.result, batch.count, Self.unplacedReason)
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
        losses.lose(GradeLosses.result, Self.unplacedReason)
        continue
      }
      guard !row.status.equals("tobedeleted"), !roster.items[Int(item)].isDeleted else {
        losses.lose(GradeLosses.result, "deleted results are not written")
        continue
      }
      if classNumber == noNumber { classNumber = roster.items[Int(item)].classNumber }
      try enter(min(Int(classNumber), roster.classes.count))
      guard classAtHand >= 0 else {
        losses.lose(GradeLosses.result, "the file of the class was written already")
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
    withExtras(of: row.id, values) { writer, values in
      writer.place(row, values, item: item, person: person)
    }
  }

  /// Calls a closure with what stands beside the score too.
  private mutating func withExtras(
    of id: Text, _ values: GradeValues, _ body: (inout Self, GradeValues) -> Void
  ) {
    let extras = extras(of: id)
    if extras.isEmpty { return body(&self, values) }
    let percentage = extras.last { !$0.isLetter }?.value ?? []
    let letter = extras.last { $0.isLetter }?.value ?? []
    withText(percentage) { percentage in
      withText(letter) { letter in
        var values = values
        values.percentage = percentage
        values.letter = letter
        body(&self, values)
      }
    }
  }

  private mutating func place(
    _ row: ResultRow, _ values: GradeValues, item: UInt32, person: UInt32
  ) {
    guard !values.isEmpty else {
      return losses.lose(
        GradeLosses.result, "a result without a score, words, comment or dash has no cell")
    }
    if placeOfItem[Int(item)] == noNumber {
      Self.add(item, roster.items[Int(item)], to: &grid)
      placeOfItem[Int(item)] = UInt32(grid.place(of: item) ?? 0)
    }
    let place = Int(placeOfItem[Int(item)])
    let line = rowPlace(of: person)
    addColumns(values, place)
    tell(row, values, line, place)
    let columns = grid.items[place]
    var bytes: [UInt8] = []
    for column in columns.all {
      bytes.removeAll(keepingCapacity: true)
      let isText = values.append(grid.plan.columns[column], columns.displays, to: &bytes)
      grid.set(line, column, to: bytes, isText: isText)
    }
  }

  /// Keeps what a result said, to compare it with what will be read.
  private mutating func tell(_ row: ResultRow, _ values: GradeValues, _ line: Int, _ place: Int) {
    var told = GradeTold(row: line, place: place, isTotal: false)
    told.id = grid.keep(row.id)
    told.state = grid.keep(row.state)
    told.score = plain(values.score)
    told.textScore = grid.keep(row.text_score)
    told.comment = grid.keep(row.comment)
    told.scoreKind = grid.keep(row.score_kind)
    told.hasClass = !row.class_.isEmpty
    let key = UInt64(line) << 32 | UInt64(place)
    let before = taken[key]
    taken[key] = grid.tell(told, at: before)
    if before != nil { losses.lose(GradeLosses.result, Self.repeatedReason) }
  }

  /// Keeps a number as it is written; one without a plain form as it is.
  private mutating func plain(_ number: Text) -> TextPool.Slice {
    guard !number.isEmpty else { return .absent }
    var bytes: [UInt8] = []
    guard number.isDecimal, DecimalText.append(number, mark: UInt8(ascii: "."), to: &bytes)
    else {
      return grid.keep(number)
    }
    return withText(bytes) { grid.keep($0) }
  }

  /// Adds the columns that a result needs and the item does not have.
  private mutating func addColumns(_ values: GradeValues, _ place: Int) {
    let columns = grid.items[place]
    for display in missing(values, columns.displays) {
      grid.add(
        Self.column(roster.items[Int(columns.item)], display, columns.base), item: columns.item)
    }
  }

  /// The displays that a record needs and its item or total does not have.
  private func missing(_ values: GradeValues, _ displays: GradeDisplays) -> [GradeDisplay] {
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
    return missing
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
      losses.lose(GradeLosses.total, batch.count, Self.unplacedTotal)
      return
    }
    let classes = unsafe batch.numbers(4)
    let categories = unsafe batch.numbers(5)
    for (index, row) in batch.rows(as: AggregateGradeRow.self).enumerated() {
      let person = unsafe people[index]
      let classNumber = unsafe classes?[index] ?? noNumber
      let category = unsafe categories?[index] ?? noNumber
      guard person != noNumber, !row.status.equals("tobedeleted") else {
        losses.lose(GradeLosses.total, Self.unplacedTotal)
        continue
      }
      try enter(min(Int(classNumber), roster.classes.count))
      guard classAtHand >= 0 else {
        losses.lose(GradeLosses.total, Self.unplacedTotal)
        continue
      }
      put(row, person: person, category: category)
    }
  }

  private mutating func put(_ row: AggregateGradeRow, person: UInt32, category: UInt32) {
    var values = GradeValues()
    values.score = row.score
    values.textScore = row.text_score
    values.isPercent = row.score_kind.equals("percent")
    guard !values.score.isEmpty || !values.textScore.isEmpty else {
      return losses.lose(GradeLosses.total, Self.unplacedTotal)
    }
    withExtras(of: row.id, values) { writer, values in
      writer.place(row, values, person: person, category: category)
    }
  }

  private mutating func place(
    _ row: AggregateGradeRow, _ values: GradeValues, person: UInt32, category: UInt32
  ) {
    let line = rowPlace(of: person)
    let place = totalPlace(row, values, line, category)
    var told = GradeTold(row: line, place: place, isTotal: true)
    told.id = grid.keep(row.id)
    told.score = plain(row.score)
    told.textScore = grid.keep(row.text_score)
    told.scoreKind = grid.keep(row.score_kind)
    told.title = grid.keep(row.title)
    told.type = grid.keep(row.type)
    told.category = grid.keep(row.category)
    told.position = grid.keep(row.position)
    told.hasClass = !row.class_.isEmpty
    taken[Self.totalKey(line, place)] = grid.tell(told, at: nil)
    let columns = grid.totals[place]
    var bytes: [UInt8] = []
    for column in columns.all {
      bytes.removeAll(keepingCapacity: true)
      let isText = values.appendTotal(grid.plan.columns[column], columns.displays, to: &bytes)
      grid.set(line, column, to: bytes, isText: isText)
    }
  }

  private static func totalKey(_ line: Int, _ place: Int) -> UInt64 {
    UInt64(line) << 32 | UInt64(place) | 1 << 31
  }

  /// The total that a record belongs to, with the columns that it needs: the one at its position
  /// in an export that was read, else the first with its title that the learner has no value of,
  /// else a new one.
  private mutating func totalPlace(
    _ row: AggregateGradeRow, _ values: GradeValues, _ line: Int, _ category: UInt32
  ) -> Int {
    let title = totalTitle(row, category)
    let position = grid.isSource ? Int(row.position.string) : nil
    let free = grid.totals.indices.filter { place in
      grid.totals[place].title.utf8.elementsEqual(title.utf8)
        && taken[Self.totalKey(line, place)] == nil
    }
    let known = free.first { position.map(grid.totals[$0].all.contains) ?? false } ?? free.first
    let place = known ?? grid.totals.count
    let base = known.map { grid.totals[$0].base } ?? grid.freeTotal(title)
    for display in missing(values, known.map { grid.totals[$0].displays } ?? []) {
      var column = GradeColumn(.total, header: "\(base) (\(display.word))")
      column.title = title
      column.display = display
      grid.add(column)
    }
    return place
  }

  private func totalTitle(_ row: AggregateGradeRow, _ category: UInt32) -> String {
    guard row.title.isEmpty else { return row.title.string }
    let name =
      roster.categories.indices.contains(Int(category))
      ? roster.categories[Int(category)].title : ""
    return name.isEmpty ? "Course total" : "\(name) total"
  }
}
