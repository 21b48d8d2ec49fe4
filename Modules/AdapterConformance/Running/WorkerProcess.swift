internal import AdapterHost

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
  private let process: ChildProcess
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
    do throws(AdapterHostError) {
      process = try ChildProcess(
        executable, arguments, environment: Self.inherited(without: environment) + environment,
        descriptors: [first[1]], output: second[1])
    } catch {
      for end in first + second { close(end) }
      throw AdapterConformanceError(.worker, error.message, place: executable)
    }
    close(first[1])
    close(second[1])
    findings = first[0]
    output = second[0]
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
      } else if process.hasEnded {
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
    // A worker that closed its descriptors is about to end by itself.
    return ending(process.end(grace: said.isFinished ? 2_000 : 20), late)
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

  private func ending(_ child: ChildEnding, _ late: String?) -> WorkerEnding {
    var ending = said.ending
    ending.printed = Findings.plain(String(decoding: said.printed, as: UTF8.self))
    let place = said.step.isEmpty ? "" : " (\(said.step))"
    var evidence = said.evidence
    if let late {
      evidence.append(late + place)
    } else if child.signal != 0 {
      evidence.append(
        ConformanceResult.crashWords + "\(ChildEnding.name(of: child.signal))\(place)")
    } else if !said.isFinished {
      evidence.append("ends the process with code \(child.code)\(place)")
    }
    if !evidence.isEmpty {
      ending.outcome = .failed(evidence: evidence)
    } else if let reason = said.skipped {
      ending.outcome = .skipped(reason: reason)
    }
    return ending
  }
}
