internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension GradeMemberReader {
  /// Reports a score that is left out.
  func rejectScore(
    _ row: Int, of member: borrowing CSVMember, _ column: Int, _ fault: GradeFault,
    _ sink: borrowing RecordSink, _ kind: cbl_kind = CBL_KIND_RESULT
  ) throws(AdapterError) {
    let value = FormulaGuard.withoutApostrophe(cells[column])
    try reject(
      row, of: member, column, kind, "moodle.score_\(fault.rawValue)", fault.message, value, sink)
  }

  /// Reports what is left out.
  func reject(
    _ row: Int, of member: borrowing CSVMember, _ column: Int?, _ kind: cbl_kind,
    _ code: String, _ message: String, _ value: Text, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        .rejected, code, message, member: file.name, line: member.line(of: row),
        column: column.map { UInt64($0 + 1) } ?? 0, value: value.string,
        raw: member.rawRecord(row).string, kind: kind))
  }

  /// Reports words in a column of numbers, which are kept.
  func warnOfWords(
    _ row: Int, of member: borrowing CSVMember, _ column: Int, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        .warning, "moodle.score_words", GradeFault.words.message, member: file.name,
        line: member.line(of: row), column: UInt64(column + 1),
        value: FormulaGuard.withoutApostrophe(cells[column]).string))
  }

  /// Puts what the headings say: the class, categories and items.
  func putFrame(_ sink: inout RecordSink, _ shared: inout SharedGrades) throws(AdapterError) {
    let origin = cbl_origin(line: 1, member: UInt32(file.member), flags: 0)
    let classID = sink.copy(file.plan.classID)
    try putPlan(origin, classID, &sink)
    var row = ClassRow()
    row.origin = origin
    row.id = classID
    row.title = classID
    try sink.put(row)
    for column in file.plan.columns
    where column.role == .total && !column.key.isEmpty
      && shared.categories.insert(column.key).inserted
    {
      var row = CategoryRow()
      row.origin = origin
      row.id = sink.copy(column.key)
      switch GradeWords.total(column.title, language: file.sheet.language) {
      case .category(let name) where !name.isEmpty: row.title = sink.copy(name)
      default: row.title = sink.copy(column.title.trimmedBlanks)
      }
      row.class_ = classID
      try sink.put(row)
    }
    for (position, item) in file.sheet.items.enumerated() {
      var row = LineItemRow()
      row.origin = origin
      row.id = sink.copy(item.key)
      row.title = sink.copy(item.title)
      row.class_ = classID
      if !item.type.isEmpty { row.type = sink.copy(item.type) }
      if !item.scoreKind.isEmpty { row.score_kind = sink.copy(item.scoreKind) }
      row.position = sink.copy(String(position))
      try sink.put(row)
    }
  }

  /// Puts the layout, and what the last column holds when no date says it.
  private func putPlan(
    _ origin: cbl_origin, _ classID: Text, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var row = AttributeRow()
    row.origin = origin
    row.vocabulary = Text("moodle")
    if keepsLines {
      row.owner_kind = Text("sourceMember")
      row.owner = sink.copy(file.name)
      row.key = Text("grades")
      row.value = sink.copy(file.plan.text)
      try sink.put(row)
    }
    guard !file.plan.downloaded.isEmpty else { return }
    row.owner_kind = Text("class")
    row.owner = classID
    row.key = Text("downloaded")
    row.value = sink.copy(file.plan.downloaded)
    try sink.put(row)
  }
}
