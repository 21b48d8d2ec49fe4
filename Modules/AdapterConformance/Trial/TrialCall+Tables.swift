internal import AdapterHost
internal import CAdapterABI

// The tables that the adapter sees; their context is the call.
extension TrialCall {
  private static func of(_ context: UnsafeMutableRawPointer?) -> TrialCall? {
    unsafe context.map { unsafe Unmanaged<TrialCall>.fromOpaque($0).takeUnretainedValue() }
  }

  private var context: UnsafeMutableRawPointer {
    unsafe Unmanaged.passUnretained(self).toOpaque()
  }

  var host: UnsafePointer<cbl_host> {
    let host = unsafe cbl_host(
      size: 0, minor: setup.extra == 0 ? 0 : 7, context: context,
      log: { _, _, _ in },
      report: { context, problem in unsafe TrialCall.of(context)?.report(problem) ?? 5 },
      lose: { context, loss in unsafe TrialCall.of(context)?.lose(loss) ?? 5 },
      progress: { context, _, _ in
        guard let call = unsafe TrialCall.of(context) else { return 5 }
        defer { call.leave() }
        return call.enter()
      },
      extension: { _, _ in nil })
    return unsafe memory.lend(host, extra: setup.extra)
  }

  var input: UnsafePointer<cbl_input> {
    let input = unsafe cbl_input(
      size: 0, member_count: UInt32(members.count), context: context,
      describe: { context, index, member in
        guard let call = unsafe TrialCall.of(context), let member = unsafe member,
          call.members.indices.contains(Int(index)),
          unsafe member.pointee.size >= UInt32(MemoryLayout<cbl_member>.size)
        else { return 5 }
        let source = call.members[Int(index)]
        unsafe member.pointee.name = call.memory.text(source.name)
        unsafe member.pointee.byte_count = UInt64(source.bytes.count)
        return 0
      },
      head: { context, index, buffer, capacity, count in
        guard let call = unsafe TrialCall.of(context), let count = unsafe count else { return 5 }
        let answer = unsafe call.head(Int(index), buffer, capacity)
        unsafe count.pointee = answer.count
        return answer.status
      },
      open: { context, index in unsafe TrialCall.of(context)?.open(Int(index)) ?? 5 },
      read: { context, buffer, capacity, count in
        guard let call = unsafe TrialCall.of(context), let count = unsafe count else { return 5 }
        let answer = unsafe call.read(buffer, capacity)
        unsafe count.pointee = answer.count
        return answer.status
      })
    return unsafe memory.lend(input, extra: setup.extra)
  }

  var sink: UnsafePointer<cbl_sink> {
    let sink = unsafe cbl_sink(
      size: 0, reserved: 0, context: context,
      put: { context, batch in unsafe TrialCall.of(context)?.put(batch) ?? 5 })
    return unsafe memory.lend(sink, extra: setup.extra)
  }

  var output: UnsafePointer<cbl_output> {
    let output = unsafe cbl_output(
      size: 0, reserved: 0, context: context,
      begin: { context, name in unsafe TrialCall.of(context)?.begin(name) ?? 5 },
      write: { context, bytes, count in
        unsafe TrialCall.of(context)?.write(bytes, count) ?? 5
      },
      end: { context in unsafe TrialCall.of(context)?.endMember() ?? 5 })
    return unsafe memory.lend(output, extra: setup.extra)
  }

  /// A request, in memory of its own so that it can be taken away before the rest.
  func request(in memory: LentMemory) -> UnsafePointer<cbl_request> {
    let given = setup.givesDefaults ? format.options.filter { !$0.defaultValue.isEmpty } : []
    let names = given.map { option in
      cbl_option(name: memory.text(option.name), value: memory.text(option.defaultValue))
    }
    let table = unsafe memory.room(names.count * MemoryLayout<cbl_option>.stride)
      .bindMemory(to: cbl_option.self, capacity: max(1, names.count))
    for (index, option) in names.enumerated() { unsafe (table + index).initialize(to: option) }
    let request = unsafe cbl_request(
      size: 0, format: UInt32(format.index),
      flags: (setup.wantsSourceLayer ? 2 : 0) | (setup.mayRestart ? 8 : 0),
      option_count: UInt32(names.count), kinds: .max, options: UnsafePointer(table))
    return unsafe memory.lend(request, extra: setup.extra)
  }
}
