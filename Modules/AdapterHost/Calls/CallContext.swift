internal import CAdapterABI
internal import Records

/// What the host's C functions find behind their context during one call.
///
/// A Swift error of a callback is kept here, the adapter is told to stop, and the error is thrown
/// once the adapter has returned.
@safe
final class CallContext {
  let source: (any MemberSource)?
  let sink: (any BatchSink)?
  let target: (any MemberTarget)?
  let listener: (any AdapterListener)?
  let library: AdapterLibrary
  var error: (any Error)?
  private var lentNames: [UnsafeMutableRawBufferPointer] = unsafe []

  init(
    source: (any MemberSource)? = nil, sink: (any BatchSink)? = nil,
    target: (any MemberTarget)? = nil, listener: (any AdapterListener)? = nil,
    library: AdapterLibrary
  ) {
    self.source = source
    self.sink = sink
    self.target = target
    self.listener = listener
    self.library = library
  }

  deinit {
    for index in unsafe lentNames.indices { unsafe lentNames[index].deallocate() }
  }

  /// Runs a callback's body; an error is kept and becomes a status.
  func guarded(_ body: () throws -> Void) -> cbl_status {
    guard error == nil else { return 1 }
    do {
      try body()
      return 0
    } catch {
      self.error = error
      return 6
    }
  }

  /// Throws what went wrong in a call.
  func check(_ status: cbl_status) throws {
    if let error { throw error }
    guard status != 0 else { return }
    let name = library.info.identifier
    switch status {
    case 1: throw AdapterHostError(.stopped, "the adapter stopped", adapter: name)
    case 2: throw AdapterHostError(.badData, "the input cannot be read", adapter: name)
    case 3: throw AdapterHostError(.unsupported, "the adapter does not do this", adapter: name)
    case 4: throw AdapterHostError(.limit, "the input passes a limit", adapter: name)
    case 7: throw AdapterHostError(.again, "the input must be read once more", adapter: name)
    default:
      throw AdapterHostError(
        .failed, "the adapter failed with status \(status); please tell its vendor",
        adapter: name)
    }
  }

  /// A name that stays where it is until the call ends.
  func lend(_ string: String) -> cbl_text {
    let bytes = Array(string.utf8)
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, bytes.count), alignment: 1)
    unsafe copy.copyBytes(from: bytes)
    unsafe lentNames.append(copy)
    return unsafe cbl_text(
      bytes: copy.baseAddress?.assumingMemoryBound(to: CChar.self), count: bytes.count)
  }

  private var pointer: UnsafeMutableRawPointer {
    unsafe Unmanaged.passUnretained(self).toOpaque()
  }

  static func of(_ context: UnsafeMutableRawPointer?) -> CallContext? {
    unsafe context.map { unsafe Unmanaged<CallContext>.fromOpaque($0).takeUnretainedValue() }
  }
}

// The tables that the adapter sees.
extension CallContext {
  func makeHost() -> cbl_host {
    unsafe cbl_host(
      size: UInt32(MemoryLayout<cbl_host>.size), minor: AdapterLibrary.hostMinor,
      context: pointer,
      log: { _, _, _ in },
      report: { context, problem in
        unsafe CallContext.of(context)?.report(problem) ?? 5
      },
      lose: { context, loss in
        unsafe CallContext.of(context)?.lose(loss) ?? 5
      },
      progress: { context, done, total in
        guard let call = unsafe CallContext.of(context) else { return 5 }
        return call.guarded { try call.listener?.adapterProgressed(done, of: total) }
      },
      extension: { _, _ in nil })
  }

  func withHost<Value>(_ body: (UnsafePointer<cbl_host>) -> Value) -> Value {
    var host = makeHost()
    return unsafe body(&host)
  }

  func withInput<Value>(_ body: (UnsafePointer<cbl_input>) -> Value) -> Value {
    var input = unsafe cbl_input(
      size: UInt32(MemoryLayout<cbl_input>.size),
      member_count: UInt32(source?.memberCount ?? 0), context: pointer,
      describe: { context, index, member in
        unsafe CallContext.of(context)?.describe(Int(index), member) ?? 5
      },
      head: { context, index, buffer, capacity, count in
        guard let call = unsafe CallContext.of(context), let source = call.source,
          let count = unsafe count, Int(index) < source.memberCount
        else { return 5 }
        return call.guarded {
          unsafe count.pointee = try source.copyHead(
            of: Int(index),
            into: UnsafeMutableRawBufferPointer(start: buffer, count: capacity))
        }
      },
      open: { context, index in
        guard let call = unsafe CallContext.of(context), let source = call.source,
          Int(index) < source.memberCount
        else { return 5 }
        return call.guarded { try source.openMember(Int(index)) }
      },
      read: { context, buffer, capacity, count in
        guard let call = unsafe CallContext.of(context), let source = call.source,
          let count = unsafe count
        else { return 5 }
        return call.guarded {
          unsafe count.pointee = try source.read(
            into: UnsafeMutableRawBufferPointer(start: buffer, count: capacity))
        }
      })
    return unsafe body(&input)
  }

  func withSink<Value>(_ body: (UnsafePointer<cbl_sink>) -> Value) -> Value {
    var sink = unsafe cbl_sink(
      size: UInt32(MemoryLayout<cbl_sink>.size), reserved: 0, context: pointer,
      put: { context, batch in
        unsafe CallContext.of(context)?.put(batch) ?? 5
      })
    return unsafe body(&sink)
  }

  func makeOutput() -> cbl_output {
    unsafe cbl_output(
      size: UInt32(MemoryLayout<cbl_output>.size), reserved: 0, context: pointer,
      begin: { context, name in
        guard let call = unsafe CallContext.of(context), let target = call.target,
          let name = string(name)
        else { return 5 }
        return call.guarded { try target.beginMember(name) }
      },
      write: { context, bytes, count in
        guard let call = unsafe CallContext.of(context), let target = call.target else { return 5 }
        return call.guarded {
          try unsafe target.write(UnsafeRawBufferPointer(start: bytes, count: count))
        }
      },
      end: { context in
        guard let call = unsafe CallContext.of(context), let target = call.target else { return 5 }
        return call.guarded { try target.endMember() }
      })
  }
}

// The bodies of the callbacks: nothing that an adapter passes is trusted.
extension CallContext {
  private func describe(
    _ index: Int, _ member: UnsafeMutablePointer<cbl_member>?
  ) -> cbl_status {
    guard let source, let member = unsafe member, index < source.memberCount,
      unsafe member.pointee.size >= UInt32(MemoryLayout<cbl_member>.size)
    else { return 5 }
    unsafe member.pointee.name = lend(source.memberName(index))
    unsafe member.pointee.byte_count = source.memberByteCount(index) ?? .max
    return 0
  }

  private func put(_ batch: UnsafePointer<cbl_batch>?) -> cbl_status {
    guarded {
      guard let sink, let batch = unsafe batch else { return }
      let table = unsafe batch.pointee
      func refuse(_ reason: String) -> AdapterHostError {
        AdapterHostError(
          .malformed, "the adapter gave a batch \(reason)", adapter: library.info.identifier)
      }
      guard table.size >= UInt32(MemoryLayout<cbl_batch>.size) else {
        throw refuse("that is shorter than version 1.0")
      }
      guard table.count > 0 else { return }
      guard let kind = RecordKind(number: Int(table.kind)) else {
        throw refuse("of the unknown kind \(table.kind)")
      }
      guard table.count <= 1 << 20 else { throw refuse("of \(table.count) rows") }
      guard table.stride >= RecordSchema.of(kind).rowSize, table.stride % 8 == 0,
        table.stride <= 1 << 16
      else { throw refuse("whose stride \(table.stride) does not fit a \(kind)") }
      guard let rows = unsafe table.rows, UInt(bitPattern: rows) % 8 == 0 else {
        throw refuse("whose rows are not aligned")
      }
      try sink.put(
        unsafe HostBatch(
          kind: kind, count: table.count, rows: rows, stride: table.stride,
          isTrusted: library.trust == .trusted))
    }
  }

  private func report(_ problem: UnsafePointer<cbl_problem>?) -> cbl_status {
    guarded {
      guard let listener, let problem = unsafe problem,
        unsafe problem.pointee.size >= UInt32(MemoryLayout<cbl_problem>.size)
      else { return }
      let table = unsafe problem.pointee
      try listener.adapterReported(
        AdapterReport(
          AdapterReport.Severity(rawValue: table.severity) ?? .warning,
          string(table.code) ?? "adapter.invalid_utf8", string(table.message) ?? "",
          member: string(table.member) ?? "", line: table.line, column: table.column,
          value: string(table.value) ?? "", raw: string(table.raw) ?? "",
          kind: RecordKind(number: Int(table.kind))))
    }
  }

  private func lose(_ loss: UnsafePointer<cbl_loss>?) -> cbl_status {
    guarded {
      guard let listener, let loss = unsafe loss,
        unsafe loss.pointee.size >= UInt32(MemoryLayout<cbl_loss>.size),
        let kind = RecordKind(number: Int(unsafe loss.pointee.kind))
      else { return }
      let table = unsafe loss.pointee
      try listener.adapterLost(
        AdapterLoss(
          kind: kind, field: table.field == .max ? nil : Int(table.field),
          isReduced: table.reduced != 0, count: Int(clamping: table.count),
          reason: string(table.reason) ?? "", example: string(table.example) ?? ""))
    }
  }
}

/// The text as a string; invalid UTF-8 is repaired.
private func string(_ text: cbl_text) -> String? {
  guard let start = unsafe text.bytes, text.count <= 1 << 24 else { return "" }
  return unsafe String(
    decoding: UnsafeRawBufferPointer(start: start, count: text.count), as: UTF8.self)
}
