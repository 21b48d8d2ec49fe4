internal import AdapterKit
internal import CAdapterABI

/// What grade exports could not hold, counted while they are written.
struct GradeLosses {
  var unplaced = 0
  var deleted = 0
  var late = 0
  var repeated = 0
  var blank = 0
  var states = 0
  var numbers = 0
  var kinds = 0
  var unplacedTotals = 0
  var totalTexts = 0
  var attributes = 0
  var unwrittenPeople = 0
  var titles = 0
  var unwrittenItems = 0
  var unwrittenClasses = 0

  /// Tells the host.
  func report(
    to host: HostLink, otherEnrollments: Int, deletedItems: Int, sharedIdentifiers: Int
  ) throws(AdapterError) {
    let result = CBL_KIND_RESULT
    let whole: [(cbl_kind, Int, String)] = [
      (CBL_KIND_ATTRIBUTE, attributes, "only fields of Moodle's own exports have a column"),
      (CBL_KIND_CLASS, unwrittenClasses, "a class without students and items has no file"),
      (CBL_KIND_PERSON, unwrittenPeople, "only students of a class have rows"),
      (CBL_KIND_ENROLLMENT, otherEnrollments, "only students who take part have rows"),
      (CBL_KIND_LINE_ITEM, deletedItems, "deleted items are not written"),
      (CBL_KIND_LINE_ITEM, unwrittenItems, "an item without a class and results has no file"),
      (result, unplaced, "a result needs a learner and an item to have a cell"),
      (result, deleted, "deleted results are not written"),
      (result, late, "the file of the class was written already"),
      (result, repeated, "a file has one cell for a learner and an item; the last is kept"),
      (result, blank, "a result without a score, words, comment or dash has no cell"),
      (
        CBL_KIND_AGGREGATE_GRADE, unplacedTotals,
        "a total needs a learner, a value and its own cell"
      ),
    ]
    for (kind, count, reason) in whole where count > 0 {
      try host.lose(kind, field: nil, count: count, reason: reason)
    }
    let reduced: [(cbl_kind, Int, Int, String)] = [
      (
        CBL_KIND_PERSON, 9, sharedIdentifiers,
        "two people have this identifier; their ids are written"
      ),
      (
        CBL_KIND_LINE_ITEM, 3, titles,
        "a title that another item has, or that begins like a kind of activity, is read otherwise"
      ),
      (result, 6, states, "a cell with a score does not say the state"),
      (result, 7, numbers, "the number has no plain decimal form"),
      (result, 17, kinds, "a fraction or level is written as points"),
      (CBL_KIND_AGGREGATE_GRADE, 9, totalTexts, "a cell with a score does not hold words too"),
    ]
    for (kind, field, count, reason) in reduced where count > 0 {
      try host.lose(kind, field: field, reduced: true, count: count, reason: reason)
    }
  }
}
