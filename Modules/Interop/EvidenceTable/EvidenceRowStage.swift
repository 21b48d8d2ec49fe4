internal import AdapterHost
internal import Records
internal import Scanning

/// Collects scores from results and alignments, or from evidence records, as rows of 16 bytes.
final class EvidenceRowStage: RecordStage {
  let rows: EvidenceRows
  private let offsetMinutes: Int
  private var targets = Interner()
  /// Learners of evidence records, which have no numbers.
  private var people = Interner()
  private var kinds = Interner()
  /// The own number of each person, in the order in which results name them.
  private var learnerOf: [UInt32] = []
  /// For each line item what its scores have in common, as a place among `works`.
  private var workOf: [UInt32] = []
  private var works: [Work] = []
  private var workNumbers: [Work: UInt32] = [:]
  /// Line items and their targets as they come, and then in order.
  private var aligned: [(item: UInt32, target: UInt32)] = []
  private var firstTarget: [UInt32] = []
  private var targetsInOrder: [UInt32] = []
  private var isIndexed = false
  private var scoreNumbers: [EvidenceRows.Score: UInt32] = [:]
  private var recent = RecentScores()
  private let lineItem = RecordSchema.of(.lineItem)
  private let alignment = RecordSchema.of(.alignment)
  private let result = RecordSchema.of(.result)
  private let evidence = RecordSchema.of(.evidence)

  /// What the scores of a line item have in common.
  private struct Work: Hashable {
    var maximum: Int64 = 0
    var exponent: Int8 = 0
    var kind: UInt32 = 0
  }

  init(_ rows: EvidenceRows, offsetMinutes: Int) {
    self.rows = rows
    self.offsetMinutes = offsetMinutes
    _ = unsafe number(ofKind: UnsafeRawBufferPointer(start: nil, count: 0))
    _ = number(of: Work())
  }

  func put(_ batch: StageBatch) throws {
    switch batch.kind {
    case .lineItem: takeItems(batch)
    case .alignment: takeAlignments(batch)
    case .result: try takeResults(batch)
    case .evidence: try takeEvidence(batch)
    default: break
    }
  }

  func finish() throws {}

  private func takeItems(_ batch: StageBatch) {
    guard let numbers = unsafe batch.numbers?.numbers(0) else { return }
    let (maximum, kind) = (place("maximum", lineItem), place("type", lineItem))
    for row in 0..<batch.count {
      let item = unsafe Int(numbers[row])
      guard item != Int(UInt32.max) else { continue }
      while workOf.count <= item { workOf.append(0) }
      var work = Work()
      if let number = unsafe Self.decimal(batch.rows.text(maximum, of: row)) {
        (work.maximum, work.exponent) = number
      }
      work.kind = unsafe self.number(ofKind: batch.rows.text(kind, of: row))
      workOf[item] = number(of: work)
    }
  }

  private func takeAlignments(_ batch: StageBatch) {
    let (owner, target) = (place("owner", alignment), place("target", alignment))
    let status = place("status", alignment)
    guard let items = unsafe batch.numbers?.numbers(owner) else { return }
    for row in 0..<batch.count {
      let item = unsafe items[row]
      if unsafe batch.rows.text(status, of: row).elementsEqual("tobedeleted".utf8) { continue }
      guard item != .max, let target = unsafe number(ofTarget: batch.rows.text(target, of: row))
      else { continue }
      aligned.append((item, target))
    }
  }

  private func takeResults(_ batch: StageBatch) throws {
    indexAlignments()
    let (person, item) = (place("person", result), place("lineItem", result))
    let (status, score) = (place("status", result), place("score", result))
    let date = place("scoreDate", result)
    let people = unsafe batch.numbers?.numbers(person)
    guard let items = unsafe batch.numbers?.numbers(item) else { return }
    let texts = batch.rows
    for row in 0..<batch.count {
      if unsafe texts.text(status, of: row).elementsEqual("tobedeleted".utf8) { continue }
      let item = unsafe Int(items[row])
      let text = unsafe texts.text(score, of: row)
      guard text.count > 0, item + 1 < firstTarget.count,
        firstTarget[item] < firstTarget[item + 1],
        let learner = unsafe learner(texts.text(person, of: row), people.map { unsafe $0[row] })
      else {
        rows.leftOut += 1
        continue
      }
      let work = item < workOf.count ? workOf[item] : 0
      guard let score = unsafe number(ofScore: text, work) else {
        rows.leftOut += 1
        continue
      }
      let time = try unsafe rows.time(seconds(texts.text(date, of: row)))
      for place in Int(firstTarget[item])..<Int(firstTarget[item + 1]) {
        try rows.append(
          EvidenceRows.Row(
            learner: learner, target: targetsInOrder[place], score: score, time: time))
      }
    }
  }

  private func takeEvidence(_ batch: StageBatch) throws {
    let (person, target) = (place("person", evidence), place("target", evidence))
    let (score, maximum) = (place("score", evidence), place("maximum", evidence))
    let (occurred, kind) = (place("occurred", evidence), place("kind", evidence))
    let status = place("status", evidence)
    let people = unsafe batch.numbers?.numbers(person)
    let texts = batch.rows
    for row in 0..<batch.count {
      guard unsafe !texts.text(status, of: row).elementsEqual("tobedeleted".utf8) else {
        throw InteropError(
          .badInput,
          "the input takes evidence back, which rows without identifiers cannot follow; grade it "
            + "learner by learner instead")
      }
      var work = Work()
      if let number = unsafe Self.decimal(texts.text(maximum, of: row)) {
        (work.maximum, work.exponent) = number
      }
      work.kind = unsafe number(ofKind: texts.text(kind, of: row))
      guard let target = unsafe number(ofTarget: texts.text(target, of: row)),
        let learner = unsafe learner(texts.text(person, of: row), people.map { unsafe $0[row] }),
        let score = unsafe number(ofScore: texts.text(score, of: row), number(of: work))
      else {
        rows.leftOut += 1
        continue
      }
      let time = try unsafe rows.time(seconds(texts.text(occurred, of: row)))
      try rows.append(
        EvidenceRows.Row(learner: learner, target: target, score: score, time: time))
    }
  }

  /// Puts the targets of each line item together, once the results begin.
  private func indexAlignments() {
    guard !isIndexed else { return }
    isIndexed = true
    let items = aligned.map { Int($0.item) + 1 }.max() ?? 0
    firstTarget = [UInt32](repeating: 0, count: items + 1)
    for pair in aligned { firstTarget[Int(pair.item) + 1] += 1 }
    for item in 0..<items { firstTarget[item + 1] += firstTarget[item] }
    var next = firstTarget
    targetsInOrder = [UInt32](repeating: 0, count: aligned.count)
    for pair in aligned {
      targetsInOrder[Int(next[Int(pair.item)])] = pair.target
      next[Int(pair.item)] += 1
    }
    aligned = []
  }

  private func place(_ name: String, _ schema: RecordSchema) -> Int {
    schema.field(name)?.index ?? 0
  }

  private func seconds(_ text: UnsafeRawBufferPointer) -> Int64 {
    unsafe ISOTime.seconds(text, offsetMinutes: offsetMinutes) ?? EvidenceTable.noTime
  }

  private static func decimal(_ bytes: UnsafeRawBufferPointer) -> (Int64, Int8)? {
    guard bytes.count > 0, let parsed = unsafe parseDecimal(bytes),
      let exponent = Int8(exactly: parsed.exponent)
    else { return nil }
    return (parsed.mantissa, exponent)
  }

  private func learner(_ id: UnsafeRawBufferPointer, _ person: UInt32?) -> UInt32? {
    guard id.count > 0, person != .max else { return nil }
    let number = unsafe Int(person ?? people.insert(id).number)
    while learnerOf.count <= number { learnerOf.append(.max) }
    if learnerOf[number] == .max {
      learnerOf[number] = UInt32(rows.learnerNames.count)
      unsafe rows.learnerNames.append(id)
    }
    return learnerOf[number]
  }

  private func number(ofTarget id: UnsafeRawBufferPointer) -> UInt32? {
    guard id.count > 0 else { return nil }
    let (number, isNew) = unsafe targets.insert(id)
    if isNew { unsafe rows.targetNames.append(id) }
    return number
  }

  private func number(ofKind word: UnsafeRawBufferPointer) -> UInt32 {
    let (number, isNew) = unsafe kinds.insert(word)
    if isNew { unsafe rows.kindNames.append(word) }
    return number
  }

  private func number(of work: Work) -> UInt32 {
    if let known = workNumbers[work] { return known }
    let number = UInt32(works.count)
    workNumbers[work] = number
    works.append(work)
    return number
  }

  private func number(ofScore text: UnsafeRawBufferPointer, _ work: UInt32) -> UInt32? {
    let key = unsafe RecentScores.key(text, work)
    if let key, let known = recent[key] { return known }
    guard let (mantissa, exponent) = unsafe Self.decimal(text) else { return nil }
    let common = works[Int(work)]
    let score = EvidenceRows.Score(
      mantissa: mantissa, exponent: exponent, maximum: common.maximum,
      maximumExponent: common.exponent, kind: common.kind)
    var number = scoreNumbers[score]
    if number == nil {
      number = UInt32(rows.scores.count)
      scoreNumbers[score] = number
      rows.scores.append(score)
    }
    if let key, let number { recent.enter(key, number) }
    return number
  }
}

/// The numbers of short scores that came lately, so that most need not be read again.
private struct RecentScores {
  private var keys = [UInt64](repeating: .max, count: 4_096)
  private var numbers = [UInt32](repeating: 0, count: 4_096)

  /// Up to 5 bytes of a score and its work as one word; `nil` for others.
  static func key(_ text: UnsafeRawBufferPointer, _ work: UInt32) -> UInt64? {
    guard text.count <= 5, work < 1 << 20 else { return nil }
    var key: UInt64 = 0
    for place in 0..<text.count { key = key << 8 | UInt64(unsafe text[place]) }
    return key << 23 | UInt64(text.count) << 20 | UInt64(work)
  }

  private static func place(_ key: UInt64) -> Int {
    Int((key &* 0x9E37_79B9_7F4A_7C15) >> 52)
  }

  subscript(key: UInt64) -> UInt32? {
    let place = Self.place(key)
    return keys[place] == key ? numbers[place] : nil
  }

  mutating func enter(_ key: UInt64, _ number: UInt32) {
    let place = Self.place(key)
    keys[place] = key
    numbers[place] = number
  }
}
