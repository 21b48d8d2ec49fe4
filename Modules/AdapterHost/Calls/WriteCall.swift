internal import CAdapterABI
internal import Records

/// An adapter at work on an output.
///
/// Give the batches, then ``finish()``. When it is dropped before, the output is abandoned.
public final class WriteCall {
  private let session: any WriteSession

  /// Begins to write.
  ///
  /// - Throws: ``AdapterHostError``, or what the target or listener threw.
  public init(
    _ library: AdapterLibrary, format: LoadedFormat, to target: any MemberTarget,
    options: CallOptions, listener: any AdapterListener
  ) throws {
    guard format.writes else {
      throw AdapterHostError(
        .unsupported, "\(format.identifier) cannot be written", adapter: library.info.identifier)
    }
    if let worker = library.worker {
      session = try IsolatedWriting(
        worker, format: format, to: target, options: options, listener: listener)
    } else {
      session = try TableWriting(
        library, format: format, to: target, options: options, listener: listener)
    }
  }

  /// Gives a batch.
  ///
  /// What the adapter makes of it may be said by a later call.
  ///
  /// - Parameters:
  ///   - batch: The rows.
  ///   - numbers: For each field of the kind the numbers of its identifiers, or `nil`.
  package func put(
    _ batch: HostBatch, numbers: UnsafePointer<UnsafePointer<UInt32>?>?, columns: Int
  ) throws {
    try unsafe session.put(batch, numbers: numbers, columns: columns)
  }

  /// Finishes the output.
  public func finish() throws { try session.finish() }
}

/// A writing, in this process or in another one; abandoned when it is dropped early.
protocol WriteSession: AnyObject {
  /// Gives a batch.
  func put(
    _ batch: HostBatch, numbers: UnsafePointer<UnsafePointer<UInt32>?>?, columns: Int
  ) throws
  /// Finishes the output.
  func finish() throws
}

/// A writing in this process.
@safe
final class TableWriting: WriteSession {
  private let library: AdapterLibrary
  private let context: CallContext
  private let host: UnsafeMutablePointer<cbl_host>
  private let output: UnsafeMutablePointer<cbl_output>
  private var session: UnsafeMutableRawPointer?

  init(
    _ library: AdapterLibrary, format: LoadedFormat, to target: any MemberTarget,
    options: CallOptions, listener: any AdapterListener
  ) throws {
    self.library = library
    context = CallContext(target: target, listener: listener, library: library)
    unsafe host = .allocate(capacity: 1)
    unsafe host.initialize(to: context.makeHost())
    unsafe output = .allocate(capacity: 1)
    unsafe output.initialize(to: context.makeOutput())
    unsafe session = nil
    guard format.writes, let open = unsafe library.table.pointee.open else {
      throw AdapterHostError(
        .unsupported, "\(format.identifier) cannot be written", adapter: library.info.identifier)
    }
    var opened: UnsafeMutableRawPointer?
    let status = unsafe withRequest(options, format: format) { request in
      unsafe open(library.table, host, output, request, &opened)
    }
    try context.check(status)
    unsafe session = opened
  }

  deinit {
    if let session = unsafe session {
      _ = unsafe library.table.pointee.close?(library.table, session, 1)
    }
    unsafe host.deallocate()
    unsafe output.deallocate()
  }

  func put(
    _ batch: HostBatch, numbers: UnsafePointer<UnsafePointer<UInt32>?>?, columns: Int
  ) throws {
    guard let put = unsafe library.table.pointee.put else { return }
    var table = unsafe cbl_batch(
      size: UInt32(MemoryLayout<cbl_batch>.size), kind: UInt32(batch.kind.number),
      rows: batch.rows, count: batch.count, stride: batch.stride, numbers: numbers,
      number_columns: columns)
    try context.check(unsafe put(library.table, session, &table))
  }

  func finish() throws {
    guard let open = unsafe session else { return }
    unsafe session = nil
    let status = unsafe library.table.pointee.close?(library.table, open, 0) ?? 5
    try context.check(status)
  }
}
