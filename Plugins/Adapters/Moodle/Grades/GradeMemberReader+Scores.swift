internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension GradeMemberReader {
  /// Puts the result of a learner in an item.
  ///
  /// - Returns: What the result keeps of the cells.
  mutating func put(
    _ item: GradeFile.Item, _ key: Text, _ row: Int, of member: borrowing CSVMember,
    _ learner: Learner, _ texts: ChunkTexts, _ sink: inout RecordSink
  ) throws(AdapterError) -> GradeValues {
    var values = GradeValues()
    guard try readReal(item, row, of: member, &values, &sink),
      try readPercentage(item, row, of: member, &values, &sink)
    else { return GradeValues() }
    readLetter(item, row, of: member, &values)
    if item.feedback >= 0 {
      values.comment = FormulaGuard.removed(from: member.cell(item.feedback, of: row))
    }
    if !values.score.isEmpty || !values.textScore.isEmpty { values.isNoGrade = false }
    guard !values.isEmpty else { return values }
    var result = ResultRow()
    result.origin = learner.origin
    result.line_item = key
    result.person = learner.id
    result.class_ = texts.classID
    result.score = values.score
    result.text_score = values.textScore
    result.comment = values.comment
    if !values.score.isEmpty || !values.textScore.isEmpty {
      result.state = Text("graded")
    } else if values.isNoGrade {
      result.state = Text("noGrade")
    }
    setScoreKind(of: &result, values, item)
    try putExtras(values, &result, learner, &sink)
    try sink.put(result)
    return values
  }

  private func setScoreKind(
    of result: inout ResultRow, _ values: GradeValues, _ item: GradeFile.Item
  ) {
    let kind: StaticString
    if !values.score.isEmpty {
      kind = values.isPercent ? "percent" : "points"
    } else if !values.textScore.isEmpty {
      kind = item.real < 0 || GradeCell.isLetter(values.textScore) ? "letter" : "level"
    } else {
      return
    }
    if !Text(kind).equals(withoutCopy(item.scoreKind)) { result.score_kind = Text(kind) }
  }

  private func withoutCopy(_ kind: String) -> Text {
    switch kind {
    case "points": Text("points")
    case "percent": Text("percent")
    case "letter": Text("letter")
    case "level": Text("level")
    default: .blank
    }
  }

  /// Keeps a percentage or letter that stands beside the score as attributes of the result.
  private func putExtras(
    _ values: GradeValues, _ result: inout ResultRow, _ learner: Learner,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    let extras: [(StaticString, Text)] = [
      ("percentage", values.percentage), ("letter", values.letter),
    ]
    for (name, value) in extras where !value.isEmpty {
      if result.id.isAbsent {
        let id = result.line_item.array + [UInt8(ascii: "|")] + learner.id.array
        result.id = sink.copy(id)
      }
      var attribute = AttributeRow()
      attribute.origin = result.origin
      attribute.owner_kind = Text("result")
      attribute.owner = result.id
      attribute.vocabulary = Text("moodle")
      attribute.key = Text(name)
      attribute.value = value
      try sink.put(attribute)
    }
  }

  /// Reads a number; the text of the cell is kept when it is plain already.
  private mutating func cell(
    _ cell: Text, _ index: Int, _ sink: inout RecordSink
  ) -> (kind: GradeCell, number: Text) {
    number.removeAll()
    let kind = GradeCell(cell, mark: file.marks[index], number: &number)
    guard case .number = kind else { return (kind, .absent) }
    let isSame = unsafe number.bytes.elementsEqual(cell.rawBytes)
    return unsafe (kind, isSame ? cell : sink.copy(number.bytes))
  }

  private mutating func readReal(
    _ item: GradeFile.Item, _ row: Int, of member: borrowing CSVMember,
    _ values: inout GradeValues, _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool {
    guard item.real >= 0 else { return true }
    let raw = member.cell(item.real, of: row)
    if FormulaGuard.isGuarded(raw), FormulaGuard.removed(from: raw).isDash {
      values.textScore = FormulaGuard.removed(from: raw)
      return true
    }
    let text = FormulaGuard.removed(from: raw)
    let (kind, score) = cell(text, item.real, &sink)
    switch kind {
    case .blank: break
    case .noGrade: values.isNoGrade = true
    case .number(let isPercent):
      values.score = score
      values.isPercent = isPercent
    case .words:
      if file.isNumeric(item), !GradeCell.isLetter(text) {
        guard !isStrict else {
          try rejectScore(row, of: member, item.real, Self.wordsMessage, "words", text, sink)
          return false
        }
        try warnOfWords(row, of: member, item.real, text, sink)
      }
      values.textScore = text
    case .unclear:
      try rejectScore(row, of: member, item.real, Self.unclearMessage, "unclear", text, sink)
      return false
    case .garbage:
      try rejectScore(row, of: member, item.real, Self.garbageMessage, "malformed", text, sink)
      return false
    }
    return true
  }

  private mutating func readPercentage(
    _ item: GradeFile.Item, _ row: Int, of member: borrowing CSVMember,
    _ values: inout GradeValues, _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool {
    guard item.percentage >= 0 else { return true }
    let text = FormulaGuard.removed(from: member.cell(item.percentage, of: row))
    let (kind, score) = cell(text, item.percentage, &sink)
    switch kind {
    case .blank: return true
    case .noGrade: values.isNoGrade = true
    case _ where !values.score.isEmpty || !values.textScore.isEmpty: values.percentage = text
    case .number:
      values.score = score
      values.isPercent = true
    case .words: values.textScore = text
    case .unclear:
      try rejectScore(row, of: member, item.percentage, Self.unclearMessage, "unclear", text, sink)
      return false
    case .garbage:
      try rejectScore(
        row, of: member, item.percentage, Self.garbageMessage, "malformed", text, sink)
      return false
    }
    return true
  }

  private func readLetter(
    _ item: GradeFile.Item, _ row: Int, of member: borrowing CSVMember,
    _ values: inout GradeValues
  ) {
    guard item.letter >= 0 else { return }
    let raw = member.cell(item.letter, of: row)
    let text = FormulaGuard.removed(from: raw)
    if text.isEmpty { return }
    if raw.isDash {
      values.isNoGrade = true
    } else if values.textScore.isEmpty {
      values.textScore = text
    } else {
      values.letter = text
    }
  }

  /// Puts a total of a learner.
  ///
  /// - Returns: What the total keeps of the cell.
  mutating func putTotal(
    _ index: Int, _ row: Int, of member: borrowing CSVMember, _ learner: Learner,
    _ texts: ChunkTexts, _ sink: inout RecordSink
  ) throws(AdapterError) -> GradeTotalValue {
    let column = file.plan.columns[index]
    let raw = member.cell(index, of: row)
    let text = FormulaGuard.removed(from: raw)
    var value = GradeTotalValue()
    var total = AggregateGradeRow()
    if column.display == .letter || (text.isDash && !raw.isDash) {
      if !raw.isDash { value.textScore = text }
    } else {
      let (kind, score) = cell(text, index, &sink)
      switch kind {
      case .blank, .noGrade: break
      case .number(let isPercent):
        value.score = score
        value.isPercent = isPercent
      case .words: value.textScore = text
      case .unclear:
        try rejectScore(
          row, of: member, index, Self.unclearMessage, "unclear", text, sink,
          CBL_KIND_AGGREGATE_GRADE)
      case .garbage:
        try rejectScore(
          row, of: member, index, Self.garbageMessage, "malformed", text, sink,
          CBL_KIND_AGGREGATE_GRADE)
      }
    }
    guard !value.score.isEmpty || !value.textScore.isEmpty else { return value }
    total.origin = learner.origin
    total.person = learner.id
    total.class_ = texts.classID
    if !column.key.isEmpty { total.category = texts.keys[index] }
    total.title = texts.titles[index]
    total.type = Text("total")
    total.score = value.score
    total.text_score = value.textScore
    total.position = texts.positions[index]
    if value.score.isEmpty {
      total.score_kind = Text("letter")
    } else {
      let isPercent = value.isPercent || column.display == .percentage
      total.score_kind = isPercent ? Text("percent") : Text("points")
    }
    try sink.put(total)
    return value
  }
}
