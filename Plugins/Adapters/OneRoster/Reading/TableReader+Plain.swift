internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension TableReader {
  /// How plain lines become rows without a look at each by itself; `nil` when every row of this file
  /// needs one.
  ///
  /// - Precondition: The headings were read.
  func plainPlan() -> CSVRowPlan? {
    guard !context.request.wantsSourceLayer, attributes.isEmpty, levelsColumn == nil,
      subjects == nil, table.ownerKind == nil, ownerOffset == Column.offset(of: 0),
      table.kind != CBL_KIND_PERSON, rowPlan.isNarrow
    else { return nil }
    var plan = CSVRowPlan(
      width: self.plan.headers.count, stride: MemoryLayout<Row>.stride, member: file.member)
    let kind = table.kind
    if rowPlan.columns.allSatisfy({ $0.isChecked(of: kind) }) {
      plan.flags = UInt32(CBL_ROW_CHECKED)
    }
    for (index, column) in rowPlan.columns.enumerated() {
      let saysChange =
        column.offset == Column.offset(of: 1) || column.offset == Column.offset(of: 2)
      plan.add(
        column.source, offset: column.offset, form: form(of: column),
        isRequired: rowPlan.required >> UInt64(index) & 1 == 1 || (mode == .delta && saysChange),
        isCounted: mode == .bulk && saysChange)
    }
    // Without the columns no line of a file of changes is right.
    let said = rowPlan.columns.count {
      $0.offset == Column.offset(of: 1) || $0.offset == Column.offset(of: 2)
    }
    return mode == .delta && said < 2 ? nil : plan
  }

  /// Puts the rows of the plain lines from a record on.
  ///
  /// - Returns: How many lines were taken.
  mutating func putPlainRows(
    from record: Int, _ member: borrowing CSVMember, _ plan: CSVRowPlan,
    _ sink: inout RecordSink
  ) throws(AdapterError) -> Int {
    // The first lines that say what only files of changes may say are reported one by one.
    if mode == .bulk, context.request.isStrict || forbiddenRows < ProblemLimiter.limit { return 0 }
    let made = member.fill(from: record, plan, into: rows)
    forbiddenRows += made.counted
    try sink.put(&rows, filled: made.rows)
    return made.rows
  }

  /// What the cells of a column are, as far as that is told at a glance.
  private func form(of column: PlannedColumn) -> CSVCellForm {
    switch column.type {
    case .text, .attribute, .levels: .text
    case .id, .ref: column.checksForm ? .identifier : .text
    case .number: .number
    case .date: .day
    case .time: .instant
    case .boolean: .boolean
    case .status: .word([("active", nil), ("tobedeleted", nil)])
    case .token: .word(vocabularies[column.column].words.map { ($0, nil) })
    case .state: .word(ResultState.words.map { ($0.word, $0.state) })
    case .list, .refs, .year, .identifiers, .identifier: .other
    }
  }
}

extension PlannedColumn {
  /// Whether the cells of plain lines have the form that the field asks for.
  fileprivate func isChecked(of kind: cbl_kind) -> Bool {
    let field = (offset - Column.offset(of: 0)) / MemoryLayout<Text>.stride
    switch (Column.type(of: field, of: kind), type) {
    case (CBL_NUMBER, .number), (CBL_DATE, .date), (CBL_DATE, .time),
      (CBL_BOOLEAN, .boolean):
      return true
    case (CBL_NUMBER, _), (CBL_DATE, _), (CBL_BOOLEAN, _): return false
    default: return true
    }
  }
}
