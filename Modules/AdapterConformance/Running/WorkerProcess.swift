#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What a worker said and how it ended.
struct WorkerEnding {
  var outcome = ConformanceResult.Outcome.passed
  var figures: [ConformanceResult.Figure] = []
  var identity: (String, String)?
  /// A digest of all that the adapter gave.
  var digest = ""
  /// Why the library cannot be loaded, if so.
  var unloadable: String?
  /// The first bytes on standard output and standard error.
  var printed = ""
}

/// A child process that checks one rule.
///
/// It writes what it finds to descriptor 3, a line for each finding; see ``Findings``. Standard
/// output and standard error are kept apart, because the adapter may write there.
struct WorkerProcess {
  private let process: pid_t
  private let findings: Int32
  private let output: Int32
  private var lines: [UInt8] = []
  private var said = Said()

  /// What the lines said so far.
  private struct Said {
    var step = ""
    var evidence: [String] = []
    var skipped: String?
    var isFinished = false
    var ending = WorkerEnding()
    var printed: [UInt8] = []
  }

  init(
    _ executable: String, _ arguments: [String], environment: [String]
  ) throws(AdapterConformanceError) {
    var first: [Int32] = [-1, -1]
    var second: [Int32] = [-1, -1]
    guard unsafe pipe(&first) == 0, unsafe pipe(&second) == 0 else {
      throw AdapterConformanceError(.worker, "no pipe can be made", place: executable)
    }
    // What the child gets is duplicated by the actions; all of these are closed when it starts.
    for end in first + second { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var pid: pid_t = 0
    let status = Self.spawn(
      &pid, executable, arguments, environment, findings: first[1], output: second[1])
    close(first[1])
    close(second[1])
    guard status == 0 else {
      close(first[0])
      close(second[0])
      let reason = unsafe String(cString: strerror(status))
      throw AdapterConformanceError(
        .worker, "the worker cannot be started: \(reason)", place: executable)
    }
    process = pid
    findings = first[0]
    output = second[0]
  }

  private static func spawn(
    _ pid: inout pid_t, _ executable: String, _ arguments: [String], _ environment: [String],
    findings: Int32, output: Int32
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)
    unsafe posix_spawn_file_actions_adddup2(&actions, findings, Findings.descriptor)
    // A group of its own, so that what the adapter starts can be ended with it.
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    var words = unsafe ([executable] + arguments).map { unsafe strdup($0) }
    var variables = unsafe (inherited(without: environment) + environment).map { unsafe strdup($0) }
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
      for index in unsafe variables.indices { unsafe free(variables[index]) }
    }
    unsafe words.append(nil)
    unsafe variables.append(nil)
    return unsafe posix_spawn(&pid, executable, &actions, &attributes, words, variables)
  }

  /// The variables of this process but for those that are set anew; a fall is no cause for a long
  /// trace.
  private static func inherited(without replaced: [String]) -> [String] {
    let names = replaced.map { $0.prefix { $0 != "=" } + "=" } + ["SWIFT_BACKTRACE="]
    var variables = ["SWIFT_BACKTRACE=enable=no"]
    var next = unsafe environ
    while let text = unsafe next.pointee {
      let variable = unsafe String(cString: text)
      if !names.contains(where: variable.hasPrefix) { variables.append(variable) }
      unsafe next += 1
    }
    return variables
  }

  /// Reads what the worker says until it ends, and ends it when it takes too long.
  mutating func wait(seconds: Int, silence: Int) -> WorkerEnding {
    let begun = System.milliseconds
    var heard = begun
    var isOpen = [true, true]
    var late: String?
    while isOpen[0] || isOpen[1] {
      var polls = [
        pollfd(fd: isOpen[0] ? findings : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOpen[1] ? output : -1, events: Int16(POLLIN), revents: 0),
      ]
      let ready = unsafe poll(&polls, nfds_t(polls.count), 100)
      let now = System.milliseconds
      if ready > 0 {
        if polls[0].revents != 0 {
          isOpen[0] = take(from: findings, isOutput: false)
          heard = now
        }
        if polls[1].revents != 0 { isOpen[1] = take(from: output, isOutput: true) }
      } else if hasEnded {
        break
      }
      if now - heard > Double(silence) * 1000 {
        late = "hangs: no progress for \(silence) s"
      } else if now - begun > Double(seconds) * 1000 {
        late = "takes longer than \(seconds) s"
      }
      if late != nil { break }
    }
    close(findings)
    close(output)
    let status = end()
    return ending(status, late)
  }

  /// Whether the process has ended; its status stays to be asked for.
  private var hasEnded: Bool {
    var info = unsafe siginfo_t()
    let status = unsafe waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
    return unsafe status == 0 && info.si_signo == SIGCHLD
  }

  /// Ends the process and all that it started, and gives its status.
  private func end() -> Int32 {
    var status: Int32 = 0
    // A worker that closed its descriptors is about to end by itself.
    let begun = System.milliseconds
    while !hasEnded, said.isFinished, System.milliseconds - begun < 2000 { usleep(1000) }
    if !hasEnded { usleep(20_000) }
    if !hasEnded { kill(process, SIGKILL) }
    kill(-process, SIGKILL)
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }

  /// Takes what is there; false when the other side is closed.
  private mutating func take(from descriptor: Int32, isOutput: Bool) -> Bool {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe block.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress, buffer.count)
    }
    guard count > 0 else { return count < 0 && (errno == EINTR || errno == EAGAIN) }
    if isOutput {
      said.printed += block[..<count].prefix(400 - min(400, said.printed.count))
      return true
    }
    lines += block[..<count]
    var start = 0
    while let end = lines[start...].firstIndex(of: 0x0A) {
      hear(String(decoding: lines[start..<end], as: UTF8.self))
      start = end + 1
    }
    lines.removeSubrange(..<start)
    return true
  }

  private mutating func hear(_ line: String) {
    let text = String(line.dropFirst())
    switch line.first {
    case "@": said.step = text
    case "!": said.evidence.append(text)
    case "~": said.skipped = text
    case "#": said.ending.digest = text
    case "?": said.ending.unloadable = text
    case "=":
      let parts = text.split(separator: "\t", maxSplits: 1).map(String.init)
      said.ending.figures.append(
        ConformanceResult.Figure(name: parts.first ?? "", value: parts.dropFirst().first ?? ""))
    case "&":
      let parts = text.split(separator: "\t", maxSplits: 1).map(String.init)
      said.ending.identity = (parts.first ?? "", parts.dropFirst().first ?? "")
    case ".": said.isFinished = true
    default: break
    }
  }

  private func ending(_ status: Int32, _ late: String?) -> WorkerEnding {
    var ending = said.ending
    ending.printed = Findings.plain(String(decoding: said.printed, as: UTF8.self))
    let place = said.step.isEmpty ? "" : " (\(said.step))"
    var evidence = said.evidence
    if let late {
      evidence.append(late + place)
    } else if status & 0x7F != 0 {
      evidence.append(
        ConformanceResult.crashWords + "\(System.signalName(status & 0x7F))\(place)")
    } else if !said.isFinished {
      evidence.append("ends the process with code \(status >> 8 & 0xFF)\(place)")
    }
    if !evidence.isEmpty {
      ending.outcome = .failed(evidence: evidence)
    } else if let reason = said.skipped {
      ending.outcome = .skipped(reason: reason)
    }
    return ending
  }
}
