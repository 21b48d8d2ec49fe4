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
  ///   - held: The rules whose badges the learner holds.
  /// - Returns: The answer with the answers below it; what was not assessed does not hold.
  /// - Complexity: O(*n*) in the size of the question.
  public func answer(
    _ results: [CompetencyID: MasteryResult], holding held: Set<Identifier>
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
    case .holds(let rule):
      let isHeld = held.contains(rule)
      return AwardTrace(
        question: "holds \(rule)", holds: isHeld, found: isHeld ? "held" : "not held")
    case .all(let parts):
      return Self.count(parts.count, of: parts, results, held)
    case .atLeast(let number, let parts):
      return Self.count(number, of: parts, results, held)
    }
  }

  private static func count(
    _ number: Int, of parts: [AwardCriterion], _ results: [CompetencyID: MasteryResult],
    _ held: Set<Identifier>
  ) -> AwardTrace {
    let answers = parts.map { $0.answer(results, holding: held) }
    let count = answers.count(where: \.holds)
    return AwardTrace(
      question: "\(number) of \(parts.count)", holds: count >= number, found: "\(count)",
      parts: answers)
  }

  /// The rules whose badges it asks for.
  var rules: Set<Identifier> {
    switch self {
    case .holds(let rule): [rule]
    case .all(let parts), .atLeast(_, let parts): Set(parts.flatMap(\.rules))
    default: []
    }
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
