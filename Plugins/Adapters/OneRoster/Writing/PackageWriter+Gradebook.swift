internal import AdapterKit
internal import CAdapterABI

extension PackageWriter {
  mutating func takeLevels(_ batch: RecordBatch) {
    var numbers = batch.counter(Column.field("scale", of: CBL_KIND_SCALE_LEVEL))
    var places: [UInt32: Int] = [:]
    for row in batch.rows(as: ScaleLevelRow.self) {
      let number = numbers.next()
      let place = places[number] ?? scales.firstIndex { $0.row.id.equals(row.scale) }
      guard let place else { continue }
      places[number] = place
      countID(row, ordinal: scales[place].levels.levels.count { $0.label == row.label.array })
      var level = ScaleLevels.Level(label: row.label.array)
      level.value = row.value.isEmpty ? nil : row.value.array
      level.low = row.low.isEmpty ? nil : row.low.array
      level.high = row.high.isEmpty ? nil : row.high.array
      level.description = row.description.isEmpty ? nil : row.description.array
      level.position = Int(row.position.string) ?? scales[place].levels.levels.count
      scales[place].levels.levels.append(level)
    }
  }

  /// Counts a level whose identifier reading would not make again.
  private mutating func countID(_ row: ScaleLevelRow, ordinal: Int) {
    var id = row.scale.array + [UInt8(ascii: ":")] + row.label.array
    if ordinal > 0 { id += Array("#\(ordinal + 1)".utf8) }
    guard !row.id.isEmpty, row.id.array != id else { return }
    losses.add(
      CBL_KIND_SCALE_LEVEL, 0, row.id, reduced: true,
      reason: "levels have no identifiers in the format; they are known by their names")
  }

  /// Writes the scales with the levels that came after them.
  mutating func finishScales() throws(AdapterError) {
    guard files["scoreScales"] != nil else { return }
    for scale in scales {
      var row = scale.row
      complete(&row.status, &row.modified, "scoreScales")
      fill(&row.title, row.id, "scoreScales", "title")
      fill(&row.type, Text("level"), "scoreScales", "type")
      let group = roster.classes.first ?? RosterFacts.Class()
      if row.organization.isEmpty {
        fill(&row.organization, school(), "scoreScales", "orgSourcedId")
      }
      fill(&row.course, group.course, "scoreScales", "courseSourcedId")
      fill(&row.class_, group.id, "scoreScales", "classSourcedId")
      if files["scoreScales"]?.source == nil, lacksContent(row, scale.levels) { continue }
      for (field, count) in scale.levels.reductions {
        try host.lose(
          CBL_KIND_SCALE_LEVEL, field: Column.field(field, of: CBL_KIND_SCALE_LEVEL),
          reduced: true, count: count,
          reason: "a level is a pair of its name and a value, range or text", example: row.id.string
        )
      }
      try write(
        row, to: "scoreScales", id: row.id, status: row.status, levels: scale.levels.rendered)
    }
  }

  /// Counts a scale that would not be read again.
  private mutating func lacksContent(_ row: ScaleRow, _ levels: ScaleLevels) -> Bool {
    let isDeleted = row.status.equals("tobedeleted") && !isDelta
    // Levels that could not be read are kept as an attribute.
    let hasLevels = !levels.levels.isEmpty || attributes.has(CBL_KIND_SCALE, row.id)
    guard isDeleted || row.course.isEmpty || row.class_.isEmpty || !hasLevels else {
      return false
    }
    let reason =
      isDeleted
      ? "a bulk package has no deleted records; write mode=delta"
      : "a scale needs levels, a class and a course"
    losses.add(CBL_KIND_SCALE, nil, row.id, reason: reason)
    for _ in levels.levels { losses.add(CBL_KIND_SCALE_LEVEL, nil, row.id, reason: reason) }
    return true
  }

  mutating func putItems(_ batch: RecordBatch) throws(AdapterError) {
    guard version != .v10 else { return }
    var numbers = batch.counter(0)
    var classes = batch.counter(Column.field("class", of: CBL_KIND_LINE_ITEM))
    for given in batch.rows(as: LineItemRow.self) {
      var row = given
      var classNumber = classes.next()
      complete(&row.status, &row.modified, "lineItems")
      if files["lineItems"]?.source == nil {
        if row.class_.isEmpty {
          classNumber = roster.classes.count == 1 ? 0 : try gradebookClass()
        }
        try fillItem(&row, roster.classOf(classNumber))
      }
      roster.set(
        RosterFacts.Item(dueDate: keeper.keep(row.due_date), classNumber: classNumber),
        numbers.next())
      try stream(row, to: "lineItems", id: row.id, status: row.status)
    }
  }

  private mutating func fillItem(
    _ row: inout LineItemRow, _ group: RosterFacts.Class
  ) throws(AdapterError) {
    fill(&row.title, row.id, "lineItems", "title")
    fill(&row.class_, group.id, "lineItems", "classSourcedId")
    let first = row.assign_date.isEmpty ? row.due_date : row.assign_date
    let start = first.isEmpty ? Text("2000-01-01") : first
    fill(&row.assign_date, start, "lineItems", "assignDate")
    fill(&row.due_date, start, "lineItems", "dueDate")
    if row.category.isEmpty {
      fill(&row.category, try uncategorized(), "lineItems", "categorySourcedId")
    }
    if row.academic_session.isEmpty {
      let term = group.session.isEmpty ? try session() : group.session
      fill(
        &row.academic_session, term, "lineItems",
        version == .v12 ? "academicSessionSourcedId" : "gradingPeriodSourcedId")
    }
    if version == .v12, row.organization.isEmpty {
      let organization = group.organization.isEmpty ? school() : group.organization
      fill(&row.organization, organization, "lineItems", "schoolSourcedId")
    }
    if version == .v11 {
      fill(&row.minimum, Text("0"), "lineItems", "resultValueMin")
      fill(&row.maximum, Text("100"), "lineItems", "resultValueMax")
    }
  }

  mutating func putResults(_ batch: RecordBatch) throws(AdapterError) {
    guard version != .v10, let file = files["results"] else { return }
    let isNew = file.source == nil
    let counts = isNew && roster.enrollments == 0
    var items = batch.counter(Column.field("lineItem", of: CBL_KIND_RESULT))
    var people = batch.counter(Column.field("person", of: CBL_KIND_RESULT))
    var classes = batch.counter(Column.field("class", of: CBL_KIND_RESULT))
    for given in batch.rows(as: ResultRow.self) {
      var row = given
      let item = items.next()
      let person = people.next()
      let group = classes.next()
      if isNew {
        if row.state.equals("notAssigned") || row.state.equals("noGrade") {
          losses.add(
            CBL_KIND_RESULT, nil, row.person,
            reason: "a result that was not assigned or has no grade has no row in the format")
          continue
        }
        fillResult(&row, item)
        if counts, person != .max {
          let known = Int(item) < roster.items.count ? roster.items[Int(item)].classNumber : .max
          let place = group == .max ? known : group
          if place != .max { roster.pairs.insert(UInt64(place) << 32 | UInt64(person)) }
        }
      }
      try stream(row, to: "results", id: row.id, status: row.status)
    }
  }

  private mutating func fillResult(_ row: inout ResultRow, _ item: UInt32) {
    complete(&row.status, &row.modified, "results")
    fillID(&row.id, "results")
    if row.state.isEmpty {
      let isGraded = !row.score.isEmpty || !row.text_score.isEmpty
      let other = row.missing.equals("true") ? Text("notSubmitted") : Text("submitted")
      fill(&row.state, isGraded ? Text("graded") : other, "results", "scoreStatus")
    }
    guard row.score_date.isEmpty else { return }
    if !row.submitted.isEmpty {
      fill(&row.score_date, row.submitted, "results", "scoreDate")
      return
    }
    let due = Int(item) < roster.items.count ? roster.items[Int(item)].dueDate : .absent
    fill(&row.score_date, due.isEmpty ? Text("2000-01-01") : due, "results", "scoreDate")
  }
}
