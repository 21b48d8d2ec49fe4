/// A check of one adapter against the rules.
///
/// Every rule runs in a child process of its own, so that a fall, a hang or an `exit` of the adapter
/// fails that rule and ends nothing else.
public struct ConformanceCheck: Sendable {
  /// The absolute path of the library.
  public var library: String
  /// The program that runs a rule; see ``ConformanceWorker``.
  public var worker: WorkerCommand
  /// A folder of samples. Each file or folder in it is an input of the format that it is named
  /// after, or the surest one; a folder with the name of a format holds several inputs of it.
  /// Rules that need samples are skipped without one, unless the adapter writes what it reads.
  public var samples: String?
  /// How far to go.
  public var level = ConformanceRule.Level.basic
  /// Names of the only rules to check; all when it is empty.
  public var only: Set<String> = []
  /// Seconds that a rule may take.
  public var secondsPerRule = 120
  /// Seconds without progress after which a rule counts as hanging.
  public var secondsOfSilence = 10

  /// A check at the basic level.
  public init(library: String, worker: WorkerCommand, samples: String? = nil) {
    self.library = library
    self.worker = worker
    self.samples = samples
  }

  /// Checks all rules, one after the other.
  ///
  /// - Parameter each: Called with each result as soon as it is known.
  /// - Throws: ``AdapterConformanceError`` when the library is missing or cannot be loaded, or the
  ///   worker does not start.
  public func run(
    _ each: (ConformanceResult) -> Void = { _ in }
  ) throws(AdapterConformanceError) -> ConformanceReport {
    guard library.utf8.first == UInt8(ascii: "/") else {
      throw AdapterConformanceError(
        .missing, "give the absolute path of the library", place: library)
    }
    guard System.isFile(library) else {
      throw AdapterConformanceError(.missing, "there is no such library", place: library)
    }
    if let samples { try SampleFolder.check(samples) }
    for id in only where ConformanceRule.named(id) == nil {
      throw AdapterConformanceError(
        .unknownRule, "there is no such rule; `cbl-tool adapter rules` lists them", place: id)
    }
    var report = ConformanceReport(
      library: library, identifier: "", version: "", level: level, results: [])
    var isUsable = true
    for rule in ConformanceRule.all where rule.level <= level {
      let isAsked = only.isEmpty || only.contains(rule.id)
      // The first two say whether there is a table that the others can call.
      let isEssential = rule.id == "entry" || rule.id == "sizes"
      guard isAsked || isEssential else { continue }
      guard isUsable else {
        let result = ConformanceResult(
          rule: rule, outcome: .skipped(reason: "the table cannot be used; mend that first"))
        each(result)
        report.results.append(result)
        continue
      }
      let (result, identity) = try check(rule)
      if let identity { (report.identifier, report.version) = identity }
      if isEssential, result.hasFailed { isUsable = false }
      if isAsked || result.hasFailed {
        each(result)
        report.results.append(result)
      }
    }
    return report
  }

  private func check(
    _ rule: ConformanceRule
  ) throws(AdapterConformanceError) -> (ConformanceResult, (String, String)?) {
    let ending = try runWorker(rule, ["TZ=UTC", "LC_ALL=C"])
    if let reason = ending.unloadable {
      throw AdapterConformanceError(.notLoadable, reason, place: library)
    }
    var result = ConformanceResult(rule: rule, outcome: ending.outcome, figures: ending.figures)
    if rule.id == "determinism", result.outcome == .passed {
      let other = try runWorker(rule, ["TZ=Asia/Kathmandu", "LC_ALL=tr_TR.UTF-8"])
      if other.outcome != .passed {
        result.outcome = other.outcome
      } else if other.digest != ending.digest {
        result.outcome = .failed(evidence: [
          "a second process with another time zone and language gave something else"
        ])
      }
    }
    if rule.id == "quiet", result.outcome == .passed, !ending.printed.isEmpty {
      result.outcome = .failed(evidence: ["printed: \(ending.printed)"])
    }
    return (result, ending.identity)
  }

  private func runWorker(
    _ rule: ConformanceRule, _ environment: [String]
  ) throws(AdapterConformanceError) -> WorkerEnding {
    var process = try WorkerProcess(
      worker.executable,
      worker.arguments + [rule.id, library, level.rawValue] + (samples.map { [$0] } ?? []),
      environment: environment)
    return process.wait(seconds: secondsPerRule, silence: secondsOfSilence)
  }
}

/// How to start the program that runs one rule.
public struct WorkerCommand: Hashable, Sendable {
  /// The absolute path of the program.
  public var executable: String
  /// What stands before the arguments of ``ConformanceWorker/run(_:)``.
  public var arguments: [String]

  /// A program that calls ``ConformanceWorker/run(_:)`` with what follows its arguments.
  public init(executable: String, arguments: [String] = []) {
    self.executable = executable
    self.arguments = arguments
  }

  /// The tool of this package, which has the worker built in.
  public static func tool(_ path: String) -> WorkerCommand {
    WorkerCommand(executable: path, arguments: ["adapter", "check-rule"])
  }

  /// The running program with arguments that lead to the worker, or `nil` when the system does not
  /// tell which program runs.
  public static func thisProgram(_ arguments: [String]) -> WorkerCommand? {
    System.executable.map { WorkerCommand(executable: $0, arguments: arguments) }
  }
}
