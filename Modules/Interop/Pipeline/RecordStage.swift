internal import AdapterHost
internal import Records

/// A step on the path of a record: takes batches and hands them on.
protocol RecordStage: AnyObject {
  /// Takes a batch; its rows and numbers are borrowed for the call.
  func put(_ batch: StageBatch) throws

  /// Hands on what is left; called once, after the last batch.
  func finish() throws
}

/// A batch inside the host.
struct StageBatch {
  /// The rows.
  var rows: HostBatch
  /// For each field its numbers, where it has any.
  var numbers: NumberColumns?

  var kind: RecordKind { rows.kind }
  var count: Int { rows.count }
}

/// Columns of numbers, one for each field of a kind, reused from batch to batch.
@safe
final class NumberColumns {
  private(set) var pointers: UnsafeMutablePointer<UnsafePointer<UInt32>?>
  private let storage: UnsafeMutablePointer<UInt32>
  let columns: Int
  let capacity: Int

  /// Columns for batches of at most `capacity` rows.
  init(columns: Int, capacity: Int) {
    self.columns = columns
    self.capacity = capacity
    unsafe pointers = .allocate(capacity: columns)
    unsafe pointers.initialize(repeating: nil, count: columns)
    unsafe storage = .allocate(capacity: columns * capacity)
  }

  deinit {
    unsafe pointers.deallocate()
    unsafe storage.deallocate()
  }

  /// The memory of a column; the column counts as given from now on.
  func column(_ field: Int) -> UnsafeMutablePointer<UInt32> {
    let column = unsafe storage + field * capacity
    unsafe pointers[field] = UnsafePointer(column)
    return unsafe column
  }

  /// The numbers of a field, or `nil`.
  func numbers(_ field: Int) -> UnsafePointer<UInt32>? { unsafe pointers[field] }

  /// Forgets all columns.
  func clear() {
    for field in 0..<columns { unsafe pointers[field] = nil }
  }
}

/// A copy of some rows of a batch, for steps that leave rows out or change fields.
@safe
final class RowBuffer {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0
  private(set) var stride = 0

  init() {
    capacity = 1 << 16
    unsafe memory = .allocate(byteCount: 1 << 16, alignment: 16)
  }

  deinit {
    unsafe memory.deallocate()
  }

  /// Empties the buffer for rows of a stride.
  func start(stride: Int, rows: Int) {
    count = 0
    self.stride = stride
    guard rows * stride > capacity else { return }
    unsafe memory.deallocate()
    capacity = rows * stride
    unsafe memory = .allocate(byteCount: capacity, alignment: 16)
  }

  /// Copies a row to the end.
  func append(_ row: Int, of batch: HostBatch) {
    unsafe (memory + count * stride).copyMemory(
      from: batch.rows + row * batch.stride, byteCount: stride)
    count += 1
  }

  /// Sets a field of a copied row.
  func set(_ field: Int, of row: Int, to bytes: UnsafeRawBufferPointer) {
    let cell = unsafe memory + (row * stride + 16 + field * 16)
    unsafe cell.storeBytes(of: bytes.baseAddress, as: UnsafeRawPointer?.self)
    unsafe cell.storeBytes(of: bytes.count, toByteOffset: 8, as: Int.self)
  }

  /// The memory of a row to be filled by the caller.
  func extend() -> UnsafeMutableRawPointer {
    count += 1
    return unsafe memory + (count - 1) * stride
  }

  /// The rows as a batch.
  func batch(of kind: RecordKind) -> HostBatch {
    unsafe HostBatch(kind: kind, count: count, rows: UnsafeRawPointer(memory), stride: stride)
  }
}
