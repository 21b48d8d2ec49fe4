public import Domain

/// What is known of a learner beside evidence: confirmed steps, dates, overrides and appeals.
public struct LearnerFacts: Hashable, Sendable {
  /// Steps that people confirmed.
  public var confirmations: [Confirmation]
  /// Days with a name, such as when the learner entered a phase.
  public var dates: [Identifier: CalendarDate]
  /// Decisions that stand beside computed values.
  public var overrides: [Override]
  /// Requests to look at a result again, and their answers.
  public var appeals: [Appeal]

  /// Creates facts.
  public init(
    confirmations: [Confirmation] = [], dates: [Identifier: CalendarDate] = [:],
    overrides: [Override] = [], appeals: [Appeal] = []
  ) {
    self.confirmations = confirmations
    self.dates = dates
    self.overrides = overrides
    self.appeals = appeals
  }

  /// The facts that were known at a moment.
  public func known(at moment: Instant) -> LearnerFacts {
    LearnerFacts(
      confirmations: confirmations.filter { $0.recorded <= moment }, dates: dates,
      overrides: overrides.filter { $0.recorded <= moment },
      appeals: appeals.filter { $0.recorded <= moment })
  }
}

/// The confirmation of a step by a person in a role.
public struct Confirmation: Hashable, Sendable {
  /// The step, such as `teacher discussion`.
  public var step: Identifier
  /// The role in which it was confirmed.
  public var role: Identifier
  /// Who confirmed it.
  public var actor: ID<Person>
  /// When.
  public var recorded: Instant

  /// Creates a confirmation.
  public init(step: Identifier, role: Identifier, actor: ID<Person>, recorded: Instant) {
    self.step = step
    self.role = role
    self.actor = actor
    self.recorded = recorded
  }
}

/// What an override or an appeal is about.
public enum Subject: Hashable, Sendable {
  /// The result in a target.
  case target(CompetencyID)
  /// A gate, in a group where it is answered per group.
  case gate(Identifier, group: Identifier?)
}

/// A person's decision that stands beside the computed value and never replaces it.
///
/// Gates are computed from computed results; to open a gate it has to be overridden itself.
public struct Override: Hashable, Sendable {
  /// What is decided instead of the computed value.
  public enum Decision: Hashable, Sendable {
    /// The level of a target.
    case level(Identifier)
    /// Whether a gate is open.
    case open(Bool)
  }

  /// What it is about.
  public let subject: Subject
  /// What is decided.
  public let decision: Decision
  /// Who decided.
  public let actor: ID<Person>
  /// Why, in words that the learner may read.
  public let reason: String
  /// When it was recorded.
  public let recorded: Instant

  /// Creates an override.
  ///
  /// - Throws: ``GradingError`` with the code `missingField` without an actor or reason, or
  ///   `wrongValue` when a target is opened or a gate is given a level.
  public init(
    of subject: Subject, _ decision: Decision, actor: ID<Person>, reason: String,
    recorded: Instant
  ) throws(GradingError) {
    guard !actor.identifier.isEmpty else {
      throw GradingError(.missingField, "An override needs an actor; say who decided.")
    }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw GradingError(.missingField, "An override needs a reason; say why.")
    }
    switch (subject, decision) {
    case (.target, .level), (.gate, .open): break
    default:
      throw GradingError(.wrongValue, "A target is given a level, and a gate is opened or closed.")
    }
    self.subject = subject
    self.decision = decision
    self.actor = actor
    self.reason = reason
    self.recorded = recorded
  }
}

/// A request to look at a result again; its answer is an event of its own.
public struct Appeal: Hashable, Sendable {
  /// What happened.
  public enum Step: String, Hashable, Sendable, CaseIterable {
    /// Somebody asked.
    case filed
    /// The result stands.
    case denied
    /// The result was found to be wrong; what follows is a reversal or an override.
    case upheld
    /// It was taken back.
    case withdrawn
  }

  /// The identifier that its events share.
  public var id: Identifier
  /// What it is about.
  public var subject: Subject
  /// What happened.
  public var step: Step
  /// Who did it.
  public var actor: ID<Person>
  /// Why, in words that the learner may read.
  public var reason: String
  /// When it was recorded.
  public var recorded: Instant

  /// Creates an event of an appeal.
  public init(
    id: Identifier, subject: Subject, step: Step, actor: ID<Person>, reason: String,
    recorded: Instant
  ) {
    self.id = id
    self.subject = subject
    self.step = step
    self.actor = actor
    self.reason = reason
    self.recorded = recorded
  }
}
