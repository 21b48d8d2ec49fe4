internal import AdapterKit
internal import CAdapterABI

/// Fields of a result, by their number.
enum ResultField {
  static let id = 0
  static let status = 1
  static let modified = 2
  static let lineItem = 3
  static let person = 4
  static let `class` = 5
  static let state = 6
  static let score = 7
  static let textScore = 8
  static let scoreDate = 9
  static let comment = 10
  static let scoreKind = 15
  static let maximum = 16
  static let scale = 17
  static let rater = 18
  static let attempt = 19

  /// The columns in which fields go that are written only on request.
  static let columns: [Int: EvidenceColumn] = [
    id: .id, modified: .modified, textScore: .textScore, comment: .comment, rater: .rater,
    attempt: .attempt, lineItem: .lineItem, person: .learner, ResultField.class: .class,
    state: .status,
    score: .score, scoreDate: .date, maximum: .maximum, scale: .scale,
  ]
}

/// Results in a row that have values in the same fields, of those that are not written; neighbours
/// mostly do, so they are counted together.
struct LostFields {
  /// The fields, a bit each.
  var fields: UInt64 = 0
  /// How many results.
  var count = 0
}

/// What could not be written, by reason.
struct EvidenceLosses {
  var deleted = 0
  var unscored = 0
  var unaligned = 0
  var unscaled = 0
  var untargeted = 0
  var targetResults = 0
  var otherAlignments = 0
  var furtherScales = 0
  var resultFields = [Int](repeating: 0, count: 22)
  var evidenceFields = [Int](repeating: 0, count: 25)

  /// Counts the values of some results.
  mutating func add(_ lost: LostFields) {
    for field in resultFields.indices where lost.fields >> UInt64(field) & 1 == 1 {
      resultFields[field] += lost.count
    }
  }

  func report(to host: HostLink) throws(AdapterError) {
    try lose(host, CBL_KIND_RESULT, nil, deleted, "the result is marked for deletion")
    try lose(host, CBL_KIND_RESULT, nil, unscored, "the result has no score")
    try lose(
      host, CBL_KIND_RESULT, nil, unaligned, "no target is aligned with the result's line item")
    try lose(
      host, CBL_KIND_RESULT, ResultField.score, unscaled,
      "the scaled score is blank: the greatest score is absent, 0 or in another unit",
      reduced: true)
    try lose(
      host, CBL_KIND_TARGET_RESULT, nil, targetResults,
      "scores of single targets are only written on request, and when there is a score")
    try lose(host, CBL_KIND_EVIDENCE, nil, untargeted, "the evidence names no target")
    try lose(
      host, CBL_KIND_ALIGNMENT, nil, otherAlignments,
      "the target is aligned with something that is no line item, or marked for deletion")
    try lose(
      host, CBL_KIND_SCALE_USE, nil, furtherScales,
      "the line item already has a scale, or the scale is used by something else")
    let reason = "the columns do not name this field"
    for (field, count) in resultFields.enumerated() {
      try lose(host, CBL_KIND_RESULT, field, count, reason)
    }
    for (field, count) in evidenceFields.enumerated() {
      try lose(host, CBL_KIND_EVIDENCE, field, count, reason)
    }
  }

  private func lose(
    _ host: HostLink, _ kind: cbl_kind, _ field: Int?, _ count: Int, _ reason: String,
    reduced: Bool = false
  ) throws(AdapterError) {
    guard count > 0 else { return }
    try host.lose(kind, field: field, reduced: reduced, count: count, reason: reason)
  }
}
