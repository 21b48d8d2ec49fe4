public import Domain

/// How several ratings of staff become one; the originals are kept whatever it says.
public enum RatingResolution: Hashable, Sendable {
  /// The mean of all ratings, for raters who have been shown to be equally severe.
  case mean
  /// The mean of two ratings that are at most so many levels apart; else a third rater is asked,
  /// and the two nearest of the three are averaged, the higher pair when both are as near.
  case thirdWhenApart(Int = 1)
  /// Two ratings that are at most so many levels apart are averaged; else an expert decides alone.
  case expertWhenApart(Int = 0)

  /// What the ratings of a criterion come to.
  public enum Outcome: Hashable, Sendable {
    /// A place on the scale: its mean number, or mean rank where levels have no numbers, and the
    /// highest level that it reaches.
    case resolved(number: Rational, level: Identifier, by: String)
    /// More ratings are needed.
    case waiting(for: Need)
    /// The work does not allow a judgement.
    case notAssessed(EvidenceState.Reason)
  }

  /// What is waited for.
  public enum Need: String, Hashable, Sendable {
    /// A rating that the task asks for.
    case rating
    /// A third rating, because two are too far apart.
    case thirdRater = "third_rater"
    /// The decision of an expert.
    case expert
  }

  /// Brings ratings together.
  ///
  /// - Parameters:
  ///   - ranks: The ranks that staff gave, in the order in which they were recorded.
  ///   - expert: The rank that an expert gave.
  ///   - raterCount: How many ratings are wanted at least.
  ///   - scale: The levels.
  /// - Returns: The outcome; it never waits for more than is needed.
  public func outcome(
    ranks: [Int], expert: Int? = nil, raterCount: Int, scale: ProficiencyScale
  ) -> Outcome {
    if let expert { return Self.resolved([expert], scale, by: "expert") }
    guard ranks.count >= max(1, raterCount) else { return .waiting(for: .rating) }
    guard ranks.count > 1, let low = ranks.min(), let high = ranks.max() else {
      return Self.resolved(ranks, scale, by: "single")
    }
    switch self {
    case .mean: return Self.resolved(ranks, scale, by: "mean")
    case .expertWhenApart(let most):
      return high - low <= most
        ? Self.resolved(ranks, scale, by: low == high ? "agreement" : "mean")
        : .waiting(for: .expert)
    case .thirdWhenApart(let most):
      if high - low <= most {
        return Self.resolved(ranks, scale, by: low == high ? "agreement" : "mean")
      }
      guard ranks.count > 2 else { return .waiting(for: .thirdRater) }
      let sorted = ranks.sorted()
      let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }
      let least = gaps.min() ?? 0
      let pair = gaps.lastIndex(of: least) ?? 0
      return Self.resolved([sorted[pair], sorted[pair + 1]], scale, by: "nearest two")
    }
  }

  private static func resolved(
    _ ranks: [Int], _ scale: ProficiencyScale, by reason: String
  ) -> Outcome {
    let numbers = ranks.map { rank in
      scale.levels[rank].number.map { Rational($0) } ?? Rational(ExactDecimal(rank))
    }
    // Means of ranks have small parts, and only numbers of many digits could have no room.
    var sum = Rational.zero
    for number in numbers {
      guard let next = try? sum + number else { return .waiting(for: .expert) }
      sum = next
    }
    guard let mean = try? sum / Rational(ExactDecimal(numbers.count)) else {
      return .waiting(for: .expert)
    }
    let reached = scale.levels.indices.last { rank in
      (scale.levels[rank].number.map { Rational($0) } ?? Rational(ExactDecimal(rank))) <= mean
    }
    return .resolved(number: mean, level: scale.levels[reached ?? 0].label, by: reason)
  }
}
