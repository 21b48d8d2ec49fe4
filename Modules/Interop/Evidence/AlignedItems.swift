internal import AdapterHost
internal import Records

/// Line items by their numbers: what their results have in common, and their targets.
struct AlignedItems: ~Copyable {
  private var works = [ItemWork()]
  private var workNumbers = [ItemWork(): UInt32(0)]
  /// For each line item its work, as a place among `works`.
  private var workOf: [UInt32] = []
  /// Line items by their identifiers, and the works that texts come to.
  private var items = Interner()
  private var numberOf: [UInt32] = []
  private var keys = Interner()
  private var workOfKey: [UInt32] = []
  private var key: [UInt8] = []
  /// Line items and their targets as they come, and then in order.
  private var aligned: [(item: UInt32, target: UInt32)] = []
  private var firstTarget: [UInt32] = []
  private var targetsInOrder: [UInt32] = []
  private var isIndexed = false
  private let itemFields = ["maximum", "type", "scale", "scoreKind"].compactMap {
    RecordSchema.of(.lineItem).field($0)?.index
  }
  private let ownerKind = RecordSchema.of(.alignment).field("ownerKind")?.index ?? 0
  private let owner = RecordSchema.of(.alignment).field("owner")?.index ?? 0

  init() {}

  /// Takes what line items say.
  mutating func takeItems(_ batch: StageBatch) {
    guard let numbers = unsafe batch.numbers?.numbers(0) else { return }
    let fields = FieldTexts(batch.rows)
    for row in 0..<batch.count {
      let item = unsafe numbers[row]
      guard item != .max else { continue }
      key.removeAll(keepingCapacity: true)
      for place in itemFields {
        unsafe key.append(contentsOf: batch.rows.text(place, of: row))
        // No text of a record has this byte.
        key.append(0)
      }
      let (number, isNew) = unsafe key.withUnsafeBytes { unsafe keys.insert($0) }
      if isNew { workOfKey.append(self.number(of: ItemWork(fields, row))) }
      set(workOfKey[Int(number)], of: item)
      let (place, isFirst) = unsafe items.insert(batch.rows.text(0, of: row))
      if isFirst { numberOf.append(item) } else { numberOf[Int(place)] = item }
    }
  }

  /// Takes the scales that line items name apart.
  mutating func takeScaleUses(_ batch: StageBatch) {
    let fields = FieldTexts(batch.rows)
    for row in 0..<batch.count {
      guard var owner = fields["owner", row], let scale = fields["scale", row],
        !(fields["ownerKind", row] ?? "").hasPrefix("result")
      else { continue }
      let place = owner.withUTF8 { unsafe items.number(of: UnsafeRawBufferPointer($0)) }
      guard let place else { continue }
      let item = numberOf[Int(place)]
      var work = self.work(number(of: Int(item)))
      guard work.scale == nil else { continue }
      work.scale = scale
      set(number(of: work), of: item)
    }
  }

  /// The line item that a row aligns to a target; `nil` for what is none or was deleted.
  func item(ofAlignment row: Int, of batch: StageBatch) -> UInt32? {
    guard let items = unsafe batch.numbers?.numbers(owner) else { return nil }
    let item = unsafe items[row]
    let kind = unsafe batch.rows.text(ownerKind, of: row)
    let status = unsafe batch.rows.text(Places.of(.alignment).status, of: row)
    guard item != .max, unsafe !status.elementsEqual("tobedeleted".utf8),
      unsafe kind.count == 0 || kind.elementsEqual("line_item".utf8)
    else { return nil }
    return item
  }

  /// Aligns a line item with a target.
  mutating func align(_ item: UInt32, with target: UInt32) { aligned.append((item, target)) }

  /// Puts the targets of each line item together, once the results begin.
  mutating func index() {
    guard !isIndexed else { return }
    isIndexed = true
    let count = aligned.map { Int($0.item) + 1 }.max() ?? 0
    firstTarget = [UInt32](repeating: 0, count: count + 1)
    for pair in aligned { firstTarget[Int(pair.item) + 1] += 1 }
    for item in 0..<count { firstTarget[item + 1] += firstTarget[item] }
    var next = firstTarget
    targetsInOrder = [UInt32](repeating: 0, count: aligned.count)
    for pair in aligned {
      let known = Int(firstTarget[Int(pair.item)])..<Int(next[Int(pair.item)])
      // A target that is aligned twice counts once.
      if targetsInOrder[known].contains(pair.target) { continue }
      targetsInOrder[Int(next[Int(pair.item)])] = pair.target
      next[Int(pair.item)] += 1
    }
    lastTarget = next
    aligned = []
  }

  private var lastTarget: [UInt32] = []

  /// The places of a line item's targets; empty for one that is not known.
  @inline(__always)
  func targets(of item: Int) -> Range<Int> {
    guard item + 1 < firstTarget.count else { return 0..<0 }
    return Int(firstTarget[item])..<Int(lastTarget[item])
  }

  @inline(__always)
  func target(at place: Int) -> UInt32 { targetsInOrder[place] }

  /// The number of a line item's work.
  @inline(__always)
  func number(of item: Int) -> UInt32 { item < workOf.count ? workOf[item] : 0 }

  /// What results of a work have in common.
  func work(_ number: UInt32) -> ItemWork { works[Int(number)] }

  private mutating func number(of work: ItemWork) -> UInt32 {
    if let known = workNumbers[work] { return known }
    let number = UInt32(works.count)
    workNumbers[work] = number
    works.append(work)
    return number
  }

  private mutating func set(_ work: UInt32, of item: UInt32) {
    while workOf.count <= Int(item) { workOf.append(0) }
    workOf[Int(item)] = work
  }
}
