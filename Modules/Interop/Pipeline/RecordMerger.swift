internal import AdapterHost
internal import Records
internal import Scanning

/// Makes records of one identifier, in several inputs, one record.
///
/// The first input that has a value for a field wins, lists are united, and values that contradict
/// each other are told. Two records of one identifier in one input are left as they are, since that
/// is a fault of the input, unless the mapping file says that they are the same.
final class RecordMerger {
  private let kind: RecordKind
  private let ledger: ConversionLedger
  private let memberNames: (Int) -> String
  private let isStated: ([UInt8]) -> Bool
  private let fields: [RecordField]
  private var sightings: [UInt64: Sighting] = [:]
  private var records: [[UInt8]: MergedRecord] = [:]
  private let rows = RowBuffer()

  /// Where an identifier was seen.
  private struct Sighting {
    var input: Int
    var isRepeated = false
    var isTwiceInOne = false
  }

  /// - Parameter isStated: Whether records of an identifier are one even within one input.
  init(
    _ kind: RecordKind, ledger: ConversionLedger, memberNames: @escaping (Int) -> String,
    isStated: @escaping ([UInt8]) -> Bool
  ) {
    self.kind = kind
    self.ledger = ledger
    self.memberNames = memberNames
    self.isStated = isStated
    fields = RecordSchema.of(kind).fields
  }

  /// The first reading: notes the identifiers.
  func note(_ batch: HostBatch) {
    for row in 0..<batch.count {
      let id = unsafe batch.text(0, of: row)
      guard id.count > 0 else { continue }
      let hash = unsafe hash64(id)
      let input = RowOrigin.split(batch.member(of: row)).input
      guard let known = sightings[hash] else {
        sightings[hash] = Sighting(input: input)
        continue
      }
      sightings[hash] = Sighting(
        input: input, isRepeated: true,
        isTwiceInOne: known.isTwiceInOne || known.input == input)
    }
  }

  /// Whether any identifier was noted more than once.
  var hasRepeats: Bool { sightings.values.contains(where: \.isRepeated) }

  /// The second reading: takes the content of records that stand more than once.
  func collect(_ batch: HostBatch) throws {
    for row in 0..<batch.count {
      guard let id = mergedID(row, of: batch) else { continue }
      if let known = records[id] {
        try merge(row, of: batch, into: known)
        continue
      }
      let record = MergedRecord(fields: fields.count)
      for field in fields {
        let text = unsafe batch.text(field.index, of: row)
        if unsafe text.baseAddress != nil { unsafe record.set(field.index, text) }
      }
      records[id] = record
    }
  }

  /// The third reading: hands the rows on, one for each identifier.
  func give(_ batch: HostBatch, to next: any RecordStage) throws {
    rows.start(stride: batch.stride, rows: batch.count)
    var given: [MergedRecord] = []
    for row in 0..<batch.count {
      guard let id = mergedID(row, of: batch), let record = records[id] else {
        rows.append(row, of: batch)
        continue
      }
      if record.isGiven { continue }
      record.isGiven = true
      rows.append(row, of: batch)
      for field in fields {
        if let text = unsafe record.text(field.index) {
          unsafe rows.set(field.index, of: rows.count - 1, to: text)
        }
      }
      given.append(record)
    }
    guard rows.count > 0 else { return }
    try next.put(StageBatch(rows: rows.batch(of: kind), numbers: nil))
    withExtendedLifetime(given) {}
  }

  /// The identifier of a row that is to be merged, or `nil`.
  private func mergedID(_ row: Int, of batch: HostBatch) -> [UInt8]? {
    let id = unsafe batch.text(0, of: row)
    guard id.count > 0, let sighting = sightings[unsafe hash64(id)], sighting.isRepeated else {
      return nil
    }
    let bytes = unsafe Array(unsafe id)
    return sighting.isTwiceInOne && !isStated(bytes) ? nil : bytes
  }

  private func merge(_ row: Int, of batch: HostBatch, into record: MergedRecord) throws {
    var isNew = false
    var conflicts: [String] = []
    for field in fields where field.index > 0 {
      let text = unsafe batch.text(field.index, of: row)
      guard text.count > 0 else { continue }
      guard let known = unsafe record.text(field.index), known.count > 0 else {
        unsafe record.set(field.index, text)
        isNew = true
        continue
      }
      if unsafe known.elementsEqual(text) { continue }
      if field.type == .list || field.type == .referenceList {
        let union = unsafe Self.union(Array(unsafe known), Array(unsafe text))
        isNew = isNew || union.count != known.count
        unsafe union.withUnsafeBytes { bytes in unsafe record.set(field.index, bytes) }
      } else {
        conflicts.append(field.name)
      }
    }
    ledger.counts[kind.number].skipped += 1
    let message =
      isNew
      ? "this \(kind) is one with the one above it of the same identifier, and adds to it"
      : "this \(kind) adds nothing to the one of the same identifier before it"
    try report(.skipped, "reference.merged_record", message, row, batch)
    guard !conflicts.isEmpty else { return }
    try report(
      .warning, "reference.conflicting_record",
      "this \(kind) contradicts the one of the same identifier before it, which is kept, in: "
        + conflicts.joined(separator: ", "), row, batch)
  }

  private func report(
    _ severity: AdapterReport.Severity, _ code: String, _ message: String, _ row: Int,
    _ batch: HostBatch
  ) throws {
    try ledger.report(
      AdapterReport(
        severity, code, message, member: memberNames(batch.member(of: row)),
        line: batch.line(of: row),
        value: unsafe String(decoding: batch.text(0, of: row), as: UTF8.self),
        raw: RowText.describe(row, of: batch), kind: kind), countsRow: false)
  }

  /// The elements of two lists, each once, those of the first before the others.
  private static func union(_ one: [UInt8], _ two: [UInt8]) -> [UInt8] {
    var elements = one.split(separator: 0x1F, omittingEmptySubsequences: false)
    for element in two.split(separator: 0x1F, omittingEmptySubsequences: false)
    where !elements.contains(element) {
      elements.append(element)
    }
    return Array(elements.joined(separator: [0x1F]))
  }
}

/// The values of a record that was put together, in memory of its own.
// The memory is freed by this type alone.
@safe
private final class MergedRecord {
  private var cells: [UnsafeMutableRawBufferPointer?]
  private var counts: [Int]
  /// Whether the record was handed on.
  var isGiven = false

  init(fields: Int) {
    unsafe cells = Array(repeating: nil, count: fields)
    counts = Array(repeating: 0, count: fields)
  }

  deinit {
    for index in unsafe cells.indices { unsafe cells[index]?.deallocate() }
  }

  /// The value of a field, or `nil` when no record has the field.
  func text(_ field: Int) -> UnsafeRawBufferPointer? {
    guard let cell = unsafe cells[field] else { return nil }
    return unsafe UnsafeRawBufferPointer(start: cell.baseAddress, count: counts[field])
  }

  /// Sets a field to a copy of some bytes.
  func set(_ field: Int, _ bytes: UnsafeRawBufferPointer) {
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, bytes.count), alignment: 1)
    unsafe copy.copyBytes(from: bytes)
    unsafe cells[field]?.deallocate()
    unsafe cells[field] = unsafe copy
    counts[field] = bytes.count
  }
}
