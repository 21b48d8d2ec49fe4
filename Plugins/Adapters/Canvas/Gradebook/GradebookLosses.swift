internal import AdapterKit
internal import CAdapterABI

/// What gradebooks could not hold, counted while they are written.
struct GradebookLosses {
  var unplaced = 0
  var deleted = 0
  var late = 0
  var repeated = 0
  var blank = 0
  var states = 0
  var texts = 0
  var incomplete = 0
  var unwritableNumbers = 0
  var unplacedTotals = 0
  var totalTexts = 0
  /// People, assignments and classes that a gradebook shows, by their numbers.
  var shownPeople: [Bool] = []
  var shownItems: [Bool] = []
  var shownClasses: [Bool] = []

  /// Takes note of what a gradebook shows.
  mutating func show(_ grid: borrowing GradebookGrid) {
    for person in grid.people { Self.mark(Int(person), in: &shownPeople) }
    for item in grid.items where item != noNumber { Self.mark(Int(item), in: &shownItems) }
    for number in grid.classes { Self.mark(Int(number), in: &shownClasses) }
  }

  private static func mark(_ number: Int, in flags: inout [Bool]) {
    while flags.count <= number { flags.append(false) }
    flags[number] = true
  }

  /// Takes note of a result.
  @inline(__always)
  mutating func see(_ row: ResultRow, isWritten: Bool) {
    guard isWritten else {
      blank += 1
      return
    }
    guard !row.score.isEmpty else { return }
    if !row.state.equals("graded"), !row.state.isEmpty { states += 1 }
    if !row.text_score.isEmpty { texts += 1 }
    if row.incomplete.equals("true") { incomplete += 1 }
  }

  /// Tells the host.
  func report(to host: HostLink, _ roster: GradebookRoster) throws(AdapterError) {
    let result = CBL_KIND_RESULT
    let people = roster.peopleTaken - shownPeople.count { $0 }
    let items = roster.itemsTaken - shownItems.count { $0 }
    let enrollments = roster.students.count { student in
      let number = Int(student.classNumber)
      return number >= shownClasses.count || !shownClasses[number]
    }
    let whole: [(cbl_kind, Int, String)] = [
      (result, unplaced, "a result needs a learner and an assignment to have a cell"),
      (result, deleted, "deleted results are not written to a gradebook"),
      (result, late, "the gradebook of the class was written already"),
      (
        result, repeated,
        "a gradebook has one cell for a learner and an assignment; the last is kept"
      ),
      (result, blank, "a result without a score, words or a state that Canvas knows has no cell"),
      (
        CBL_KIND_AGGREGATE_GRADE, unplacedTotals,
        "a total needs a learner, a value and its own cell"
      ),
      (
        CBL_KIND_ENROLLMENT, roster.otherPeople,
        "only students who take part have rows in a gradebook"
      ),
      (CBL_KIND_ENROLLMENT, enrollments, "the class has no gradebook, because it has no scores"),
      (CBL_KIND_PERSON, people, "only students of a class with assignments have rows"),
      (
        CBL_KIND_LINE_ITEM, items,
        "an assignment needs a class with students, and is not written when it is deleted"
      ),
    ]
    for (kind, count, reason) in whole where count > 0 {
      try host.lose(kind, field: nil, count: count, reason: reason)
    }
    let reduced: [(cbl_kind, Int, Int, String)] = [
      (result, 6, states, "a cell with a score does not say the state"),
      (result, 8, texts, "a cell with a score does not hold words too"),
      (result, 12, incomplete, "a cell with a score does not say that the work is incomplete"),
      (result, 7, unwritableNumbers, "the number has no plain decimal form"),
      (CBL_KIND_AGGREGATE_GRADE, 10, totalTexts, "a cell with a score does not hold words too"),
    ]
    for (kind, field, count, reason) in reduced where count > 0 {
      try host.lose(kind, field: field, reduced: true, count: count, reason: reason)
    }
  }
}
