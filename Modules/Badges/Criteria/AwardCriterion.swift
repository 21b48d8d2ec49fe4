public import Domain

/// What has to hold for a badge to be awarded: a question to the results of one learner.
///
/// It asks results that any policy gave, and badges that the learner holds; it computes no result
/// of its own.
public indirect enum AwardCriterion: Hashable, Sendable {
  /// The competency is mastered.
  case mastered(CompetencyID)
  /// The competency has one of these levels, such as the highest two of a scale.
  case level(CompetencyID, oneOf: Set<Identifier>)
  /// The gate of the policy is open, of a gate that is answered per group that of one group.
  case gate(Identifier, group: Identifier? = nil)
  /// The learner holds the badge of another rule.
  case holds(Identifier)
  /// All of these hold.
  case all([AwardCriterion])
  /// At least so many of these hold.
  case atLeast(Int, of: [AwardCriterion])

  /// Answers the question.
  ///
  /// - Parameters:
  ///   - results: The results of the learner by competency.
  ///   - gates: The answers of the policy's gates.
  ///   - held: The rules whose badges the learner holds.
  /// - Returns: The answer with the answers below it; what was not assessed does not hold, nor does
  ///   a gate that was not answered.
  /// - Complexity: O(*n*) in the size of the question, and for each gate in the number of gates.
  public func answer(
    _ results: [CompetencyID: MasteryResult], gates: [GateAnswer] = [],
    holding held: Set<Identifier>
  ) -> AwardTrace {
    switch self {
    case .mastered(let competency):
      let result = results[competency]
      return AwardTrace(
        question: "mastered \(competency)", holds: result?.outcome == .mastered,
        found: result?.outcome.rawValue ?? MasteryResult.Outcome.notAssessed.rawValue,
        basis: result?.basis)
    case .level(let competency, let levels):
      let result = results[competency]
      return AwardTrace(
        question: "\(competency) at \(levels.sorted().map(\.text).joined(separator: " or "))",
        holds: result?.level.map { levels.contains($0) } ?? false,
        found: result?.level?.text ?? MasteryResult.Outcome.notAssessed.rawValue,
        basis: result?.basis)
    case .gate(let name, let group):
      let gate = gates.last { $0.gate == name && $0.group == group }
      return AwardTrace(
        question: "gate \(name)" + (group.map { " for \($0)" } ?? "") + " is open",
        holds: gate?.isOpen ?? false, found: gate?.found ?? "no such gate", basis: gate?.basis)
    case .holds(let rule):
      let isHeld = held.contains(rule)
      return AwardTrace(
        question: "holds \(rule)", holds: isHeld, found: isHeld ? "held" : "not held")
    case .all(let parts):
      return Self.count(parts.count, of: parts, results, gates, held)
    case .atLeast(let number, let parts):
      return Self.count(number, of: parts, results, gates, held)
    }
  }

  private static func count(
    _ number: Int, of parts: [AwardCriterion], _ results: [CompetencyID: MasteryResult],
    _ gates: [GateAnswer], _ held: Set<Identifier>
  ) -> AwardTrace {
    let answers = parts.map { $0.answer(results, gates: gates, holding: held) }
    let count = answers.count(where: \.holds)
    return AwardTrace(
      question: "\(number) of \(parts.count)", holds: count >= number, found: "\(count)",
      parts: answers)
  }

  /// The questions of which it is made, those that have no others below.
  public var questions: [AwardCriterion] {
    switch self {
    case .all(let parts), .atLeast(_, let parts): parts.flatMap(\.questions)
    default: [self]
    }
  }

  /// The rules whose badges it asks for.
  var rules: Set<Identifier> {
    Set(questions.compactMap { if case .holds(let rule) = $0 { rule } else { nil } })
  }
}

/// The answer of a policy's gate for one learner.
public struct GateAnswer: Hashable, Sendable {
  /// The name of the gate.
  public var gate: Identifier
  /// The group that it was answered for, in a gate that is answered per group.
  public var group: Identifier?
  /// Whether it is open.
  public var isOpen: Bool
  /// What was found, for people to read.
  public var found: String
  /// What the answer was made from, where that is known.
  public var basis: MasteryResult.Basis?

  /// Creates an answer.
  public init(
    gate: Identifier, group: Identifier? = nil, isOpen: Bool, found: String,
    basis: MasteryResult.Basis? = nil
  ) {
    self.gate = gate
    self.group = group
    self.isOpen = isOpen
    self.found = found
    self.basis = basis
  }
}

/// Why a criterion holds or does not.
public struct AwardTrace: Hashable, Sendable, CustomStringConvertible {
  /// What was asked.
  public var question: String
  /// Whether it holds.
  public var holds: Bool
  /// What was found.
  public var found: String
  /// What the result was made from, where one was asked.
  public var basis: MasteryResult.Basis?
  /// The answers below, in the order of the criterion.
  public var parts: [AwardTrace] = []

  /// The answers, one a line, those below with two more blanks.
  public var description: String {
    let lines = parts.flatMap { $0.description.split(separator: "\n") }.map { "\n  \($0)" }
    return "\(holds ? "yes" : "no"): \(question), found \(found)" + lines.joined()
  }
}
