import Domain
import Grading

/// Short ways to the values that tests need.
enum Example {
  static let learner: LearnerID = "learner-1"

  /// Levels 0 to 4 with the cut at 3.
  static func scale() throws -> ProficiencyScale {
    try ProficiencyScale(
      id: "zero-to-four", title: "0 to 4",
      levels: (0...4).map { MasteryLevel(Identifier("\($0)"), number: ExactDecimal($0)) },
      masteredFrom: "3")
  }

  /// Percent with a cut.
  static func percent(cut: String) throws -> ProficiencyScale {
    let number = ExactDecimal(cut) ?? .zero
    return try ProficiencyScale(
      id: "percent", title: "Percent",
      levels: [
        MasteryLevel("not yet", number: 0), MasteryLevel("mastered", number: number),
        MasteryLevel("all", number: 100),
      ], masteredFrom: "mastered")
  }

  static func moment(day: Int) -> Instant {
    // 1 January 2025.
    guard let moment = Instant(secondsSince1970: 1_735_689_600 + Int64(day) * 86_400) else {
      preconditionFailure("day \(day) is out of range")
    }
    return moment
  }

  static func date(day: Int) -> CalendarDate {
    guard let date = moment(day: day).date() else { preconditionFailure("day \(day)") }
    return date
  }

  static func asOf(day: Int = 1_000) -> AsOf {
    AsOf(occurred: moment(day: day), known: moment(day: day))
  }

  static func evidence(
    _ id: String, day: Int, _ state: EvidenceState, target: CompetencyID? = "t",
    kind: EvidenceKind = .quiz, purpose: EvidencePurpose = .summative, attempt: Int? = nil,
    assessment: ID<Assessment>? = nil, trust: Trust = .claimed, rater: ID<Person>? = nil
  ) -> Evidence {
    Evidence(
      id: ID(id), learner: learner, competency: target, state: state, kind: kind,
      purpose: purpose,
      times: EvidenceTimes(occurred: PartialDate(date(day: day)), recorded: moment(day: day)),
      attempt: attempt, assessment: assessment, trust: trust, rater: rater)
  }

  /// Scores on the scale of `scale()`, one a day.
  static func scores(_ numbers: [String], target: CompetencyID = "t") -> [Evidence] {
    numbers.enumerated().map { index, number in
      evidence(
        "\(target)-\(index)", day: index,
        .assessed(.number(ExactDecimal(number) ?? .zero, scale: "zero-to-four")), target: target)
    }
  }

  static func points(_ earned: String, of possible: String) -> EvidenceState {
    .assessed(.points(ExactDecimal(earned) ?? .zero, of: ExactDecimal(possible) ?? .zero))
  }

  static func level(_ label: Identifier, _ scale: ScaleID = "zero-to-four") -> EvidenceState {
    .assessed(.level(label, scale: scale))
  }

  static func history(_ evidence: [Evidence]) throws -> EvidenceHistory {
    try EvidenceHistory(evidence.map { .recorded($0) })
  }
}

extension Policy {
  /// Judges one target.
  func judge(_ evidence: [Evidence]) throws -> TargetResult {
    try result(of: "t", learner: Example.learner, evidence: evidence, asOf: Example.asOf())
  }
}
