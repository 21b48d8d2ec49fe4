internal import AdapterHost
internal import Records

/// Records in the order and form in which a writer gets them from the host.
struct TrialBatches {
  private var byKind: [RecordKind: [TrialRow]] = [:]
  private var numbers: [RecordKind: [[UInt8]: UInt32]] = [:]

  init(_ rows: [TrialRow], for format: LoadedFormat) {
    for row in rows { byKind[row.kind, default: []].append(row) }
    if format.isGrouped { group() }
    for schema in RecordSchema.all {
      for row in byKind[schema.kind] ?? [] {
        for field in schema.fields {
          guard let kind = Self.numberedKind(of: field, in: schema),
            let id = row.fields[field.index], !id.isEmpty, numbers[kind]?[id] == nil
          else { continue }
          numbers[kind, default: [:]][id] = UInt32(numbers[kind]?.count ?? 0)
        }
      }
    }
  }

  /// Batches of at most so many rows.
  func batches(of capacity: Int) -> [TrialBatch] {
    var batches: [TrialBatch] = []
    for schema in RecordSchema.all {
      let rows = byKind[schema.kind] ?? []
      for start in stride(from: 0, to: rows.count, by: capacity) {
        let part = Array(rows[start..<min(start + capacity, rows.count)])
        let columns: [[UInt32]?] = schema.fields.map { field in
          guard let kind = Self.numberedKind(of: field, in: schema) else { return nil }
          return part.map { row in
            row.fields[field.index].flatMap { numbers[kind]?[$0] } ?? .max
          }
        }
        batches.append(TrialBatch(kind: schema.kind, rows: part, numbers: columns))
      }
    }
    return batches
  }

  private static func numberedKind(of field: RecordField, in schema: RecordSchema) -> RecordKind? {
    switch field.type {
    case .identifier: schema.isNumbered ? schema.kind : nil
    case .reference: field.reference
    default: nil
    }
  }

  /// Puts results, target results and totals class by class, in the order of the classes.
  private mutating func group() {
    func value(_ row: TrialRow, _ name: String) -> [UInt8]? {
      RecordSchema.of(row.kind).field(name).flatMap { row.fields[$0.index] }
    }
    var place: [[UInt8]: Int] = [:]
    for row in byKind[.schoolClass] ?? [] where place[row.id] == nil {
      place[row.id] = place.count
    }
    var classOfItem: [[UInt8]: [UInt8]] = [:]
    for row in byKind[.lineItem] ?? [] { classOfItem[row.id] = value(row, "class") }
    for kind in [RecordKind.result, .targetResult, .aggregateGrade] {
      let keyed = (byKind[kind] ?? []).enumerated().map { index, row in
        let named = value(row, "class") ?? value(row, "lineItem").flatMap { classOfItem[$0] }
        return (place: named.flatMap { place[$0] } ?? .max, index: index, row: row)
      }
      byKind[kind] = keyed.sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map(\.row)
    }
  }
}
