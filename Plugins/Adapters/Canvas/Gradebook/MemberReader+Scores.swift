internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension MemberReader {
  /// Puts the results and totals of a learner.
  func putScores(
    _ row: Int, of file: borrowing CSVMember, _ learner: LearnerRow, _ texts: ChunkTexts,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    for index in plan.columns.indices {
      switch plan.columns[index].role {
      case .item:
        let cell = file.text(index, of: row)
        guard cell.count > 0 else { continue }
        try putResult(cell, index, row, of: file, learner, texts, &sink)
      case .total:
        let cell = file.text(index, of: row)
        guard cell.count > 0 else { continue }
        try putTotal(cell, index, row, of: file, learner, texts, &sink)
      default: continue
      }
    }
  }

  private func putResult(
    _ cell: Text, _ index: Int, _ row: Int, of file: borrowing CSVMember,
    _ learner: LearnerRow, _ texts: ChunkTexts, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var result = ResultRow()
    result.origin = learner.origin
    result.line_item = texts.items[index][learner.classPlace]
    result.person = learner.id
    result.class_ = learner.classID
    result.state = Text("graded")
    let usual = scoreKinds[index]
    // A guard makes a text of whatever it holds.
    let isGuarded = FormulaGuard.equation.isThere(cell)
    let words = isGuarded ? FormulaGuard.equation.removed(from: cell, &sink) : cell
    switch isGuarded ? ScoreCell(guarded: words) : ScoreCell(cell) {
    case .blank: return
    case .number(let shape):
      guard let score = number(cell, shape, index, &sink) else {
        return try reject(
          cell, index, row, of: file, CBL_KIND_RESULT, "canvas.number_unclear",
          "the mark in this number does not fit the column, or has two readings; "
            + "write it with the decimal mark of the file and without thousands marks", sink)
      }
      result.score = score
      result.set(shape.isPercent ? "percent" : "points", unless: usual)
    case .exempt: result.state = Text("exempt")
    case .notAssigned: result.state = Text("notAssigned")
    case .noGrade: result.state = Text("noGrade")
    case .complete:
      result.text_score = words
      result.set("passFail", unless: usual)
    case .incomplete:
      result.text_score = words
      result.incomplete = Text("true")
      result.set("passFail", unless: usual)
    case .letter:
      result.text_score = words
      result.set("letter", unless: usual)
    case .words:
      let message =
        "this is no score that Canvas writes (a number, a letter, EX, N/A, complete, "
        + "incomplete); it is kept as a score in words, so check it"
      if isStrict {
        return try reject(
          cell, index, row, of: file, CBL_KIND_RESULT, "canvas.score_unknown", message, sink)
      }
      result.text_score = words
      try sink.host.report(
        RecordProblem(
          .warning, "canvas.score_unknown", message, member: name, line: file.line(of: row),
          column: UInt64(index + 1), value: cell.string))
    case .garbage:
      return try reject(
        cell, index, row, of: file, CBL_KIND_RESULT, "canvas.score_malformed",
        "this is no number that a gradebook can hold; write digits with one decimal mark", sink)
    }
    try sink.put(result)
  }

  private func putTotal(
    _ cell: Text, _ index: Int, _ row: Int, of file: borrowing CSVMember,
    _ learner: LearnerRow, _ texts: ChunkTexts, _ sink: inout RecordSink
  ) throws(AdapterError) {
    let heading = plan.columns[index].total
    var total = AggregateGradeRow()
    total.origin = learner.origin
    total.person = learner.id
    total.class_ = learner.classID
    total.category = texts.categories[index]
    total.academic_session = texts.periods[index]
    total.title = texts.titles[index]
    total.type = sink.copy(heading.type)
    total.position = sink.copy(String(index))
    if !heading.scoreKind.isEmpty { total.score_kind = sink.copy(heading.scoreKind) }
    let isGuarded = FormulaGuard.equation.isThere(cell)
    let words = isGuarded ? FormulaGuard.equation.removed(from: cell, &sink) : cell
    switch isGuarded ? ScoreCell(guarded: words) : ScoreCell(cell) {
    case .blank: return
    case .number(let shape):
      guard let score = number(cell, shape, index, &sink) else {
        return try reject(
          cell, index, row, of: file, CBL_KIND_AGGREGATE_GRADE, "canvas.number_unclear",
          "the mark in this number does not fit the column, or has two readings; "
            + "write it with the decimal mark of the file and without thousands marks", sink)
      }
      total.score = score
      if shape.isPercent { total.score_kind = Text("percent") }
    case .garbage:
      return try reject(
        cell, index, row, of: file, CBL_KIND_AGGREGATE_GRADE, "canvas.score_malformed",
        "this is no number that a gradebook can hold; write digits with one decimal mark", sink)
    default:
      total.text_score = words
    }
    try sink.put(total)
  }

  private func number(
    _ cell: Text, _ shape: NumberShape, _ index: Int, _ sink: inout RecordSink
  ) -> Text? {
    let marks = plan.columns[index].marks
    if case .plain = marks.reading(of: shape, in: cell) { return cell.part(0..<shape.end) }
    var plain: [UInt8] = []
    guard appendNumber(cell, shape, index, to: &plain) else { return nil }
    return unsafe plain.withUnsafeBytes { bytes in unsafe sink.copy(bytes) }
  }

  /// Appends a number as the records have it.
  ///
  /// - Returns: `false`, and nothing appended, when the number is unclear.
  func appendNumber(
    _ cell: Text, _ shape: NumberShape, _ index: Int, to bytes: inout [UInt8]
  ) -> Bool {
    let marks = plan.columns[index].marks
    if case .unclear = marks.reading(of: shape, in: cell) { return false }
    marks.appendPlain(shape, of: cell, to: &bytes)
    return true
  }

  private func reject(
    _ cell: Text, _ index: Int, _ row: Int, of file: borrowing CSVMember, _ kind: cbl_kind,
    _ code: String, _ message: String, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        .rejected, code, message, member: name, line: file.line(of: row),
        column: UInt64(index + 1), value: cell.string, raw: file.rawRecord(row).string,
        kind: kind))
  }
}

extension ResultRow {
  /// Names the unit when it is not the one of the assignment.
  fileprivate mutating func set(_ kind: StaticString, unless usual: StaticString) {
    if !Text(kind).equals(usual) { score_kind = Text(kind) }
  }
}
