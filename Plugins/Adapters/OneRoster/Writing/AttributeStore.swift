internal import AdapterKit
internal import CAdapterABI

/// Attributes that wait for the record that they belong to.
struct AttributeStore {
  /// A key and its value.
  struct Entry {
    var key: [UInt8]
    var value: [UInt8]
  }

  private struct Owner: Hashable {
    var kind: UInt32
    var id: [UInt8]
  }

  private var entries: [Owner: [Entry]] = [:]
  /// Keys that were seen for each kind, in order.
  private(set) var keys: [UInt32: [[UInt8]]] = [:]
  /// Attributes of other formats.
  private(set) var foreign = 0
  private(set) var foreignExample = ""

  /// Whether any are waiting.
  var isEmpty: Bool { entries.isEmpty }

  /// Takes a batch of attributes.
  mutating func take(_ batch: RecordBatch) {
    for row in batch.rows(as: AttributeRow.self) {
      guard row.vocabulary.equals("oneroster"), let kind = Self.kind(row.owner_kind) else {
        if foreign == 0 { foreignExample = row.owner.string }
        foreign += 1
        continue
      }
      let key = row.key.array
      entries[Owner(kind: kind, id: row.owner.array), default: []].append(
        Entry(key: key, value: row.value.array))
      if keys[kind]?.contains(key) != true { keys[kind, default: []].append(key) }
    }
  }

  /// Whether a record has attributes that wait.
  func has(_ kind: cbl_kind, _ id: Text) -> Bool {
    entries[Owner(kind: kind.rawValue, id: id.array)] != nil
  }

  /// The attributes of a record, which are not given again.
  mutating func remove(_ kind: cbl_kind, _ id: Text) -> [Entry] {
    guard !entries.isEmpty else { return [] }
    return entries.removeValue(forKey: Owner(kind: kind.rawValue, id: id.array)) ?? []
  }

  /// How many attributes were never asked for.
  var left: Int { entries.values.reduce(0) { $0 + $1.count } }

  private static func kind(_ name: Text) -> UInt32? {
    for kind in 1..<CBL_KIND_COUNT.rawValue {
      guard let info = unsafe cbl_kind_table(kind) else { continue }
      if unsafe info.pointee.name.equals(name) { return kind }
    }
    return nil
  }
}
