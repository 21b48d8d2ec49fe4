internal import AdapterKit
internal import CAdapterABI

/// A target, as far as a Learning Mastery file shows it.
struct MasteryTarget {
  var id: [UInt8] = []
  /// The title, or the identifier without one.
  var title: [UInt8] = []
  var mastery: [UInt8] = []
  /// Whether there is such a record.
  var isTaken = false
  var isOfOtherType = false
  /// The place that the record names, or -1 for something else than a whole number.
  var position: Int?

  /// A target that nobody described.
  init() {}

  init(_ row: TargetRow) {
    id = row.id.array
    title = row.title.isEmpty ? id : row.title.array
    mastery = row.mastery.array
    isTaken = true
    isOfOtherType = !row.type.isEmpty && !row.type.equals("outcome")
    if !row.position.isEmpty { position = Int(row.position.string) ?? -1 }
  }
}

/// What Learning Mastery files could not hold, counted while they are written.
struct MasteryLosses {
  var tally = LossTally()
  /// Results without a cell.
  var dropped = 0 {
    didSet {
      tally.lose(
        CBL_KIND_TARGET_RESULT, dropped - oldValue,
        "a cell needs a learner, a target and a plain score, and holds one score only")
    }
  }
  var repeatedEnrollments = 0

  /// Counts what a cell does not say of a result.
  mutating func see(_ row: TargetResultRow, isOfKnownClass: Bool, isFresh: Bool) {
    let kind = CBL_KIND_TARGET_RESULT
    if !row.class_.isEmpty, !isOfKnownClass {
      tally.reduce(kind, "class", "a class is known by the name of its file")
    }
    if !row.state.isEmpty, !row.state.equals("graded") {
      tally.reduce(kind, "state", "a cell with a score does not say the state")
    }
    if !row.mastery.isEmpty, isFresh {
      tally.reduce(kind, "mastery", "the points for mastery are those of the target")
    }
  }

  /// Counts what the headings and points of a target do not say of it.
  mutating func compare(_ target: MasteryTarget, id: [UInt8], position: Int) {
    let kind = CBL_KIND_TARGET
    if id != target.id { tally.reduce(kind, "id", "a target is known by its title") }
    if target.isOfOtherType { tally.reduce(kind, "type", "all targets of the file are outcomes") }
    if let own = target.position, own != position {
      tally.reduce(kind, "position", "the order of the columns is their place")
    }
    guard !target.mastery.isEmpty else { return }
    let isWritable = withText(target.mastery) { bytes in
      var written: [UInt8] = []
      return DecimalText.append(
        bytes, mark: UInt8(ascii: "."), to: &written)
    }
    if !isWritable { tally.reduce(kind, "mastery", "the number has no plain decimal form") }
  }
}
