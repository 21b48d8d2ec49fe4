import Assessment
import Testing

@Suite("Agreement of raters")
struct AgreementTests {
  /// Krippendorff (2011): 12 units, 4 observers, missing ratings.
  static let krippendorff: [[Double?]] = [
    [1, 1, nil, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [nil, 5, 5, 5], [nil, nil, 1, 1],
    [nil, 3, nil, nil],
  ]
  /// Shrout and Fleiss (1979), table 2.
  static let shrout: [[Double?]] = [
    [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
  ]

  @Test(
    "Krippendorff's published figures",
    arguments: [
      (KrippendorffAlpha.Metric.nominal, 0.743), (.ordinal, 0.815), (.interval, 0.849),
      (.ratio, 0.797),
    ])
  func published(metric: KrippendorffAlpha.Metric, value: Double) throws {
    let alpha = KrippendorffAlpha(
      of: try RatingTable(rows: Self.krippendorff), metric: metric, draws: 200)
    #expect(isNear(alpha.value, value, 0.0005))
    #expect(alpha.interval?.contains(value) == true)
    #expect(alpha.pairedUnits == 11)
  }

  @Test("the figures that Gwet (2014) prints for the same ratings")
  func gwet() throws {
    let agreement = Agreement(of: try RatingTable(rows: Self.krippendorff))
    #expect(isNear(agreement.gwet.value, 0.77544, 5e-6))
    #expect(isNear(agreement.fleiss.value, 0.76117, 5e-6))
    #expect(isNear(agreement.krippendorff.value, 0.74342, 5e-6))
  }

  @Test("the six correlations of Shrout and Fleiss, and Kendall's W")
  func correlations() throws {
    let icc = IntraclassCorrelation(of: try RatingTable(rows: Self.shrout))
    let values = [
      icc.single1, icc.single2, icc.single3, icc.mean1, icc.mean2, icc.mean3,
    ]
    #expect(isNear(values.map(\.value), [0.17, 0.29, 0.71, 0.44, 0.62, 0.91], 0.005))
    #expect(isNear(icc.kendallW, 0.887037037037037, 1e-9))
    // McGraw and Wong (1996) and R psych give these intervals.
    #expect(isNear(icc.single1.interval?.lowerBound, -0.1329, 0.001))
    #expect(isNear(icc.single1.interval?.upperBound, 0.7226, 0.001))
    #expect(isNear(icc.single2.interval?.lowerBound, 0.0188, 0.001))
    #expect(isNear(icc.single2.interval?.upperBound, 0.7611, 0.001))
    #expect(isNear(icc.single3.interval?.lowerBound, 0.3425, 0.001))
    #expect(isNear(icc.single3.interval?.upperBound, 0.9459, 0.001))
  }

  @Test("generalisability of the same ratings")
  func generalizability() throws {
    let study = try Generalizability(of: try RatingTable(rows: Self.shrout))
    #expect(isNear(study.unitVariance, 2.5555555555555562, 1e-10))
    #expect(isNear(study.raterVariance, 5.2444444444444445, 1e-10))
    #expect(isNear(study.restVariance, 1.0194444444444444, 1e-10))
    #expect(isNear(study.phi(raters: 2), 0.4493284493284494, 1e-10))
    #expect(isNear(study.gCoefficient(raters: 4), 0.9093155423770695, 1e-10))
    #expect(study.raters(forPhi: 0.62) == 4)
    #expect(study.raters(forPhi: 1) == nil)
  }

  @Test("kappa of a table (Gwet 2014)")
  func table() throws {
    let counts: [[Double]] = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
    let plain = try Kappa(counts: counts)
    #expect(isNear(plain.kappa.value, 0.796409402183972, 1e-9))
    #expect(isNear(plain.gwet, 0.849330548231346, 1e-9))
    #expect(isNear(plain.scott, 0.796239696211911, 1e-9))
    let squared = try Kappa(counts: counts, weights: .quadratic)
    #expect(isNear(squared.kappa.value, 0.892156862745098, 1e-9))
    #expect(isNear(squared.gwet, 0.940236879278496, 1e-9))
    let linear = try Kappa(counts: counts, weights: .linear)
    #expect(isNear(linear.kappa.value, 0.842902027992002, 1e-9))
  }

  @Test(
    "the shared cases of agreement",
    arguments: [
      "agreement-fleiss-1971", "agreement-gwet-4raters", "agreement-krippendorff-2011",
      "icc-shrout-fleiss-1979",
    ])
  func shared(name: String) throws {
    guard let sample = Sample.named(name) else { return }
    let table = try RatingTable(rows: sample["input", "units_by_raters"].list.map(\.optionals))
    let expected = sample["expected"]
    let byWeights = expected["irrCAC_by_weights_rounded_5_digits"]
    for key in byWeights.keys {
      let weights = try #require(AgreementWeights(rawValue: key))
      let agreement = Agreement(of: table, weights: weights)
      let found = [
        "gwet": agreement.gwet, "fleiss": agreement.fleiss, "conger": agreement.conger,
        "krippendorff": agreement.krippendorff, "brennan_prediger": agreement.brennanPrediger,
        "percent": agreement.percent,
      ]
      for (name, coefficient) in found {
        let wanted = byWeights[key, name]
        #expect(isNear(coefficient.value, wanted["value"].double, 5e-6), "\(key) \(name)")
        #expect(isNear(coefficient.standardError, wanted["se"].double, 5.1e-6), "\(key) \(name)")
      }
    }
    let metrics: [KrippendorffAlpha.Metric] = [.nominal, .ordinal, .interval, .ratio]
    let alphas = metrics.map { KrippendorffAlpha(of: table, metric: $0).value }
    if let one = expected["krippendorff_alpha"].number {
      #expect(isNear(alphas[0], one, 1e-9))
    } else {
      #expect(isNear(alphas, expected["krippendorff_alpha"].numbers, 1e-9))
    }
    for pair in expected["cohen_pairs"].list {
      let raters = pair["raters"].whole.map { $0 - 1 }
      for (key, weights) in [
        ("kappa", AgreementWeights.identity), ("linear", .linear), ("quadratic", .quadratic),
      ] {
        // irr takes the categories of the pair, not those of all raters.
        let two = try RatingTable(
          rows: table.units.indices.map { [table[$0, raters[0]], table[$0, raters[1]]] })
        let kappa = Kappa(of: two, 0, 1, weights: weights)
        if name == "agreement-fleiss-1971" || weights == .identity {
          #expect(isNear(kappa.kappa.value, pair[key].double, 1e-9), "\(raters) \(key)")
        }
      }
    }
    let icc = IntraclassCorrelation(of: table)
    if expected["icc"].keys.isEmpty == false {
      let found = [
        icc.single1, icc.mean1, icc.single2, icc.mean2, icc.single3, icc.mean3,
      ].map(\.value)
      let wanted = ["ICC1", "ICC1k", "ICC2", "ICC2k", "ICC3", "ICC3k"].map {
        expected["icc", $0].double
      }
      #expect(isNear(found, wanted, 1e-9))
      #expect(isNear(icc.kendallW, expected["kendall_w"].double, 1e-9))
    }
  }

  @Test("order of units and raters does not matter")
  func order() throws {
    var rows = Self.krippendorff
    var random = SeededGenerator(seed: 3)
    let first = KrippendorffAlpha(of: try RatingTable(rows: rows), metric: .interval).value
    let agreement = Agreement(of: try RatingTable(rows: rows), weights: .quadratic)
    random.shuffle(&rows)
    rows = rows.map { [$0[2], $0[0], $0[3], $0[1]] }
    let table = try RatingTable(rows: rows)
    #expect(isNear(KrippendorffAlpha(of: table, metric: .interval).value, first ?? .nan, 1e-12))
    let other = Agreement(of: table, weights: .quadratic)
    #expect(isNear(other.gwet.value, agreement.gwet.value ?? .nan, 1e-12))
    #expect(isNear(other.conger.value, agreement.conger.value ?? .nan, 1e-12))
  }

  @Test("what cannot be measured is named")
  func badData() throws {
    let same = try RatingTable(rows: [[1, 1], [1, 1]])
    #expect(Agreement(of: same).fleiss.value == nil)
    #expect(Agreement(of: same).findings.contains { $0.code == .notIdentified })
    #expect(Kappa(of: same, 0, 1).kappa.value == nil)
    #expect(KrippendorffAlpha(of: same, metric: .nominal).value == nil)
    #expect(IntraclassCorrelation(of: same).single1.value == nil)
    let split = try RatingTable(
      raters: ["ann", "ben", "eve"], rows: [[1, 2, nil], [2, 2, nil], [nil, nil, 3]])
    #expect(split.findings.contains { $0.code == .disconnected && $0.message.contains("eve") })
    #expect(throws: AssessmentError.self) { try RatingTable(rows: [[.nan]]) }
    #expect(throws: AssessmentError.self) { try RatingTable(rows: [[nil], [nil]]) }
    #expect(throws: AssessmentError.self) { try RatingTable(rows: [[1], [1, 2]]) }
    #expect(throws: AssessmentError.self) { try RatingTable(rows: []) }
    #expect(throws: AssessmentError.self) { try Kappa(counts: [[1, 2]]) }
    #expect(throws: AssessmentError.self) { try Generalizability(of: same) }
  }
}
