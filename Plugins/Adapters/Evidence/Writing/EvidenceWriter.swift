internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes one row for each scored result and target.
struct EvidenceWriter: GradebookWriter, ~Copyable {
  static let flushSize = 256 << 10

  private let output: AdapterOutput
  private let member: String
  private let host: HostLink
  private let options: EvidenceOptions
  private let style: RowStyle
  private var items: LineItemTable
  private var row: RowWriter
  private var template: ItemTemplate?
  private var buffer = ByteBuffer(capacity: EvidenceWriter.flushSize + 8_192)
  private var losses = EvidenceLosses()
  private let lostResultFields: [Int]
  private var lostEvidenceFields: [Int]
  private var source = SourceLayer()
  private var copy: EvidenceCopy?
  private var hasRows = false
  private var hasBegun = false

  /// A writer of a member.
  init(
    output: AdapterOutput, member: String, host: HostLink, options: EvidenceOptions,
    style: RowStyle
  ) {
    self.output = output
    self.member = member
    self.host = host
    self.options = options
    self.style = style
    let columns = options.columns
    items = LineItemTable(style: style, columns: columns)
    row = RowWriter(columns: columns, style: style)
    template = ItemTemplate(columns: columns, style: style)
    lostResultFields = ResultField.columns.filter { !columns.contains($0.value) }.map(\.key)
      .sorted()
    lostEvidenceFields = EvidenceColumn.allCases.filter { !columns.contains($0) }
      .compactMap(\.evidenceField).sorted()
    if !style.isJSON {
      buffer.append(columns.map(\.name).joined(separator: ","))
      buffer.append(0x0A)
    }
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    switch batch.kind {
    case CBL_KIND_LINE_ITEM: items.addItems(batch)
    case CBL_KIND_SCALE_USE: items.addScaleUses(batch)
    case CBL_KIND_ALIGNMENT: losses.otherAlignments += items.addAlignments(batch)
    case CBL_KIND_RESULT: try putResults(batch)
    case CBL_KIND_TARGET_RESULT: try putTargetResults(batch)
    case CBL_KIND_EVIDENCE: try putEvidence(batch)
    default: _ = source.take(batch)
    }
  }

  mutating func finish() throws(AdapterError) {
    try beginRows()
    if copy == nil {
      try flush()
      try output.end()
    } else {
      try copy?.finish()
    }
    losses.furtherScales = items.furtherScales
    try losses.report(to: host)
  }

  /// Takes the form of the file that the evidence was read from, if there is nothing else to write.
  private mutating func beginRows() throws(AdapterError) {
    guard !hasRows else { return }
    hasRows = true
    guard !options.namesColumns,
      let copy = try EvidenceCopy(output, source, isJSON: style.isJSON)
    else { return }
    lostEvidenceFields = copy.lostFields
    self.copy = consume copy
  }

  private mutating func flush() throws(AdapterError) {
    if !hasBegun {
      hasBegun = true
      try output.begin(member)
    }
    guard buffer.count > 0 else { return }
    try unsafe output.write(buffer.bytes)
    buffer.removeAll()
  }

  private mutating func putResults(_ batch: RecordBatch) throws(AdapterError) {
    hasRows = true
    let numbers = unsafe batch.numbers(ResultField.lineItem)
    let keepsUnaligned = options.keepsUnaligned ?? !items.hasTargets
    var lost = LostFields()
    for index in 0..<batch.count {
      let result = batch.fields(of: index)
      let score = result[ResultField.score]
      if result[ResultField.status].equals("tobedeleted") {
        losses.deleted += 1
        continue
      }
      if score.isEmpty, !options.keepsUnscored,
        !row.hasTextScore || result[ResultField.textScore].isEmpty
      {
        losses.unscored += 1
        continue
      }
      let number = unsafe Int(numbers?[index] ?? nothing)
      var item = number < items.items.count ? items.items[number] : LineItemTable.Item()
      if item.target == nothing, keepsUnaligned, number < items.items.count {
        // Its scale still waits, because no alignment named the line item.
        items.applyScale(to: UInt32(number), named: result[ResultField.lineItem])
        item = items.items[number]
      }
      if item.target == nothing, !keepsUnaligned {
        losses.unaligned += 1
        continue
      }
      let filled = self.filled(lostResultFields, of: result)
      if filled != lost.fields {
        losses.add(lost)
        lost = LostFields(fields: filled)
      }
      lost.count &+= 1
      try put(result, score, item, number)
    }
    losses.add(lost)
  }

  /// Which fields of a result have a value, a bit each.
  @inline(__always)
  private func filled(_ fields: [Int], of result: RowFields) -> UInt64 {
    var filled: UInt64 = 0
    for place in fields.indices {
      let isFilled = !result[fields[place]].isEmpty
      filled |= (isFilled ? 1 : 0) << UInt64(fields[place])
    }
    return filled
  }

  /// Writes the rows of a result, one for each target of its line item.
  @inline(__always)
  private mutating func put(
    _ result: RowFields, _ score: Text, _ item: LineItemTable.Item, _ number: Int
  ) throws(AdapterError) {
    if number < items.items.count,
      let unscaled = template?.write(result, of: UInt32(number), in: items, to: &buffer)
    {
      losses.unscaled += unscaled
    } else {
      putSlowly(result, score, item)
    }
    if buffer.count >= Self.flushSize { try flush() }
  }

  private mutating func putSlowly(
    _ result: RowFields, _ score: Text, _ item: LineItemTable.Item
  ) {
    var target = item.target
    var further = item.further
    while true {
      let isScaled = row.append(
        result: result, score: score, item: item, items: items, target: target, to: &buffer)
      if !isScaled { losses.unscaled += 1 }
      guard further != nothing else { return }
      target = items.further[Int(further)].piece
      further = items.further[Int(further)].next
    }
  }

  private mutating func putTargetResults(_ batch: RecordBatch) throws(AdapterError) {
    guard options.keepsTargetScores else {
      losses.targetResults += batch.count
      return
    }
    hasRows = true
    for result in batch.rows(as: TargetResultRow.self) {
      guard !result.status.equals("tobedeleted") else {
        losses.targetResults += 1
        continue
      }
      guard
        !result.score.isEmpty || options.keepsUnscored
          || (row.hasTextScore && !result.text_score.isEmpty)
      else {
        losses.targetResults += 1
        continue
      }
      var evidence = EvidenceRow()
      evidence.id = result.id
      evidence.modified = result.modified
      evidence.person = result.person
      evidence.class_ = result.class_
      evidence.target = result.target
      evidence.state = result.state
      evidence.score = result.score
      evidence.text_score = result.text_score
      evidence.maximum = result.maximum
      evidence.scale = result.scale
      evidence.occurred = result.date
      evidence.kind = Text("targetResult")
      row.append(evidence: evidence, to: &buffer)
      if buffer.count >= Self.flushSize { try flush() }
    }
  }

  private mutating func putEvidence(_ batch: RecordBatch) throws(AdapterError) {
    try beginRows()
    for (index, evidence) in batch.rows(as: EvidenceRow.self).enumerated() {
      // Blank is what this table itself says of a row that was kept without a target.
      if evidence.target.isAbsent, options.keepsUnaligned != true, copy == nil {
        losses.untargeted += 1
        continue
      }
      for field in lostEvidenceFields where !batch.text(field, of: index).isEmpty {
        losses.evidenceFields[field] += 1
      }
      guard copy == nil else {
        try copy?.write(evidence)
        continue
      }
      row.append(evidence: evidence, to: &buffer)
      if buffer.count >= Self.flushSize { try flush() }
    }
  }
}
