import CAdapterABI

/// Records in the order and form in which a writer gets them.
struct MemoryBatches {
  private var byKind: [UInt32: [MemoryRow]] = [:]
  private var numbers: [UInt32: [String: UInt32]] = [:]
  private let arena: MemoryArena

  init(_ rows: [MemoryRow], isGrouped: Bool, arena: MemoryArena) {
    self.arena = arena
    for row in rows {
      guard let kind = MemoryKinds.named(row.kind) else {
        preconditionFailure("there is no kind \(row.kind)")
      }
      for field in row.fields.keys where kind.index(of: field) == nil {
        preconditionFailure("\(row.kind) has no field \(field)")
      }
      byKind[kind.number, default: []].append(row)
    }
    if isGrouped { group() }
    for kind in MemoryKinds.all {
      for row in byKind[kind.number] ?? [] {
        for field in kind.fields {
          guard let target = Self.numberedKind(of: field, in: kind), let id = row[field.name],
            !id.isEmpty
          else { continue }
          let next = UInt32(numbers[target, default: [:]].count)
          if numbers[target]?[id] == nil { numbers[target, default: [:]][id] = next }
        }
      }
    }
  }

  /// Batches of at most so many rows; their memory lives as long as the arena.
  func batches(of capacity: Int) -> [cbl_batch] {
    var batches: [cbl_batch] = []
    for kind in MemoryKinds.all {
      let rows = byKind[kind.number] ?? []
      for start in stride(from: 0, to: rows.count, by: capacity) {
        batches.append(batch(kind, rows[start..<min(start + capacity, rows.count)]))
      }
    }
    return batches
  }

  private func batch(_ kind: MemoryKind, _ rows: ArraySlice<MemoryRow>) -> cbl_batch {
    let memory = unsafe arena.room(rows.count * kind.rowSize)
    for (index, row) in rows.enumerated() {
      let start = unsafe memory + index * kind.rowSize
      unsafe start.storeBytes(
        of: cbl_origin(line: row.line, member: row.member, flags: 0), as: cbl_origin.self)
      for (field, info) in kind.fields.enumerated() {
        let offset = MemoryLayout<cbl_origin>.size + field * MemoryLayout<cbl_text>.stride
        unsafe start.storeBytes(
          of: arena.text(row[info.name]), toByteOffset: offset, as: cbl_text.self)
      }
    }
    let columns = unsafe arena.room(kind.fields.count * MemoryLayout<UnsafeRawPointer?>.stride)
      .bindMemory(to: UnsafePointer<UInt32>?.self, capacity: kind.fields.count)
    for (field, info) in kind.fields.enumerated() {
      unsafe columns[field] = nil
      guard let target = Self.numberedKind(of: info, in: kind) else { continue }
      let column = unsafe arena.room(rows.count * 4).bindMemory(
        to: UInt32.self, capacity: rows.count)
      for (index, row) in rows.enumerated() {
        unsafe column[index] = row[info.name].flatMap { numbers[target]?[$0] } ?? .max
      }
      unsafe columns[field] = UnsafePointer(column)
    }
    return unsafe cbl_batch(
      size: UInt32(MemoryLayout<cbl_batch>.size), kind: kind.number, rows: memory,
      count: rows.count, stride: kind.rowSize, numbers: columns,
      number_columns: kind.fields.count)
  }

  /// The kind whose numbers a field has, or `nil` when the host does not number it.
  private static func numberedKind(
    of field: MemoryKind.Field, in kind: MemoryKind
  ) -> UInt32? {
    switch field.type {
    case CBL_ID.rawValue: MemoryKinds.referenced.contains(kind.number) ? kind.number : nil
    case CBL_REFERENCE.rawValue: field.reference
    default: nil
    }
  }

  /// Puts results, target results and totals class by class, in the order of the classes.
  private mutating func group() {
    var place: [String: Int] = [:]
    for row in byKind[CBL_KIND_CLASS.rawValue] ?? [] {
      if let id = row["id"], place[id] == nil { place[id] = place.count }
    }
    var classOfItem: [String: String] = [:]
    for row in byKind[CBL_KIND_LINE_ITEM.rawValue] ?? [] {
      if let id = row["id"] { classOfItem[id] = row["class"] }
    }
    let kinds = [CBL_KIND_RESULT, CBL_KIND_TARGET_RESULT, CBL_KIND_AGGREGATE_GRADE]
    for kind in kinds.map(\.rawValue) {
      let rows = byKind[kind] ?? []
      let keyed = rows.enumerated().map { index, row in
        let named = row["class"] ?? row["lineItem"].flatMap { classOfItem[$0] }
        return (place: named.flatMap { place[$0] } ?? .max, index: index, row: row)
      }
      byKind[kind] = keyed.sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map(\.row)
    }
  }
}
