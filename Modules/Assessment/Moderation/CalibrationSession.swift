/// A session in which raters score anchors, pieces of work whose levels experts have agreed on.
///
/// The thresholds are those of Williamson, Xi and Breyer (2012): a quadratically weighted kappa of
/// at least 0.70 and a standardised mean difference of at most 0.15. Neither stands alone: kappa is
/// small when nearly all anchors have one level, and large when levels are many.
public struct CalibrationSession: Hashable, Sendable {
  /// One rating of an anchor.
  public struct Rating: Hashable, Sendable {
    /// Who rated.
    public var rater: String
    /// Which anchor.
    public var anchor: String
    /// The level, as its rank on the scale.
    public var level: Int

    /// Creates a rating.
    public init(rater: String, anchor: String, level: Int) {
      self.rater = rater
      self.anchor = anchor
      self.level = level
    }
  }

  /// How a rater agrees with the experts.
  public struct RaterResult: Hashable, Sendable {
    /// The rater.
    public var rater: String
    /// How many anchors were rated.
    public var count: Int
    /// The share with the experts' level.
    public var exact: Double
    /// The share at most one level away.
    public var adjacent: Double
    /// The mean difference to the experts, in levels; above 0 is lenient.
    public var bias: Double
    /// The mean difference divided by the spread of the anchors' levels.
    public var standardisedDifference: Double?
    /// The kappa with quadratic weights; `nil` where it is not determined.
    public var kappa: Double?
    /// Whether the rater may score: every criterion that is determined is met.
    public var isCalibrated: Bool
    /// What is to be talked about.
    public var findings: [Finding]
  }

  /// How hard an anchor is to agree on.
  public struct AnchorResult: Hashable, Sendable {
    /// The anchor.
    public var anchor: String
    /// The experts' level.
    public var level: Int
    /// How many rated it.
    public var count: Int
    /// The share with the experts' level.
    public var exact: Double
    /// The mean level that raters gave.
    public var mean: Double
  }

  /// What raters have to reach.
  public struct Thresholds: Hashable, Sendable {
    /// The least kappa with quadratic weights.
    public var kappa = 0.7
    /// The greatest standardised mean difference, above and below.
    public var difference = 0.15
    /// The least share of exact agreement.
    public var exact = 0.6
    /// How many anchors a rater has to rate.
    public var count = 5

    /// Creates the published thresholds.
    public init() {}
  }

  /// The raters, by name.
  public let raters: [RaterResult]
  /// The anchors that somebody rated, by name.
  public let anchors: [AnchorResult]

  /// Works out a session.
  ///
  /// - Parameters:
  ///   - anchors: The experts' level of each anchor, as ranks.
  ///   - ratings: The ratings; the last one of a rater and anchor holds.
  ///   - levelCount: How many levels the scale has.
  ///   - thresholds: What raters have to reach.
  /// - Throws: ``AssessmentError`` when there are no ratings, an anchor is not known, or a level is
  ///   not on the scale.
  public init(
    anchors: [String: Int], ratings: [Rating], levelCount: Int,
    thresholds: Thresholds = Thresholds()
  ) throws(AssessmentError) {
    guard !ratings.isEmpty else { throw AssessmentError(.empty, "Nobody rated an anchor.") }
    for (anchor, level) in anchors where !(0..<levelCount).contains(level) {
      throw AssessmentError(
        .wrongValue,
        "The anchor \(anchor) has the rank \(level); the scale has 0 to \(levelCount - 1).")
    }
    var held: [String: [String: Int]] = [:]
    for rating in ratings {
      guard anchors[rating.anchor] != nil, (0..<levelCount).contains(rating.level) else {
        throw AssessmentError(
          .wrongValue,
          "\(rating.rater) gave \(rating.anchor) the rank \(rating.level); it has to be one of the "
            + "anchors, with a rank from 0 to \(levelCount - 1).")
      }
      held[rating.rater, default: [:]][rating.anchor] = rating.level
    }
    var results: [RaterResult] = []
    for (rater, levels) in held.sorted(by: { $0.key < $1.key }) {
      let pairs = levels.sorted { $0.key < $1.key }.map { (anchors[$0.key] ?? 0, $0.value) }
      results.append(try Self.result(rater, pairs, levelCount, thresholds))
    }
    raters = results
    self.anchors = anchors.sorted { $0.key < $1.key }.compactMap { anchor, level in
      let given = held.values.compactMap { $0[anchor] }
      guard !given.isEmpty else { return nil }
      let count = Double(given.count)
      return AnchorResult(
        anchor: anchor, level: level, count: given.count,
        exact: Double(given.count { $0 == level }) / count,
        mean: Double(given.reduce(0, +)) / count)
    }
  }

  private static func result(
    _ rater: String, _ pairs: [(Int, Int)], _ levelCount: Int, _ thresholds: Thresholds
  ) throws(AssessmentError) -> RaterResult {
    let count = Double(pairs.count)
    let exact = Double(pairs.count { $0.0 == $0.1 }) / count
    let adjacent = Double(pairs.count { abs($0.0 - $0.1) <= 1 }) / count
    let bias = Double(pairs.reduce(0) { $0 + $1.1 - $1.0 }) / count
    let mean = Double(pairs.reduce(0) { $0 + $1.0 }) / count
    let squares = pairs.reduce(0.0) { $0 + (Double($1.0) - mean) * (Double($1.0) - mean) }
    let spread = pairs.count > 1 ? (squares / (count - 1)).squareRoot() : 0
    var counts = [[Double]](repeating: [Double](repeating: 0, count: levelCount), count: levelCount)
    for (expert, own) in pairs { counts[expert][own] += 1 }
    let kappa = spread > 0 ? try Kappa(counts: counts, weights: .quadratic).kappa.value : nil
    let difference = spread > 0 ? bias / spread : nil
    var findings: [Finding] = []
    if pairs.count < thresholds.count {
      findings.append(
        Finding(
          .fewPersons, rater,
          "\(pairs.count) anchors were rated, \(thresholds.count) are wanted before anything is "
            + "said."))
    }
    if let difference, abs(difference) > thresholds.difference {
      findings.append(
        Finding(
          .severe, rater,
          "On average \(Figures.text(abs(bias))) levels too \(bias > 0 ? "lenient" : "severe"): "
            + "\(Figures.text(abs(difference))) standard deviations, at most "
            + "\(Figures.text(thresholds.difference)) are wanted."))
    }
    if kappa == nil {
      findings.append(
        Finding(.notIdentified, rater, "All anchors that were rated have one level; add others."))
    }
    return RaterResult(
      rater: rater, count: pairs.count, exact: exact, adjacent: adjacent, bias: bias,
      standardisedDifference: difference, kappa: kappa,
      isCalibrated: pairs.count >= thresholds.count && exact >= thresholds.exact
        && (kappa ?? 0) >= thresholds.kappa && abs(difference ?? 1) <= thresholds.difference,
      findings: findings)
  }

  /// Puts anchors among the work of a rater, at places that cannot be guessed: one in each block.
  ///
  /// - Parameters:
  ///   - anchors: The anchors, used in random order and again when they run out.
  ///   - works: The work, whose order is kept.
  ///   - every: One anchor among so many pieces of work.
  ///   - seed: The seed; give every rater another one.
  /// - Returns: The queue.
  public static func queue(
    anchors: [String], works: [String], every: Int, seed: UInt64
  ) -> [String] {
    guard !anchors.isEmpty, every >= 1 else { return works }
    var generator = SeededGenerator(seed: seed)
    var order = anchors
    generator.shuffle(&order)
    var queue: [String] = []
    var next = 0
    for start in stride(from: 0, to: works.count, by: every) {
      let block = works[start..<min(start + every, works.count)]
      let place = generator.below(block.count + 1)
      queue += block.prefix(place)
      if block.count == every || place < block.count {
        queue.append(order[next % order.count])
        next += 1
      }
      queue += block.dropFirst(place)
    }
    return queue
  }
}
