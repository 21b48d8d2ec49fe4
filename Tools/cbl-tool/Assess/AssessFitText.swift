import Assessment
import Domain

/// What `cbl-tool assess fit` tells.
enum AssessFitText {
  // MARK: Items

  static func lines(_ fit: Calibration) -> [String] {
    let most = fit.items.map(\.intercepts.count).max() ?? 1
    var heading = ["item", "slope", "error"]
    heading += most == 1 ? ["difficulty", "error of d"] : (1...most).map { "threshold \($0)" }
    if fit.model == .threeParameter { heading.append("guessing") }
    let rows = fit.items.enumerated().map { place, item in
      let errors = place < fit.errors.count ? fit.errors[place] : nil
      var row = [
        item.name.escapingControls(), AssessText.number(item.slope),
        AssessText.number(errors?.slope),
      ]
      if most == 1 {
        row += [
          AssessText.number(item.difficulty), AssessText.number(errors?.intercepts.first ?? nil),
        ]
      } else {
        let thresholds = item.thresholds.map { AssessText.number($0) }
        row += thresholds + [String](repeating: "-", count: most - thresholds.count)
      }
      if fit.model == .threeParameter { row.append(AssessText.number(item.guessing)) }
      return row
    }
    var lines = TextTable.lines([heading] + rows, leftAligned: 1)
    lines.append(
      "Log-likelihood \(AssessText.number(fit.logLikelihood)), \(fit.parameterCount) parameters, AIC "
        + "\(AssessText.number(fit.aic, places: 1)), BIC \(AssessText.number(fit.bic, places: 1)), "
        + "\(fit.steps) steps\(fit.hasConverged ? "" : ", not at rest").")
    if let variance = fit.abilityVariance {
      lines.append("With slopes of 1, ability has the variance \(AssessText.number(variance)).")
    }
    return lines + AssessText.lines(fit.findings)
  }

  static func value(_ fit: Calibration) -> JSONValue {
    .object([
      ("model", .text(fit.model.rawValue)), ("logLikelihood", .decimal(fit.logLikelihood)),
      ("parameters", .number(fit.parameterCount)), ("aic", .decimal(fit.aic)),
      ("bic", .decimal(fit.bic)), ("steps", .number(fit.steps)),
      ("converged", .boolean(fit.hasConverged)), ("persons", .decimal(fit.count)),
      ("abilityVariance", AssessText.json(fit.abilityVariance)),
      (
        "items",
        .array(
          fit.items.enumerated().map { place, item in
            let errors = place < fit.errors.count ? fit.errors[place] : nil
            return .object([
              ("item", .text(item.name)), ("family", .text(item.family.rawValue)),
              ("slope", .decimal(item.slope)), ("intercepts", AssessText.json(item.intercepts)),
              ("guessing", .decimal(item.guessing)), ("upper", .decimal(item.upper)),
              ("difficulty", .decimal(item.difficulty)),
              ("thresholds", AssessText.json(item.thresholds)),
              ("slopeError", AssessText.json(errors?.slope)),
              (
                "interceptErrors",
                errors.map { .array($0.intercepts.map { AssessText.json($0) }) } ?? .null
              ), ("guessingLogitError", AssessText.json(errors?.guessingLogit)),
            ])
          })
      ), ("findings", AssessText.json(fit.findings)),
    ])
  }

  // MARK: Facets

  static func lines(_ fit: ManyFacetRasch) -> [String] {
    let heading = ["facet", "level", "logits", "error", "n", "mean", "infit", "outfit"]
    let rows = fit.levels.map { level in
      [
        level.facet.escapingControls(), level.name.escapingControls(),
        AssessText.number(level.value), AssessText.number(level.standardError), "\(level.count)",
        AssessText.number(level.mean, places: 2), AssessText.number(level.infit, places: 2),
        AssessText.number(level.outfit, places: 2),
      ]
    }
    var lines = TextTable.lines([heading] + rows, leftAligned: 2)
    lines.append(
      "Steps \(fit.steps.map { AssessText.number($0) }.joined(separator: ", ")); variance of ability "
        + "\(AssessText.number(fit.abilityVariance)); log-likelihood "
        + "\(AssessText.number(fit.logLikelihood)), \(fit.stepCount) steps.")
    lines.append("Above 0 a rater is severe and a criterion hard (Linacre 1989).")
    return lines + AssessText.lines(fit.findings)
  }

  static func value(_ fit: ManyFacetRasch, _ persons: [String]) -> JSONValue {
    .object([
      ("model", "facets"), ("logLikelihood", .decimal(fit.logLikelihood)),
      ("abilityVariance", .decimal(fit.abilityVariance)), ("steps", AssessText.json(fit.steps)),
      ("converged", .boolean(fit.hasConverged)),
      (
        "levels",
        .array(
          fit.levels.map { level in
            .object([
              ("facet", .text(level.facet)), ("level", .text(level.name)),
              ("estimate", .decimal(level.value)),
              ("standardError", AssessText.json(level.standardError)),
              ("count", .number(level.count)), ("mean", .decimal(level.mean)),
              ("infit", AssessText.json(level.infit)), ("outfit", AssessText.json(level.outfit)),
            ])
          })
      ),
      (
        "persons",
        .array(
          zip(persons, fit.abilities).map { person, ability in
            .object([
              ("person", .text(person)), ("ability", AssessText.json(ability.value)),
              ("error", AssessText.json(ability.standardError)),
            ])
          })
      ), ("findings", AssessText.json(fit.findings)),
    ])
  }

  // MARK: Skills

  static func lines(_ fits: [(skill: String, fit: KnowledgeFit)]) -> [String] {
    let rows = fits.map { skill, fit in
      let p = fit.parameters
      return [
        skill.escapingControls(), AssessText.number(p.prior), AssessText.number(p.learn),
        AssessText.number(p.guess), AssessText.number(p.slip), AssessText.number(p.forget),
        AssessText.number(fit.logLikelihood),
      ]
    }
    let heading = ["skill", "prior", "learn", "guess", "slip", "forget", "log-likelihood"]
    return TextTable.lines([heading] + rows, leftAligned: 1)
      + AssessText.lines(fits.flatMap(\.fit.findings))
  }

  static func value(
    _ fits: [(skill: String, fit: KnowledgeFit)], traces: [[(KnowledgeParameters, Double)]]
  ) -> JSONValue {
    .object([
      ("model", "bkt"),
      (
        "skills",
        .array(
          zip(fits, traces).map { entry, trace in
            let (skill, fit) = entry
            return .object([
              ("skill", .text(skill)), ("prior", .decimal(fit.parameters.prior)),
              ("learn", .decimal(fit.parameters.learn)),
              ("guess", .decimal(fit.parameters.guess)), ("slip", .decimal(fit.parameters.slip)),
              ("forget", .decimal(fit.parameters.forget)),
              ("logLikelihood", .decimal(fit.logLikelihood)), ("steps", .number(fit.steps)),
              ("converged", .boolean(fit.hasConverged)),
              ("trace", .array(trace.map(Self.value))),
              ("findings", AssessText.json(fit.findings)),
            ])
          })
      ),
    ])
  }

  private static func value(_ step: (KnowledgeParameters, Double)) -> JSONValue {
    let p = step.0
    return .object([
      ("parameters", AssessText.json([p.prior, p.learn, p.guess, p.slip])),
      ("forget", .decimal(p.forget)), ("logLikelihood", .decimal(step.1)),
    ])
  }

  static func lines(_ fits: [(String, PerformanceFactors.Fit)]) -> [String] {
    let rows = fits.map { skill, fit in
      [
        skill.escapingControls(), AssessText.number(fit.factors?.easiness),
        AssessText.number(fit.factors?.success), AssessText.number(fit.factors?.failure),
        AssessText.number(fit.logLikelihood),
      ]
    }
    return TextTable.lines(
      [["skill", "easiness", "success", "failure", "log-likelihood"]] + rows, leftAligned: 1)
      + AssessText.lines(fits.flatMap(\.1.findings))
  }

  static func value(_ fits: [(String, PerformanceFactors.Fit)]) -> JSONValue {
    .object([
      ("model", "pfa"),
      (
        "skills",
        .array(
          fits.map { skill, fit in
            .object([
              ("skill", .text(skill)), ("easiness", AssessText.json(fit.factors?.easiness)),
              ("success", AssessText.json(fit.factors?.success)),
              ("failure", AssessText.json(fit.factors?.failure)),
              ("standardErrors", AssessText.json(fit.standardErrors)),
              ("logLikelihood", .decimal(fit.logLikelihood)),
              ("findings", AssessText.json(fit.findings)),
            ])
          })
      ),
    ])
  }

  static func lines(_ fit: SkillProfiles, _ table: ResponseTable, _ skills: [String]) -> [String] {
    let rows = table.items.indices.map { item in
      [
        table.items[item].escapingControls(), AssessText.number(fit.guess[item]),
        AssessText.number(fit.slip[item]),
      ]
    }
    let shares = zip(skills, fit.skills).map { skill, share in
      [skill.escapingControls(), AssessText.number(share)]
    }
    return TextTable.lines([["item", "guess", "slip"]] + rows, leftAligned: 1) + [""]
      + TextTable.lines([["skill", "share of persons"]] + shares, leftAligned: 1)
      + ["Log-likelihood \(AssessText.number(fit.logLikelihood)), \(fit.steps) steps."]
      + AssessText.lines(fit.findings)
  }

  static func value(
    _ fit: SkillProfiles, _ table: ResponseTable, _ skills: [String]
  ) -> JSONValue {
    .object([
      ("model", "dina"), ("logLikelihood", .decimal(fit.logLikelihood)),
      ("steps", .number(fit.steps)), ("guess", AssessText.json(fit.guess)),
      ("slip", AssessText.json(fit.slip)), ("classes", AssessText.json(fit.classes)),
      (
        "skills",
        .array(
          zip(skills, fit.skills).map { skill, share in
            .object([("skill", .text(skill)), ("share", .decimal(share))])
          })
      ),
      (
        "persons",
        .array(
          zip(table.persons, fit.profiles).map { person, profile in
            .object([("person", .text(person)), ("skills", AssessText.json(profile))])
          })
      ), ("findings", AssessText.json(fit.findings)),
    ])
  }
}
