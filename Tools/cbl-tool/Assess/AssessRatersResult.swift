import Assessment
import Domain

/// What `cbl-tool assess raters` tells of a table of counts.
struct AssessKappaResult {
  private let kappas: [(weights: AgreementWeights, kappa: Kappa)]

  init(_ kappas: [(AgreementWeights, Kappa)]) {
    self.kappas = kappas.map { (weights: $0.0, kappa: $0.1) }
  }

  /// For people.
  var lines: [String] {
    kappas.map { entry in
      "\(entry.weights.rawValue): kappa \(AssessText.number(entry.kappa.kappa.value)) "
        + "(\(AssessText.text(entry.kappa.kappa.interval))), pi \(AssessText.number(entry.kappa.scott))"
        + ", AC \(AssessText.number(entry.kappa.gwet))"
    }
  }

  /// For machines.
  var value: JSONValue {
    .object(
      kappas.map { entry in (key: entry.weights.rawValue, value: Self.value(entry.kappa)) })
  }

  static func value(_ kappa: Kappa) -> JSONValue {
    .object([
      ("kappa", AssessText.json(kappa.kappa.value)),
      ("standardError", AssessText.json(kappa.kappa.standardError)),
      ("interval", AssessText.json(kappa.kappa.interval)),
      ("scott", AssessText.json(kappa.scott)), ("gwet", AssessText.json(kappa.gwet)),
      ("observed", .decimal(kappa.observed)), ("expected", .decimal(kappa.expected)),
      ("count", .decimal(kappa.count)), ("findings", AssessText.json(kappa.findings)),
    ])
  }
}

/// What `cbl-tool assess raters` tells.
struct AssessRatersResult {
  private let table: RatingTable
  private let agreements: [Agreement]
  private let alphas: [KrippendorffAlpha]
  private let correlation: IntraclassCorrelation
  private let study: Generalizability?
  private let pairs: [(first: Int, second: Int, kappas: [(AgreementWeights, Kappa)])]

  init(_ table: RatingTable, weights: [AgreementWeights], draws: Int, seed: UInt64) {
    self.table = table
    agreements = weights.map { Agreement(of: table, weights: $0) }
    alphas = KrippendorffAlpha.Metric.allCases.map {
      KrippendorffAlpha(of: table, metric: $0, draws: draws, seed: seed)
    }
    correlation = IntraclassCorrelation(of: table)
    study = try? Generalizability(of: table)
    let count = min(table.raters.count, 20)
    pairs = (0..<count).flatMap { first in
      ((first + 1)..<max(count, first + 1)).map { second in
        let pair = table.pair(first, second).withOwnValues
        return (first, second, weights.map { ($0, Kappa(of: pair, 0, 1, weights: $0)) })
      }
    }
  }

  private var findings: [Finding] {
    var all: [Finding] = []
    let lists = agreements.map(\.findings) + alphas.map(\.findings) + [correlation.findings]
    for finding in lists.joined() where !all.contains(finding) { all.append(finding) }
    return all
  }

  /// How a kappa reads.
  static func reading(_ kappa: Double) -> String {
    let word =
      kappa < 0
      ? "poor"
      : kappa <= 0.2
        ? "slight"
        : kappa <= 0.4
          ? "fair"
          : kappa <= 0.6 ? "moderate" : kappa <= 0.8 ? "substantial" : "almost perfect"
    return "\(word), Landis and Koch 1977"
  }

  /// For people.
  var lines: [String] {
    var lines = ["\(table.units.count) pieces of work, \(table.raters.count) raters."]
    for agreement in agreements {
      lines.append("")
      lines.append(
        "Weights \(agreement.weights.rawValue); agreement "
          + "\(AssessText.number(agreement.percent.value)):")
      lines += TextTable.lines(
        [["coefficient", "value", "error", "95 % interval"]]
          + coefficients(agreement).map { name, coefficient in
            [
              name, AssessText.number(coefficient.value),
              AssessText.number(coefficient.standardError), AssessText.text(coefficient.interval),
            ]
          }, leftAligned: 1)
      if let kappa = agreement.conger.value {
        lines.append(
          "Kappa \(Figures.text(kappa, places: 2)): \(Self.reading(kappa)); the interval is "
            + "\(AssessText.text(agreement.conger.interval)).")
      }
    }
    lines.append("")
    lines += alphas.map { alpha in
      let interval = alpha.interval.map { ", 95 % interval \(AssessText.text($0))" } ?? ""
      return "Krippendorff's alpha, \(alpha.metric.rawValue): \(AssessText.number(alpha.value))"
        + interval
    }
    lines += TextTable.lines(
      [["correlation", "value", "95 % interval"]]
        + forms.map {
          [$0.name, AssessText.number($0.value), AssessText.text($0.interval)]
        }, leftAligned: 1)
    lines.append("Kendall's W \(AssessText.number(correlation.kendallW)).")
    if let study {
      let needed = study.raters(forPhi: 0.8).map { "\($0) raters" } ?? "more than 1000 raters"
      lines.append(
        "Decisions by one rater have phi \(AssessText.number(study.phi(raters: 1))), by two "
          + "\(AssessText.number(study.phi(raters: 2))); .80 takes \(needed) (Brennan 2001).")
    }
    return lines + AssessText.lines(findings)
  }

  private func coefficients(_ agreement: Agreement) -> [(String, Coefficient)] {
    [
      ("gwet", agreement.gwet), ("fleiss", agreement.fleiss), ("conger", agreement.conger),
      ("krippendorff", agreement.krippendorff), ("brennanPrediger", agreement.brennanPrediger),
    ]
  }

  private var forms: [IntraclassCorrelation.Form] {
    [
      correlation.single1, correlation.single2, correlation.single3, correlation.mean1,
      correlation.mean2, correlation.mean3,
    ]
  }

  /// For machines.
  var value: JSONValue {
    .object([
      ("units", .number(table.units.count)), ("raters", .number(table.raters.count)),
      (
        "agreement",
        .object(
          agreements.map { agreement in
            (
              key: agreement.weights.rawValue,
              value: .object(
                (coefficients(agreement) + [("percent", agreement.percent)]).map {
                  (key: $0.0, value: Self.value($0.1))
                })
            )
          })
      ),
      (
        "krippendorffAlpha",
        .object(
          alphas.map { alpha in
            (
              key: alpha.metric.rawValue,
              value: .object([
                ("value", AssessText.json(alpha.value)),
                ("interval", AssessText.json(alpha.interval)),
              ])
            )
          })
      ),
      (
        "icc",
        .object(
          zip(["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"], forms).map { name, form in
            (
              key: name,
              value: .object([
                ("value", AssessText.json(form.value)),
                ("interval", AssessText.json(form.interval)),
              ])
            )
          })
      ), ("kendallW", AssessText.json(correlation.kendallW)), ("generalizability", studyValue),
      ("pairs", .array(pairs.map(pairValue))), ("findings", AssessText.json(findings)),
    ])
  }

  private static func value(_ coefficient: Coefficient) -> JSONValue {
    .object([
      ("value", AssessText.json(coefficient.value)),
      ("standardError", AssessText.json(coefficient.standardError)),
      ("interval", AssessText.json(coefficient.interval)),
    ])
  }

  private func pairValue(
    _ pair: (first: Int, second: Int, kappas: [(AgreementWeights, Kappa)])
  ) -> JSONValue {
    .object([
      ("raters", .array([.text(table.raters[pair.first]), .text(table.raters[pair.second])])),
      (
        "kappa",
        .object(
          pair.kappas.map { (key: $0.0.rawValue, value: AssessText.json($0.1.kappa.value)) })
      ),
    ])
  }

  private var studyValue: JSONValue {
    guard let study else { return .null }
    return .object([
      ("unitVariance", .decimal(study.unitVariance)),
      ("raterVariance", .decimal(study.raterVariance)),
      ("restVariance", .decimal(study.restVariance)),
      (
        "raters",
        .array(
          (1...6).map { raters in
            .object([
              ("count", .number(raters)),
              ("g", AssessText.json(study.gCoefficient(raters: raters))),
              ("phi", AssessText.json(study.phi(raters: raters))),
            ])
          })
      ),
    ])
  }
}
