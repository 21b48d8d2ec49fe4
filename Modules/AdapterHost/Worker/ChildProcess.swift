#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// How a child process ended.
package struct ChildEnding: Hashable, Sendable {
  /// The signal that ended it; 0 for none.
  package var signal: Int32
  /// The code that it ended with.
  package var code: Int32
  /// The most memory that it had, in bytes.
  var peakBytes: Int

  /// The name of a signal, such as `SIGSEGV`.
  package static func name(of signal: Int32) -> String {
    let names: [Int32: String] = [
      SIGABRT: "SIGABRT", SIGALRM: "SIGALRM", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
      SIGHUP: "SIGHUP", SIGILL: "SIGILL", SIGINT: "SIGINT", SIGKILL: "SIGKILL",
      SIGPIPE: "SIGPIPE", SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS", SIGTERM: "SIGTERM",
      SIGTRAP: "SIGTRAP", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
    ]
    return names[signal] ?? "signal \(signal)"
  }
}

/// A process that this one started and that is gone when this value says so.
package final class ChildProcess {
  /// The number of the process.
  private let id: pid_t
  private var ending: ChildEnding?

  /// Starts a program.
  ///
  /// It gets nothing but the variables and descriptors that are named, with all signals as the
  /// system has them, in a group of its own. Its standard input is the null device.
  ///
  /// - Parameters:
  ///   - executable: The path of the program.
  ///   - arguments: What it is told, without its name.
  ///   - environment: Its variables, each as `NAME=value`.
  ///   - descriptors: What it gets as 3, 4 and so on.
  ///   - output: Where its standard output and standard error go; `nil` for the null device.
  /// - Throws: ``AdapterHostError`` with `unavailable`.
  package init(
    _ executable: String, _ arguments: [String], environment: [String], descriptors: [Int32],
    output: Int32? = nil
  ) throws(AdapterHostError) {
    var copies: [Int32] = []
    defer { for copy in copies { close(copy) } }
    for descriptor in descriptors + (output.map { [$0] } ?? []) {
      // Out of the way of the numbers that the child gets.
      let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3 + Int32(descriptors.count))
      guard copy >= 0 else { throw Self.failure(executable, errno) }
      copies.append(copy)
    }
    var pid: pid_t = 0
    let status = Self.spawn(
      &pid, executable, arguments, environment, Array(copies.prefix(descriptors.count)),
      output: output == nil ? nil : copies.last)
    guard status == 0 else { throw Self.failure(executable, status) }
    id = pid
  }

  deinit { _ = end(grace: 0) }

  private static func failure(_ executable: String, _ number: Int32) -> AdapterHostError {
    AdapterHostError(
      .unavailable,
      "the child process cannot be started: "
        + (unsafe String(cString: strerror(number))), adapter: executable)
  }

  private static func spawn(
    _ pid: inout pid_t, _ executable: String, _ arguments: [String], _ environment: [String],
    _ descriptors: [Int32], output: Int32?
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
    if let output {
      unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    for (place, descriptor) in descriptors.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, 3 + Int32(place))
    }
    var all = sigset_t()
    var none = sigset_t()
    unsafe sigfillset(&all)
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags =
      Int(POSIX_SPAWN_SETSIGDEF) | Int(POSIX_SPAWN_SETSIGMASK) | Int(POSIX_SPAWN_SETPGROUP)
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    var words = unsafe ([executable] + arguments).map { unsafe strdup($0) }
    var variables = unsafe environment.map { unsafe strdup($0) }
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
      for index in unsafe variables.indices { unsafe free(variables[index]) }
    }
    unsafe words.append(nil)
    unsafe variables.append(nil)
    return unsafe posix_spawn(&pid, executable, &actions, &attributes, words, variables)
  }

  /// Whether the process has ended; its ending stays to be asked for.
  package var hasEnded: Bool {
    if ending != nil { return true }
    var info = unsafe siginfo_t()
    let status = unsafe waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT)
    // Without a child to ask for, somebody else has taken its ending.
    return unsafe status != 0 || info.si_signo == SIGCHLD
  }

  /// Ends the process, if it has not ended by itself, and gives what it ended with.
  ///
  /// - Parameter grace: Milliseconds that it has to end by itself.
  package func end(grace: Int) -> ChildEnding {
    if let ending { return ending }
    var left = grace
    while left > 0, !hasEnded {
      usleep(1_000)
      left -= 1
    }
    if !hasEnded { kill(id, SIGKILL) }
    // Until it is waited for, its number is nobody else's.
    kill(-id, SIGKILL)
    var status: Int32 = 0
    var usage = rusage()
    var result: pid_t
    repeat { result = unsafe wait4(id, &status, 0, &usage) } while result < 0 && errno == EINTR
    #if canImport(Darwin)
      let peak = Int(usage.ru_maxrss)
    #else
      let peak = Int(usage.ru_maxrss) * 1_024
    #endif
    let found = ChildEnding(
      signal: result == id ? status & 0x7F : 0, code: result == id ? status >> 8 & 0xFF : 0,
      peakBytes: peak)
    ending = found
    return found
  }
}
