public import CAdapterABI

// The table is made once and never changed or freed, so it may be shared.
/// The C table of a Swift adapter.
///
/// An adapter exports it like this:
///
/// ```swift
/// private let table = AdapterTable(MyAdapter.self)
///
/// @c @implementation
/// public func cbl_adapter_v1(_ hostMinor: UInt32) -> UnsafePointer<cbl_adapter>! {
///   unsafe table.pointer
/// }
/// ```
@safe
public struct AdapterTable: @unchecked Sendable {
  /// The table; valid as long as the process lives.
  public let pointer: UnsafePointer<cbl_adapter>

  /// Makes the table of an adapter; its memory is never freed, so make it once.
  public init<Adapter: GradebookAdapter>(_ adapter: Adapter.Type) {
    let info = Adapter.info
    let formats = unsafe immortal(info.formats.map { format in format.table })
    let context = unsafe Unmanaged.passRetained(AdapterContext(adapter))
    var table = cbl_adapter()
    table.size = UInt32(MemoryLayout<cbl_adapter>.size)
    table.minor = 0
    table.identifier = immortal(info.identifier)
    table.version = immortal(info.version)
    table.vendor = immortal(info.vendor)
    table.license = immortal(info.license)
    unsafe table.formats = formats
    table.format_count = info.formats.count
    unsafe table.context = UnsafeRawPointer(context.toOpaque())
    unsafe table.probe = { adapter, host, input, format, probe in
      unsafe AdapterContext.of(adapter).probe(host, input, format, probe)
    }
    unsafe table.read = { adapter, host, input, request, sink in
      unsafe AdapterContext.of(adapter).read(host, input, request, sink)
    }
    unsafe table.open = { adapter, host, output, request, session in
      unsafe AdapterContext.of(adapter).open(host, output, request, session)
    }
    unsafe table.put = { _, session, batch in
      unsafe AdapterContext.put(session, batch)
    }
    unsafe table.close = { _, session, abandon in
      unsafe AdapterContext.close(session, abandon)
    }
    unsafe table.extension = { _, _ in nil }
    let pointer = UnsafeMutablePointer<cbl_adapter>.allocate(capacity: 1)
    unsafe pointer.initialize(to: table)
    unsafe self.pointer = UnsafePointer(pointer)
  }
}

/// What the C functions find behind the table's context.
private final class AdapterContext {
  let adapter: any GradebookAdapter.Type

  init(_ adapter: any GradebookAdapter.Type) {
    self.adapter = adapter
  }

  static func of(_ table: UnsafePointer<cbl_adapter>?) -> AdapterContext {
    guard let context = unsafe table?.pointee.context else {
      preconditionFailure("the host passed no table")
    }
    return unsafe Unmanaged<AdapterContext>.fromOpaque(context).takeUnretainedValue()
  }

  func probe(
    _ host: UnsafePointer<cbl_host>?, _ input: UnsafePointer<cbl_input>?, _ format: UInt32,
    _ probe: UnsafeMutablePointer<cbl_probe>?
  ) -> cbl_status {
    guard let host = unsafe host, let input = unsafe input, let probe = unsafe probe else {
      return 5
    }
    return unsafe guarded(HostLink(host)) { () throws(AdapterError) in
      let verdict = try unsafe adapter.probe(AdapterInput(input), format: Int(format))
      unsafe probe.pointee.confidence = UInt32(clamping: verdict.confidence)
      unsafe withUnsafeMutableBytes(of: &probe.pointee.reason) { target in
        let bytes = verdict.reason.utf8.prefix(target.count - 1)
        unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
        unsafe target.copyBytes(from: bytes)
      }
    }
  }

  func read(
    _ host: UnsafePointer<cbl_host>?, _ input: UnsafePointer<cbl_input>?,
    _ request: UnsafePointer<cbl_request>?, _ sink: UnsafePointer<cbl_sink>?
  ) -> cbl_status {
    guard let host = unsafe host, let input = unsafe input, let request = unsafe request,
      let sink = unsafe sink
    else { return 5 }
    return unsafe guarded(HostLink(host)) { () throws(AdapterError) in
      let asked = unsafe AdapterRequest(request)
      var rows = unsafe RecordSink(host: HostLink(host), sink: sink, kinds: asked.kinds)
      try unsafe adapter.read(AdapterInput(input), request: asked, into: &rows)
      try rows.flush()
    }
  }

  func open(
    _ host: UnsafePointer<cbl_host>?, _ output: UnsafePointer<cbl_output>?,
    _ request: UnsafePointer<cbl_request>?,
    _ session: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  ) -> cbl_status {
    guard let host = unsafe host, let output = unsafe output, let request = unsafe request,
      let session = unsafe session
    else { return 5 }
    return unsafe guarded(HostLink(host)) { () throws(AdapterError) in
      let writer = try unsafe adapter.write(
        to: AdapterOutput(output), request: AdapterRequest(request), host: HostLink(host))
      let opened = unsafe OpenSession(writer, host: HostLink(host))
      unsafe session.pointee = Unmanaged.passRetained(opened).toOpaque()
    }
  }

  static func put(
    _ session: UnsafeMutableRawPointer?, _ batch: UnsafePointer<cbl_batch>?
  ) -> cbl_status {
    guard let session = unsafe session, let batch = unsafe batch else { return 5 }
    let opened = unsafe Unmanaged<OpenSession>.fromOpaque(session).takeUnretainedValue()
    return guarded(opened.host) { () throws(AdapterError) in
      try unsafe opened.writer.put(RecordBatch(batch))
    }
  }

  static func close(_ session: UnsafeMutableRawPointer?, _ abandon: Int32) -> cbl_status {
    guard let session = unsafe session else { return 5 }
    let opened = unsafe Unmanaged<OpenSession>.fromOpaque(session).takeRetainedValue()
    guard abandon == 0 else { return 0 }
    return guarded(opened.host) { () throws(AdapterError) in try opened.writer.finish() }
  }
}

private final class OpenSession {
  let writer: WriterSession
  let host: HostLink

  init(_ writer: WriterSession, host: HostLink) {
    self.writer = writer
    self.host = host
  }
}

/// Turns an error into a status, and reports the problem that it carries.
private func guarded(
  _ host: HostLink, _ body: () throws(AdapterError) -> Void
) -> cbl_status {
  do throws(AdapterError) {
    try body()
    return 0
  } catch {
    if var problem = error.problem {
      problem.severity = .fatal
      do throws(AdapterError) { try host.report(problem) } catch { return error.code.status }
    }
    return error.code.status
  }
}

extension FormatInfo {
  /// The C form; its memory is never freed.
  fileprivate var table: cbl_format {
    var table = cbl_format()
    table.size = UInt32(MemoryLayout<cbl_format>.size)
    table.flags = flags.rawValue
    table.identifier = immortal(identifier)
    table.alias = alias.isEmpty ? .absent : immortal(alias)
    table.version = immortal(version)
    table.title = immortal(title)
    table.extensions = immortal(extensions.joined(separator: "|"))
    table.member_name = immortal(memberName)
    unsafe table.capabilities = immortal(
      capabilities.map { capability in
        cbl_capability(
          kind: capability.kind, reserved: 0, reads: capability.reads, writes: capability.writes,
          reduces: capability.reduces, needs: capability.needs, rule: immortal(capability.rule))
      })
    table.capability_count = UInt32(capabilities.count)
    unsafe table.options = immortal(
      options.map { option in
        cbl_option_info(
          name: immortal(option.name), values: immortal(option.values.joined(separator: "|")),
          default_value: immortal(option.defaultValue), help: immortal(option.help))
      })
    table.option_count = UInt32(options.count)
    return table
  }
}

/// A copy of a string that is never freed.
private func immortal(_ string: String) -> Text {
  let bytes = Array(string.utf8)
  guard !bytes.isEmpty else { return .blank }
  let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
  unsafe copy.copyBytes(from: bytes)
  return unsafe Text(UnsafeRawBufferPointer(copy))
}

/// A copy of values that is never freed.
private func immortal<Value>(_ values: [Value]) -> UnsafePointer<Value>? {
  guard !values.isEmpty else { return nil }
  let copy = UnsafeMutablePointer<Value>.allocate(capacity: values.count)
  unsafe copy.initialize(from: values, count: values.count)
  return unsafe UnsafePointer(copy)
}
