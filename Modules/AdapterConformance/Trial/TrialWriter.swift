internal import AdapterHost
internal import CAdapterABI
internal import Records

/// One session of a writer, call by call.
@safe
final class TrialWriter {
  let call: TrialCall
  private let table: UnsafePointer<cbl_adapter>
  private let host: UnsafePointer<cbl_host>
  private let output: UnsafePointer<cbl_output>
  private var session: UnsafeMutableRawPointer?
  private var kept: [LentMemory] = []
  /// Whether the session is open.
  private(set) var isOpen = false
  /// Callbacks that came while the writing was abandoned.
  private(set) var callbacksAfterAbandon = 0

  init(_ library: AdapterLibrary, format: LoadedFormat, setup: TrialSetup) {
    call = TrialCall([], format: format, setup: setup)
    unsafe table = library.table
    unsafe host = call.host
    unsafe output = call.output
    unsafe session = nil
  }

  /// Begins; the request is gone when it returns.
  func open() {
    guard let open = unsafe table.pointee.open else { return }
    let lent = LentMemory(isTakenAway: call.setup.takesAway)
    let request = unsafe call.request(in: lent)
    var opened: UnsafeMutableRawPointer?
    call.run { unsafe open(table, host, output, request, &opened) }
    lent.end()
    unsafe session = opened
    isOpen = call.status == 0
  }

  /// Gives batches until one is refused.
  ///
  /// Where memory is taken away, each batch is gone when its call returns.
  ///
  /// - Parameter staying: Whether batches stay until the session is closed nevertheless.
  func put(_ batches: ArraySlice<TrialBatch>, staying: Bool = false) {
    guard let put = unsafe table.pointee.put else { return }
    for batch in batches where isOpen && call.status == 0 {
      let lent = LentMemory(isTakenAway: call.setup.takesAway)
      let isKept = staying || !call.setup.takesAway
      if isKept { kept.append(lent) }
      let lentBatch = unsafe batch.lend(in: lent, extra: call.setup.extra)
      call.run { unsafe put(table, session, lentBatch) }
      if !isKept { lent.end() }
    }
  }

  /// Finishes, or abandons what was refused or is not wanted.
  func close(abandon: Bool = false) {
    guard isOpen, let close = unsafe table.pointee.close else { return }
    isOpen = false
    let refused = call.status
    let isAbandoned = abandon || refused != 0
    let before = call.callbacks
    call.run { unsafe close(table, session, isAbandoned ? 1 : 0) }
    if isAbandoned {
      callbacksAfterAbandon = call.callbacks - before
      if refused != 0 { call.status = refused }
    } else if call.status == 0, call.isWritingMember {
      call.fault(.member, "the last member is not ended")
    }
    for lent in kept { lent.end() }
    kept.removeAll()
    if call.setup.takesAway { call.memory.end() }
  }
}

/// Rows of one kind with their numbers, as a writer gets them.
struct TrialBatch {
  var kind: RecordKind
  var rows: [TrialRow]
  /// For each field the numbers of its identifiers, or `nil`.
  var numbers: [[UInt32]?]

  /// The batch in memory that is taken away later.
  func lend(in memory: LentMemory, extra: Int) -> UnsafePointer<cbl_batch> {
    let schema = RecordSchema.of(kind)
    // A newer host has longer rows: the stride says so.
    let stride = schema.rowSize + (extra == 0 ? 0 : 32)
    let start = unsafe memory.room(rows.count * stride)
    for (index, row) in rows.enumerated() {
      let place = unsafe start + index * stride
      unsafe place.storeBytes(
        of: cbl_origin(line: row.line, member: row.member, flags: 0), as: cbl_origin.self)
      for (field, value) in row.fields.enumerated() {
        unsafe place.storeBytes(
          of: memory.text(value),
          toByteOffset: MemoryLayout<cbl_origin>.size + field * MemoryLayout<cbl_text>.stride,
          as: cbl_text.self)
      }
    }
    let columns = unsafe memory.room(numbers.count * MemoryLayout<UnsafeRawPointer?>.stride)
      .bindMemory(to: UnsafePointer<UInt32>?.self, capacity: max(1, numbers.count))
    for (field, values) in numbers.enumerated() {
      guard let values else {
        unsafe (columns + field).initialize(to: nil)
        continue
      }
      let column = unsafe memory.room(values.count * 4)
        .bindMemory(to: UInt32.self, capacity: max(1, values.count))
      for (index, value) in values.enumerated() { unsafe (column + index).initialize(to: value) }
      unsafe (columns + field).initialize(to: UnsafePointer(column))
    }
    let batch = unsafe cbl_batch(
      size: 0, kind: UInt32(kind.number), rows: start, count: rows.count, stride: stride,
      numbers: columns, number_columns: numbers.count)
    return unsafe memory.lend(batch, extra: extra)
  }
}
