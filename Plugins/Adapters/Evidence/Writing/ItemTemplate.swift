internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// The rows of one line item, rendered as far as they do not change from learner to learner.
///
/// A row is fixed bytes, a value of the result, fixed bytes, a value, and so on. Results of one line
/// item mostly follow one another, so the fixed bytes serve many rows.
struct ItemTemplate: ~Copyable {
  /// A value of the result: a field whose text is quoted where it has to be, a number, or the score
  /// as a share of the greatest one.
  private struct Value {
    var field: UInt8
    var isText = false
    var isShare = false

    static func text(_ field: Int) -> Value { Value(field: UInt8(field), isText: true) }
    static func number(_ field: Int) -> Value { Value(field: UInt8(field)) }
    static let scaled = Value(field: UInt8(ResultField.score), isShare: true)
  }

  private let columns: [EvidenceColumn]
  private let values: [Value]
  private let dialect = CSVDialect.rfc4180
  private let style: RowStyle
  /// For each target in turn, what stands before each value and after the last.
  private var fixed = ByteBuffer(capacity: 1_024)
  private var ends: [Int] = []
  private var targets = 0
  private var number = nothing
  private var classText = ByteBuffer(capacity: 64)
  private var hasClass = false
  /// The item's range of scores.
  private var range = nothing
  private var maximum: Amount?
  private var shares = ShareMemo()

  /// A template for a table with the given columns; `nil` when rows are objects.
  init?(columns: [EvidenceColumn], style: RowStyle) {
    guard !style.isJSON else { return nil }
    self.columns = columns
    self.style = style
    values = columns.compactMap(Self.value(of:))
  }

  /// What a column takes from the result itself; `nil` when it is the same for all learners.
  private static func value(of column: EvidenceColumn) -> Value? {
    switch column {
    case .learner: .text(ResultField.person)
    case .score: .number(ResultField.score)
    case .scaled: .scaled
    case .date: .text(ResultField.scoreDate)
    case .status: .text(ResultField.state)
    case .id: .text(ResultField.id)
    case .modified: .text(ResultField.modified)
    case .textScore: .text(ResultField.textScore)
    case .comment: .text(ResultField.comment)
    case .rater: .text(ResultField.rater)
    case .attempt: .number(ResultField.attempt)
    default: nil
    }
  }

  /// Whether the template can write a result: whether what it has fixed is not the result's own.
  @inline(__always)
  private func fits(_ result: RowFields) -> Bool {
    result[ResultField.maximum].isEmpty && result[ResultField.scoreKind].isEmpty
      && result[ResultField.scale].isEmpty
  }

  /// Writes the rows of a result.
  ///
  /// - Returns: How many rows have no scaled score though they should; `nil` when nothing was
  ///   written, because the result has a scale, a maximum or a unit of its own.
  mutating func write(
    _ result: RowFields, of number: UInt32, in items: borrowing LineItemTable,
    to buffer: inout ByteBuffer
  ) -> Int? {
    guard fits(result) else { return nil }
    let ownClass = result[ResultField.class]
    if number != self.number || !isClass(ownClass) {
      render(number, result[ResultField.lineItem], ownClass, items)
    }
    var unscaled = 0
    var piece = 0
    for _ in 0..<targets {
      for place in values.indices {
        append(piece, to: &buffer)
        piece &+= 1
        let value = values[place]
        let text = result[Int(value.field)]
        if value.isText {
          unsafe buffer.appendCSV(text.rawBytes, dialect: dialect)
        } else if !value.isShare {
          unsafe buffer.append(text.rawBytes)
        } else if !text.isEmpty {
          if let share = shares.share(of: text, in: range, maximum) {
            buffer.append(share)
          } else {
            unscaled &+= 1
          }
        }
      }
      append(piece, to: &buffer)
      piece &+= 1
    }
    return unscaled
  }

  @inline(__always)
  private func append(_ piece: Int, to buffer: inout ByteBuffer) {
    let start = piece == 0 ? 0 : ends[piece &- 1]
    buffer.append(start..<ends[piece], of: fixed)
  }

  @inline(__always)
  private func isClass(_ text: Text) -> Bool {
    hasClass ? unsafe Text(classText.bytes).equals(text) : text.isEmpty
  }

  /// Renders what the rows of a line item have in common.
  private mutating func render(
    _ number: UInt32, _ id: Text, _ ownClass: Text, _ items: borrowing LineItemTable
  ) {
    self.number = number
    hasClass = !ownClass.isEmpty
    classText.removeAll()
    unsafe classText.append(ownClass.rawBytes)
    let item =
      Int(number) < items.items.count ? items.items[Int(number)] : LineItemTable.Item()
    range = item.range
    maximum = range == nothing ? nil : items.ranges[Int(range)].maximum
    fixed.removeAll()
    ends.removeAll(keepingCapacity: true)
    targets = 0
    var target = item.target
    var further = item.further
    while true {
      render(item, id, ownClass, target: target, items)
      targets += 1
      guard further != nothing else { return }
      target = items.further[Int(further)].piece
      further = items.further[Int(further)].next
    }
  }

  private mutating func render(
    _ item: LineItemTable.Item, _ id: Text, _ ownClass: Text, target: UInt32,
    _ items: borrowing LineItemTable
  ) {
    for (index, column) in columns.enumerated() {
      if index > 0 { fixed.append(0x2C) }
      if Self.value(of: column) != nil {
        ends.append(fixed.count)
        continue
      }
      let range = item.range == nothing ? LineItemTable.Range() : items.ranges[Int(item.range)]
      switch column {
      case .lineItem: unsafe style.append(id.rawBytes, to: &fixed)
      case .class:
        if !ownClass.isEmpty {
          unsafe style.append(ownClass.rawBytes, to: &fixed)
        } else {
          append(item.classPiece, of: items)
        }
      case .target: append(target, of: items)
      case .maximum: append(range.maximumPiece, of: items)
      case .minimum: append(range.minimumPiece, of: items)
      case .scale: append(item.scalePiece, of: items)
      case .kind: append(item.kindPiece, of: items)
      case .lineItemTitle: append(item.titlePiece, of: items)
      default: break
      }
    }
    fixed.append(0x0A)
    ends.append(fixed.count)
  }

  private mutating func append(_ piece: UInt32, of items: borrowing LineItemTable) {
    if piece != nothing { items.pieces.append(piece, to: &fixed) }
  }
}
