internal import Domain
internal import Records

/// Identifiers as numbers from 0, in the order in which they come.
struct NamedNumbers: ~Copyable {
  private var numbers = Interner()
  private(set) var names: [Identifier] = []

  /// The number of an identifier, a new one when it was not seen; `nil` for a blank.
  mutating func number(of id: UnsafeRawBufferPointer) -> UInt32? {
    guard id.count > 0 else { return nil }
    let (number, isNew) = unsafe numbers.insert(id)
    if isNew { names.append(unsafe Identifier(String(decoding: id, as: UTF8.self))) }
    return number
  }

  /// The number of an identifier that was seen.
  func find(_ id: UnsafeRawBufferPointer) -> UInt32? { unsafe numbers.number(of: id) }
}
