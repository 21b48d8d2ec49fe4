internal import Records

/// What a call of a worker asks for.
struct WorkerRequest {
  /// The index of the format.
  var format: Int
  /// How to read or write.
  var options = CallOptions()
  /// The members of the input: name and, when it is known, number of bytes.
  var members: [(name: String, byteCount: UInt64?)] = []
}

/// How far a worker is.
struct WorkerProgress: Equatable {
  /// What the adapter said last, in its own units.
  var done: UInt64
  var total: UInt64
  /// Bytes of lent members that were read.
  var bytesRead: UInt64
}

extension FrameWriter {
  /// A call.
  mutating func put(_ type: FrameType, _ request: WorkerRequest) {
    let options = request.options
    begin(type)
    append(UInt32(request.format))
    append(
      UInt32(
        (options.isStrict ? 1 : 0) | (options.wantsSourceLayer ? 2 : 0)
          | (options.guardsFormulas ? 4 : 0) | (options.mayRestart ? 8 : 0)))
    append(options.kinds)
    append(UInt32(options.options.count))
    for (name, value) in options.options.sorted(by: { $0.key < $1.key }) {
      append(name)
      append(value)
    }
    append(UInt32(request.members.count))
    for member in request.members {
      append(member.name)
      append(member.byteCount ?? .max)
    }
    end()
  }

  /// A problem.
  mutating func put(_ report: AdapterReport) {
    begin(.problem)
    append(report.severity.rawValue)
    append(UInt32(report.kind?.number ?? 0))
    append(report.line)
    append(report.column)
    for text in [report.code, report.message, report.member, report.value, report.raw] {
      append(text)
    }
    end()
  }

  /// A loss.
  mutating func put(_ loss: AdapterLoss) {
    begin(.loss)
    append(UInt32(loss.kind.number))
    append(loss.field.map { UInt32($0) } ?? .max)
    append(UInt32(loss.isReduced ? 1 : 0))
    append(UInt64(loss.count))
    append(loss.reason)
    append(loss.example)
    end()
  }

  /// How far the work is.
  mutating func put(_ progress: WorkerProgress) {
    begin(.progress)
    append(progress.done)
    append(progress.total)
    append(progress.bytesRead)
    end()
  }

  /// The end of a call that failed.
  mutating func put(_ error: AdapterHostError) {
    begin(.failed)
    append(error.code.description)
    append(error.message)
    end()
  }
}

extension FrameReader {
  /// A call.
  mutating func request() throws(FrameFault) -> WorkerRequest {
    var request = WorkerRequest(format: Int(try number(UInt32.self)))
    let flags = try number(UInt32.self)
    request.options.isStrict = flags & 1 != 0
    request.options.wantsSourceLayer = flags & 2 != 0
    request.options.guardsFormulas = flags & 4 != 0
    request.options.mayRestart = flags & 8 != 0
    request.options.kinds = try number()
    for _ in 0..<(try number(UInt32.self)) {
      let name = try text()
      request.options.options[name] = try text()
    }
    for _ in 0..<(try number(UInt32.self)) {
      let name = try text()
      let count = try number(UInt64.self)
      request.members.append((name, count == .max ? nil : count))
    }
    return request
  }

  /// A problem.
  mutating func report() throws(FrameFault) -> AdapterReport {
    let severity = AdapterReport.Severity(rawValue: try number()) ?? .warning
    let kind = RecordKind(number: Int(try number(UInt32.self)))
    let line = try number(UInt64.self)
    let column = try number(UInt64.self)
    return AdapterReport(
      severity, try text(), try text(), member: try text(), line: line, column: column,
      value: try text(), raw: try text(), kind: kind)
  }

  /// A loss.
  mutating func loss() throws(FrameFault) -> AdapterLoss {
    let number = Int(try number(UInt32.self))
    guard let kind = RecordKind(number: number) else {
      throw FrameFault(reason: "it has a loss of the unknown kind \(number)")
    }
    let field = try self.number(UInt32.self)
    let isReduced = try self.number(UInt32.self) != 0
    return AdapterLoss(
      kind: kind, field: field == .max ? nil : Int(field), isReduced: isReduced,
      count: Int(clamping: try self.number(UInt64.self)), reason: try text(), example: try text())
  }

  /// How far the work is.
  mutating func progress() throws(FrameFault) -> WorkerProgress {
    WorkerProgress(done: try number(), total: try number(), bytesRead: try number())
  }

  /// Bytes with their count before them; borrowed like the frame.
  mutating func counted() throws(FrameFault) -> UnsafeRawBufferPointer {
    let count = Int(try number(UInt32.self))
    return unsafe try take(count)
  }

  /// The end of a call that failed.
  mutating func failure(adapter: String) throws(FrameFault) -> AdapterHostError {
    let code = AdapterHostError.Code(name: try text()) ?? .failed
    return AdapterHostError(code, try text(), adapter: adapter)
  }
}
