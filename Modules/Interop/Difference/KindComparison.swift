internal import AdapterHost
internal import Domain
internal import Records

/// Compares the records of one kind.
struct KindComparison {
  let schema: RecordSchema
  /// The fields that are compared, as a mask.
  let fields: UInt64
  let isMatchedByReferences: Bool
  let isExact: Bool
  private let keyFields: [Int]

  /// Fields that tell records apart beside their references.
  private static let names: Set<String> = [
    "ownerKind", "owner", "vocabulary", "key", "title", "label", "type", "number", "position",
  ]

  init(schema: RecordSchema, fields: UInt64, isMatchedByReferences: Bool, isExact: Bool) {
    self.schema = schema
    self.fields = fields
    self.isMatchedByReferences = isMatchedByReferences
    self.isExact = isExact
    keyFields =
      isMatchedByReferences
      ? schema.fields.filter { field in
        fields & (1 << UInt64(field.index)) != 0
          && (field.type == .reference || Self.names.contains(field.name))
      }.map(\.index) : [0]
  }

  /// A row that waits for the row of the other input.
  private struct KeptRow {
    let texts: [[UInt8]?]
    var isMatched = false
  }

  /// Compares the rows whose keys fall into one of several parts.
  func run(
    _ left: RowStore, _ right: RowStore, part: Int, of parts: Int,
    counts: inout KindDifference, _ report: (RecordDifference) throws -> Void
  ) throws {
    var kept: [KeptRow] = []
    var index: [[UInt8]: [Int]] = [:]
    try left.replay(schema.kind.number - 1) { batch in
      for row in 0..<batch.count {
        let key = key(of: row, in: batch)
        guard Self.part(of: key, of: parts) == part else { continue }
        index[key, default: []].append(kept.count)
        kept.append(KeptRow(texts: texts(of: row, in: batch)))
      }
    }
    // The first of several rows with one key is then the last of its list, and cheap to take.
    index = index.mapValues { $0.reversed() }
    try right.replay(schema.kind.number - 1) { batch in
      for row in 0..<batch.count {
        let key = key(of: row, in: batch)
        guard Self.part(of: key, of: parts) == part else { continue }
        guard let place = index[key]?.popLast() else {
          counts.added += 1
          try report(difference(.added, key))
          continue
        }
        kept[place].isMatched = true
        let changes = changes(from: kept[place].texts, to: texts(of: row, in: batch))
        if changes.isEmpty {
          counts.same += 1
        } else {
          counts.changed += 1
          try report(difference(.changed(changes), key))
        }
      }
    }
    for row in kept where !row.isMatched {
      counts.removed += 1
      try report(difference(.removed, Self.key(of: row.texts, keyFields)))
    }
  }

  private func difference(
    _ change: RecordDifference.Change, _ key: [UInt8]
  ) -> RecordDifference {
    let parts = key.split(separator: 0x1E, omittingEmptySubsequences: true)
    let text = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
    return RecordDifference(kind: schema.kind, key: text, change: change)
  }

  private func texts(of row: Int, in batch: HostBatch) -> [[UInt8]?] {
    schema.fields.map { field in
      let text = unsafe batch.text(field.index, of: row)
      return unsafe text.baseAddress == nil ? nil : Array(text)
    }
  }

  private func key(of row: Int, in batch: HostBatch) -> [UInt8] {
    var key: [UInt8] = []
    for (place, field) in keyFields.enumerated() {
      if place > 0 { key.append(0x1E) }
      unsafe key.append(contentsOf: batch.text(field, of: row))
    }
    return key
  }

  private static func key(of texts: [[UInt8]?], _ fields: [Int]) -> [UInt8] {
    Array(fields.map { texts[$0] ?? [] }.joined(separator: [0x1E]))
  }

  /// The part that a key falls into; the same in every run.
  private static func part(of key: [UInt8], of parts: Int) -> Int {
    guard parts > 1 else { return 0 }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int((hash >> 32) % UInt64(parts))
  }

  private func changes(
    from old: [[UInt8]?], to new: [[UInt8]?]
  ) -> [RecordDifference.Field] {
    schema.fields.compactMap { field in
      let first = old[field.index]
      let second = new[field.index]
      guard fields & (1 << UInt64(field.index)) != 0, first != second,
        isExact || !means(first ?? [], second ?? [], field.type)
      else { return nil }
      return RecordDifference.Field(
        name: field.name, first: first.map { String(decoding: $0, as: UTF8.self) },
        second: second.map { String(decoding: $0, as: UTF8.self) })
    }
  }

  /// Whether two texts mean the same: blank is absent, and numbers have one value.
  private func means(_ first: [UInt8], _ second: [UInt8], _ type: RecordFieldType) -> Bool {
    if first == second { return true }
    guard type == .number, !first.isEmpty, !second.isEmpty,
      let one = ExactDecimal(String(decoding: first, as: UTF8.self)),
      let other = ExactDecimal(String(decoding: second, as: UTF8.self))
    else { return false }
    return one == other
  }
}
