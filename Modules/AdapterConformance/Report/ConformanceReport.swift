/// What a check of an adapter found, rule by rule.
///
/// The same library and samples give the same report, but for the figures of `speed`.
public struct ConformanceReport: Hashable, Sendable {
  /// The path of the library.
  public var library: String
  /// Identifier of the adapter, or blank when its table cannot be used.
  public var identifier: String
  /// Version of the adapter.
  public var version: String
  /// How far the check went.
  public var level: ConformanceRule.Level
  /// One result for each rule, in the order of ``ConformanceRule/all``.
  public var results: [ConformanceResult]

  /// A report.
  public init(
    library: String, identifier: String, version: String, level: ConformanceRule.Level,
    results: [ConformanceResult]
  ) {
    self.library = library
    self.identifier = identifier
    self.version = version
    self.level = level
    self.results = results
  }

  /// Whether no rule failed.
  public var hasPassed: Bool { failures.isEmpty }

  /// The results of rules that failed.
  public var failures: [ConformanceResult] { results.filter(\.hasFailed) }

  /// How many rules passed.
  public var passedCount: Int { results.count { $0.outcome == .passed } }

  /// How many rules were skipped.
  public var skippedCount: Int { results.count - passedCount - failures.count }
}

/// What became of one rule.
public struct ConformanceResult: Hashable, Sendable {
  /// How a rule ended.
  public enum Outcome: Hashable, Sendable {
    /// The adapter keeps to the rule.
    case passed
    /// The adapter breaks the rule; what was seen, the first few cases.
    case failed(evidence: [String])
    /// The rule could not be checked; why.
    case skipped(reason: String)
  }

  /// Something that was measured or counted.
  public struct Figure: Hashable, Sendable {
    /// What, with its unit.
    public var name: String
    /// How much.
    public var value: String

    /// A figure.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The rule.
  public var rule: ConformanceRule
  /// How it ended.
  public var outcome: Outcome
  /// What was measured on the way.
  public var figures: [Figure]

  /// A result.
  public init(rule: ConformanceRule, outcome: Outcome, figures: [Figure] = []) {
    self.rule = rule
    self.outcome = outcome
    self.figures = figures
  }

  /// What ended the process of the rule, such as `falls with SIGSEGV (step)`; `nil` when it ended by
  /// itself or was stopped.
  public var crash: String? {
    guard case .failed(let evidence) = outcome else { return nil }
    return evidence.first { $0.hasPrefix(Self.crashWords) }
  }

  /// How the evidence of a crash begins.
  static let crashWords = "falls with "

  /// Whether the adapter breaks the rule.
  public var hasFailed: Bool {
    if case .failed = outcome { true } else { false }
  }
}
