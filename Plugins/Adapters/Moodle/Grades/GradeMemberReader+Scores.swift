internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension GradeMemberReader {
  /// Puts the result of a learner in an item.
  ///
  /// - Returns: What the result keeps of the cells.
  mutating func put(
    _ item: GradeSheet.Item, _ key: Text, _ row: Int, of member: borrowing CSVMember,
    _ learner: Learner, _ texts: ChunkTexts, _ sink: inout RecordSink
  ) throws(AdapterError) -> GradeValues {
    var reading = file.sheet.read(item, cells, &number)
    if reading.oddWords >= 0 {
      guard !isStrict else {
        try rejectScore(row, of: member, reading.oddWords, .words, sink)
        return GradeValues()
      }
      try warnOfWords(row, of: member, reading.oddWords, sink)
    }
    if let (fault, column) = reading.fault {
      try rejectScore(row, of: member, column, fault, sink)
      return GradeValues()
    }
    keepNumber(&reading, &sink)
    let values = reading.values
    guard !values.isEmpty else { return values }
    var result = ResultRow()
    result.origin = learner.origin
    result.line_item = key
    result.person = learner.id
    result.class_ = texts.classID
    result.score = values.score
    result.text_score = values.textScore
    result.comment = values.comment
    let state = Text(reading.state)
    if !state.isEmpty { result.state = state }
    if let kind = file.sheet.scoreKind(of: values, item) { result.score_kind = Text(kind) }
    if values.hasExtras {
      result.id = sink.copy(key.array + [UInt8(ascii: "|")] + learner.id.array)
      try putExtras(values, "result", result.id, learner, &sink)
    }
    try sink.put(result)
    return values
  }

  /// Keeps the number of the score; the text of the cell serves when it is plain already.
  private func keepNumber(_ reading: inout GradeReading, _ sink: inout RecordSink) {
    guard reading.numberColumn >= 0 else { return }
    let isSame = unsafe number.bytes.elementsEqual(reading.values.score.rawBytes)
    if !isSame { reading.values.score = unsafe sink.copy(number.bytes) }
  }

  /// Keeps a percentage or letter that stands beside the score as attributes of the record.
  private func putExtras(
    _ values: GradeValues, _ ownerKind: StaticString, _ owner: Text, _ learner: Learner,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    let extras: [(StaticString, Text)] = [
      ("percentage", values.percentage), ("letter", values.letter),
    ]
    for (name, value) in extras where !value.isEmpty {
      var attribute = AttributeRow()
      attribute.origin = learner.origin
      attribute.owner_kind = Text(ownerKind)
      attribute.owner = owner
      attribute.vocabulary = Text("moodle")
      attribute.key = Text(name)
      attribute.value = value
      try sink.put(attribute)
    }
  }

  /// Puts a total of a learner.
  ///
  /// - Returns: What the total keeps of the cells.
  mutating func put(
    _ total: GradeSheet.Total, _ row: Int, of member: borrowing CSVMember, _ learner: Learner,
    _ texts: ChunkTexts, _ sink: inout RecordSink
  ) throws(AdapterError) -> GradeValues {
    var reading = file.sheet.read(total, cells, &number)
    if let (fault, column) = reading.fault {
      try rejectScore(row, of: member, column, fault, sink, CBL_KIND_AGGREGATE_GRADE)
      return GradeValues()
    }
    keepNumber(&reading, &sink)
    let values = reading.values
    guard !values.score.isEmpty || !values.textScore.isEmpty else { return values }
    var grade = AggregateGradeRow()
    grade.origin = learner.origin
    grade.person = learner.id
    grade.class_ = texts.classID
    if !total.item.key.isEmpty { grade.category = texts.keys[total.column] }
    grade.title = texts.titles[total.column]
    grade.type = Text("total")
    grade.score = values.score
    grade.text_score = values.textScore
    grade.position = texts.positions[total.column]
    grade.score_kind = Text(GradeSheet.scoreKind(ofTotal: values))
    if values.hasExtras {
      grade.id = sink.copy(
        total.id(in: file.plan.classID) + [UInt8(ascii: "|")] + learner.id.array)
      try putExtras(values, "aggregateGrade", grade.id, learner, &sink)
    }
    try sink.put(grade)
    return values
  }
}
