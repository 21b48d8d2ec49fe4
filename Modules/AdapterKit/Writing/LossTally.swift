package import CAdapterABI

/// The losses of a writer, counted by kind, field and reason until it ends.
package struct LossTally {
  private struct Key: Hashable {
    var kind: UInt32
    var field: String
    var reason: String
  }

  private struct Entry {
    var count = 0
    var example: [UInt8] = []
  }

  private var entries: [Key: Entry] = [:]

  /// A tally without losses.
  package init() {}

  /// Counts records that have no place.
  package mutating func lose(
    _ kind: cbl_kind, _ count: Int, example: [UInt8] = [], _ reason: String
  ) {
    add(kind, "", count, example, reason)
  }

  /// Counts a record that has no place.
  package mutating func lose(_ kind: cbl_kind, example: [UInt8] = [], _ reason: String) {
    add(kind, "", 1, example, reason)
  }

  /// Counts values of a field that are kept in a poorer form, or not at all, in records that have
  /// a place.
  package mutating func reduce(
    _ kind: cbl_kind, _ field: String, _ count: Int, example: [UInt8] = [], _ reason: String
  ) {
    add(kind, field, count, example, reason)
  }

  /// Counts one such value.
  package mutating func reduce(
    _ kind: cbl_kind, _ field: String, example: [UInt8] = [], _ reason: String
  ) {
    add(kind, field, 1, example, reason)
  }

  private mutating func add(
    _ kind: cbl_kind, _ field: String, _ count: Int, _ example: [UInt8], _ reason: String
  ) {
    guard count > 0 else { return }
    let key = Key(kind: kind.rawValue, field: field, reason: reason)
    entries[key, default: Entry(example: example)].count += count
  }

  /// Counts a value when it has something in it and is read back as something else.
  package mutating func compare(
    _ kind: cbl_kind, _ field: String, _ value: Text, with found: Text, example: Text = .blank,
    _ reason: String
  ) {
    guard !value.isEmpty, !value.equals(found) else { return }
    reduce(kind, field, example: example.array, reason)
  }

  /// Counts a value when it has something in it and is read back as something else, byte for byte.
  package mutating func compare(
    _ kind: cbl_kind, _ field: String, _ value: String, with found: String, _ reason: String
  ) {
    guard !value.isEmpty, !value.utf8.elementsEqual(found.utf8) else { return }
    reduce(kind, field, reason)
  }

  /// Tells the host, in the order of kinds and fields.
  package func report(to host: HostLink) throws(AdapterError) {
    let all = entries.map { key, entry in
      (key: key, place: Self.place(of: key.field, key.kind), entry: entry)
    }.sorted { left, right in
      (left.key.kind, left.place ?? -1, left.key.reason)
        < (right.key.kind, right.place ?? -1, right.key.reason)
    }
    for (key, place, entry) in all {
      try host.lose(
        cbl_kind(key.kind), field: place, reduced: place != nil, count: entry.count,
        reason: key.reason, example: String(decoding: entry.example, as: UTF8.self))
    }
  }

  /// The number of a field of a kind; `nil` for whole records.
  private static func place(of field: String, _ kind: UInt32) -> Int? {
    guard !field.isEmpty, let info = unsafe cbl_kind_table(kind) else { return nil }
    let place = (0..<Int(unsafe info.pointee.field_count)).first { index in
      unsafe info.pointee.fields[index].name.string == field
    }
    precondition(place != nil, "records of kind \(kind) have no field \(field)")
    return place
  }
}
