internal import AdapterHost
internal import Records

/// Rows of a store in memory, with the places where they start.
@safe
final class LoadedRows {
  let kind: RecordKind
  let fields: Int
  private var memory: UnsafeMutableRawBufferPointer?
  private(set) var offsets: [Int] = []

  init(kind: RecordKind, fields: Int) {
    self.kind = kind
    self.fields = fields
    unsafe memory = nil
  }

  deinit {
    unsafe memory?.deallocate()
  }

  func adopt(_ memory: UnsafeMutableRawBufferPointer) { unsafe self.memory = unsafe memory }

  func index(count: Int) {
    guard let memory = unsafe memory else { return }
    let bytes = UnsafeRawBufferPointer(memory)
    offsets.reserveCapacity(count)
    var offset = 0
    while offsets.count < count, let size = unsafe RowDecoder.size(bytes, at: offset) {
      offsets.append(offset)
      offset += size
    }
  }

  func numbers(_ index: Int) -> RowNumbers {
    guard let memory = unsafe memory else { return RowNumbers() }
    return unsafe RowDecoder.numbers(UnsafeRawBufferPointer(memory), at: offsets[index])
  }

  func decode(_ index: Int, into row: UnsafeMutableRawPointer) {
    guard let memory = unsafe memory else { return }
    unsafe RowDecoder.decode(
      UnsafeRawBufferPointer(memory), at: offsets[index], fields: fields, into: row)
  }
}
