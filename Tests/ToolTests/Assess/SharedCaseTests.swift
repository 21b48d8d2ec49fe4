import Foundation
import Testing

/// Published figures, from file to figure, through the command that a school would use.
///
/// The files are not part of the package; `CBL_SAMPLES` names their folder.
@Suite(
  "Published cases through assess",
  .enabled(if: ToolRun.buildFolder != nil && SharedCase.folder != nil))
struct SharedCaseTests {
  @Test("every figure within its tolerance", arguments: SharedCase.all)
  func figures(_ shared: SharedCase) throws {
    let folder = try #require(SharedCase.folder)
    let path = folder.appending(path: "\(shared.file).json").path
    let document = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
    let arguments = shared.arguments.map { $0.replacingOccurrences(of: "CASE", with: path) }
    let run = try ToolRun(["assess"] + arguments + ["--json"])
    try #require(run.exitCode == 0, "\(run.messages)")
    let found = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    for pair in shared.pairs {
      let left = Figure.list(found, pair.found)
      let right = Figure.list(document, pair.wanted)
      #expect(!right.isEmpty, "\(pair.wanted) names nothing")
      #expect(left.count == right.count, "\(shared.file): \(pair.found) and \(pair.wanted)")
      for (a, b) in zip(left, right) {
        #expect(
          Figure.isNear(a, b, pair.tolerance),
          "\(shared.file): \(pair.found) \(a.text), wanted \(b.text)")
      }
    }
  }
}

/// A figure of a document: a number, a word, or nothing.
enum Figure {
  case number(Double)
  case word(String)
  case none

  var text: String {
    switch self {
    case .number(let number): "\(number)"
    case .word(let word): word
    case .none: "null"
    }
  }

  static func isNear(_ a: Figure, _ b: Figure, _ tolerance: Double) -> Bool {
    switch (a, b) {
    case (.number(let a), .number(let b)): abs(a - b) <= tolerance
    case (.word(let a), .word(let b)): a == b
    case (.none, .none): true
    default: false
    }
  }

  /// The figures that a path names: `*` for all elements, `2-` and `0-4` for a range of them.
  static func list(_ value: Any, _ path: String) -> [Figure] {
    list(value, path.split(separator: "/").map(String.init)[...])
  }

  private static func list(_ value: Any, _ path: ArraySlice<String>) -> [Figure] {
    guard let step = path.first else {
      if let word = value as? String { return [Double(word).map { .number($0) } ?? .word(word)] }
      return [(value as? NSNumber).map { .number($0.doubleValue) } ?? .none]
    }
    let rest = path.dropFirst()
    if let members = value as? [String: Any] {
      return members[step].map { list($0, rest) } ?? []
    }
    guard let elements = value as? [Any] else { return [] }
    if step == "*" { return elements.flatMap { list($0, rest) } }
    if let place = Int(step) { return place < elements.count ? list(elements[place], rest) : [] }
    let ends = step.split(separator: "-").compactMap { Int($0) }
    guard let first = ends.first, first < elements.count else { return [] }
    let last = ends.count > 1 ? min(ends[1], elements.count - 1) : elements.count - 1
    return elements[first...last].flatMap { list($0, rest) }
  }
}

/// A published case and what is compared.
struct SharedCase: Sendable, CustomTestStringConvertible {
  struct Pair: Sendable {
    let found: String
    let wanted: String
    let tolerance: Double
  }

  let file: String
  let arguments: [String]
  let pairs: [Pair]

  var testDescription: String { "\(file): \(arguments.joined(separator: " "))" }

  static let folder = ProcessInfo.processInfo.environment["CBL_SAMPLES"].map {
    URL(filePath: $0).appending(path: "assessment")
  }

  init(_ file: String, _ arguments: String, _ pairs: [(String, String, Double)]) {
    self.file = file
    self.arguments = arguments.split(separator: " ").map(String.init)
    self.pairs = pairs.map { Pair(found: $0.0, wanted: $0.1, tolerance: $0.2) }
  }

  static let all = models + scores + decisions + classical + raters + skills
}

// MARK: Item response theory

extension SharedCase {
  static let models: [SharedCase] =
    ["irt-lsat6", "irt-mobility"].flatMap { file in
      [
        SharedCase(
          file, "fit --model 2pl --nodes 161 --limit 8 --item-fit CASE",
          [
            ("logLikelihood", "expected/twoPL/loglik", 0.002),
            ("items/*/slope", "expected/twoPL/a", 0.002),
            ("items/*/intercepts/*", "expected/twoPL/d", 0.002),
            ("items/*/difficulty", "expected/twoPL/b", 0.006),
            ("items/*/slopeError", "expected/twoPL/se_a", 0.002),
            ("items/*/interceptErrors/*", "expected/twoPL/se_d", 0.002),
            ("itemFit/items/*/statistic", "expected/sx2/S_X2", 0.02),
            ("itemFit/items/*/degrees", "expected/sx2/df", 0),
          ].map { ($0.0, $0.1.hasSuffix("loglik") ? $0.1 : $0.1 + "/*", $0.2) }),
        SharedCase(
          file, "fit --model rasch --nodes 161 --limit 8 CASE",
          [
            ("logLikelihood", "expected/rasch_mml/loglik", 0.002),
            ("items/*/intercepts/*", "expected/rasch_mml/d/*", 0.002),
            ("abilityVariance", "expected/rasch_mml/theta_variance", 0.004),
          ]),
        SharedCase(
          file, "fit --model cml CASE",
          [
            ("logLikelihood", "expected/rasch_cml/loglik_cml", 0.002),
            ("items/*/difficulty", "expected/rasch_cml/difficulty_first_item_zero/*", 0.002),
          ]),
      ]
        + ["eap", "map", "ml", "wle"].map { method in
          SharedCase(
            file, "score --bank CASE#/expected/twoPL --method \(method) CASE",
            [
              (
                "persons/*/ability",
                "expected/scores_2pl_theta_se/\(method.uppercased())/*/0", 0.001
              ),
              (
                "persons/*/error", "expected/scores_2pl_theta_se/\(method.uppercased())/*/1",
                0.001
              ),
            ])
        }
    } + [
      SharedCase(
        "irt-science-grm", "fit --model graded CASE",
        [
          ("logLikelihood", "expected/graded/loglik", 0.005),
          ("items/*/slope", "expected/graded/items/*/0", 0.003),
          ("items/*/intercepts/*", "expected/graded/items/*/1-", 0.003),
        ]),
      SharedCase(
        "irt-science-grm", "fit --model gpcm CASE",
        [
          ("logLikelihood", "expected/gpcm/loglik", 0.005),
          ("items/*/slope", "expected/gpcm/items/*/0", 0.003),
          ("items/*/intercepts/*", "expected/gpcm/items/*/6-", 0.003),
        ]),
      SharedCase(
        "irt-science-grm", "fit --model pcm CASE",
        [
          ("logLikelihood", "expected/pcm/loglik", 0.005),
          ("items/*/slope", "expected/pcm/items/*/0", 0.003),
          ("items/*/intercepts/*", "expected/pcm/items/*/6-", 0.003),
        ]),
      SharedCase(
        "irt-science-grm", "score --bank CASE#/expected/graded CASE",
        [
          ("persons/0-24/ability", "expected/eap_first_patterns_graded/*/0", 0.001),
          ("persons/0-24/error", "expected/eap_first_patterns_graded/*/1", 0.001),
        ]),
      SharedCase(
        "facets-ratings1", "fit --model facets CASE",
        [
          ("logLikelihood", "expected/loglik", 0.01),
          ("abilityVariance", "expected/theta_variance", 0.005),
          ("levels/0-4/estimate", "expected/estimate/0-4", 0.005),
          ("steps/*", "expected/estimate/5-7", 0.005),
        ]
          // Raters come in the order of the file, in the publication in that of their names.
          + [10, 14, 12, 13, 9, 8, 11].enumerated().map { place, wanted in
            ("levels/\(5 + place)/estimate", "expected/estimate/\(wanted)", 0.005)
          }),
      SharedCase(
        "dina-fraction-subtraction", "fit --model dina CASE",
        [
          ("logLikelihood", "expected/loglik", 0.01), ("guess/*", "expected/guess/*", 0.002),
          ("slip/*", "expected/slip/*", 0.002),
          ("skills/*/share", "expected/skill_prob/*", 0.002),
        ]),
    ]
}

// MARK: Scores and decisions

extension SharedCase {
  static let scores: [SharedCase] =
    [("ml", 0), ("map", 1), ("eap", 2)].map { method, place in
      SharedCase(
        "cat-2pl-trace", "place adaptive --estimator \(method) CASE",
        ["item", "info", "response", "theta", "se"].map { name in
          (
            "placements/0/steps/*/\(name)", "expected/\(place)/steps/*/\(name)",
            name == "item" || name == "response" ? 0 : 0.002
          )
        })
    } + [
      SharedCase(
        "irt-information-classification", "score bank CASE",
        [
          ("items/*/probabilities/*/1", "expected/p/*/*", 1e-8),
          ("items/*/information/*", "expected/info/*/*", 1e-8),
          ("sumDistributions/*/*", "expected/sumscore_pmf_by_theta/*/*", 1e-8),
          ("abilityAtCut/*", "expected/theta_at_cut/*", 1e-6),
          ("decisions/*/bySums/accuracy", "expected/lee_accuracy_consistency/*/0", 1e-8),
          ("decisions/*/bySums/consistency", "expected/lee_accuracy_consistency/*/1", 1e-8),
          ("decisions/*/byAbilities/accuracy", "expected/rudner_accuracy_consistency/*/0", 1e-8),
          (
            "decisions/*/byAbilities/consistency", "expected/rudner_accuracy_consistency/*/1", 1e-8
          ),
        ]),
      SharedCase(
        "classification-livingston-lewis", "score decision CASE",
        [
          ("alpha", "expected/beta_parameters/alpha", 1e-4),
          ("beta", "expected/beta_parameters/beta", 1e-4),
          ("low", "expected/beta_parameters/l", 1e-4),
          ("high", "expected/beta_parameters/u", 1e-4),
          ("effectiveLength", "expected/beta_parameters/etl", 1e-4),
          ("accuracy", "expected/accuracy/Accuracy", 1e-4),
          ("consistency", "expected/consistency/p", 1e-4),
          ("kappa", "expected/consistency/Kappa", 1e-4),
        ]),
      SharedCase(
        "fsrs-6", "review CASE",
        [
          ("cards/*/reviews/*/stability", "cases/*/expected/*/stability", 1e-9),
          ("cards/*/reviews/*/difficulty", "cases/*/expected/*/difficulty", 1e-9),
          ("cards/*/reviews/*/state", "cases/*/expected/*/state", 0),
          ("cards/*/reviews/*/intervalSeconds", "cases/*/expected/*/interval_seconds", 1e-9),
          (
            "cards/*/retrievability/*/retrievability",
            "cases/*/retrievability_after_last/*/retrievability", 1e-9
          ),
        ]),
    ]

  static let decisions: [SharedCase] =
    (0..<2).map { number in
      SharedCase(
        "sequential-mastery", "place levels CASE#/mdt/\(number)/input",
        [("posteriors/*/*", "mdt/\(number)/expected_posterior_after_each/*/*", 1e-10)])
    }
    + (0..<2).map { number in
      SharedCase(
        "sequential-mastery", "place decide CASE#/sprt/\(number)/input",
        [
          ("upper", "sprt/\(number)/expected/upper", 1e-10),
          ("lower", "sprt/\(number)/expected/lower", 1e-10),
          ("trace/*/logRatio", "sprt/\(number)/expected/trace/*/log_lr", 1e-10),
          ("trace/*/decision", "sprt/\(number)/expected/trace/*/decision", 0),
        ])
    } + [
      SharedCase(
        "standard-setting", "standard-set CASE",
        [
          ("angoff/cut", "expected/angoff_cut", 1e-10),
          ("angoff/standardError", "expected/angoff_se", 1e-10),
          ("angoff/judgeCuts/*", "expected/angoff_judge_cuts/*", 1e-10),
          ("bookletAbilities/*", "expected/bookmark_theta/*", 1e-10),
          ("borderline/cut", "expected/borderline_median", 0),
          ("contrastingGroups/cut", "expected/contrasting_cut", 0),
        ]),
      SharedCase(
        "kst-structure", "place knowledge --states CASE",
        [
          ("stateCount", "expected/state_count", 0),
          ("learningPaths", "expected/learning_paths", 0),
          ("states/*/state", "expected/states/*", 0),
          ("states/*/inner/*", "expected/fringes/*/inner/*", 0),
          ("states/*/outer/*", "expected/fringes/*/outer/*", 0),
          ("adaptive/*/marginals/*", "expected/adaptive/*/marginals/*", 1e-12),
          ("adaptive/*/mapState", "expected/adaptive/*/map_state", 0),
          ("adaptive/*/nextItemHalfSplit", "expected/adaptive/*/next_item_half_split", 0),
          ("adaptive/*/entropyBits", "expected/adaptive/*/entropy_bits", 1e-12),
        ]),
    ]
    + [("ml", 0), ("md", 1), ("mdml", 2)].map { method, place in
      SharedCase(
        "kst-doignon-falmagne-7", "place knowledge --method \(method) CASE",
        [
          ("model/logLikelihood", "expected/\(place)/loglik", 0.001),
          ("model/discrepancy", "expected/\(place)/discrepancy", 0.002),
        ]
          // What maximum likelihood determines only weakly is compared by its height.
          + (method == "ml"
            ? []
            : [
              ("model/careless/*", "expected/\(place)/beta/*", 0.002),
              ("model/lucky/*", "expected/\(place)/eta/*", 0.002),
              ("model/probabilities/*", "expected/\(place)/P_K/*", 0.002),
            ]))
    }
}

// MARK: Items and raters

extension SharedCase {
  static let classical: [SharedCase] =
    ["ctt-lsat6", "ctt-science"].map { file in
      SharedCase(
        file, "items CASE",
        [
          ("persons", "expected/n", 0), ("items/*/mean", "expected/mean_item/*", 1e-9),
          ("items/*/sd", "expected/sd_item_n_minus_1/*", 1e-9),
          ("items/*/itemTotal", "expected/item_total_r/*", 1e-9),
          ("items/*/itemRest", "expected/item_rest_r/*", 1e-9), ("alpha", "expected/alpha", 1e-9),
          ("standardizedAlpha", "expected/alpha_std", 1e-9),
          ("items/*/alphaWithout", "expected/alpha_if_deleted/*", 1e-9),
          ("lambda6", "expected/guttman_lambda6", 1e-9),
          ("totalMean", "expected/total_mean", 1e-9), ("totalSD", "expected/total_sd", 1e-9),
          ("standardError", "expected/sem", 1e-9),
          ("items/*/upperLower", "expected/upper_lower_27_all_ties/*", 1e-9),
        ])
    } + [
      SharedCase(
        "distractors-sat12-a", "items CASE",
        [
          ("distractors/*/options/*/option", "expected/*/options/*/option", 0),
          ("distractors/*/options/*/proportion", "expected/*/options/*/proportion", 1e-10),
          ("distractors/*/options/*/optionTotal", "expected/*/options/*/r_total", 1e-10),
          ("distractors/*/options/*/optionRest", "expected/*/options/*/r_rest", 1e-10),
          (
            "distractors/*/options/*/meanTotal", "expected/*/options/*/mean_total_of_choosers",
            1e-10
          ),
        ]),
      SharedCase(
        "dif-mantel-haenszel", "items CASE",
        [
          ("oddsRatio", "expected/alpha_mh", 1e-9), ("delta", "expected/delta_mh", 1e-9),
          ("correctedChiSquare", "expected/chi2_corrected", 1e-9),
          ("correctedProbability", "expected/p_corrected", 1e-9),
          ("chiSquare", "expected/chi2", 1e-9),
          ("standardError", "expected/se_log_alpha_rbg", 1e-9),
        ]),
      SharedCase(
        "bradley-terry-citations", "compare --reference Biometrika CASE",
        [
          ("pieces/*/ability", "expected/log_ability_first_zero/*", 1e-8),
          ("pieces/*/standardError", "expected/se/*", 1e-8),
          ("logLikelihood", "expected/loglik", 1e-8),
        ]),
    ]

  /// Coefficients of a file, for weights that it has.
  private static func coefficients(_ weights: [String]) -> [(String, String, Double)] {
    weights.flatMap { weight in
      [
        "gwet", "fleiss", "krippendorff", "conger", "brennan_prediger", "percent",
      ].flatMap { name in
        let own = name == "brennan_prediger" ? "brennanPrediger" : name
        let wanted = "expected/irrCAC_by_weights_rounded_5_digits/\(weight)/\(name)"
        return [
          ("agreement/\(weight)/\(own)/value", wanted + "/value", 5.1e-6),
          ("agreement/\(weight)/\(own)/standardError", wanted + "/se", 5.1e-6),
        ]
      }
    }
  }

  private static let metrics: [(String, String, Double)] =
    ["nominal", "ordinal", "interval", "ratio"].enumerated().map { place, name in
      ("krippendorffAlpha/\(name)/value", "expected/krippendorff_alpha/\(place)", 1e-9)
    }

  static let raters: [SharedCase] =
    ["agreement-krippendorff-2011", "agreement-gwet-4raters", "icc-shrout-fleiss-1979"].map {
      file in
      SharedCase(
        file, "raters CASE",
        coefficients(["unweighted", "linear", "quadratic", "ordinal"]) + metrics)
    } + [
      SharedCase(
        "agreement-fleiss-1971", "raters CASE",
        coefficients(["unweighted"]) + [
          ("krippendorffAlpha/nominal/value", "expected/krippendorff_alpha", 1e-9),
          ("agreement/unweighted/fleiss/value", "expected/fleiss_kappa", 1e-9),
          ("pairs/*/kappa/unweighted", "expected/cohen_pairs/*/kappa", 1e-9),
          ("pairs/*/kappa/linear", "expected/cohen_pairs/*/linear", 1e-9),
          ("pairs/*/kappa/quadratic", "expected/cohen_pairs/*/quadratic", 1e-9),
        ]),
      SharedCase(
        "icc-shrout-fleiss-1979", "raters CASE",
        ["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"].map {
          ("icc/\($0)/value", "expected/icc/\($0)", 1e-9)
        } + [
          ("kendallW", "expected/kendall_w", 1e-9),
          ("pairs/*/kappa/quadratic", "expected/cohen_pairs/*/quadratic", 1e-9),
        ]),
      SharedCase(
        "gtheory-shrout-fleiss", "raters CASE",
        [
          ("generalizability/unitVariance", "expected/var_person", 1e-10),
          ("generalizability/raterVariance", "expected/var_rater", 1e-10),
          ("generalizability/restVariance", "expected/var_residual", 1e-10),
        ]
          + [(1, 0), (2, 1), (4, 3)].flatMap { count, place in
            [
              (
                "generalizability/raters/\(place)/g", "expected/g_coefficient/\(count)", 1e-10
              ), ("generalizability/raters/\(place)/phi", "expected/phi/\(count)", 1e-10),
            ]
          }),
      SharedCase(
        "kappa-table-3x3", "raters CASE",
        ["unweighted", "linear", "quadratic"].flatMap { weight in
          ["kappa", "gwet", "scott"].map {
            ("\(weight)/\($0)", "expected/irrCAC/\(weight)/\($0)", 1e-6)
          }
        }),
    ]
}

// MARK: Skills

extension SharedCase {
  static let skills: [SharedCase] = [
    SharedCase(
      "bkt-forward", "score practice CASE",
      [
        ("cases/*/prior/*", "cases/*/expected/prior/*", 1e-12),
        ("cases/*/chance/*", "cases/*/expected/p_correct/*", 1e-12),
        ("cases/*/after/*", "cases/*/expected/after/*", 1e-12),
        ("cases/*/next", "cases/*/expected/next_prior", 1e-12),
        ("cases/*/logLikelihood", "cases/*/loglik", 1e-12),
      ]),
    SharedCase(
      "bkt-em", "fit --model bkt --trace 5 CASE",
      [
        (
          "skills/0/trace/*/parameters/*", "expected/em_parameters_after_step_0_to_5/*/*", 1e-10
        ), ("skills/0/trace/0-4/logLikelihood", "expected/loglik_at_steps_0_to_4/*", 1e-10),
        ("skills/0/logLikelihood", "expected/max_loglik", 1e-4),
        ("skills/0/prior", "expected/mle/prior", 0.005),
        ("skills/0/learn", "expected/mle/learn", 0.005),
        ("skills/0/guess", "expected/mle/guess", 0.005),
        ("skills/0/slip", "expected/mle/slip", 0.005),
      ]),
    SharedCase(
      "mastery-heuristics", "score practice --model streak --parameters 3 CASE",
      [("cases/*/masteryAt", "cases/*/expected/streak3_step", 0)]),
    SharedCase(
      "mastery-heuristics", "score practice --model ema --parameters 0.2,0.67 CASE",
      [
        ("cases/*/averages/*", "cases/*/expected/ema/*", 1e-12),
        ("cases/*/masteryAt", "cases/*/expected/ema_mastery_step", 0),
      ]),
    SharedCase(
      "mastery-heuristics", "score practice --model elo --parameters 0,0.3,0.4,0.1 CASE",
      [("cases/*/steps/*/*", "cases/*/expected/elo_p_theta_difficulty/*/*", 1e-12)]),
    SharedCase(
      "mastery-heuristics", "score practice --model pfa --parameters=-0.5,0.25,0.05 CASE",
      [("cases/*/chance/*", "cases/*/expected/pfa_p/*", 1e-12)]),
  ]
}
