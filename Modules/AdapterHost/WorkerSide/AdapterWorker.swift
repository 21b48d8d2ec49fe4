internal import CAdapterSandbox
internal import Records

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The inside of a process that runs one adapter for a host; see
/// ``AdapterLibrary/isolate(_:options:trust:)``.
///
/// `adapter-worker` is such a process.
public enum AdapterWorker {
  /// Holds the process in its sandbox, loads the adapter and serves calls until the host goes.
  ///
  /// - Parameter arguments: The library, the host's process, bytes of memory and seconds of CPU time.
  public static func run(_ arguments: [String]) -> Never {
    guard arguments.count == 4, let parent = Int32(arguments[1]),
      let memory = UInt64(arguments[2]), let seconds = UInt64(arguments[3]),
      fcntl(WorkerChannel.requests, F_GETFD) >= 0, fcntl(WorkerChannel.replies, F_GETFD) >= 0
    else { exit(64) }
    var limits = cbl_sandbox_limits(
      memory_bytes: memory, cpu_seconds: seconds, parent: parent, descriptors: 5)
    let layers = unsafe cbl_sandbox_enter(arguments[0], &limits)
    let link = WorkerLink()
    link.output.begin(.hello)
    link.output.append(FrameLimit.version)
    link.output.append(layers)
    link.output.append(UInt32(cbl_sandbox_landlock_version()))
    link.output.end()
    serve(arguments[0], layers, link)
  }

  private static func serve(_ path: String, _ layers: UInt32, _ link: WorkerLink) -> Never {
    var bench: WorkerBench?
    while true {
      var (type, frame) = link.receive()
      do {
        if type == .load {
          let library = try AdapterLibrary.load(path)
          guard cbl_sandbox_seal(layers) == 0 else {
            throw AdapterHostError(.failed, "the sandbox cannot be closed", adapter: path)
          }
          link.output.put(library.info)
          bench = WorkerBench(library, link)
        } else {
          try bench?.serve(type, &frame)
        }
      } catch let error as AdapterHostError {
        link.output.put(error)
      } catch {
        link.output.put(AdapterHostError(.failed, "\(error)", adapter: path))
      }
    }
  }
}

/// The calls of one adapter.
private final class WorkerBench {
  private let library: AdapterLibrary
  private let link: WorkerLink
  private let batches = BatchReader()
  private var writing: (call: WriteCall, output: WorkerOutput)?
  private var takenRows: UInt64 = 0

  init(_ library: AdapterLibrary, _ link: WorkerLink) {
    self.library = library
    self.link = link
  }

  func serve(_ type: FrameType, _ frame: inout FrameReader) throws {
    switch type {
    case .probe: try probe(try frame.request())
    case .read: try read(try frame.request())
    case .write: try open(try frame.request())
    case .batch: try put(frame)
    case .finish: try finish()
    default: throw FrameFault(reason: "the host says \(type)")
    }
  }

  private func format(_ request: WorkerRequest) throws(FrameFault) -> LoadedFormat {
    guard library.info.formats.indices.contains(request.format) else {
      throw FrameFault(reason: "the host asks for format \(request.format)")
    }
    return library.info.formats[request.format]
  }

  private func probe(_ request: WorkerRequest) throws {
    let members = WorkerMembers(link, request.members, WorkerListener(link))
    let (confidence, reason) = try library.probe(members, format: try format(request))
    link.output.begin(.verdict)
    link.output.append(UInt32(confidence))
    link.output.append(reason)
    link.output.end()
  }

  private func read(_ request: WorkerRequest) throws {
    let listener = WorkerListener(link)
    let sink = WorkerSink(link, adapter: library.info.identifier)
    try library.read(
      WorkerMembers(link, request.members, listener), format: try format(request),
      options: request.options, into: sink, listener: listener)
    end(sink.rowCount, 0)
  }

  private func open(_ request: WorkerRequest) throws {
    writing = nil
    takenRows = batches.rowCount
    let output = WorkerOutput(link)
    let call = try WriteCall(
      library, format: try format(request), to: output, options: request.options,
      listener: WorkerListener(link))
    writing = (call, output)
    link.output.put(.opened)
  }

  private func put(_ frame: FrameReader) throws {
    // After a failure the host's frames that were on their way are for nobody.
    guard let writing else { return }
    do {
      try unsafe batches.read(frame) { batch, numbers, columns in
        try unsafe writing.call.put(batch, numbers: numbers, columns: columns)
      }
    } catch {
      self.writing = nil
      throw error
    }
  }

  private func finish() throws {
    guard let (call, output) = writing else { return }
    writing = nil
    try call.finish()
    output.flush()
    end(batches.rowCount - takenRows, output.count)
  }

  /// Says that a call did all that it should, and what it gave.
  private func end(_ rows: UInt64, _ bytes: UInt64) {
    link.output.begin(.done)
    link.output.append(rows)
    link.output.append(bytes)
    link.output.end()
  }
}
