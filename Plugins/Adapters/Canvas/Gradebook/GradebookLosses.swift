internal import AdapterKit
internal import CAdapterABI

/// What gradebooks could not hold, counted while they are written.
struct GradebookLosses {
  /// Losses that are counted as they happen.
  var tally = LossTally()
  var unplaced = 0
  var deleted = 0
  var late = 0
  var repeated = 0
  var blank = 0
  var unplacedTotals = 0
  var repeatedEnrollments = 0
  /// Of results: states, scores, words, marks of incomplete work, units and classes.
  var states = 0
  var scores = 0
  var texts = 0
  var incomplete = 0
  var units = 0
  var strangeClasses = 0
  /// Results, totals and line items that name the class of the gradebook, by class.
  var classNames: [(results: Int, totals: Int, items: Int)] = []
  /// Columns of line items in a gradebook that is not of their class, with their results.
  var strays: [(item: UInt32, results: Int)] = []
  /// What a gradebook shows of people, assignments and classes, by their numbers.
  var shownPeople: [Bool] = []
  var shownItems: [UInt32] = []
  var shownClasses: [Bool] = []
  /// Classes whose gradebook gives them their own identifier whatever the section is called.
  var knownClasses: [Bool] = []
  /// How many gradebooks have a section text.
  var sections: [[UInt8]: Int] = [:]

  /// Takes note of who and what a gradebook shows.
  mutating func show(_ grid: borrowing GradebookGrid) {
    for person in grid.people { Self.mark(Int(person), in: &shownPeople) }
    for item in grid.items where item != noNumber { show(item: Int(item)) }
    for sibling in grid.siblings { show(item: Int(sibling.item)) }
    for number in grid.classes { Self.mark(Int(number), in: &shownClasses) }
  }

  private mutating func show(item: Int) {
    while shownItems.count <= item { shownItems.append(0) }
    shownItems[item] += 1
  }

  /// Sets the flag of a number.
  static func mark(_ number: Int, in flags: inout [Bool]) {
    while flags.count <= number { flags.append(false) }
    flags[number] = true
  }

  /// Takes note of a class that a record names.
  mutating func name(
    _ classNumber: Int, _ count: WritableKeyPath<(results: Int, totals: Int, items: Int), Int>
  ) {
    while classNames.count <= classNumber { classNames.append((0, 0, 0)) }
    classNames[classNumber][keyPath: count] += 1
  }

  /// Takes note of a result.
  @inline(__always)
  mutating func see(_ row: ResultRow, _ form: ResultForm) {
    guard form != .nothing else {
      blank += 1
      return
    }
    if !row.state.isEmpty, !row.state.equals(form.state) { states += 1 }
    if !row.score.isEmpty, form != .score { scores += 1 }
    if !row.text_score.isEmpty, form != .words { texts += 1 }
    guard !row.incomplete.isEmpty else { return }
    let isShown = form == .incomplete || form == .words && row.text_score.matches("incomplete")
    if !isShown || !row.incomplete.equals("true") { incomplete += 1 }
  }

  /// Tells the host.
  mutating func report(to host: HostLink, _ roster: GradebookRoster) throws(AdapterError) {
    addRecords(roster)
    addResults()
    addClasses(roster)
    addPeople(roster)
    try tally.report(to: host)
  }

  /// Counts the records that no gradebook shows.
  private mutating func addRecords(_ roster: GradebookRoster) {
    let unshown = roster.students.count { !isShown(Int($0.classNumber)) }
    let people = roster.peopleTaken - shownPeople.count { $0 }
    let items = roster.itemsTaken - shownItems.count { $0 > 0 }
    let results: [(count: Int, reason: String)] = [
      (unplaced, "a result needs a learner and an assignment to have a cell"),
      (deleted, "deleted results are not written to a gradebook"),
      (late, "the gradebook of the class was written already"),
      (repeated, "a gradebook has one cell for a learner and an assignment; the last is kept"),
      (blank, "a result without a score, words or a state that Canvas knows has no cell"),
    ]
    for (count, reason) in results { tally.lose(CBL_KIND_RESULT, count, reason) }
    tally.lose(
      CBL_KIND_AGGREGATE_GRADE, unplacedTotals, "a total needs a learner, a value and its own cell")
    tally.lose(
      CBL_KIND_ENROLLMENT, roster.otherPeople,
      "only students who take part have rows in a gradebook")
    tally.lose(
      CBL_KIND_ENROLLMENT, repeatedEnrollments, "a student has one row in the gradebook of a class")
    tally.lose(
      CBL_KIND_ENROLLMENT, unshown, "the class has no gradebook, because it has no assignments")
    tally.lose(CBL_KIND_PERSON, people, "only students of a class with assignments have rows")
    tally.lose(
      CBL_KIND_LINE_ITEM, items,
      "an assignment needs a class with students, and is not written when it is deleted")
  }

  private mutating func addResults() {
    let result = CBL_KIND_RESULT
    tally.reduce(result, "state", states, "a cell with a score does not say the state")
    tally.reduce(result, "score", scores, "the number has no plain decimal form")
    tally.reduce(result, "textScore", texts, "a cell holds a score or a state, or else words")
    tally.reduce(
      result, "incomplete", incomplete, "a cell says that work is incomplete only in words")
    tally.reduce(
      result, "scoreKind", units,
      "the cells of a column show the units, and most of them the "
        + "unit of the assignment")
    tally.reduce(
      result, "class", strangeClasses, "a result stands in the gradebook of a known class")
  }

  /// Whether a class has a gradebook.
  private func isShown(_ number: Int) -> Bool {
    number < shownClasses.count && shownClasses[number]
  }

  /// Counts the identifiers of classes that the text of a section does not give.
  private mutating func addClasses(_ roster: GradebookRoster) {
    let reason = "a class is known by the text of its section"
    let isKept = roster.classes.indices.map { number in
      if number < knownClasses.count, knownClasses[number] { return true }
      let text = roster.sectionText(of: number, isShown: isShown(number))
      return sections[text] == 1 && text == roster.pool.array(roster.classes[number].id)
    }
    for (number, names) in classNames.enumerated() where number < isKept.count && !isKept[number] {
      tally.reduce(CBL_KIND_RESULT, "class", names.results, reason)
      tally.reduce(CBL_KIND_AGGREGATE_GRADE, "class", names.totals, reason)
      tally.reduce(CBL_KIND_LINE_ITEM, "class", names.items, reason)
    }
    let enrollments = roster.students.count { student in
      let number = Int(student.classNumber)
      return isShown(number) && number < isKept.count && !isKept[number]
    }
    tally.reduce(CBL_KIND_ENROLLMENT, "class", enrollments, reason)
    for stray in strays {
      let count = Int(stray.item) < shownItems.count ? shownItems[Int(stray.item)] : 0
      if count > 1 {
        tally.reduce(
          CBL_KIND_RESULT, "lineItem", stray.results,
          "an assignment in the gradebook of another class becomes one of its own")
      } else if Int(roster.items[Int(stray.item)].classNumber) < roster.classes.count {
        tally.reduce(
          CBL_KIND_LINE_ITEM, "class", 1, "the assignment stands in the gradebook of another class")
      }
    }
  }

  /// Counts what rows do not say of people.
  private mutating func addPeople(_ roster: GradebookRoster) {
    for (field, loss) in People.losses {
      var count = 0
      for (number, isShown) in shownPeople.enumerated() where isShown {
        if roster.people.losses(of: number).contains(loss) { count += 1 }
      }
      tally.reduce(
        CBL_KIND_PERSON, field, count,
        "a row has one name as lists sort it and four identifiers, and is of a student")
    }
  }
}

/// In which form a result stands in its cell.
enum ResultForm {
  case nothing, score, exempt, notAssigned, noGrade, words, incomplete

  /// The state that a reader gives such a cell.
  var state: StaticString {
    switch self {
    case .exempt: "exempt"
    case .notAssigned: "notAssigned"
    case .noGrade: "noGrade"
    default: "graded"
    }
  }
}
