internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Renders one row of the evidence table.
struct RowWriter {
  /// A column, and what stands before its value in an object.
  private struct Place {
    var column: EvidenceColumn
    var key: [UInt8]
  }

  private let places: [Place]
  private let columns: [EvidenceColumn]
  private let style: RowStyle
  private var shares = ShareMemo()
  let hasTextScore: Bool

  init(columns: [EvidenceColumn], style: RowStyle) {
    self.columns = columns
    self.style = style
    hasTextScore = columns.contains(.textScore)
    places = columns.map { column in
      Place(column: column, key: Array("\"\(column.name)\":".utf8))
    }
  }

  /// Appends the row of a result and one target.
  ///
  /// - Returns: Whether the scaled score could be given, or is not asked for.
  @inline(__always)
  mutating func append(
    result: RowFields, score: Text, item: LineItemTable.Item, items: borrowing LineItemTable,
    target: UInt32, to buffer: inout ByteBuffer
  ) -> Bool {
    var isScaled = true
    begin(&buffer)
    let columns = self.columns
    for index in columns.indices {
      var text = Text.absent
      var piece = nothing
      var isNumber = false
      switch columns[index] {
      case .learner: text = result[ResultField.person]
      case .lineItem: text = result[ResultField.lineItem]
      case .class:
        text = result[ResultField.class]
        piece = item.classPiece
      case .target: piece = target
      case .score:
        text = score
        isNumber = true
      case .maximum:
        text = result[ResultField.maximum]
        isNumber = true
        if item.range != nothing { piece = items.ranges[Int(item.range)].maximumPiece }
        if isOther(result[ResultField.scoreKind]) { piece = nothing }
      case .minimum:
        if item.range != nothing { piece = items.ranges[Int(item.range)].minimumPiece }
      case .scaled:
        isScaled = appendScaled(
          score, result, item: item, items: items, at: index, to: &buffer)
        continue
      case .scale:
        text = result[ResultField.scale]
        piece = item.scalePiece
      case .date: text = result[ResultField.scoreDate]
      case .status: text = result[ResultField.state]
      case .id: text = result[ResultField.id]
      case .modified: text = result[ResultField.modified]
      case .textScore: text = result[ResultField.textScore]
      case .comment: text = result[ResultField.comment]
      case .rater: text = result[ResultField.rater]
      case .attempt:
        text = result[ResultField.attempt]
        isNumber = true
      case .kind: piece = item.kindPiece
      case .lineItemTitle: piece = item.titlePiece
      default: break
      }
      if !text.isEmpty {
        separate(index, &buffer)
        if isNumber {
          unsafe style.append(number: text.rawBytes, to: &buffer)
        } else {
          unsafe style.append(text.rawBytes, to: &buffer)
        }
      } else if piece != nothing {
        separate(index, &buffer)
        items.pieces.append(piece, to: &buffer)
      } else {
        leaveOut(index, &buffer)
      }
    }
    end(&buffer)
    return isScaled
  }

  /// Appends the row of a piece of evidence.
  func append(evidence: EvidenceRow, to buffer: inout ByteBuffer) {
    begin(&buffer)
    for index in columns.indices {
      let column = columns[index]
      let text = evidence.text(of: column)
      if column == .scaled, text.isEmpty, !evidence.score.isEmpty,
        let score = Amount(evidence.score), let whole = Amount(evidence.maximum),
        let scaled = score.millionths(of: whole)
      {
        separate(index, &buffer)
        buffer.append(millionths: scaled, isNegative: score.isNegative)
        continue
      }
      if text.isAbsent || (text.isBlank && !style.isJSON) {
        leaveOut(index, &buffer)
        continue
      }
      separate(index, &buffer)
      if column.isNumber, !text.isEmpty {
        unsafe style.append(number: text.rawBytes, to: &buffer)
      } else {
        unsafe style.append(text.rawBytes, to: &buffer)
      }
    }
    end(&buffer)
  }

  /// Appends score / maximum.
  @inline(__always)
  private mutating func appendScaled(
    _ score: Text, _ result: RowFields, item: LineItemTable.Item,
    items: borrowing LineItemTable, at index: Int, to buffer: inout ByteBuffer
  ) -> Bool {
    guard !score.isEmpty else {
      leaveOut(index, &buffer)
      return true
    }
    let own = result[ResultField.maximum]
    let kind = result[ResultField.scoreKind]
    if own.isEmpty, !isOther(kind), item.range != nothing {
      let whole = items.ranges[Int(item.range)].maximum
      guard let share = shares.share(of: score, in: item.range, whole) else {
        leaveOut(index, &buffer)
        return false
      }
      separate(index, &buffer)
      buffer.append(share)
      return true
    }
    var whole: Amount?
    if !own.isEmpty {
      whole = Amount(own)
    } else if isOther(kind) {
      if kind.equals("percent") { whole = Amount(Text("100")) }
      if kind.equals("fraction") { whole = Amount(Text("1")) }
    }
    guard let whole, let score = Amount(score), let scaled = score.millionths(of: whole) else {
      leaveOut(index, &buffer)
      return false
    }
    separate(index, &buffer)
    buffer.append(millionths: scaled, isNegative: score.isNegative)
    return true
  }

  /// Whether a result says that its score has a unit of its own.
  @inline(__always)
  private func isOther(_ kind: Text) -> Bool { !kind.isEmpty && !kind.equals("points") }

  @inline(__always)
  private func begin(_ buffer: inout ByteBuffer) {
    if style.isJSON { buffer.append(0x7B) }
  }

  /// Goes to a column that has a value.
  @inline(__always)
  private func separate(_ index: Int, _ buffer: inout ByteBuffer) {
    if style.isJSON {
      if !isFirst(buffer) { buffer.append(0x2C) }
      buffer.append(places[index].key)
    } else if index > 0 {
      buffer.append(0x2C)
    }
  }

  /// Goes to a column without a value.
  @inline(__always)
  private func leaveOut(_ index: Int, _ buffer: inout ByteBuffer) {
    if !style.isJSON, index > 0 { buffer.append(0x2C) }
  }

  /// Whether no value of the object has been written.
  private func isFirst(_ buffer: borrowing ByteBuffer) -> Bool {
    unsafe buffer.bytes[buffer.count - 1] == 0x7B
  }

  @inline(__always)
  private func end(_ buffer: inout ByteBuffer) {
    if style.isJSON { buffer.append(0x7D) }
    buffer.append(0x0A)
  }
}

extension EvidenceRow {
  /// The value of a column.
  func text(of column: EvidenceColumn) -> Text {
    switch column {
    case .id: id
    case .modified: modified
    case .learner: person
    case .class: class_
    case .lineItem: line_item
    case .target: target
    case .kind: kind
    case .purpose: purpose
    case .status: state
    case .score: score
    case .textScore: text_score
    case .minimum: minimum
    case .maximum: maximum
    case .scaled: scaled
    case .scale: scale
    case .date: occurred
    case .recorded: recorded
    case .rater: rater
    case .artefact: artefact
    case .attempt: attempt
    case .context: context
    case .depth: depth
    case .trust: trust
    case .comment: comment
    case .lineItemTitle: .absent
    }
  }
}
