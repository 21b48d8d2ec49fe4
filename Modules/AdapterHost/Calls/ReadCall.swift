internal import CAdapterABI
internal import Records

/// What a call asks for.
public struct CallOptions: Hashable, Sendable {
  /// Refuse what the format's rules forbid.
  public var isStrict = false
  /// Reading: also give the source layer.
  public var wantsSourceLayer = false
  /// Reading: rows can be forgotten, so the adapter may ask to be called again; see
  /// ``AdapterHostError/Code/again``.
  public var mayRestart = false
  /// Writing: guard cells that a spreadsheet would take as formulas.
  public var guardsFormulas = false
  /// Kinds that somebody will use, as a mask.
  public var kinds: UInt64 = .max
  /// Options of the format.
  public var options: [String: String] = [:]

  /// Nothing special: lenient, all kinds.
  public init() {}
}

extension AdapterLibrary {
  /// Asks how sure the adapter is that the input has a format.
  ///
  /// - Returns: 0, no, to 100, certain, and why.
  /// - Throws: ``AdapterHostError``, or what the source threw.
  public func probe(
    _ source: any MemberSource, format: LoadedFormat
  ) throws -> (confidence: Int, reason: String) {
    if let worker { return try worker.probe(source, format: format) }
    guard let function = unsafe table.pointee.probe else { return (0, "") }
    var probe = cbl_probe()
    probe.size = UInt32(MemoryLayout<cbl_probe>.size)
    let context = CallContext(source: source, library: self)
    let status = unsafe context.withHost { host in
      unsafe context.withInput { input in
        unsafe function(table, host, input, UInt32(format.index), &probe)
      }
    }
    if status != 0 {
      if let error = context.error { throw error }
      return (0, "")
    }
    let reason = unsafe withUnsafeBytes(of: probe.reason) { bytes in
      unsafe String(decoding: unsafe bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return (min(100, Int(probe.confidence)), reason)
  }

  /// Reads the whole input.
  ///
  /// - Throws: ``AdapterHostError``, or what the source, sink or listener threw.
  public func read(
    _ source: any MemberSource, format: LoadedFormat, options: CallOptions,
    into sink: any BatchSink, listener: any AdapterListener
  ) throws {
    if let worker, format.reads {
      return try worker.read(
        source, format: format, options: options, into: sink, listener: listener)
    }
    guard format.reads, let function = unsafe table.pointee.read else {
      throw AdapterHostError(
        .unsupported, "\(format.identifier) cannot be read", adapter: info.identifier)
    }
    let context = CallContext(source: source, sink: sink, listener: listener, library: self)
    let status = unsafe context.withHost { host in
      unsafe context.withInput { input in
        unsafe withRequest(options, format: format) { request in
          unsafe context.withSink { sink in
            unsafe function(table, host, input, request, sink)
          }
        }
      }
    }
    try context.check(status)
  }
}

/// Lends a request for one call.
func withRequest<Value>(
  _ options: CallOptions, format: LoadedFormat,
  _ body: (UnsafePointer<cbl_request>) -> Value
) -> Value {
  // One block of memory holds the names and values, so that the texts stay where they are.
  let pairs = options.options.sorted { $0.key < $1.key }
  let room = pairs.reduce(1) { $0 + $1.key.utf8.count + $1.value.utf8.count }
  return unsafe withUnsafeTemporaryAllocation(byteCount: room, alignment: 1) { block in
    var used = 0
    func lend(_ string: String) -> cbl_text {
      let start = used
      for byte in string.utf8 {
        unsafe block[used] = byte
        used += 1
      }
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: block[start..<used])
      return unsafe cbl_text(
        bytes: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count: bytes.count)
    }
    let table = pairs.map { cbl_option(name: lend($0.key), value: lend($0.value)) }
    return unsafe table.withUnsafeBufferPointer { pointer in
      var request = unsafe cbl_request(
        size: UInt32(MemoryLayout<cbl_request>.size), format: UInt32(format.index),
        flags: (options.isStrict ? 1 : 0) | (options.wantsSourceLayer ? 2 : 0)
          | (options.guardsFormulas ? 4 : 0) | (options.mayRestart ? 8 : 0),
        option_count: UInt32(pointer.count), kinds: options.kinds, options: pointer.baseAddress)
      return unsafe body(&request)
    }
  }
}
