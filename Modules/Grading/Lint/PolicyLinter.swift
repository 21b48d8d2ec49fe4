public import Domain

/// Looks for what a policy says and nobody can have meant.
///
/// | code | what it means |
/// | --- | --- |
/// | `policy.unreachable_level` | no evidence reaches the cut or a level that a gate asks for |
/// | `policy.unreachable_gate` | no evidence and no day opens the gate |
/// | `policy.dead_end` | one weak result or one try too many, and there is no way back |
/// | `policy.non_monotone` | a better score lowers the result; with the shortest example |
/// | `policy.weak_evidence` | a gate opens by one weak kind of evidence alone |
/// | `policy.seat_time` | time alone opens a gate, or attendance counts towards results |
///
/// Findings about methods are found by trying scores, so they are never wrong but some may be
/// missed: rows of up to four scores for a better score that lowers the result, one low score and
/// thirty of the highest after it for a dead end.
public struct PolicyLinter: Sendable {
  let policy: Policy

  /// Creates a linter.
  public init(_ policy: Policy) {
    self.policy = policy
  }

  /// What was found, in the order of the document; the place is a pointer into it.
  ///
  /// - Complexity: O(gates) and some ten thousand short evaluations of the method.
  public func findings() -> [Problem] {
    let method = MethodTrial(policy)
    var findings = evidenceFindings()
    let reach = method.highestRank()
    if let reach, reach < policy.scale.masteryRank {
      findings.append(
        finding(
          "policy.unreachable_level", "/scale/masteredFrom",
          "No evidence reaches \"\(policy.scale.cut.label)\": the highest level that method "
            + "\(policy.method.name) gives is \"\(policy.scale.levels[max(0, reach)].label)\". "
            + "Lower the cut or change the method."))
    }
    findings += deadEnds(method)
    if let example = method.loweringExample() {
      findings.append(
        finding(
          "policy.non_monotone", "/method",
          "A better score lowers the result: \(example.before) gives \(example.numberBefore), "
            + "and \(example.after) gives \(example.numberAfter). Choose another method, or tell "
            + "learners."))
    }
    return findings + gateFindings(reach ?? policy.scale.levels.count - 1)
  }

  func finding(
    _ code: Problem.Code, _ pointer: String, _ message: String, _ severity: Severity = .warning
  ) -> Problem {
    Problem(severity, code, message, at: Place(pointer: pointer))
  }

  private func deadEnds(_ method: MethodTrial) -> [Problem] {
    var findings: [Problem] = []
    if let attempts = policy.counts.attempts {
      let what = attempts == 1 ? "Only the first attempt counts" : "Only \(attempts) attempts count"
      findings.append(
        finding(
          "policy.dead_end", "/counts/attempts",
          "\(what), so a learner who has not reached \"\(policy.scale.cut.label)\" by then has no "
            + "way on with this work. Allow a retake or say what opens one.",
          attempts == 1 ? .warning : .note))
    }
    if let low = method.deadEnd() {
      findings.append(
        finding(
          "policy.dead_end", "/method",
          "After one score of \(low) no number of highest scores reaches "
            + "\"\(policy.scale.cut.label)\". Lower the cut below the highest level or let old "
            + "scores drop out."))
    }
    return findings
  }

  /// What is wrong with the evidence that counts.
  private func evidenceFindings() -> [Problem] {
    var findings: [Problem] = []
    for (index, requirement) in policy.requires.enumerated()
    where isEmpty(policy.counts, and: requirement.demand) {
      findings.append(
        finding(
          "policy.unreachable_level", "/requires/\(index)",
          "No evidence fits both \"counts\" and this requirement, so no target is ever assessed. "
            + "Change one of them."))
    }
    if let weak = weakness(of: policy.counts), !weak.isTime {
      findings.append(
        finding(
          "policy.weak_evidence", "/counts",
          "All results are made of \(weak.what) alone. Count other evidence as well."))
    }
    return findings + timeFindings()
  }

  /// Where kinds that measure time or presence count towards results.
  private func timeFindings() -> [Problem] {
    var places: [(pointer: String, kind: EvidenceKind)] = []
    for (index, kind) in (policy.counts.kinds ?? []).enumerated() {
      places.append(("/counts/kinds/\(index)", kind))
    }
    switch policy.method {
    case .weightedMean(let weights, _):
      for (kind, weight) in weights.sorted(by: { $0.key < $1.key }) where weight > 0 {
        places.append(("/method/weights/\(DocumentReader.escaped(kind.word))", kind))
      }
    case .promotion(let rules):
      for (index, rule) in rules.enumerated() {
        places += rule.kinds.map { ("/method/rules/\(index)/kinds", $0) }
      }
    default: break
    }
    return places.filter { PolicyLinter.isTime($0.kind) }.map { place in
      finding(
        "policy.seat_time", place.pointer,
        "\"\(place.kind.word)\" counts towards results, and being there is not knowing. Take it "
          + "out; report it beside results.")
    }
  }

  /// Whether two demands exclude each other.
  func isEmpty(_ first: EvidenceDemand, and second: EvidenceDemand) -> Bool {
    func isApart<Word: Hashable>(_ left: [Word]?, _ right: [Word]?) -> Bool {
      if left?.isEmpty ?? false || right?.isEmpty ?? false { return true }
      guard let left, let right else { return false }
      return Set(left).isDisjoint(with: right)
    }
    return isApart(first.kinds, second.kinds) || isApart(first.purposes, second.purposes)
      || isApart(first.contexts, second.contexts) || isApart(first.raters, second.raters)
      || isApart(first.depths, second.depths)
  }

  /// Kinds that say that somebody was there or busy, and nothing of what is known.
  private static let timeKinds: Set<String> = [
    "attendance", "presence", "seat_time", "seattime", "hours", "minutes", "time", "time_on_task",
    "engagement", "login", "logins",
  ]

  /// Kinds that are easily had without knowing anything.
  private static let weakKinds: Set<String> = [
    "participation", "completion", "effort", "homework", "practice", "survey", "checklist", "self",
    "self_assessment", "self_report", "reflection", "peer", "peer_review", "extra_credit",
  ]

  /// Whether a kind measures time or presence.
  static func isTime(_ kind: EvidenceKind) -> Bool { timeKinds.contains(folded(kind)) }

  private static func folded(_ kind: EvidenceKind) -> String {
    kind.word.text.lowercased().map { $0 == "-" || $0 == " " ? "_" : String($0) }.joined()
  }

  /// Why evidence that fits a demand is weak, or `nil` when some of it is not.
  func weakness(of demand: EvidenceDemand) -> (what: String, isTime: Bool)? {
    if let kinds = demand.kinds, !kinds.isEmpty {
      let words = kinds.map(\.word.text).joined(separator: ", ")
      if kinds.contains(where: Self.isTime) { return (words, true) }
      if kinds.allSatisfy({ Self.weakKinds.contains(Self.folded($0)) }) { return (words, false) }
    }
    if let purposes = demand.purposes, !purposes.isEmpty,
      purposes.allSatisfy({ $0 == .selfAssessment || $0 == .peer })
    {
      return ("judgements by \(purposes.map(\.word.text).joined(separator: ", "))", false)
    }
    return nil
  }
}
