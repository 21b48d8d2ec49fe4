internal import Records

/// One writing in a worker.
final class IsolatedWriting: WriteSession {
  private let adapter: IsolatedAdapter
  private let worker: WorkerConnection
  private let target: any MemberTarget
  private let listener: any AdapterListener
  private var batches = BatchWriter()
  /// What the worker said at the end of its call.
  private var ending: Result<Void, any Error>?
  private var hasMember = false
  private var isGivenBack = false
  private var written: UInt64 = 0

  /// Begins to write.
  init(
    _ adapter: IsolatedAdapter, format: LoadedFormat, to target: any MemberTarget,
    options: CallOptions, listener: any AdapterListener
  ) throws {
    self.adapter = adapter
    self.target = target
    self.listener = listener
    worker = try adapter.take()
    worker.work = "it began to write"
    do {
      worker.output.put(.write, WorkerRequest(format: format.index, options: options))
      try worker.send()
      while true {
        let (type, frame) = try worker.receive()
        if type == .opened { break }
        try take(type, frame)
        if let ending { try ending.get() }
      }
      worker.work = "it wrote the output"
    } catch {
      worker.end()
      throw error
    }
  }

  deinit { if !isGivenBack { worker.end() } }

  func put(
    _ batch: HostBatch, numbers: UnsafePointer<UnsafePointer<UInt32>?>?, columns: Int
  ) throws {
    if let ending { try ending.get() }
    do {
      try unsafe batches.write(
        batch, numbers: numbers, columns: columns, adapter: worker.adapter, to: &worker.output
      ) { _ in }
      worker.allow(for: UInt64(worker.output.count))
      try worker.send(taking: take)
    } catch {
      worker.end()
      throw error
    }
    if let ending { try ending.get() }
  }

  func finish() throws {
    if let ending { try ending.get() }
    do {
      worker.output.put(.finish)
      try worker.send(taking: take)
      while ending == nil {
        let (type, frame) = try worker.receive()
        try take(type, frame)
      }
    } catch {
      worker.end()
      throw error
    }
    try ending?.get()
    guard !hasMember else { throw worker.malformed("its last member has no end") }
    isGivenBack = true
    adapter.giveBack(worker)
  }

  private func take(_ type: FrameType, _ contents: FrameReader) throws {
    var frame = contents
    guard ending == nil else { throw worker.malformed("it goes on after its end") }
    switch type {
    case .beginMember:
      let name = try worker.checked { () throws(FrameFault) in try frame.text(limit: 1 << 16) }
      hasMember = true
      try target.beginMember(name)
    case .bytes:
      let bytes = unsafe try worker.checked { () throws(FrameFault) in unsafe try frame.counted() }
      written += UInt64(bytes.count)
      try unsafe target.write(bytes)
    case .endMember:
      hasMember = false
      try target.endMember()
    case .problem:
      let report = try worker.checked { () throws(FrameFault) in try frame.report() }
      try worker.charge(rows: 1)
      try listener.adapterReported(report)
    case .loss:
      let loss = try worker.checked { () throws(FrameFault) in try frame.loss() }
      try listener.adapterLost(loss)
    case .progress:
      let progress = try worker.checked { () throws(FrameFault) in try frame.progress() }
      try listener.adapterProgressed(progress.done, of: progress.total)
    case .done:
      let (rows, bytes) = try worker.checked { () throws(FrameFault) in
        (try frame.number(UInt64.self), try frame.number(UInt64.self))
      }
      guard rows == batches.rows, bytes == written else {
        throw worker.malformed(
          "it took \(rows) rows of \(batches.rows) and gave \(bytes) bytes, and \(written) came")
      }
      ending = .success(())
    case .failed: ending = .failure(try worker.failure(&frame))
    default: throw worker.malformed("\(type) has no place in a writing")
    }
  }
}
