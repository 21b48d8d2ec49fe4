internal import AdapterHost

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The child's side of a check: loads the adapter and checks one rule.
///
/// A program that is a worker calls ``run(_:)`` with the arguments that it was started with, but for
/// those of its ``WorkerCommand``. `cbl-tool adapter check-rule` is one.
public enum ConformanceWorker {
  /// Checks a rule and ends the process.
  ///
  /// - Parameter arguments: The rule, the library, the level, and the folder of samples if there is
  ///   one.
  public static func run(_ arguments: [String]) -> Never {
    let findings = Findings()
    guard arguments.count >= 3, let level = ConformanceRule.Level(rawValue: arguments[2]),
      fcntl(Findings.descriptor, F_GETFD) >= 0
    else { exit(64) }
    limit()
    let (rule, library) = (arguments[0], arguments[1])
    do {
      if let check = TableChecks.all[rule] {
        check(library, findings)
      } else if let check = CallChecks.all[rule] {
        findings.at("loading the library")
        let settings = ProcessState.settings
        let bench = try Workbench(
          AdapterLibrary.load(library), level: level, findings: findings,
          samples: arguments.dropFirst(3).first,
          settings: settings)
        try check(bench)
      } else {
        exit(64)
      }
    } catch let reason as Skipped {
      findings.skip(reason.reason)
    } catch {
      findings.fail("\(error)")
    }
    _ = fflush(nil)
    findings.finish()
    _exit(0)
  }

  /// No core files, signals as the system has them, and an end to what a fault can eat.
  private static func limit() {
    System.setLimit(.core, 0)
    // What the program around the worker ignores or blocks shall show here.
    for number in 1..<Int32(32) where number != SIGKILL && number != SIGSTOP {
      _ = signal(number, SIG_DFL)
    }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe _ = sigprocmask(SIG_SETMASK, &none, nil)
    // Address checks of the compiler reserve far more than they use.
    if unsafe dlsym(nil, "__asan_init") == nil { System.setLimit(.memory, 4 << 30) }
  }
}

/// Why a rule cannot be checked with this adapter.
struct Skipped: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
