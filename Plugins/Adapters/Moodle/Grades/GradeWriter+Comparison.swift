internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension GradeWriter {
  /// Looks at an export as reading will, and counts what its records said and it does not.
  mutating func compare(
    _ grid: borrowing GradeGrid, _ table: borrowing GradeTable, delimiter: UInt8
  ) throws(AdapterError) {
    var survey = GradeSurvey(
      headers: grid.order.map { grid.plan.columns[$0].header }, delimiter: delimiter)
    for row in grid.people.indices {
      try table.withRow(row) { cells throws(AdapterError) in survey.see(cells) }
    }
    let sheet = GradeSheet(survey, scope: nil)
    var places = [Int](repeating: -1, count: grid.plan.columns.count)
    for (place, column) in grid.order.enumerated() { places[column] = place }
    let classNumber = roster.classes.firstIndex { $0.id.elementsEqual(grid.plan.classID.utf8) }
    let classID = baseName(grid.name)
    let isClassKept = grid.plan.classID.utf8.elementsEqual(classID.utf8)
    let items = compareItems(grid, sheet, places, classNumber, classID, isClassKept)
    var tolds: [[Int]] = Array(repeating: [], count: grid.people.count)
    for (index, told) in grid.told.enumerated() { tolds[told.row].append(index) }
    var identities = GradeIdentities()
    var number = ByteBuffer()
    for row in grid.people.indices {
      try table.withRow(row) { cells throws(AdapterError) in
        let (person, _) = sheet.readPerson(cells)
        Self.withIdentity(person, &identities) { id in
          let place = GradePlace(
            classID: classID, isClassKept: isClassKept, personID: id,
            isPersonKept: roster.people.hasID(Int(grid.people[row]), id))
          comparePerson(Int(grid.people[row]), person, id)
          for index in tolds[row] {
            compare(grid.told[index], grid, cells, &number, sheet, places, items, place)
          }
        }
      }
    }
  }

  private static func withIdentity(
    _ person: PersonRow, _ identities: inout GradeIdentities, _ body: (Text) -> Void
  ) {
    switch identities.next(person) {
    case .text(let id), .email(let id): body(id)
    case .made(let id, _): withText(Array(id.utf8), body)
    case .unknown: body(.blank)
    }
  }

  private mutating func comparePerson(_ place: Int, _ person: PersonRow, _ id: Text) {
    while isPersonWritten.count <= place { isPersonWritten.append(false) }
    guard !isPersonWritten[place] else { return }
    isPersonWritten[place] = true
    losses.compare(place, of: roster.people, with: person, id: id)
  }

  /// Counts what reading will not give back of the items of an export.
  ///
  /// - Returns: What is read of each item of the grid; `nil` when it is no item.
  private mutating func compareItems(
    _ grid: borrowing GradeGrid, _ sheet: GradeSheet, _ places: [Int], _ classNumber: Int?,
    _ classID: String, _ isClassKept: Bool
  ) -> [GradeSheet.Item?] {
    grid.items.map { columns in
      let read = columns.all.map { sheet.itemOfColumn[places[$0]] }.first { $0 >= 0 }
      let number = Int(columns.item)
      let item = roster.items[number]
      let isInClass = item.classNumber == noNumber || Int(item.classNumber) == classNumber
      if !isItemWritten[number], isInClass || Int(item.classNumber) >= roster.classes.count {
        isItemWritten[number] = true
        var item = item
        // The rejected cells of a source come back too, and tell the unit.
        if grid.isSource, read.map({ sheet.items[$0].scoreKind }) == "" { item.scoreKind = "" }
        losses.compare(
          item, with: read.map { (sheet.items[$0], $0) }, in: classID, isInClass: isInClass)
        if isInClass, !isClassKept, item.classNumber != noNumber { losses.loseClass(of: item) }
      }
      return read.map { sheet.items[$0] }
    }
  }

  private mutating func compare(
    _ told: GradeTold, _ grid: borrowing GradeGrid, _ cells: [Text], _ number: inout ByteBuffer,
    _ sheet: GradeSheet, _ places: [Int], _ items: [GradeSheet.Item?], _ place: GradePlace
  ) {
    guard !told.isTotal else {
      let read = grid.totals[told.place].all.map { sheet.totalOfColumn[places[$0]] }
        .first { $0 >= 0 }
      guard let total = read.map({ sheet.totals[$0] }) else {
        return losses.lose(GradeLosses.total, "the heading is read as something else than a total")
      }
      let reading = sheet.read(total, cells, &number)
      return losses.compare(
        told, grid, with: reading, unsafe Text(number.bytes), total, place)
    }
    guard let item = items[told.place] else {
      return losses.lose(GradeLosses.result, "the heading is read as something else than an item")
    }
    let reading = sheet.read(item, cells, &number)
    losses.compare(
      told, grid, with: reading, unsafe Text(number.bytes), item,
      roster.items[Int(grid.items[told.place].item)].id, sheet, place)
  }
}
