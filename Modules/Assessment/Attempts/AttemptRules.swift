public import Domain

/// A span of days in which an assessment can be taken.
public struct AssessmentWindow: Hashable, Sendable {
  /// The name, such as `spring`.
  public var name: String
  /// The first and the last day.
  public var days: ClosedRange<CalendarDate>

  /// Creates a window.
  public init(_ name: String, _ days: ClosedRange<CalendarDate>) {
    self.name = name
    self.days = days
  }
}

/// When a learner may take a summative assessment, and how often.
public struct AttemptRules: Hashable, Sendable {
  /// What has to be shown before an attempt.
  public struct Readiness: Hashable, Sendable {
    /// How many pieces of formative evidence at the level are wanted for each target.
    public var count: Int
    /// The level that they have to reach.
    public var level: Identifier

    /// Creates a demand.
    public init(count: Int, level: Identifier) {
      self.count = count
      self.level = level
    }
  }

  /// What has to be shown before the first attempt; `nil` for nothing.
  public var readiness: Readiness?
  /// How many attempts there are in all; `nil` for any number.
  public var limit: Int?
  /// How many attempts there are in one window; `nil` for any number.
  public var limitPerWindow: Int?
  /// How many days have to lie between two attempts.
  public var spacingDays = 0
  /// The windows; empty for any day.
  public var windows: [AssessmentWindow] = []
  /// Whether a further attempt needs another form than all before.
  public var needsOtherForm = false
  /// What has to be done before a further attempt, such as `corrections`.
  public var retakeSteps: [String] = []

  /// Creates rules that allow everything.
  public init() {}

  /// Why an attempt is refused.
  public struct Refusal: Hashable, Sendable, CustomStringConvertible {
    /// The kind of refusal.
    public enum Kind: String, Hashable, Sendable {
      /// Formative evidence is not at the level yet.
      case notReady = "not_ready"
      /// There are no attempts left.
      case limit
      /// It is too soon after the last attempt.
      case spacing
      /// No window is open.
      case window
      /// The form was used before.
      case form
      /// Steps before a retake are not done.
      case steps
      /// The attempts cannot be what they are.
      case history
    }

    /// The kind.
    public var kind: Kind
    /// What was found, what is wanted, and what to do.
    public var description: String
  }

  /// An earlier attempt.
  public struct Attempt: Hashable, Sendable {
    /// When.
    public var day: CalendarDate
    /// Which form was used, where there are several.
    public var form: String?
    /// Whether it counts; one that was ended by an alarm does not.
    public var isValid: Bool

    /// Creates an attempt.
    public init(day: CalendarDate, form: String? = nil, isValid: Bool = true) {
      self.day = day
      self.form = form
      self.isValid = isValid
    }
  }

  /// A wish to take an assessment.
  public struct Request: Hashable, Sendable {
    /// The day.
    public var day: CalendarDate
    /// The targets that it is about.
    public var targets: [CompetencyID]
    /// The form, where there are several.
    public var form: String?
    /// The steps that were done.
    public var doneSteps: Set<String>

    /// Creates a wish.
    public init(
      day: CalendarDate, targets: [CompetencyID], form: String? = nil,
      doneSteps: Set<String> = []
    ) {
      self.day = day
      self.targets = targets
      self.form = form
      self.doneSteps = doneSteps
    }
  }

  /// The answer to a wish.
  public struct Booking: Hashable, Sendable {
    /// The number of the attempt, counted from 1.
    public var attempt: Int
    /// The window, where there are windows.
    public var window: String?
    /// Why it is refused; empty when it is booked.
    public var refusals: [Refusal]
    /// The first day on which it would be possible, as far as days go.
    public var earliest: CalendarDate?

    /// Whether the attempt is booked.
    public var isGranted: Bool { refusals.isEmpty }
  }

  /// Answers a wish; all reasons against it are given at once.
  ///
  /// - Parameters:
  ///   - request: The wish.
  ///   - earlier: The earlier attempts, in any order.
  ///   - evidence: The evidence of the learner; only formative evidence is looked at.
  ///   - scale: The levels of the evidence.
  public func book(
    _ request: Request, after earlier: [Attempt], evidence: [Evidence], scale: ProficiencyScale
  ) -> Booking {
    let valid = earlier.filter(\.isValid).sorted { $0.day < $1.day }
    var refusals: [Refusal] = []
    func refuse(_ kind: Refusal.Kind, _ text: String) {
      refusals.append(Refusal(kind: kind, description: text))
    }
    if let last = valid.last, last.day > request.day {
      refuse(.history, "There is an attempt on \(last.day), after \(request.day); check the dates.")
    }
    if valid.isEmpty {
      for text in missingReadiness(request, evidence, scale) { refuse(.notReady, text) }
    }
    if let limit, valid.count >= limit {
      refuse(.limit, "\(valid.count) of \(limit) attempts are used; none is left.")
    }
    let earliest = spacedDay(after: valid.last?.day)
    if let earliest, request.day < earliest {
      refuse(
        .spacing,
        "The last attempt was on \(valid.last?.day.description ?? ""); \(spacingDays) days have to "
          + "lie between, so from \(earliest) on.")
    }
    let window = windows.first { $0.days.contains(request.day) }
    if !windows.isEmpty, window == nil {
      let next = windows.map(\.days.lowerBound).filter { $0 > request.day }.min()
      refuse(
        .window,
        "No window is open on \(request.day)"
          + (next.map { "; the next one opens on \($0)." } ?? ", and none opens later."))
    }
    if let window, let limitPerWindow {
      let used = valid.count { window.days.contains($0.day) }
      if used >= limitPerWindow {
        refuse(
          .limit, "\(used) of \(limitPerWindow) attempts in the window \(window.name) are used.")
      }
    }
    if needsOtherForm, !valid.isEmpty,
      request.form.map({ form in
        valid.contains { $0.form == form }
      }) ?? true
    {
      refuse(
        .form, "The form \(request.form ?? "without a name") cannot be used again; give another.")
    }
    let open = valid.isEmpty ? [] : retakeSteps.filter { !request.doneSteps.contains($0) }
    if !open.isEmpty {
      refuse(
        .steps, "Before a further attempt these are to be done: \(open.joined(separator: ", ")).")
    }
    return Booking(
      attempt: valid.count + 1, window: window?.name, refusals: refusals,
      earliest: firstDay(from: max(request.day, earliest ?? request.day), valid))
  }

  private func missingReadiness(
    _ request: Request, _ evidence: [Evidence], _ scale: ProficiencyScale
  ) -> [String] {
    guard let readiness, let wanted = scale.rank(of: readiness.level) else {
      return readiness.map {
        ["The level \"\($0.level)\" of the readiness rule is not on scale \(scale.id)."]
      } ?? []
    }
    return request.targets.compactMap { target in
      let found = evidence.count { piece in
        piece.competency == target && piece.purpose == .formative
          && scale.rank(of: piece.state).map { $0 >= wanted } ?? false
      }
      guard found < readiness.count else { return nil }
      return
        "\(target) has \(found) pieces of formative evidence at \(readiness.level) or above; "
        + "\(readiness.count) are wanted first."
    }
  }

  private func spacedDay(after last: CalendarDate?) -> CalendarDate? {
    last.flatMap { $0.adding(days: max(0, spacingDays)) }
  }

  /// The first day that windows and their limits allow.
  private func firstDay(from day: CalendarDate, _ valid: [Attempt]) -> CalendarDate? {
    if let limit, valid.count >= limit { return nil }
    guard !windows.isEmpty else { return day }
    return windows.filter { window in
      guard window.days.upperBound >= day else { return false }
      return valid.count { window.days.contains($0.day) } < limitPerWindow ?? .max
    }.map { max(day, $0.days.lowerBound) }.min()
  }
}

extension ProficiencyScale {
  /// The rank of the level that a piece of evidence reaches; `nil` for points, other scales and
  /// work that was not assessed.
  package func rank(of state: EvidenceState) -> Int? {
    switch state.score {
    case .level(let label, scale: id) where id == self.id: rank(of: label)
    case .number(let number, scale: id) where id == self.id:
      level(reachedBy: Rational(number)).flatMap { rank(of: $0.label) }
    default: nil
    }
  }
}
