public import Domain

/// When a learner need not take a course, as laws and school boards write it.
public struct ExemptionRule: Hashable, Sendable {
  /// A test or piece of work with its cut.
  public struct Instrument: Hashable, Sendable {
    /// The name.
    public var name: Identifier
    /// The least score, on the instrument's own scale.
    public var cut: ExactDecimal
    /// The least score of learners who have had instruction, where it is another one.
    public var cutWithInstruction: ExactDecimal?

    /// Creates an instrument.
    public init(
      _ name: Identifier, cut: ExactDecimal, cutWithInstruction: ExactDecimal? = nil
    ) {
      self.name = name
      self.cut = cut
      self.cutWithInstruction = cutWithInstruction
    }
  }

  /// What an exemption does to the record.
  public enum Effect: String, Hashable, Sendable {
    /// Credit with the grade of the instrument.
    case creditWithGrade = "credit_with_grade"
    /// Credit as a pass, without a place in the mean of grades.
    case creditAsPass = "credit_as_pass"
    /// No credit, but no need to take part.
    case exempt
  }

  /// The phases, one after another: each is passed by any one of its instruments.
  public var phases: [[Instrument]]
  /// Whether learners who have had instruction may be exempt at all.
  public var allowsPriorInstruction: Bool
  /// How many attempts there are in all; `nil` for any number.
  public var attemptLimit: Int?
  /// The windows and how many attempts each has.
  public var windows: [AssessmentWindow]
  /// How many attempts there are in a window; `nil` for any number.
  public var limitPerWindow: Int?
  /// The roles of which each has to recommend it, such as `teacher`.
  public var recommenders: [Identifier]
  /// What it does to the record.
  public var effect: Effect

  /// Creates a rule.
  ///
  /// - Throws: ``AssessmentError`` when there is no phase or a phase has no instrument.
  public init(
    phases: [[Instrument]], allowsPriorInstruction: Bool = true, attemptLimit: Int? = nil,
    windows: [AssessmentWindow] = [], limitPerWindow: Int? = nil,
    recommenders: [Identifier] = [], effect: Effect = .exempt
  ) throws(AssessmentError) {
    guard !phases.isEmpty, phases.allSatisfy({ !$0.isEmpty }) else {
      throw AssessmentError(
        .empty, "An exemption needs an instrument in each of its phases; name at least one.")
    }
    self.phases = phases
    self.allowsPriorInstruction = allowsPriorInstruction
    self.attemptLimit = attemptLimit
    self.windows = windows
    self.limitPerWindow = limitPerWindow
    self.recommenders = recommenders
    self.effect = effect
  }

  /// Texas, credit by examination: 80 % without and 70 % after instruction, once in a window, at
  /// most twice (Texas Education Code 28.023; 19 TAC 74.24).
  public static func texas(windows: [AssessmentWindow] = []) throws(AssessmentError) -> Self {
    try ExemptionRule(
      phases: [[Instrument("criterion_test", cut: 80, cutWithInstruction: 70)]],
      attemptLimit: 2, windows: windows, limitPerWindow: 1, effect: .creditWithGrade)
  }

  /// Michigan, testing out: C+, here 77 %, on the regular final or the course's own assessment; a
  /// pass without a place in the mean of grades (MCL 380.1279b).
  public static func michigan() throws(AssessmentError) -> Self {
    try ExemptionRule(
      phases: [[Instrument("final_exam", cut: 77), Instrument("course_assessment", cut: 77)]],
      effect: .creditAsPass)
  }

  /// A test that was taken for an exemption.
  public struct Score: Hashable, Sendable {
    /// The instrument.
    public var instrument: Identifier
    /// The score.
    public var score: ExactDecimal
    /// When.
    public var day: CalendarDate

    /// Creates a score.
    public init(_ instrument: Identifier, _ score: ExactDecimal, on day: CalendarDate) {
      self.instrument = instrument
      self.score = score
      self.day = day
    }
  }

  /// The answer to a claim.
  public struct Decision: Hashable, Sendable {
    /// What becomes of it.
    public enum Standing: String, Hashable, Sendable {
      /// The learner is exempt.
      case granted
      /// Something is still to come.
      case waiting
      /// It is refused.
      case refused
    }

    /// What becomes of it.
    public var standing: Standing
    /// How many phases are passed.
    public var passedPhases: Int
    /// Why, and what is to be done.
    public var reasons: [String]
    /// What it does to the record, when it is granted.
    public var effect: Effect?
  }

  /// Decides about a claim; scores that do not count are told and left out.
  ///
  /// - Parameters:
  ///   - scores: All scores of the learner in these instruments.
  ///   - hadInstruction: Whether the learner has had instruction in the course.
  ///   - recommendations: For each role whether it recommends the exemption.
  public func decide(
    scores: [Score], hadInstruction: Bool, recommendations: [Identifier: Bool] = [:]
  ) -> Decision {
    guard allowsPriorInstruction || !hadInstruction else {
      return Decision(
        standing: .refused, passedPhases: 0,
        reasons: ["Learners who have had instruction cannot be exempt by this rule."])
    }
    let (counted, notes) = counting(scores)
    var reasons = notes
    var passed = 0
    for phase in phases {
      let isPassed = phase.contains { instrument in
        let cut = hadInstruction ? instrument.cutWithInstruction ?? instrument.cut : instrument.cut
        return counted.contains { $0.instrument == instrument.name && $0.score >= cut }
      }
      guard isPassed else { break }
      passed += 1
    }
    if passed < phases.count {
      let wanted = phases[passed].map { instrument in
        let cut = hadInstruction ? instrument.cutWithInstruction ?? instrument.cut : instrument.cut
        return "\(instrument.name) with at least \(cut)"
      }
      reasons.append("Still wanted: \(wanted.joined(separator: " or ")).")
      let names = Set(phases[passed].map(\.name))
      let used = counted.count { names.contains($0.instrument) }
      if let attemptLimit, used >= attemptLimit {
        reasons.append("All \(attemptLimit) attempts are used.")
        return Decision(standing: .refused, passedPhases: passed, reasons: reasons)
      }
      return Decision(standing: .waiting, passedPhases: passed, reasons: reasons)
    }
    for role in recommenders {
      switch recommendations[role] {
      case true?: continue
      case false?:
        reasons.append("The \(role) does not recommend it.")
        return Decision(standing: .refused, passedPhases: passed, reasons: reasons)
      case nil: reasons.append("The recommendation of the \(role) is still wanted.")
      }
    }
    let isWaiting = recommenders.contains { recommendations[$0] == nil }
    return Decision(
      standing: isWaiting ? .waiting : .granted, passedPhases: passed, reasons: reasons,
      effect: isWaiting ? nil : effect)
  }

  /// The scores that count: in a window, within the limits, in the order of days.
  private func counting(_ scores: [Score]) -> ([Score], [String]) {
    var counted: [Score] = []
    var notes: [String] = []
    for score in scores.sorted(by: { ($0.day, $0.instrument) < ($1.day, $1.instrument) }) {
      let window = windows.first { $0.days.contains(score.day) }
      if !windows.isEmpty, window == nil {
        notes.append("The score of \(score.day) is outside of all windows and does not count.")
        continue
      }
      let same = counted.filter { $0.instrument == score.instrument }
      if let window, let limitPerWindow,
        same.count(where: { window.days.contains($0.day) }) >= limitPerWindow
      {
        notes.append("The score of \(score.day) is one too many in \(window.name).")
        continue
      }
      if let attemptLimit, same.count >= attemptLimit {
        notes.append("The score of \(score.day) is beyond the \(attemptLimit) attempts there are.")
        continue
      }
      counted.append(score)
    }
    return (counted, notes)
  }
}
