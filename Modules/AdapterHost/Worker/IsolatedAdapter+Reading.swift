internal import Records

extension IsolatedAdapter {
  /// Asks a worker how sure the adapter is.
  func probe(
    _ source: any MemberSource, format: LoadedFormat
  ) throws -> (confidence: Int, reason: String) {
    let reading = IsolatedReading(try take(), source: source, sink: nil, listener: nil)
    var verdict = (confidence: 0, reason: "")
    try call(reading, .probe, Self.request(source, format)) { frame throws(FrameFault) in
      let confidence = Int(try frame.number(UInt32.self))
      verdict = (min(100, confidence), try frame.text(limit: 160))
    }
    return verdict
  }

  /// Has a worker read the whole input.
  func read(
    _ source: any MemberSource, format: LoadedFormat, options: CallOptions,
    into sink: any BatchSink, listener: any AdapterListener
  ) throws {
    let reading = IsolatedReading(try take(), source: source, sink: sink, listener: listener)
    var request = Self.request(source, format)
    request.options = options
    try call(reading, .read, request) { frame throws(FrameFault) in
      let sent = try frame.number(UInt64.self)
      guard sent == reading.rowCount else {
        throw FrameFault(reason: "\(sent) rows were sent, and \(reading.rowCount) came")
      }
    }
  }

  private func call(
    _ reading: IsolatedReading, _ type: FrameType, _ request: WorkerRequest,
    _ end: (inout FrameReader) throws(FrameFault) -> Void
  ) throws {
    do {
      try reading.run(type, request, end)
      giveBack(reading.worker)
    } catch {
      if !reading.isOver { reading.worker.end() } else { giveBack(reading.worker) }
      throw error
    }
  }

  private static func request(_ source: any MemberSource, _ format: LoadedFormat) -> WorkerRequest {
    WorkerRequest(
      format: format.index,
      members: (0..<source.memberCount).map {
        (source.memberName($0), source.memberByteCount($0))
      })
  }
}

/// One probe or reading in a worker.
final class IsolatedReading {
  let worker: WorkerConnection
  /// Whether the worker said that its call is over, so that it can take another.
  private(set) var isOver = false
  private let source: any MemberSource
  private let sink: (any BatchSink)?
  private let listener: (any AdapterListener)?
  private let batches = BatchReader()
  private var hasOpenMember = false
  private var openings = 0
  /// How often a reader may open each member; most need one or two times.
  private static let openingsOfMember = 1_000

  init(
    _ worker: WorkerConnection, source: any MemberSource, sink: (any BatchSink)?,
    listener: (any AdapterListener)?
  ) {
    self.worker = worker
    self.source = source
    self.sink = sink
    self.listener = listener
  }

  /// Rows that came.
  var rowCount: UInt64 { batches.rowCount }

  /// Runs the call to its end.
  func run(
    _ type: FrameType, _ request: WorkerRequest,
    _ end: (inout FrameReader) throws(FrameFault) -> Void
  ) throws {
    worker.work = type == .probe ? "it looked at the input" : "it read the input"
    worker.output.put(type, request)
    try worker.send()
    while true {
      var (type, frame) = try worker.receive()
      switch type {
      case .done, .verdict:
        try worker.checked { () throws(FrameFault) in try end(&frame) }
        isOver = true
        return try source.checkLentMembers()
      case .failed:
        let failure = try worker.failure(&frame)
        isOver = true
        // An input that changed is a better reason than what the adapter made of it.
        try source.checkLentMembers()
        throw failure
      default: try take(type, &frame)
      }
    }
  }

  private func take(_ type: FrameType, _ frame: inout FrameReader) throws {
    switch type {
    case .batch:
      guard let sink else { throw worker.malformed("a probe gives rows") }
      do {
        try unsafe batches.read(frame) { batch, _, _ in
          try worker.charge(rows: batch.count)
          try sink.put(batch)
        }
      } catch let fault as FrameFault {
        throw worker.malformed(fault.reason)
      }
    case .problem:
      let report = try worker.checked { () throws(FrameFault) in try frame.report() }
      try worker.charge(rows: 1)
      try listener?.adapterReported(report)
    case .loss:
      let loss = try worker.checked { () throws(FrameFault) in try frame.loss() }
      try listener?.adapterLost(loss)
    case .progress:
      let progress = try worker.checked { () throws(FrameFault) in try frame.progress() }
      source.lentBytesWereRead(progress.bytesRead)
      try listener?.adapterProgressed(progress.done, of: progress.total)
    case .wantsHead, .wantsMember, .wantsBytes: try give(type, &frame)
    default: throw worker.malformed("\(type) has no place in a reading")
    }
  }

  private func give(_ type: FrameType, _ frame: inout FrameReader) throws {
    let number = Int(try worker.checked { () throws(FrameFault) in try frame.number(UInt32.self) })
    if type == .wantsMember { return try open(number) }
    let isHead = type == .wantsHead
    let index = isHead ? number : 0
    let wanted =
      isHead
      ? Int(try worker.checked { () throws(FrameFault) in try frame.number(UInt32.self) }) : number
    guard wanted <= FrameLimit.wantedBytes else {
      throw worker.malformed("it wants \(wanted) bytes at once")
    }
    guard isHead ? index < source.memberCount : hasOpenMember else {
      throw worker.malformed("it wants bytes of a member that is not open")
    }
    worker.output.begin(.given)
    worker.output.append(UInt32(0))
    let room = unsafe UnsafeMutableRawBufferPointer(
      start: worker.output.room(wanted), count: wanted)
    let count =
      isHead
      ? try unsafe source.copyHead(of: index, into: room) : try unsafe source.read(into: room)
    worker.output.shorten(by: wanted - count)
    worker.output.endBytes(count)
    worker.allow(for: UInt64(count))
    try worker.send()
  }

  private func open(_ index: Int) throws {
    guard index < source.memberCount else {
      throw worker.malformed("it opens member \(index) of \(source.memberCount)")
    }
    openings += 1
    guard openings <= source.memberCount * Self.openingsOfMember else {
      throw worker.malformed("it opens its members again and again")
    }
    if let lent = try source.lendMember(index) {
      hasOpenMember = false
      worker.allow(for: lent.byteCount)
      worker.output.begin(.lent)
      worker.output.append(lent.byteCount)
      worker.output.end()
      return try worker.send(lending: lent.descriptor)
    }
    try source.openMember(index)
    hasOpenMember = true
    worker.output.put(.opened)
    try worker.send()
  }
}
