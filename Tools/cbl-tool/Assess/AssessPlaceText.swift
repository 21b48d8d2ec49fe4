import Assessment
import Domain

/// What `assess place adaptive` writes.
enum AssessPlaceText {
  /// For people: the way through the test, and where the learner starts.
  static func lines(
    _ learner: String, _ domain: String, _ session: AdaptiveSession,
    _ placement: DomainPlacement?, next: Int?
  ) -> [String] {
    let entries = session.test.bank.entries
    let heading = [learner, domain].filter { !$0.isEmpty }.joined(separator: ", ")
    var lines = heading.isEmpty ? [] : ["\(heading.escapingControls()):"]
    let rows = session.steps.map { step in
      [
        entries[step.item].name.escapingControls(), step.isRight ? "1" : "0",
        AssessText.number(step.information), AssessText.number(step.estimate.ability),
        AssessText.number(step.estimate.standardError),
      ]
    }
    lines += TextTable.lines(
      [["item", "right", "information", "ability", "error"]] + rows, leftAligned: 1)
    if let placement {
      let shares = zip(placement.labels, placement.probabilities).map { label, share in
        "\(label.escapingControls()) \(Figures.percent(share))"
      }
      lines.append("Levels: \(shares.joined(separator: ", ")).")
      lines.append(
        "Start at \(placement.startLabel.escapingControls()), right with a probability of "
          + "\(Figures.percent(placement.accuracy)), within one level with "
          + "\(Figures.percent(placement.accuracyWithinOne)); provisional, confirm with the first "
          + "task.")
      lines += AssessText.lines(placement.findings)
    }
    if let next {
      lines.append("Next item: \(entries[next].name.escapingControls()).")
    } else if let ending = session.ending {
      lines.append("The test has ended (\(ending.rawValue)).")
    }
    return lines
  }

  /// For machines.
  static func json(
    _ learner: String, _ domain: String, _ session: AdaptiveSession,
    _ placement: DomainPlacement?, next: Int?
  ) -> JSONValue {
    let entries = session.test.bank.entries
    let steps = session.steps.map { step -> JSONValue in
      .object([
        ("item", .text(entries[step.item].name)), ("response", .number(step.isRight ? 1 : 0)),
        ("info", .decimal(step.information)), ("theta", .decimal(step.estimate.ability)),
        ("se", .decimal(step.estimate.standardError)),
      ])
    }
    let last = session.steps.last?.estimate
    return .object([
      ("learner", .text(learner)), ("domain", .text(domain)), ("steps", .array(steps)),
      ("theta", AssessText.json(last?.ability)), ("se", AssessText.json(last?.standardError)),
      ("next", .optional(next.map { entries[$0].name })),
      ("ending", .optional(next == nil ? session.ending?.rawValue : nil)),
      ("placement", placement.map(json) ?? .null),
    ])
  }

  private static func json(_ placement: DomainPlacement) -> JSONValue {
    .object([
      (
        "levels",
        .array(
          zip(placement.labels, placement.probabilities).map {
            .object([("label", .text($0)), ("probability", .decimal($1))])
          })
      ),
      ("position", .decimal(placement.position)),
      ("positionError", .decimal(placement.positionError)),
      ("start", .text(placement.startLabel)), ("accuracy", .decimal(placement.accuracy)),
      ("accuracyWithinOne", .decimal(placement.accuracyWithinOne)),
      ("provisional", .boolean(true)), ("findings", AssessText.json(placement.findings)),
    ])
  }
}
