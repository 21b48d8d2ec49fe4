import CAdapterABI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A small host for tests: opens an adapter's library and feeds it from memory.
///
/// Sources and attributes reach a writer first, then the kinds in the order of their numbers, with
/// references numbered as the real host does.
@safe
struct MemoryHost {
  let adapter: UnsafePointer<cbl_adapter>

  /// Opens the library of a family, such as `OneRoster`, from the build folder.
  ///
  /// - Throws: When the library cannot be opened; the text says why.
  init(family: String) throws {
    #if canImport(Darwin)
      let name = "lib\(family)Adapter.dylib"
    #else
      let name = "lib\(family)Adapter.so"
    #endif
    let path = Self.buildFolder + "/" + name
    guard let library = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
      throw MemoryHostError(text: unsafe String(cString: dlerror()))
    }
    guard let symbol = unsafe dlsym(library, "cbl_adapter_v1") else {
      throw MemoryHostError(text: "\(name) has no entry point")
    }
    typealias Entry = @convention(c) (UInt32) -> UnsafePointer<cbl_adapter>?
    let entry = unsafe unsafeBitCast(symbol, to: Entry.self)
    guard let adapter = unsafe entry(0) else {
      throw MemoryHostError(text: "\(name) gives no table")
    }
    unsafe self.adapter = unsafe adapter
  }

  /// Folder of the running test bundle, where the libraries are built too.
  static var buildFolder: String {
    #if canImport(Darwin)
      let path = CommandLine.arguments[0]
    #else
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
      let path = String(
        decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #endif
    return path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
  }

  /// Identifiers of the formats.
  var formats: [String] {
    unsafe (0..<adapter.pointee.format_count).map { index in
      unsafe adapter.pointee.formats[index].identifier.memoryString ?? ""
    }
  }

  /// The table entry of a format.
  func format(_ identifier: String) throws -> (index: UInt32, info: cbl_format) {
    guard let index = formats.firstIndex(of: identifier) else {
      throw MemoryHostError(text: "no format \(identifier)")
    }
    return (UInt32(index), unsafe adapter.pointee.formats[index])
  }

  /// How sure the adapter is that the members have a format.
  func probe(_ members: [MemoryMember], as identifier: String) throws -> Int {
    let (index, _) = try format(identifier)
    let state = MemoryState(MemoryRequest())
    state.inputs = members
    var host = state.host
    var input = state.input
    var probe = cbl_probe()
    probe.size = UInt32(MemoryLayout<cbl_probe>.size)
    let status = unsafe adapter.pointee.probe(adapter, &host, &input, index, &probe)
    guard status == 0 else { throw MemoryHostError(text: "probe gave \(status)") }
    return Int(probe.confidence)
  }

  /// Reads members.
  func read(
    _ members: [MemoryMember], as identifier: String, _ request: MemoryRequest = MemoryRequest()
  ) throws -> MemoryReading {
    let (index, _) = try format(identifier)
    let state = MemoryState(request)
    state.inputs = members
    var host = state.host
    var input = state.input
    var sink = state.sink
    let status = unsafe request.withTable(format: index, arena: state.arena) { table in
      unsafe adapter.pointee.read(adapter, &host, &input, table, &sink)
    }
    return MemoryReading(status: status, rows: state.rows, problems: state.problems)
  }

  /// Writes records; they need not be in order.
  func write(
    _ rows: [MemoryRow], as identifier: String, _ request: MemoryRequest = MemoryRequest()
  ) throws -> MemoryWriting {
    let (index, info) = try format(identifier)
    let state = MemoryState(request)
    var host = state.host
    var output = state.output
    var session: UnsafeMutableRawPointer?
    var status = unsafe request.withTable(format: index, arena: state.arena) { table in
      unsafe withUnsafePointer(to: &host) { host in
        unsafe withUnsafePointer(to: &output) { output in
          var status = unsafe adapter.pointee.open(adapter, host, output, table, &session)
          guard status == 0 else { return status }
          let batches = MemoryBatches(
            rows, isGrouped: info.flags & (1 << 5) != 0, arena: state.arena)
          for batch in batches.batches(of: request.batchRows) {
            var batch = batch
            status = unsafe adapter.pointee.put(adapter, session, &batch)
            if status != 0 { break }
          }
          let closing = unsafe adapter.pointee.close(adapter, session, status == 0 ? 0 : 1)
          return status == 0 ? closing : status
        }
      }
    }
    if status == 0, state.callsLeft < 0 { status = 1 }
    return MemoryWriting(
      status: status, members: state.outputs, problems: state.problems, losses: state.losses)
  }

  /// Reads members with the source layer and writes the records in the same format.
  func rewrite(
    _ members: [MemoryMember], as identifier: String, _ request: MemoryRequest = MemoryRequest()
  ) throws -> MemoryWriting {
    var request = request
    request.wantsSourceLayer = true
    let reading = try read(members, as: identifier, request)
    guard reading.status == 0 else {
      throw MemoryHostError(text: "read gave \(reading.status): \(reading.problems)")
    }
    return try write(reading.rows, as: identifier, request)
  }
}

/// Why a test cannot go on.
struct MemoryHostError: Error, CustomStringConvertible {
  var text: String
  var description: String { text }
}

extension MemoryRequest {
  fileprivate func withTable(
    format: UInt32, arena: MemoryArena, _ body: (UnsafePointer<cbl_request>) -> cbl_status
  ) -> cbl_status {
    let names = options.keys.sorted()
    let table = names.map { name in
      cbl_option(name: arena.text(name), value: arena.text(options[name]))
    }
    return unsafe table.withUnsafeBufferPointer { table in
      var request = unsafe cbl_request(
        size: UInt32(MemoryLayout<cbl_request>.size), format: format, flags: flags,
        option_count: UInt32(names.count), kinds: kindMask, options: table.baseAddress)
      return unsafe body(&request)
    }
  }
}
