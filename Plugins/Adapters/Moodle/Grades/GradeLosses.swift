internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What grade exports could not hold, counted while they are written.
///
/// Each file is looked at as reading will, and what its records said is compared with that.
struct GradeLosses {
  private(set) var tally = LossTally()
  /// Losses of keys when the output has one file.
  private var single = LossTally()
  /// Losses of keys when the output has several files, whose keys name the file too.
  private var several = LossTally()

  static let result = CBL_KIND_RESULT
  static let total = CBL_KIND_AGGREGATE_GRADE

  init() {}

  /// Counts records that have no place.
  mutating func lose(_ kind: cbl_kind, _ count: Int, _ reason: String) {
    tally.lose(kind, count, reason)
  }

  /// Counts a record that has no place.
  mutating func lose(_ kind: cbl_kind, _ reason: String) { tally.lose(kind, reason) }

  /// Tells the host.
  func report(to host: HostLink, hasSeveralFiles: Bool) throws(AdapterError) {
    try tally.report(to: host)
    try (hasSeveralFiles ? several : single).report(to: host)
  }

  /// Counts a value that names an item or category by the key that reading makes.
  private mutating func compareKey(
    _ kind: cbl_kind, _ field: String, _ value: Text, with key: String, _ role: GradeRole,
    in scope: String, _ reason: String
  ) {
    guard !value.isEmpty else { return }
    withText(Array(key.utf8)) { single.compare(kind, field, value, with: $0, reason) }
    let scoped = key.isEmpty ? key : GradeSheet.scoped(key, role: role, scope: scope)
    withText(Array(scoped.utf8)) { several.compare(kind, field, value, with: $0, reason) }
  }

  // MARK: Items

  /// Counts what reading will not give back of an item.
  ///
  /// - Parameters:
  ///   - read: What is read of its columns, and its place; `nil` when it is read as something else.
  ///   - isInClass: Whether the file is that of the item's class.
  mutating func compare(
    _ item: GradeRoster.Item, with read: (item: GradeSheet.Item, place: Int)?, in classID: String,
    isInClass: Bool
  ) {
    let kind = CBL_KIND_LINE_ITEM
    guard let read else {
      tally.lose(kind, example: item.id, "the heading is read as something else than an item")
      return
    }
    withText(item.id) { id in
      compareKey(
        kind, "id", id, with: read.item.key, .item, in: classID,
        "items have no identifiers in the file; theirs are made of their titles")
    }
    let fields: [(String, [UInt8], String, String)] = [
      (
        "title", Array(item.title.utf8), read.item.title,
        "a title that another item has, or that reads like a total or a kind of activity, is "
          + "written otherwise"
      ),
      (
        "type", Array(item.type.utf8), read.item.type,
        "only kinds of activity that Moodle has are written"
      ),
      (
        "scoreKind", Array(item.scoreKind.utf8), read.item.scoreKind,
        "the unit is told by the cells of the item"
      ),
      ("position", item.positionText, String(read.place), "items stand in their order"),
    ]
    for (field, value, found, reason) in fields
    where !value.isEmpty && !value.elementsEqual(found.utf8) {
      tally.reduce(kind, field, example: item.id, reason)
    }
    if !isInClass, item.classNumber != noNumber {
      tally.reduce(kind, "class", example: item.id, "the file of its class has no column for it")
    }
  }

  /// Counts what reading will not give back of the class of an item.
  mutating func loseClass(of item: GradeRoster.Item) {
    tally.reduce(
      CBL_KIND_LINE_ITEM, "class", example: item.id, "the file is not named like the class")
  }

  // MARK: Results

  /// Counts what reading will not give back of a result.
  mutating func compare(
    _ told: GradeTold, _ grid: borrowing GradeGrid, with reading: GradeReading, _ number: Text,
    _ item: GradeSheet.Item, _ itemID: [UInt8], _ sheet: GradeSheet, _ place: GradePlace
  ) {
    let values = reading.values
    guard reading.fault == nil, !values.isEmpty else {
      return lose(Self.result, "the cells of the result are not read back")
    }
    withText(itemID) { id in
      compareKey(
        Self.result, "lineItem", id, with: item.key, .item, in: place.classID,
        "items have no identifiers in the file; theirs are made of their titles")
    }
    countPlace(Self.result, told, place)
    let kind = sheet.scoreKind(of: values, item)
    let id =
      values.hasExtras ? Array(item.key.utf8) + [UInt8(ascii: "|")] + place.personID.array : []
    withText(id) { id in
      let fields: [(String, TextPool.Slice, Text, String)] = [
        ("id", told.id, id, "results have no identifiers in the file"),
        ("state", told.state, Text(reading.state), "a cell with a score does not say the state"),
        ("textScore", told.textScore, values.textScore, "words have no cell beside a score"),
        ("comment", told.comment, values.comment, "the comment is read otherwise"),
        (
          "scoreKind", told.scoreKind, kind.map { Text($0) } ?? .blank,
          "the unit is told by the column and the cells of the item"
        ),
      ]
      compare(Self.result, fields, grid)
    }
    compareScore(Self.result, told, grid, reading, number)
  }

  /// Counts what reading will not give back of a total.
  mutating func compare(
    _ told: GradeTold, _ grid: borrowing GradeGrid, with reading: GradeReading, _ number: Text,
    _ total: GradeSheet.Total, _ place: GradePlace
  ) {
    let values = reading.values
    guard reading.fault == nil, !values.score.isEmpty || !values.textScore.isEmpty else {
      return lose(Self.total, "the cell of the total is not read back")
    }
    countPlace(Self.total, told, place)
    grid.withText(told.category) { category in
      compareKey(
        Self.total, "category", category, with: total.item.key, .total, in: place.classID,
        "a category is known by the heading of its total")
    }
    let title = Array(total.item.title.trimmedBlanks.utf8)
    let id = total.id(in: place.classID) + [UInt8(ascii: "|")] + place.personID.array
    withText(values.hasExtras ? id : []) { id in
      compare(Self.total, [("id", told.id, id, "totals have no identifiers in the file")], grid)
    }
    withText(title) { title in
      withText(Array(String(total.column).utf8)) { position in
        let fields: [(String, TextPool.Slice, Text, String)] = [
          ("title", told.title, title, "the heading of a total ends with the word total"),
          ("type", told.type, Text("total"), "all totals are of one type in the file"),
          ("textScore", told.textScore, values.textScore, "words have no cell beside a score"),
          (
            "scoreKind", told.scoreKind, Text(GradeSheet.scoreKind(ofTotal: values)),
            "the unit is told by the heading"
          ),
          ("position", told.position, position, "totals stand in their order"),
        ]
        compare(Self.total, fields, grid)
      }
    }
    compareScore(Self.total, told, grid, reading, number)
  }

  private mutating func compare(
    _ kind: cbl_kind, _ fields: [(String, TextPool.Slice, Text, String)],
    _ grid: borrowing GradeGrid
  ) {
    for (field, slice, found, reason) in fields where !slice.isEmpty {
      grid.withText(slice) { tally.compare(kind, field, $0, with: found, reason) }
    }
  }

  private mutating func compareScore(
    _ kind: cbl_kind, _ told: GradeTold, _ grid: borrowing GradeGrid, _ reading: GradeReading,
    _ number: Text
  ) {
    guard !told.score.isEmpty else { return }
    grid.withText(told.score) { score in
      tally.compare(
        kind, "score", score, with: reading.numberColumn >= 0 ? number : .blank,
        "the number has no plain decimal form")
    }
  }

  private mutating func countPlace(_ kind: cbl_kind, _ told: GradeTold, _ place: GradePlace) {
    if !place.isPersonKept {
      tally.reduce(
        kind, "person", "people are known by their ID number, e-mail address or name")
    }
    if told.hasClass, !place.isClassKept {
      tally.reduce(kind, "class", "the file is not named like the class")
    }
  }

  /// Counts what reading will not give back of a person.
  mutating func compare(
    _ place: Int, of people: GradePeople, with person: PersonRow, id: Text
  ) {
    people.compare(place, with: person, id: id, &tally)
  }
}

/// Where a record stands: whether reading gives its class and learner the identifiers they have.
struct GradePlace {
  var classID: String
  var isClassKept: Bool
  var personID: Text
  var isPersonKept: Bool
}
