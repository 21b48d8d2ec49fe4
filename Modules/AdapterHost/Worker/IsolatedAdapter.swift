internal import Synchronization

/// An adapter in processes of its own: one for each call that is going on, and at most one idle.
final class IsolatedAdapter: Sendable {
  /// The absolute path of the library.
  let path: String
  private let options: IsolationOptions
  /// Identifier and version, for errors.
  private let name: Mutex<String>
  // Guards the idle worker; whoever takes it out has it alone.
  private let idle = Mutex<WorkerConnection?>(nil)

  /// An adapter whose library is loaded by no process yet.
  init(path: String, options: IsolationOptions) {
    self.path = path
    self.options = options
    name = Mutex(path)
  }

  deinit { idle.withLock { $0?.end() } }

  /// Starts a worker, has it load the library, and tells what the adapter is and what holds it.
  func describe() throws(AdapterHostError) -> (info: LoadedAdapterInfo, sandbox: SandboxReport) {
    let worker = try WorkerConnection(library: path, options: options)
    do throws(AdapterHostError) {
      let info = try load(worker)
      name.withLock { $0 = "\(info.identifier) \(info.version)" }
      worker.adapter = name.withLock { $0 }
      giveBack(worker)
      return (info, worker.sandbox)
    } catch {
      worker.end()
      throw error
    }
  }

  /// A worker with the library loaded, for one call.
  func take() throws(AdapterHostError) -> WorkerConnection {
    let known = idle.withLock { worker in
      let taken = worker
      worker = nil
      return taken
    }
    if let known {
      if known.isReady { return known }
      known.end()
    }
    let worker = try WorkerConnection(library: path, options: options)
    worker.adapter = name.withLock { $0 }
    do throws(AdapterHostError) {
      _ = try load(worker)
      return worker
    } catch {
      worker.end()
      throw error
    }
  }

  /// Keeps a worker for the next call; only one whose last call came to its end.
  func giveBack(_ worker: WorkerConnection) {
    let surplus = idle.withLock { idle in
      guard idle == nil else { return worker as WorkerConnection? }
      idle = worker
      return nil
    }
    surplus?.end()
  }

  private func load(
    _ worker: WorkerConnection
  ) throws(AdapterHostError) -> LoadedAdapterInfo {
    worker.work = "it was loaded"
    worker.output.put(.load)
    try worker.send()
    var (type, frame) = try worker.receive()
    switch type {
    case .table: return try worker.checked { () throws(FrameFault) in try frame.info() }
    case .failed: throw try worker.failure(&frame)
    default: throw worker.malformed("\(type) stands where its table is expected")
    }
  }
}
