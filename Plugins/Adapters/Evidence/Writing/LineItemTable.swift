internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// No piece, line item or alignment.
let nothing = UInt32.max

/// What a row needs to know of line items, by the host's numbers.
///
/// Texts that many line items share are kept once, so a line item takes 32 bytes and each target but
/// its first 8; the identifier of a line item is taken from the result that names it.
struct LineItemTable: ~Copyable {
  /// A line item.
  struct Item {
    var target = nothing
    /// Its second target, as an index of ``further``, and its last.
    var further = nothing
    var last = nothing
    var classPiece = nothing
    var scalePiece = nothing
    var titlePiece = nothing
    var kindPiece = nothing
    /// Index of its range of scores.
    var range = nothing
  }

  /// A target of a line item that has others before it.
  struct Target {
    var piece: UInt32
    var next = nothing
  }

  /// A range of scores, shared by the line items that have it.
  struct Range {
    var minimumPiece = nothing
    var maximumPiece = nothing
    var maximum: Amount?
  }

  private(set) var items: [Item] = []
  private(set) var further: [Target] = []
  /// Whether any line item has a target.
  private(set) var hasTargets = false
  private(set) var ranges: [Range] = []
  private(set) var pieces = PieceStore()
  private var classPieces: [UInt32] = []
  private var targetPieces: [UInt32] = []
  private var scalePieces: [UInt32] = []
  private var kindPieces: [String: UInt32] = [:]
  private var rangeNumbers: [RangeKey: UInt32] = [:]
  private let style: RowStyle
  private let keepsTitles: Bool
  private let keepsKinds: Bool
  /// Scales by the identifiers of their line items, which the host does not number here.
  private var waitingScales = WaitingScales()
  /// Scale uses that are not a line item's only one.
  private(set) var furtherScales = 0

  private struct RangeKey: Hashable {
    var minimum: String
    var maximum: String
    var isPercent: Bool
    var isFraction: Bool
  }

  init(style: RowStyle, columns: [EvidenceColumn]) {
    self.style = style
    keepsTitles = columns.contains(.lineItemTitle)
    keepsKinds = columns.contains(.kind)
  }

  /// Takes line items.
  mutating func addItems(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    let classes = unsafe batch.numbers(7)
    let scales = unsafe batch.numbers(15)
    for (row, line) in batch.rows(as: LineItemRow.self).enumerated() {
      let number = unsafe numbers?[row] ?? nothing
      guard number != nothing else { continue }
      makeRoom(for: number)
      var item = items[Int(number)]
      item.classPiece = unsafe pieces.shared(
        line.class_, classes?[row] ?? nothing, in: &classPieces, style: style)
      item.scalePiece = unsafe pieces.shared(
        line.scale, scales?[row] ?? nothing, in: &scalePieces, style: style)
      item.range = range(of: line)
      if keepsTitles, !line.title.isEmpty { item.titlePiece = pieces.add(line.title, style: style) }
      if keepsKinds, !line.type.isEmpty { item.kindPiece = kindPiece(line.type) }
      items[Int(number)] = item
    }
  }

  /// Takes uses of scales; they wait until a line item is met under its number.
  mutating func addScaleUses(_ batch: RecordBatch) {
    let scales = unsafe batch.numbers(6)
    for (row, use) in batch.rows(as: ScaleUseRow.self).enumerated() {
      let isItem =
        use.owner_kind.isEmpty || use.owner_kind.equals("line_item")
        || use.owner_kind.equals("lineItem")
      guard isItem, !use.status.equals("tobedeleted"), !waitingScales.contains(use.owner) else {
        furtherScales += 1
        continue
      }
      let piece = unsafe pieces.shared(
        use.scale, scales?[row] ?? nothing, in: &scalePieces, style: style)
      waitingScales.add(piece, for: use.owner)
    }
  }

  /// Gives a line item the scale that waits for it; a scale that it has itself wins.
  mutating func applyScale(to number: UInt32, named id: Text) {
    guard number != nothing, let piece = waitingScales.take(for: id) else { return }
    makeRoom(for: number)
    if items[Int(number)].scalePiece == nothing {
      items[Int(number)].scalePiece = piece
    } else {
      furtherScales += 1
    }
  }

  /// Takes targets of line items, in the order in which they come.
  ///
  /// - Returns: How many belong to something else, or are to be deleted.
  mutating func addAlignments(_ batch: RecordBatch) -> Int {
    let owners = unsafe batch.numbers(4)
    let targets = unsafe batch.numbers(5)
    var left = 0
    for (row, alignment) in batch.rows(as: AlignmentRow.self).enumerated() {
      let number = unsafe owners?[row] ?? nothing
      let isItem =
        alignment.owner_kind.isEmpty || alignment.owner_kind.equals("line_item")
        || alignment.owner_kind.equals("lineItem")
      let piece = unsafe pieces.shared(
        alignment.target, targets?[row] ?? nothing, in: &targetPieces, style: style)
      guard isItem, number != nothing, piece != nothing, !alignment.status.equals("tobedeleted")
      else {
        left += 1
        continue
      }
      makeRoom(for: number)
      applyScale(to: number, named: alignment.owner)
      add(piece, to: Int(number))
    }
    return left
  }

  private mutating func add(_ target: UInt32, to number: Int) {
    hasTargets = true
    guard items[number].target != nothing else {
      items[number].target = target
      return
    }
    let place = UInt32(further.count)
    further.append(Target(piece: target))
    let last = items[number].last
    if last == nothing { items[number].further = place } else { further[Int(last)].next = place }
    items[number].last = place
  }

  private mutating func makeRoom(for number: UInt32) {
    while items.count <= Int(number) { items.append(Item()) }
  }

  private mutating func kindPiece(_ type: Text) -> UInt32 {
    if let known = kindPieces[type.string] { return known }
    let piece = pieces.add(type, style: style)
    kindPieces[type.string] = piece
    return piece
  }

  /// The range of a line item; without a maximum, percents go to 100 and fractions to 1.
  private mutating func range(of line: LineItemRow) -> UInt32 {
    let key = RangeKey(
      minimum: line.minimum.string, maximum: line.maximum.string,
      isPercent: line.score_kind.equals("percent"),
      isFraction: line.score_kind.equals("fraction"))
    if let known = rangeNumbers[key] { return known }
    var range = Range()
    if !line.minimum.isEmpty { range.minimumPiece = pieces.add(number: line.minimum, style: style) }
    var maximum = line.maximum
    if maximum.isEmpty, key.isPercent { maximum = Text("100") }
    if maximum.isEmpty, key.isFraction { maximum = Text("1") }
    if !maximum.isEmpty {
      range.maximumPiece = pieces.add(number: maximum, style: style)
      range.maximum = Amount(maximum)
    }
    ranges.append(range)
    rangeNumbers[key] = UInt32(ranges.count - 1)
    return UInt32(ranges.count - 1)
  }
}
