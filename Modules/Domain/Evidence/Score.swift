/// How well a learner did on one piece of work.
public enum Score: Hashable, Sendable {
  /// A level of a scale.
  case level(Identifier, scale: ScaleID)
  /// A number on a scale, which may lie between two levels.
  case number(ExactDecimal, scale: ScaleID)
  /// Points out of those that were possible.
  case points(ExactDecimal, of: ExactDecimal)

  /// The scale, or `nil` for points.
  public var scale: ScaleID? {
    switch self {
    case .level(_, let scale), .number(_, let scale): scale
    case .points: nil
    }
  }

  /// The exact part of the points that was earned.
  ///
  /// - Returns: `nil` for levels and numbers on a scale, and where no points were possible.
  public var share: Rational? {
    guard case .points(let earned, let possible) = self, possible > 0 else { return nil }
    return try? Rational(earned) / Rational(possible)
  }
}

/// Whether a piece of evidence says anything about the learner yet.
///
/// "Not assessed" is a state of its own: it is never zero and never the lowest level.
public enum EvidenceState: Hashable, Sendable {
  /// Why there is no score.
  public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
    /// Nothing was handed in.
    case notSubmitted = "not_submitted"
    /// Something was handed in and waits to be scored.
    case awaitingScore = "awaiting_score"
    /// Somebody decided that the learner need not do it.
    case excused
    /// It was not assigned to this learner.
    case notApplicable = "not_applicable"
    /// What was handed in does not allow a judgement.
    case insufficient
    /// The source does not say.
    case unstated
  }

  /// A score was given; it may be zero or the lowest level.
  case assessed(Score)
  /// No score was given.
  case notAssessed(Reason)

  /// The score, or `nil` when none was given.
  public var score: Score? {
    if case .assessed(let score) = self { score } else { nil }
  }
}
