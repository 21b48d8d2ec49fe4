import CAdapterABI

/// What the host's C functions work on during one call; the tables point to it.
final class MemoryState {
  var inputs: [MemoryMember] = []
  var opened = 0
  var offset = 0
  var rows: [MemoryRow] = []
  var outputs: [MemoryMember] = []
  var problems: [MemoryProblem] = []
  var losses: [MemoryLoss] = []
  var callsLeft: Int
  let arena = MemoryArena()

  init(_ request: MemoryRequest) {
    callsLeft = request.stopsAfter ?? .max
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> MemoryState {
    guard let context = unsafe context else { preconditionFailure("a call without a context") }
    return unsafe Unmanaged<MemoryState>.fromOpaque(context).takeUnretainedValue()
  }

  /// Whether the host still wants to go on.
  private func status() -> cbl_status {
    callsLeft -= 1
    return callsLeft < 0 ? 1 : 0
  }

  private var context: UnsafeMutableRawPointer {
    unsafe Unmanaged.passUnretained(self).toOpaque()
  }

  var host: cbl_host {
    var host = cbl_host()
    host.size = UInt32(MemoryLayout<cbl_host>.size)
    unsafe host.context = context
    unsafe host.log = { _, _, _ in }
    unsafe host.report = { context, problem in
      guard let problem = unsafe problem?.pointee else { return 5 }
      let state = unsafe MemoryState.of(context)
      state.problems.append(MemoryProblem(problem))
      return state.status()
    }
    unsafe host.lose = { context, loss in
      guard let loss = unsafe loss?.pointee else { return 5 }
      let state = unsafe MemoryState.of(context)
      state.losses.append(MemoryLoss(loss))
      return state.status()
    }
    unsafe host.progress = { context, _, _ in unsafe MemoryState.of(context).status() }
    unsafe host.extension = { _, _ in nil }
    return host
  }

  var input: cbl_input {
    var input = cbl_input()
    input.size = UInt32(MemoryLayout<cbl_input>.size)
    input.member_count = UInt32(inputs.count)
    unsafe input.context = context
    unsafe input.describe = { context, index, member in
      let state = unsafe MemoryState.of(context)
      let source = state.inputs[Int(index)]
      unsafe member?.pointee.name = state.arena.text(source.name)
      unsafe member?.pointee.byte_count = UInt64(source.bytes.count)
      return 0
    }
    unsafe input.head = { context, index, buffer, capacity, count in
      let bytes = unsafe MemoryState.of(context).inputs[Int(index)].bytes
      let given = min(min(capacity, 65_536), bytes.count)
      unsafe buffer?.copyMemory(from: bytes, byteCount: given)
      unsafe count?.pointee = given
      return 0
    }
    unsafe input.open = { context, index in
      let state = unsafe MemoryState.of(context)
      state.opened = Int(index)
      state.offset = 0
      return state.status()
    }
    unsafe input.read = { context, buffer, capacity, count in
      let state = unsafe MemoryState.of(context)
      let bytes = state.inputs[state.opened].bytes
      let given = min(capacity, bytes.count - state.offset)
      unsafe bytes.withUnsafeBytes { bytes in
        if given > 0, let start = bytes.baseAddress {
          unsafe buffer?.copyMemory(from: start + state.offset, byteCount: given)
        }
      }
      state.offset += given
      unsafe count?.pointee = given
      return state.status()
    }
    return input
  }

  var sink: cbl_sink {
    var sink = cbl_sink()
    sink.size = UInt32(MemoryLayout<cbl_sink>.size)
    unsafe sink.context = context
    unsafe sink.put = { context, batch in
      guard let batch = unsafe batch?.pointee else { return 5 }
      let state = unsafe MemoryState.of(context)
      state.rows.append(contentsOf: MemoryRow.rows(of: batch))
      return state.status()
    }
    return sink
  }

  var output: cbl_output {
    var output = cbl_output()
    output.size = UInt32(MemoryLayout<cbl_output>.size)
    unsafe output.context = context
    unsafe output.begin = { context, name in
      let state = unsafe MemoryState.of(context)
      state.outputs.append(MemoryMember(name.memoryString ?? "", []))
      return state.status()
    }
    unsafe output.write = { context, bytes, count in
      let state = unsafe MemoryState.of(context)
      let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
      unsafe state.outputs[state.outputs.count - 1].bytes.append(contentsOf: bytes)
      return state.status()
    }
    unsafe output.end = { context in unsafe MemoryState.of(context).status() }
    return output
  }
}

extension MemoryRow {
  /// The rows of a batch, copied.
  static func rows(of batch: cbl_batch) -> [MemoryRow] {
    guard let kind = MemoryKinds.numbered(batch.kind), let start = unsafe batch.rows else {
      return []
    }
    return (0..<batch.count).map { index in
      let row = unsafe start + index * batch.stride
      var copy = MemoryRow(kind.name, [:])
      let origin = unsafe row.load(as: cbl_origin.self)
      copy.line = origin.line
      copy.member = origin.member
      for (field, info) in kind.fields.enumerated() {
        let offset = MemoryLayout<cbl_origin>.size + field * MemoryLayout<cbl_text>.stride
        let text = unsafe row.load(fromByteOffset: offset, as: cbl_text.self)
        if let value = text.memoryString { copy.fields[info.name] = value }
      }
      return copy
    }
  }
}

extension MemoryProblem {
  init(_ problem: cbl_problem) {
    self.init(
      severity: problem.severity, code: problem.code.memoryString ?? "",
      message: problem.message.memoryString ?? "", member: problem.member.memoryString ?? "",
      line: problem.line, column: problem.column, value: problem.value.memoryString ?? "",
      raw: problem.raw.memoryString ?? "", kind: problem.kind)
  }
}

extension MemoryLoss {
  init(_ loss: cbl_loss) {
    let kind = MemoryKinds.numbered(loss.kind)
    let field = kind.flatMap { kind in
      kind.fields.indices.contains(Int(loss.field)) ? kind.fields[Int(loss.field)].name : nil
    }
    self.init(
      kind: kind?.name ?? "", field: field, reduced: loss.reduced != 0, count: loss.count,
      reason: loss.reason.memoryString ?? "", example: loss.example.memoryString ?? "")
  }
}
