internal import AdapterHost
internal import Records
internal import Scanning

/// Collects evidence from results and alignments, or from evidence records.
final class EvidenceTableStage: RecordStage {
  private(set) var table = EvidenceTable()
  private var learners = Interner()
  private var targets = Interner()
  private var items = Interner()
  private var targetsOfItem: [[UInt32]] = []
  private var maximumOfItem: [(Int64, Int8)] = []
  private let rules = Rules()

  /// The places of the fields that are read.
  private struct Rules {
    let item = Fields(.lineItem)
    let alignment = Fields(.alignment)
    let result = Fields(.result)
    let evidence = Fields(.evidence)

    struct Fields {
      private let places: [String: Int]

      init(_ kind: RecordKind) {
        places = Dictionary(
          uniqueKeysWithValues: RecordSchema.of(kind).fields.map { ($0.name, $0.index) })
      }

      subscript(name: String) -> Int { places[name] ?? 0 }
    }
  }

  func put(_ batch: StageBatch) throws {
    switch batch.kind {
    case .lineItem: takeItems(batch.rows)
    case .alignment: takeAlignments(batch.rows)
    case .result: takeResults(batch.rows)
    case .evidence: takeEvidence(batch.rows)
    default: break
    }
  }

  func finish() throws { table.group() }

  private func takeItems(_ batch: HostBatch) {
    let maximum = rules.item["maximum"]
    for row in 0..<batch.count {
      let item = unsafe number(ofItem: batch.text(0, of: row))
      guard item != EvidenceTable.none else { continue }
      maximumOfItem[Int(item)] = unsafe decimal(batch.text(maximum, of: row)) ?? (0, 0)
    }
  }

  private func takeAlignments(_ batch: HostBatch) {
    let owner = rules.alignment["owner"]
    let target = rules.alignment["target"]
    for row in 0..<batch.count {
      let item = unsafe number(ofItem: batch.text(owner, of: row))
      guard item != EvidenceTable.none else { continue }
      let number = unsafe number(ofTarget: batch.text(target, of: row))
      if number != EvidenceTable.none { targetsOfItem[Int(item)].append(number) }
    }
  }

  private func takeResults(_ batch: HostBatch) {
    let fields = (
      status: rules.result["status"], item: rules.result["lineItem"],
      person: rules.result["person"], state: rules.result["state"],
      score: rules.result["score"], date: rules.result["scoreDate"]
    )
    for row in 0..<batch.count {
      if unsafe batch.text(fields.status, of: row).elementsEqual("tobedeleted".utf8) { continue }
      let item = unsafe number(ofItem: batch.text(fields.item, of: row))
      let learner = unsafe number(ofLearner: batch.text(fields.person, of: row))
      guard learner != EvidenceTable.none else { continue }
      let score = unsafe decimal(batch.text(fields.score, of: row))
      let state = unsafe EvidenceTable.State(batch.text(fields.state, of: row))
      let time = unsafe ISOTime.seconds(batch.text(fields.date, of: row)) ?? EvidenceTable.noTime
      let maximum = item == EvidenceTable.none ? (0, 0) : maximumOfItem[Int(item)]
      let aligned = item == EvidenceTable.none ? [] : targetsOfItem[Int(item)]
      for target in aligned.isEmpty ? [EvidenceTable.none] : aligned {
        append(learner, target, item, score, maximum, time, state)
      }
    }
  }

  private func takeEvidence(_ batch: HostBatch) {
    let fields = rules.evidence
    let places = (
      person: fields["person"], target: fields["target"], item: fields["lineItem"],
      state: fields["state"], score: fields["score"], maximum: fields["maximum"],
      occurred: fields["occurred"]
    )
    for row in 0..<batch.count {
      let learner = unsafe number(ofLearner: batch.text(places.person, of: row))
      guard learner != EvidenceTable.none else { continue }
      let target = unsafe number(ofTarget: batch.text(places.target, of: row))
      let item = unsafe number(ofItem: batch.text(places.item, of: row))
      append(
        learner, target, item, unsafe decimal(batch.text(places.score, of: row)),
        unsafe decimal(batch.text(places.maximum, of: row)) ?? (0, 0),
        unsafe ISOTime.seconds(batch.text(places.occurred, of: row)) ?? EvidenceTable.noTime,
        unsafe EvidenceTable.State(batch.text(places.state, of: row)))
    }
  }

  private func append(
    _ learner: UInt32, _ target: UInt32, _ item: UInt32, _ score: (Int64, Int8)?,
    _ maximum: (Int64, Int8), _ time: Int64, _ state: EvidenceTable.State
  ) {
    table.learners.append(learner)
    table.targets.append(target)
    table.lineItems.append(item)
    table.mantissas.append(score?.0 ?? 0)
    table.exponents.append(score?.1 ?? 0)
    table.hasScore.append(score != nil)
    table.maximumMantissas.append(maximum.0)
    table.maximumExponents.append(maximum.1)
    table.times.append(time)
    table.states.append(state)
  }

  private func decimal(_ bytes: UnsafeRawBufferPointer) -> (Int64, Int8)? {
    guard bytes.count > 0, let parsed = unsafe parseDecimal(bytes),
      let exponent = Int8(exactly: parsed.exponent)
    else { return nil }
    return (parsed.mantissa, exponent)
  }

  private func number(ofLearner id: UnsafeRawBufferPointer) -> UInt32 {
    guard id.count > 0 else { return EvidenceTable.none }
    let (number, isNew) = unsafe learners.insert(id)
    if isNew { unsafe table.learnerNames.append(id) }
    return number
  }

  private func number(ofTarget id: UnsafeRawBufferPointer) -> UInt32 {
    guard id.count > 0 else { return EvidenceTable.none }
    let (number, isNew) = unsafe targets.insert(id)
    if isNew { unsafe table.targetNames.append(id) }
    return number
  }

  private func number(ofItem id: UnsafeRawBufferPointer) -> UInt32 {
    guard id.count > 0 else { return EvidenceTable.none }
    let (number, isNew) = unsafe items.insert(id)
    if isNew {
      unsafe table.lineItemNames.append(id)
      targetsOfItem.append([])
      maximumOfItem.append((0, 0))
    }
    return number
  }
}

/// Seconds of ISO 8601 dates and instants.
enum ISOTime {
  /// Seconds from 1970-01-01T00:00Z of a year, month, date or instant; `nil` when it is none.
  ///
  /// A time without a zone is `offsetMinutes` to the east of UTC; fractions of a second are dropped.
  static func seconds(_ bytes: UnsafeRawBufferPointer, offsetMinutes: Int = 0) -> Int64? {
    guard unsafe ValueCheck.isDate(bytes) else { return nil }
    let year = unsafe digits(bytes, 0, 4)
    let month = unsafe bytes.count >= 7 ? digits(bytes, 5, 2) : 1
    let day = unsafe bytes.count >= 10 ? digits(bytes, 8, 2) : 1
    let zone = Int64(offsetMinutes) * 60
    var seconds = days(year, month, day) * 86_400
    guard bytes.count >= 16 else { return seconds - zone }
    unsafe seconds += digits(bytes, 11, 2) * 3_600 + digits(bytes, 14, 2) * 60
    var place = 16
    if unsafe place < bytes.count && bytes[place] == 0x3A {
      unsafe seconds += digits(bytes, 17, 2)
      place = 19
    }
    while place < bytes.count, unsafe ![0x5A, 0x2B, 0x2D].contains(bytes[place]) { place += 1 }
    if unsafe place < bytes.count && bytes[place] == 0x5A { return seconds }
    guard place + 2 < bytes.count else { return seconds - zone }
    let sign: Int64 = unsafe bytes[place] == 0x2D ? -1 : 1
    let minutesAt =
      unsafe place + 3 < bytes.count && bytes[place + 3] == 0x3A ? place + 4 : place + 3
    let minutes = unsafe minutesAt + 2 <= bytes.count ? digits(bytes, minutesAt, 2) : 0
    return unsafe seconds - sign * (digits(bytes, place + 1, 2) * 3_600 + minutes * 60)
  }

  private static func digits(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int64 {
    var value: Int64 = 0
    for index in start..<(start + count) {
      value = value * 10 + Int64(unsafe bytes[index] &- 0x30)
    }
    return value
  }

  /// Days from 1970-01-01 of a date of the Gregorian calendar.
  static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
