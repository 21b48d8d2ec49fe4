internal import Records

/// What an adapter says during a call, on its way to the host.
final class WorkerListener: AdapterListener {
  private let link: WorkerLink
  private var progress = WorkerProgress(done: 0, total: 0, bytesRead: 0)
  private var told = WorkerProgress(done: 0, total: 0, bytesRead: 0)
  private var toldAt: UInt64 = 0

  /// Nanoseconds between two words on progress.
  private static let pause: UInt64 = 20_000_000

  init(_ link: WorkerLink) { self.link = link }

  func adapterReported(_ report: AdapterReport) throws {
    link.output.put(report)
    link.sendSoon()
  }

  func adapterLost(_ loss: AdapterLoss) throws {
    link.output.put(loss)
    link.sendSoon()
  }

  func adapterProgressed(_ done: UInt64, of total: UInt64) throws {
    progress.done = done
    progress.total = total
    tell()
  }

  /// Bytes of a lent file were read.
  func lentBytes(_ count: Int) {
    progress.bytesRead += UInt64(count)
    tell()
  }

  private func tell() {
    // The same again is no sign of life: who only says so hangs.
    guard progress != told else { return }
    let now = WorkerLink.now
    guard now &- toldAt >= Self.pause else { return }
    told = progress
    toldAt = now
    link.output.put(progress)
    link.sendSoon()
  }
}

/// The rows that a reader gives, on their way to the host.
final class WorkerSink: BatchSink {
  private let link: WorkerLink
  private let adapter: String
  private var batches = BatchWriter()

  init(_ link: WorkerLink, adapter: String) {
    self.link = link
    self.adapter = adapter
  }

  /// Rows that were given.
  var rowCount: UInt64 { batches.rows }

  func put(_ batch: HostBatch) throws { try link.put(batch, &batches, adapter: adapter) }
}
