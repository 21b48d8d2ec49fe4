internal import AdapterHost
internal import Records

/// What is done to a field on the way.
enum FieldEdit {
  /// The value is left out.
  case remove
  /// The value is an identifier and becomes its pseudonym.
  case pseudonym(label: String)
  /// The value is a list of identifiers.
  case pseudonymList(label: String)
  /// The value is an identifier of what another field names the kind of, and becomes its pseudonym
  /// when that kind is about one person.
  case pseudonymOwner(kindField: Int, kinds: Set<String>)
  /// Values of a table become others.
  case replace([[UInt8]: [UInt8]])
  /// Elements of lists become others.
  case replaceList([[UInt8]: [UInt8]])
  /// A value for rows that have none.
  case fill([UInt8])
}

/// Leaves fields out, and replaces identifiers and values.
@safe
final class EditStage: RecordStage {
  private let next: any RecordStage
  private let edits: [[(field: Int, edit: FieldEdit)]]
  private let pseudonymizer: (any Pseudonymizer)?
  private let rows = RowBuffer()
  private var caches: [String: PseudonymCache] = [:]
  private var made: [UnsafeMutableRawBufferPointer] = unsafe []
  /// How often each edit changed a value: by kind and field.
  private(set) var changes: [EditKey: Int] = [:]

  /// What was changed.
  struct EditKey: Hashable {
    var kind: Int
    var field: Int
    var isInvented: Bool
  }

  init(
    next: any RecordStage, edits: [[(field: Int, edit: FieldEdit)]],
    pseudonymizer: (any Pseudonymizer)?
  ) {
    self.next = next
    self.edits = edits
    self.pseudonymizer = pseudonymizer
  }

  deinit {
    free()
  }

  func finish() throws { try next.finish() }

  func put(_ batch: StageBatch) throws {
    let edits = edits[batch.kind.number]
    guard !edits.isEmpty else { return try next.put(batch) }
    rows.start(stride: batch.rows.stride, rows: batch.count)
    for row in 0..<batch.count { rows.append(row, of: batch.rows) }
    for (field, edit) in edits { apply(edit, to: field, of: batch.rows) }
    try next.put(StageBatch(rows: rows.batch(of: batch.kind), numbers: nil))
    free()
  }

  private func apply(_ edit: FieldEdit, to field: Int, of batch: HostBatch) {
    for row in 0..<batch.count {
      let bytes = unsafe batch.text(field, of: row)
      switch edit {
      case .remove:
        if unsafe bytes.baseAddress != nil {
          unsafe rows.set(field, of: row, to: UnsafeRawBufferPointer(start: nil, count: 0))
          if bytes.count > 0 { count(batch.kind, field) }
        }
      case .pseudonym(let label):
        if bytes.count > 0 {
          unsafe rows.set(field, of: row, to: pseudonym(of: bytes, label: label))
          count(batch.kind, field)
        }
      case .pseudonymList(let label):
        if bytes.count > 0 {
          unsafe rows.set(field, of: row, to: list(of: bytes, label: label))
          count(batch.kind, field)
        }
      case .pseudonymOwner(let kindField, let kinds):
        let kind = unsafe String(decoding: batch.text(kindField, of: row), as: UTF8.self)
        if bytes.count > 0, kinds.contains(kind) {
          unsafe rows.set(field, of: row, to: pseudonym(of: bytes, label: kind))
          count(batch.kind, field)
        }
      case .replace(let table):
        if bytes.count > 0, let new = unsafe table[Array(unsafe bytes)] {
          unsafe rows.set(field, of: row, to: keep(new))
          count(batch.kind, field)
        }
      case .replaceList(let table):
        if bytes.count > 0, let new = unsafe replacing(Array(unsafe bytes), table) {
          unsafe rows.set(field, of: row, to: keep(new))
          count(batch.kind, field)
        }
      case .fill(let value):
        if bytes.count == 0 {
          unsafe rows.set(field, of: row, to: keep(value))
          count(batch.kind, field, isInvented: true)
        }
      }
    }
  }

  private func count(_ kind: RecordKind, _ field: Int, isInvented: Bool = false) {
    changes[EditKey(kind: kind.number, field: field, isInvented: isInvented), default: 0] += 1
  }

  /// A copy that lives until the batch was handed on.
  private func keep(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, bytes.count), alignment: 1)
    unsafe copy.copyBytes(from: bytes)
    unsafe made.append(copy)
    return unsafe UnsafeRawBufferPointer(start: copy.baseAddress, count: bytes.count)
  }

  private func free() {
    for index in unsafe made.indices { unsafe made[index].deallocate() }
    unsafe made.removeAll(keepingCapacity: true)
  }

  private func pseudonym(
    of bytes: UnsafeRawBufferPointer, label: String
  ) -> UnsafeRawBufferPointer {
    guard let pseudonymizer else { return unsafe bytes }
    let cache: PseudonymCache
    if let known = caches[label] {
      cache = known
    } else {
      cache = PseudonymCache(label: label, pseudonymizer: pseudonymizer)
      caches[label] = cache
    }
    return unsafe keep(cache.pseudonym(of: bytes))
  }

  /// A list with some elements replaced, each once; `nil` when nothing changes.
  private func replacing(_ list: [UInt8], _ table: [[UInt8]: [UInt8]]) -> [UInt8]? {
    var elements: [[UInt8]] = []
    for element in list.split(separator: 0x1F, omittingEmptySubsequences: false) {
      let new = table[Array(element)] ?? Array(element)
      if !elements.contains(new) { elements.append(new) }
    }
    let joined = Array(elements.joined(separator: [0x1F]))
    return joined == list ? nil : joined
  }

  private func list(of bytes: UnsafeRawBufferPointer, label: String) -> UnsafeRawBufferPointer {
    var result: [UInt8] = []
    var start = 0
    for index in 0...bytes.count {
      guard unsafe index == bytes.count || bytes[index] == 0x1F else { continue }
      if start > 0 { result.append(0x1F) }
      let element = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<index])
      unsafe result.append(contentsOf: pseudonym(of: element, label: label))
      start = index + 1
    }
    return unsafe keep(result)
  }
}

/// Pseudonyms that were made already.
private final class PseudonymCache {
  /// Identifiers of results are not met again often, so the cache is kept small.
  private static let limit = 1 << 18

  private let label: String
  private let pseudonymizer: any Pseudonymizer
  private var known: [[UInt8]: [UInt8]] = [:]

  init(label: String, pseudonymizer: any Pseudonymizer) {
    self.label = label
    self.pseudonymizer = pseudonymizer
  }

  func pseudonym(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
    let id = unsafe Array(unsafe bytes)
    if let pseudonym = known[id] { return pseudonym }
    let pseudonym = pseudonymizer.pseudonym(of: id, label: label)
    if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
    known[id] = pseudonym
    return pseudonym
  }
}
