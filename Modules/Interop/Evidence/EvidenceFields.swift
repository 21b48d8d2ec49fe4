internal import Domain

/// What one row says, before it is understood; blank texts are `nil`.
///
/// This is the one rule by which results and evidence records are read, for learners one by one and
/// for roll-ups alike.
struct EvidenceFields {
  var kind: String?
  var purpose: String?
  var state: String?
  var score: String?
  var textScore: String?
  var maximum: String?
  var scaled: String?
  var scale: String?
  var scoreKind: String?
  var rater: String?
  var attempt: String?
  var context: String?
  var depth: String?
  var trust: String?

  /// Whether the row is evidence of what somebody knows; some kinds have types of their own.
  var isAcademic: Bool { !Self.otherKinds.contains(kind?.lowercased() ?? "") }

  private static let otherKinds: Set<String> = ["attendance", "engagement", "habit"]
}

/// What a row comes to beside whose it is and when it was; many rows share it.
struct EvidenceMark: Hashable {
  var state: EvidenceState
  var traits: EvidenceTraits
}

/// Why a row gives no evidence.
struct EvidenceFault: Error {
  var code: String
  var message: String
  var value: String

  init(_ code: String, _ message: String, _ value: String) {
    self.code = code
    self.message = message
    self.value = value
  }
}

extension EvidenceFields {
  /// The score and what else is known of the work.
  func mark(_ reading: EvidenceReading) throws(EvidenceFault) -> EvidenceMark {
    EvidenceMark(
      state: try evidenceState(reading),
      traits: EvidenceTraits(
        kind: EvidenceKind(word: Identifier(kind ?? "unstated")), purpose: purposeWord,
        attempt: try attemptNumber(), context: context.map { Identifier($0) },
        depth: depth.map { Depth(text: $0) }, trust: try trustOfSource(),
        rater: rater.map { ID($0) }))
  }

  private var purposeWord: EvidencePurpose {
    guard let purpose else { return .summative }
    return purpose.lowercased() == "pretest" ? .pretest : EvidencePurpose(word: Identifier(purpose))
  }

  private func attemptNumber() throws(EvidenceFault) -> Int? {
    guard let attempt else { return nil }
    if let number = ExactDecimal(attempt), number.places == 0, number > 0,
      let whole = Int(exactly: number.unscaled)
    {
      return whole
    }
    throw EvidenceFault(
      "evidence.attempt", "attempts are counted 1, 2, 3 and so on; correct the number", attempt)
  }

  private func trustOfSource() throws(EvidenceFault) -> Trust {
    guard let trust else { return .claimed }
    if let known = Trust(rawValue: trust) { return known }
    throw EvidenceFault(
      "evidence.trust", "the trust is one of verified, claimed and self; correct it", trust)
  }
}

extension EvidenceFields {
  private func evidenceState(_ reading: EvidenceReading) throws(EvidenceFault) -> EvidenceState {
    if let state, let reason = Self.reasons[state.lowercased()] { return .notAssessed(reason) }
    guard let score = try scoreOf(reading) else { return .notAssessed(.unstated) }
    return .assessed(score)
  }

  /// Words of results and of evidence, in lower case, that say that there is no score.
  ///
  /// A score that stands beside one of them is not counted: it is a placeholder or not final.
  private static let reasons: [String: EvidenceState.Reason] = [
    "submitted": .awaitingScore, "partiallygraded": .awaitingScore,
    "awaiting_score": .awaitingScore, "notsubmitted": .notSubmitted,
    "not_submitted": .notSubmitted, "missing": .notSubmitted, "exempt": .excused,
    "excused": .excused, "notassigned": .notApplicable, "not_applicable": .notApplicable,
    "nograde": .insufficient, "insufficient": .insufficient, "not_assessed": .unstated,
    "unstated": .unstated,
  ]

  private func scoreOf(_ reading: EvidenceReading) throws(EvidenceFault) -> Score? {
    let from = scale.map { ScaleID($0) }
    let own = from ?? reading.scale
    // Levels of scales without numbers, and of scales that are translated, go by their labels.
    let isByLabel = own == reading.scale ? reading.top == nil : reading.otherScales.contains(own)
    let isPoints = from == nil && textScore == nil && maximum != nil && reading.readsPoints
    if !isPoints, let label = isByLabel ? textScore ?? score : score == nil ? textScore : nil {
      return .level(Identifier(label), scale: own)
    }
    guard let number = try decimal(score) else {
      return try decimal(scaled).map { .points($0, of: 1) }
    }
    if from == reading.scale { return .number(number, scale: own) }
    switch scoreKind {
    case "percent": return .points(number, of: try decimal(maximum) ?? 100)
    case "fraction": return .points(number, of: try decimal(maximum) ?? 1)
    case "level": return .number(number, scale: own)
    default: break
    }
    guard let possible = try decimal(maximum) else { return .number(number, scale: own) }
    if !reading.readsPoints, possible == reading.top {
      return .number(number, scale: reading.scale)
    }
    return .points(number, of: possible)
  }

  private func decimal(_ text: String?) throws(EvidenceFault) -> ExactDecimal? {
    guard let text else { return nil }
    if let number = ExactDecimal(text) { return number }
    throw EvidenceFault(
      "evidence.number",
      "the number needs more than 38 digits, which no score does; write one such as 85 or 3.5", text
    )
  }
}
