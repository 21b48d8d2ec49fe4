public import Domain

/// One number that a method takes: a score, or the items of one assessment together.
public struct Observation: Hashable, Sendable {
  /// The evidence, in order.
  public var evidence: [EvidenceID]
  /// The kind of the newest of it.
  public var kind: EvidenceKind
  /// The number on the policy's scale; the rank of the level on a scale without numbers.
  public var value: Rational
  /// Points earned and possible, where all of it has points.
  public var points: Points?

  /// Points earned and possible.
  public struct Points: Hashable, Sendable {
    /// What was earned.
    public var earned: Rational
    /// What could have been earned.
    public var possible: Rational

    /// Creates points.
    public init(earned: Rational, possible: Rational) {
      self.earned = earned
      self.possible = possible
    }
  }

  /// Creates an observation.
  public init(
    evidence: [EvidenceID], kind: EvidenceKind, value: Rational, points: Points? = nil
  ) {
    self.evidence = evidence
    self.kind = kind
    self.value = value
    self.points = points
  }
}

/// Why a piece of evidence does not count; the raw values stand in traces.
public enum Omission: Hashable, Sendable {
  /// There is no score.
  case notAssessed
  /// It does not fit a field of what the policy counts.
  case misfit(String)
  /// The policy does not read points.
  case pointsUnread
  /// It is on a scale, or a level of one, that the policy does not convert.
  case unconverted
  /// Its score does not lie on its scale.
  case offScale

  /// The word that stands in traces.
  public var word: String {
    switch self {
    case .notAssessed: "not_assessed"
    case .misfit(let field): "counts_\(field)"
    case .pointsUnread: "points_unread"
    case .unconverted: "unconverted"
    case .offScale: "off_scale"
    }
  }
}

extension Policy {
  /// The number that stands for a level, or its rank where levels have no numbers.
  func number(ofRank rank: Int) -> Rational {
    scale.levels[rank].number.map { Rational($0) } ?? Rational(rank)
  }

  /// The number from which on a target is mastered.
  var cutNumber: Rational { number(ofRank: scale.masteryRank) }

  /// The number that a level asks for; the cut without a level.
  func number(of level: Identifier?) -> Rational {
    level.flatMap { scale.rank(of: $0) }.map(number(ofRank:)) ?? cutNumber
  }

  /// The level that a number reaches.
  func level(reachedBy number: BigRational) -> MasteryLevel? {
    let rank = scale.levels.indices.last { BigRational(self.number(ofRank: $0)) <= number }
    return rank.map { scale.levels[$0] }
  }

  /// Reads the score of one piece of evidence.
  func reading(of evidence: Evidence) -> Result<Observation, OmissionError> {
    guard let score = evidence.state.score else { return .failure(OmissionError(.notAssessed)) }
    switch value(of: score) {
    case .failure(let error): return .failure(error)
    case .success(let value):
      var points: Observation.Points?
      if case .points(let earned, let possible) = score {
        points = Observation.Points(earned: Rational(earned), possible: Rational(possible))
      }
      return .success(
        Observation(evidence: [evidence.id], kind: evidence.kind, value: value, points: points))
    }
  }

  /// Reads a score by the policy's scale, conversions and points.
  func value(of score: Score) -> Result<Rational, OmissionError> {
    switch score {
    case .level(let label, let from):
      var own: Identifier? = label
      if from != scale.id {
        own = conversions.first { $0.scale == from }?.levels[label]
        guard own != nil else { return .failure(OmissionError(.unconverted)) }
      }
      guard let own, let rank = scale.rank(of: own) else {
        return .failure(OmissionError(.offScale))
      }
      return .success(number(ofRank: rank))
    case .number(let number, let from):
      guard from == scale.id, let lowest = scale.levels.first?.number,
        let highest = scale.levels.last?.number
      else { return .failure(OmissionError(.unconverted)) }
      guard (lowest...highest).contains(number) else {
        return .failure(OmissionError(.offScale))
      }
      return .success(Rational(number))
    case .points(let earned, let possible):
      guard let points else { return .failure(OmissionError(.pointsUnread)) }
      return value(of: Rational(earned), of: Rational(possible), by: points)
    }
  }

  /// Reads points by the policy's rule.
  func value(
    of earned: Rational, of possible: Rational, by points: Points
  ) -> Result<Rational, OmissionError> {
    if points == .earned { return .success(earned) }
    guard earned >= 0, possible > 0 else { return .failure(OmissionError(.offScale)) }
    let share = BigRational(earned) / BigRational(possible)
    let value: BigRational
    switch points {
    case .earned, .share: value = share
    case .percent: value = share * 100
    case .scaled: value = share * BigRational(number(ofRank: scale.levels.count - 1))
    case .masteredAt(let bend):
      let (bend, cut) = (BigRational(bend), BigRational(cutNumber))
      let rest = BigRational(number(ofRank: scale.levels.count - 1)) - cut
      value =
        share <= bend || bend == 1
        ? share / bend * cut : cut + (share - bend) / (1 - bend) * rest
    case .steps(let steps):
      let step = steps.last { BigRational($0.share) <= share }
      return .success(step.map { number(of: $0.level) } ?? number(ofRank: 0))
    }
    return (try? value.nearest()).map { .success($0) } ?? .failure(OmissionError(.offScale))
  }
}

/// An omission as the failure of a reading.
struct OmissionError: Error {
  var omission: Omission

  init(_ omission: Omission) {
    self.omission = omission
  }
}
