internal import AdapterKit
internal import CAdapterABI

/// Counts what a writer could not carry, value by value, until the host is told.
struct LossTally {
  private struct Key: Hashable {
    var kind: UInt32
    var field: Int
    var isReduced: Bool
    var reason: String
  }

  private var counts: [Key: Int] = [:]

  init() {}

  /// Counts whole records.
  mutating func lose(_ kind: cbl_kind, _ count: Int, _ reason: String) {
    add(Key(kind: kind.rawValue, field: -1, isReduced: false, reason: reason), count)
  }

  /// Counts values of which at best a poorer form was kept.
  mutating func reduce(_ kind: cbl_kind, _ field: String, _ count: Int, _ reason: String) {
    guard count > 0, let place = Self.place(of: field, kind) else { return }
    add(Key(kind: kind.rawValue, field: place, isReduced: true, reason: reason), count)
  }

  /// Counts a value of which at best a poorer form was kept.
  mutating func reduce(_ kind: cbl_kind, _ field: String, _ reason: String) {
    reduce(kind, field, 1, reason)
  }

  private mutating func add(_ key: Key, _ count: Int) {
    guard count > 0 else { return }
    counts[key, default: 0] += count
  }

  private static func place(of field: String, _ kind: cbl_kind) -> Int? {
    guard let info = unsafe cbl_kind_table(kind.rawValue) else { return nil }
    return (0..<Int(unsafe info.pointee.field_count)).first { index in
      unsafe info.pointee.fields[index].name.string == field
    }
  }

  /// Tells the host, by kind and field.
  func report(to host: HostLink) throws(AdapterError) {
    let sorted = counts.sorted { left, right in
      (left.key.kind, left.key.field, left.key.reason)
        < (right.key.kind, right.key.field, right.key.reason)
    }
    for (key, count) in sorted {
      try host.lose(
        cbl_kind(rawValue: key.kind), field: key.field < 0 ? nil : key.field,
        reduced: key.isReduced, count: count, reason: key.reason)
    }
  }
}
