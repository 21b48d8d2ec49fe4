import Assessment
import Domain

/// What `cbl-tool assess fit` tells of calibrated items.
struct AssessFitReport {
  let fit: Calibration
  var itemFit: ItemFit?
  var linking: AssessLinking?

  init(fit: Calibration) {
    self.fit = fit
  }

  /// For people.
  var lines: [String] {
    var lines = AssessFitText.lines(fit)
    if let itemFit {
      let rows = itemFit.items.map { item in
        [
          item.name.escapingControls(), AssessText.number(item.statistic), "\(item.degrees)",
          AssessText.number(item.probability),
        ]
      }
      lines += [""] + TextTable.lines([["item", "S-X2", "degrees", "p"]] + rows, leftAligned: 1)
      lines += AssessText.lines(itemFit.findings)
    }
    if let linking { lines += [""] + linking.lines }
    return lines
  }

  /// For machines.
  var value: JSONValue {
    guard case .members(var members) = AssessFitText.value(fit) else { return .null }
    if let itemFit {
      let items = itemFit.items.map { item in
        JSONValue.object([
          ("item", .text(item.name)), ("statistic", AssessText.json(item.statistic)),
          ("degrees", .number(item.degrees)), ("probability", AssessText.json(item.probability)),
        ])
      }
      members.append(
        JSONMember(
          key: "itemFit",
          value: .object([
            ("items", .array(items)), ("findings", AssessText.json(itemFit.findings)),
          ])))
    }
    if let linking { members.append(JSONMember(key: "linking", value: linking.value)) }
    return .members(members)
  }
}

/// A bank on the scale of another one.
struct AssessLinking {
  let linking: Linking
  let shared: [String]
  let moved: [CalibratedItem]

  /// Links items to a bank by the items they share.
  init(_ items: [CalibratedItem], to path: String) throws {
    let other = try AssessBank.items(path)
    let places = Dictionary(other.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let common = items.filter { places[$0.name] != nil }
    guard common.count >= 2 else {
      throw ToolFailure(
        65, "\(path): \(common.count) items have the name of an item here; two or more link scales")
    }
    let wanted = common.compactMap { item in places[item.name].map { other[$0] } }
    linking = try AssessText.reading(path) { () throws(AssessmentError) in
      try Linking.stockingLord(from: common, to: wanted)
    }
    shared = common.map(\.name)
    moved = linking.applied(to: items)
  }

  /// For people.
  var lines: [String] {
    let rows = moved.map { item in
      [
        item.name.escapingControls(), AssessText.number(item.slope),
        item.thresholds.map { AssessText.number($0) }.joined(separator: " "),
        shared.contains(item.name) ? "shared" : "",
      ]
    }
    return [
      "Ability on the other scale = \(AssessText.number(linking.slope)) * ability "
        + "\(linking.shift < 0 ? "-" : "+") \(AssessText.number(abs(linking.shift))), by "
        + "\(shared.count) shared items (Stocking and Lord 1983)."
    ] + TextTable.lines([["item", "slope", "difficulty", ""]] + rows, leftAligned: 1)
      + AssessText.lines(findings)
  }

  private var findings: [Finding] {
    shared.count < 5
      ? [
        Finding(
          .caution, nil,
          "\(shared.count) shared items are few; a fifth of a test and at least 5 are usual (Kolen "
            + "and Brennan 2014)")
      ] : []
  }

  /// For machines.
  var value: JSONValue {
    .object([
      ("slope", .decimal(linking.slope)), ("shift", .decimal(linking.shift)),
      ("shared", .array(shared.map { .text($0) })),
      (
        "items",
        .array(
          moved.map { item in
            .object([
              ("item", .text(item.name)), ("family", .text(item.family.rawValue)),
              ("slope", .decimal(item.slope)), ("intercepts", AssessText.json(item.intercepts)),
              ("guessing", .decimal(item.guessing)), ("upper", .decimal(item.upper)),
              ("difficulty", .decimal(item.difficulty)),
            ])
          })
      ), ("findings", AssessText.json(findings)),
    ])
  }
}

/// What `cbl-tool assess fit --model elo` tells.
struct AssessRatingsReport {
  let ratings: EloRatings
  let items: [String]
  let learners: [String]

  /// For people.
  var lines: [String] {
    let rows = items.indices.map { item in
      [
        items[item].escapingControls(), "\(ratings.counts[item])",
        AssessText.number(ratings.difficulties[item]),
      ]
    }
    return TextTable.lines([["item", "answers", "difficulty"]] + rows, leftAligned: 1)
      + [
        "\(Figures.percent(ratings.accuracy, places: 1)) of answers were predicted right one by one; "
          + "log-likelihood \(AssessText.number(ratings.logLikelihood)) (Pelánek 2016). Ratings have "
          + "no errors: place by a calibrated bank."
      ]
  }

  /// For machines.
  var value: JSONValue {
    .object([
      ("model", "elo"), ("logLikelihood", .decimal(ratings.logLikelihood)),
      ("accuracy", .decimal(ratings.accuracy)),
      (
        "items",
        .array(
          items.indices.map { item in
            .object([
              ("item", .text(items[item])), ("difficulty", .decimal(ratings.difficulties[item])),
              ("count", .number(ratings.counts[item])),
            ])
          })
      ),
      (
        "learners",
        .array(
          learners.indices.map { learner in
            .object([
              ("learner", .text(learners[learner])),
              ("ability", .decimal(ratings.abilities[learner])),
            ])
          })
      ),
    ])
  }
}

/// What `cbl-tool assess fit --model bkt --per` tells.
struct AssessIndividualsReport {
  let fit: IndividualKnowledgeFit
  let skills: [String]
  let learners: [String]
  let hasLearners: Bool

  /// For people.
  var lines: [String] {
    let rows = zip(skills, fit.skills).map { skill, p in
      [
        skill.escapingControls(), AssessText.number(p.prior), AssessText.number(p.learn),
        AssessText.number(p.guess), AssessText.number(p.slip), AssessText.number(p.forget),
      ]
    }
    var lines = TextTable.lines(
      [["skill", "prior", "learn", "guess", "slip", "forget"]] + rows, leftAligned: 1)
    if fit.items.contains(where: { !$0.name.isEmpty }) {
      let items = fit.items.map { item in
        [
          item.skill.escapingControls(), item.name.escapingControls(), "\(item.count)",
          AssessText.number(item.guess), AssessText.number(item.slip),
        ]
      }
      lines +=
        [""]
        + TextTable.lines([["skill", "item", "answers", "guess", "slip"]] + items, leftAligned: 2)
    }
    if hasLearners {
      let logits = zip(learners, fit.learners).map { learner, logit in
        [learner.escapingControls(), AssessText.number(logit)]
      }
      lines += [""] + TextTable.lines([["learner", "more than others"]] + logits, leftAligned: 1)
    }
    lines.append("Log-likelihood \(AssessText.number(fit.logLikelihood)), \(fit.steps) steps.")
    return lines + AssessText.lines(fit.findings)
  }

  /// For machines.
  var value: JSONValue {
    .object([
      ("model", "bkt"), ("logLikelihood", .decimal(fit.logLikelihood)),
      ("steps", .number(fit.steps)), ("converged", .boolean(fit.hasConverged)),
      (
        "skills",
        .array(
          zip(skills, fit.skills).map { skill, p in
            .object([
              ("skill", .text(skill)), ("prior", .decimal(p.prior)), ("learn", .decimal(p.learn)),
              ("guess", .decimal(p.guess)), ("slip", .decimal(p.slip)),
              ("forget", .decimal(p.forget)),
            ])
          })
      ),
      (
        "items",
        .array(
          fit.items.map { item in
            .object([
              ("skill", .text(item.skill)), ("item", .text(item.name)),
              ("guess", .decimal(item.guess)), ("slip", .decimal(item.slip)),
              ("count", .number(item.count)),
            ])
          })
      ),
      (
        "learners",
        hasLearners
          ? .array(
            learners.enumerated().map { place, learner in
              .object([
                ("learner", .text(learner)), ("logit", .decimal(fit.learners[place])),
                (
                  "priors",
                  .object(
                    skills.enumerated().map {
                      (
                        key: $0.element,
                        value: .decimal(fit.prior(skill: $0.offset, learner: place))
                      )
                    })
                ),
              ])
            }) : .null
      ), ("findings", AssessText.json(fit.findings)),
    ])
  }
}
