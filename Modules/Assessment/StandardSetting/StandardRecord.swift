public import Domain

/// How a cut came about: who judged, in which rounds, what they were shown, and who adopted it.
///
/// It is the record that a school shows when a cut is questioned.
public struct StandardRecord: Hashable, Sendable {
  /// One round of judgements.
  public struct Round: Hashable, Sendable {
    /// The cut of each judge, in the order of the panel.
    public var judgeCuts: [Double]
    /// What the panel was shown before it, such as the others' cuts or pass rates.
    public var feedback: [String]

    /// Creates a round.
    public init(judgeCuts: [Double], feedback: [String] = []) {
      self.judgeCuts = judgeCuts
      self.feedback = feedback
    }

    /// The panel's cut in this round.
    public var panelCut: StandardSetting.PanelCut { StandardSetting.PanelCut(judgeCuts: judgeCuts) }
  }

  /// The decision that made the cut valid.
  public struct Adoption: Hashable, Sendable {
    /// The cut that was adopted.
    public var cut: ExactDecimal
    /// Who adopted it, such as a school board; not the panel itself.
    public var body: String
    /// When.
    public var date: CalendarDate
    /// Why it differs from the panel's, where it does.
    public var rationale: String?

    /// Creates a decision.
    public init(cut: ExactDecimal, body: String, date: CalendarDate, rationale: String? = nil) {
      self.cut = cut
      self.body = body
      self.date = date
      self.rationale = rationale
    }
  }

  /// What the cut is for.
  public var subject: String
  /// The method, such as `modified Angoff`.
  public var method: String
  /// What each judge is, such as `teacher of grade 8`; names are not needed.
  public var panel: [String]
  /// The rounds, first to last.
  public var rounds: [Round]
  /// The decision, once there is one.
  public var adoption: Adoption?

  /// Creates a record.
  ///
  /// - Throws: ``AssessmentError`` when a round has another number of judges than the panel, or a
  ///   cut was adopted that lies more than one standard error from the panel's without a reason.
  public init(
    subject: String, method: String, panel: [String], rounds: [Round], adoption: Adoption? = nil
  ) throws(AssessmentError) {
    guard !rounds.isEmpty, !panel.isEmpty else {
      throw AssessmentError(.empty, "A record needs a panel and at least one round.")
    }
    for (number, round) in rounds.enumerated() where round.judgeCuts.count != panel.count {
      throw AssessmentError(
        .shape,
        "Round \(number + 1) has \(round.judgeCuts.count) cuts for \(panel.count) judges; give one "
          + "for each.")
    }
    self.subject = subject
    self.method = method
    self.panel = panel
    self.rounds = rounds
    self.adoption = adoption
    if let adoption, adoption.rationale?.isEmpty ?? true, !isNearPanel(adoption) {
      throw AssessmentError(
        .wrongValue,
        "The adopted cut \(adoption.cut) is more than one standard error from the panel's "
          + "\(Figures.text(cut.cut)); say why.")
    }
  }

  /// The panel's cut: that of the last round.
  public var cut: StandardSetting.PanelCut {
    rounds.last?.panelCut ?? StandardSetting.PanelCut(judgeCuts: [0])
  }

  private func isNearPanel(_ adoption: Adoption) -> Bool {
    abs(adoption.cut.nearestDouble - cut.cut) <= (cut.standardError ?? 0) + 1e-9
  }

  /// How much judges came together: the spread of the last round against that of the first.
  ///
  /// - Returns: `nil` for one round or when the first had no spread.
  public var convergence: Double? {
    guard rounds.count > 1, let first = rounds.first?.panelCut.standardError, first > 0,
      let last = cut.standardError
    else { return nil }
    return last / first
  }

  /// What is to be said about the record.
  public var findings: [Finding] {
    var findings = cut.findings
    if rounds.count == 1 {
      findings.append(
        Finding(.caution, nil, "The panel had one round; two with talk between them are usual."))
    }
    if adoption == nil {
      findings.append(
        Finding(.caution, nil, "Nobody has adopted the cut yet; it is a panel's advice."))
    }
    return findings
  }
}
