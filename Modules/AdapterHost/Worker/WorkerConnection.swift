internal import CAdapterSandbox

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// Unchecked: the pool hands a connection to one call at a time.
/// A worker process and the two ways to it: a socket for what the host says, which also carries
/// descriptors, and a pipe for what the worker says.
///
/// The worker is taken for hostile. Nothing blocks for longer than the time of silence that is
/// allowed, and no more is taken than what the input can explain.
@safe
final class WorkerConnection: @unchecked Sendable {
  /// The adapter's name and version for errors; the library until they are known.
  var adapter: String
  /// What the worker is doing, for errors.
  var work = "it was loaded"
  /// The layers that hold the worker.
  private(set) var sandbox = SandboxReport(mask: 0, landlockVersion: 0)
  /// Frames that are to be sent.
  var output = FrameWriter()

  private let process: ChildProcess
  private let options: IsolationOptions
  private var requests: Int32
  private var replies: Int32
  private var input = FrameStream()
  /// Bytes that the worker may still send.
  private var allowance = 64 << 20
  private var isOver = false

  /// Starts a worker for a library and waits until its sandbox holds; loads nothing.
  init(library: String, options: IsolationOptions) throws(AdapterHostError) {
    adapter = library
    self.options = options
    let program = try WorkerProgram.path(options)
    guard let requests = WorkerChannel.makeRequests() else { throw Self.noChannel(program) }
    guard let replies = WorkerChannel.makeReplies() else {
      close(requests.host)
      close(requests.worker)
      throw Self.noChannel(program)
    }
    defer {
      close(requests.worker)
      close(replies.worker)
    }
    do throws(AdapterHostError) {
      process = try ChildProcess(
        program,
        [library, String(getpid()), String(options.memoryBytes), String(options.cpuSeconds)],
        environment: WorkerProgram.environment, descriptors: [requests.worker, replies.worker])
    } catch {
      close(requests.host)
      close(replies.host)
      throw error
    }
    self.requests = requests.host
    self.replies = replies.host
    try awaitHello()
  }

  deinit { end() }

  private static func noChannel(_ program: String) -> AdapterHostError {
    AdapterHostError(
      .unavailable, "no pipe can be made: " + (unsafe String(cString: strerror(errno))),
      adapter: program)
  }

  private func awaitHello() throws(AdapterHostError) {
    work = "it started"
    var (type, frame) = try receive()
    guard type == .hello else { throw malformed("a worker began with \(type)") }
    do throws(FrameFault) {
      let version = try frame.number(UInt32.self)
      guard version == FrameLimit.version else {
        throw FrameFault(reason: "it is of version \(version), not \(FrameLimit.version)")
      }
      sandbox = SandboxReport(
        mask: try frame.number(UInt32.self),
        landlockVersion: Int(try frame.number(UInt32.self)))
    } catch {
      throw malformed(error.reason)
    }
    guard options.requiresEveryLayer, !sandbox.missing.isEmpty else { return }
    end()
    let names = sandbox.missing.map(\.name).joined(separator: ", ")
    throw AdapterHostError(
      .unprotected,
      "this system does not give every layer of the sandbox (missing: \(names)); "
        + "run it on a newer kernel, or without --require-sandbox", adapter: adapter)
  }

  /// Ends the worker and closes the ways to it; nothing of it stays.
  func end() {
    guard !isOver else { return }
    isOver = true
    close(requests)
    close(replies)
    _ = process.end(grace: 0)
  }

  /// Whether the worker can take a call: it lives and said nothing since the last one.
  var isReady: Bool { !isOver && !process.hasEnded && !input.isInsideFrame }
}

// Errors.
extension WorkerConnection {
  private static let advice =
    "tell its vendor, and use another version until it is mended"

  /// Ends the worker, because it broke the rules.
  func malformed(_ reason: String) -> AdapterHostError {
    end()
    return AdapterHostError(
      .malformed,
      "the adapter sent a frame that breaks the rules while \(work): \(reason); "
        + Self.advice, adapter: adapter)
  }

  /// Reads a frame; one that breaks the rules ends the worker.
  func checked<Value>(
    _ body: () throws(FrameFault) -> Value
  ) throws(AdapterHostError) -> Value {
    do throws(FrameFault) {
      return try body()
    } catch {
      throw malformed(error.reason)
    }
  }

  /// What a worker says of a call that failed.
  func failure(_ frame: inout FrameReader) throws(AdapterHostError) -> AdapterHostError {
    do throws(FrameFault) {
      return try frame.failure(adapter: adapter)
    } catch {
      throw malformed(error.reason)
    }
  }

  private func hung() -> AdapterHostError {
    end()
    return AdapterHostError(
      .hung,
      "the adapter made no progress for \(options.secondsOfSilence) s while \(work) and was "
        + "ended; " + Self.advice, adapter: adapter)
  }

  /// Says how the worker ended, which it did too early.
  private func died() -> AdapterHostError {
    isOver = true
    let ending = process.end(grace: 500)
    close(requests)
    close(replies)
    if let tried = Self.forbidden(ending) {
      return AdapterHostError(
        .forbidden,
        "the adapter \(tried) while \(work), which no adapter may, and was ended; "
          + Self.advice, adapter: adapter)
    }
    var how = "ended its process with code \(ending.code)"
    if ending.signal == SIGXCPU {
      how = "took more than \(options.cpuSeconds) s of CPU time"
    } else if ending.signal == SIGKILL {
      how = "closed its connection, or was killed by the system,"
    } else if ending.signal != 0 {
      how = "fell with \(ChildEnding.name(of: ending.signal))"
    }
    let isFull = ending.peakBytes > options.memoryBytes / 4 * 3
    let memory =
      isFull
      ? " (it had used \(ending.peakBytes >> 20) of the \(options.memoryBytes >> 20) MiB that it "
        + "may have; --memory-limit gives more)" : ""
    return AdapterHostError(
      .crashed, "the adapter \(how) while \(work)\(memory); " + Self.advice, adapter: adapter)
  }

  private static func forbidden(_ ending: ChildEnding) -> String? {
    switch (ending.signal, Int(ending.code)) {
    case (SIGSYS, _): "used a forbidden system call"
    case (SIGXFSZ, _): "tried to write a file"
    case (0, Int(CBL_FORBIDDEN_FILE)): "tried to open or change a file"
    case (0, Int(CBL_FORBIDDEN_NETWORK)): "tried to use a socket"
    case (0, Int(CBL_FORBIDDEN_PROCESS)): "tried to make a process"
    case (0, Int(CBL_FORBIDDEN_PROGRAM)): "tried to run a program"
    case (0, Int(CBL_FORBIDDEN_SIGNAL)): "tried to send a signal to another process"
    case (0, Int(CBL_FORBIDDEN_SYSTEM)): "used a forbidden system call"
    default: nil
    }
  }
}

// Receiving.
extension WorkerConnection {
  /// More bytes of an input were handed over, so more may come back.
  func allow(for bytes: UInt64) {
    let (more, isHuge) = bytes.multipliedReportingOverflow(by: 4_096)
    allowance = isHuge ? .max : allowance &+ Int(clamping: more)
    if allowance < 0 { allowance = .max }
  }

  /// Takes from what the worker may still send.
  private func charge(_ bytes: Int) throws(AdapterHostError) {
    allowance -= bytes
    guard allowance < 0 else { return }
    end()
    throw AdapterHostError(
      .limit, "the adapter gives far more than its input can hold, and was ended; " + Self.advice,
      adapter: adapter)
  }

  /// Takes rows and reports from what the worker may still send; they cost more than their bytes.
  func charge(rows: Int) throws(AdapterHostError) { try charge(rows * 1_024) }

  /// The next frame; borrowed until the next one is asked for.
  func receive() throws(AdapterHostError) -> (type: FrameType, contents: FrameReader) {
    while true {
      if let frame = try taken() { return frame }
      if try fill() == false { try wait(toSend: false) }
    }
  }

  /// A frame that is there already.
  func taken() throws(AdapterHostError) -> (type: FrameType, contents: FrameReader)? {
    do throws(FrameFault) {
      return try input.next()
    } catch {
      throw malformed(error.reason)
    }
  }

  /// Takes what is in the pipe; false when there is nothing.
  private func fill() throws(AdapterHostError) -> Bool {
    guard !isOver else {
      throw AdapterHostError(.failed, "its process is over", adapter: adapter)
    }
    let room: UnsafeMutableRawBufferPointer
    do throws(FrameFault) {
      unsafe room = try input.room()
    } catch {
      throw malformed(error.reason)
    }
    let count = unsafe WorkerChannel.readBytes(replies, room)
    if count > 0 {
      try charge(count)
      input.filled(count)
      return true
    }
    if count < 0, errno == EINTR { return try fill() }
    if count < 0, errno == EAGAIN { return false }
    throw died()
  }

  /// Waits until the worker says something, or takes something.
  private func wait(toSend: Bool) throws(AdapterHostError) {
    var polls = [
      pollfd(fd: replies, events: Int16(POLLIN), revents: 0),
      pollfd(fd: toSend ? requests : -1, events: Int16(POLLOUT), revents: 0),
    ]
    var ready: Int32
    repeat {
      ready = unsafe poll(&polls, nfds_t(polls.count), Int32(options.secondsOfSilence) * 1_000)
    } while ready < 0 && errno == EINTR
    guard ready != 0 else { throw hung() }
  }
}

// Sending.
extension WorkerConnection {
  /// Sends the frames of ``output`` and forgets them; what the worker says meanwhile waits.
  func send() throws(AdapterHostError) {
    var done = 0
    while done < output.count {
      // It asked for these bytes, so it takes them or it hangs.
      if try !sendSome(&done) { try wait(toSend: true) }
    }
    output.removeAll()
  }

  /// Sends the frames of ``output`` and forgets them.
  ///
  /// - Parameter each: Takes frames that the worker sends meanwhile.
  func send(taking each: (FrameType, FrameReader) throws -> Void) throws {
    var done = 0
    while done < output.count {
      if try sendSome(&done) { continue }
      try wait(toSend: true)
      _ = try fill()
      while let (type, frame) = try taken() { try each(type, frame) }
    }
    output.removeAll()
  }

  /// Sends what the socket takes; false when it takes nothing now.
  private func sendSome(_ done: inout Int) throws(AdapterHostError) -> Bool {
    guard !isOver else {
      throw AdapterHostError(.failed, "its process is over", adapter: adapter)
    }
    while true {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: output.bytes[done...])
      let sent = unsafe WorkerChannel.sendBytes(requests, rest)
      if sent < 0, errno == EINTR { continue }
      if sent < 0, errno == EAGAIN { return false }
      guard sent >= 0 else { throw died() }
      done += sent
      return true
    }
  }

  /// Sends a short frame with a file.
  func send(lending descriptor: Int32) throws(AdapterHostError) {
    // A file opened anew has a position of its own, which the worker cannot use against us.
    let again = cbl_open_again(descriptor)
    defer { if again >= 0 { close(again) } }
    let bytes = unsafe output.bytes
    let sent = unsafe cbl_send_descriptor(
      requests, bytes.baseAddress, bytes.count, again >= 0 ? again : descriptor)
    guard sent == bytes.count else { throw sent < 0 ? died() : malformed("it takes no answers") }
    output.removeAll()
  }
}
