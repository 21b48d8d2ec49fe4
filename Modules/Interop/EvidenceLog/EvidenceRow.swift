internal import Domain

/// What one row says, before it is understood; blank texts are `nil`.
struct EvidenceRow {
  var id: String?
  var learner = ""
  var target: String?
  var lineItem: String?
  var kind: String?
  var purpose: String?
  var state: String?
  var score: String?
  var textScore: String?
  var maximum: String?
  var scaled: String?
  var scale: String?
  var scoreKind: String?
  var occurred: String?
  var recorded: String?
  var submitted: String?
  var due: String?
  var rater: String?
  var artefact: String?
  var attempt: String?
  var context: String?
  var depth: String?
  var trust: String?
  var comment: String?
  /// Whether the row takes evidence back.
  var isReversal = false
  var place = Place()
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

extension EvidenceRow {
  /// The event that the row stands for.
  ///
  /// - Parameters:
  ///   - id: The identifier to use when the row has none.
  ///   - format: The format of the input.
  func event(
    id fallback: String, _ reading: EvidenceReading
  ) throws(EvidenceFault) -> EvidenceEvent {
    let provenance = Provenance(place: place)
    let occurred = try date(occurred, "date")
    if let occurred { try check(occurred, reading) }
    let recorded = try moment(recorded ?? self.occurred, reading)
    if isReversal {
      guard let id else {
        throw EvidenceFault(
          "evidence.reversal_without_id",
          "a row that takes evidence back needs the identifier of that evidence; add it", "")
      }
      return .reversed(
        Reversal(
          id: ID("reversal of \(id)"), of: ID(id), reason: comment ?? "",
          actor: ID(rater ?? ""), recorded: recorded, provenance: provenance))
    }
    let evidence = Evidence(
      id: ID(id ?? fallback), learner: ID(learner), competency: target.map { ID($0) },
      state: try evidenceState(reading), kind: EvidenceKind(word: Identifier(kind ?? "unstated")),
      purpose: purposeWord,
      times: EvidenceTimes(
        occurred: occurred ?? dayOfUndated, recorded: recorded, due: try date(due, "due date"),
        submitted: try date(submitted, "date of handing in")),
      attempt: try attemptNumber(), assessment: lineItem.map { ID($0) },
      artefact: artefact.map { ID($0) }, context: context.map { Identifier($0) },
      depth: depth.map { Depth(text: $0) }, trust: try trustOfSource(), rater: rater.map { ID($0) },
      provenance: provenance)
    return .recorded(evidence)
  }

  private var purposeWord: EvidencePurpose {
    guard let purpose else { return .summative }
    return purpose.lowercased() == "pretest" ? .pretest : EvidencePurpose(word: Identifier(purpose))
  }

  private func date(_ text: String?, _ what: String) throws(EvidenceFault) -> PartialDate? {
    guard let text else { return nil }
    if let date = PartialDate(text) { return date }
    throw EvidenceFault(
      "evidence.not_a_date",
      "the \(what) is no day or time of the years 1 to 9999, such as 2025-09-30 or "
        + "2025-09-30T14:05:00Z; correct it", text)
  }

  private func moment(
    _ text: String?, _ reading: EvidenceReading
  ) throws(EvidenceFault) -> Instant {
    let date = try date(text, "time of recording") ?? dayOfUndated
    // The first day of all has no moment to the east of UTC; nothing came before it.
    if let moment = date.earliest(offsetMinutes: date == dayOfUndated ? 0 : reading.offsetMinutes) {
      return moment
    }
    throw EvidenceFault(
      "evidence.date_out_of_range",
      "the time of recording lies outside of the years 1 to 9999 in UTC; correct it", text ?? "")
  }

  private func check(_ date: PartialDate, _ reading: EvidenceReading) throws(EvidenceFault) {
    guard date.earliest(offsetMinutes: reading.offsetMinutes) == nil else { return }
    throw EvidenceFault(
      "evidence.date_out_of_range",
      "the date lies outside of the years 1 to 9999 in UTC; correct it", date.source)
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

extension EvidenceRow {
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
      "evidence.number", "the number has more than 38 digits or is none; correct it", text)
  }
}
