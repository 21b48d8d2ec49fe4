#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which pieces of work are scored a second time, so that the scores of all can be trusted.
public struct ModerationSample: Hashable, Sendable {
  /// A piece of work with its first score.
  public struct Work: Hashable, Sendable {
    /// The name of the piece.
    public var name: String
    /// Who scored it first.
    public var rater: String
    /// The first score, on the scale of the cut; `nil` where only the stratum counts.
    public var score: Double?
    /// What else the sample is spread over, such as the task or the level.
    public var stratum: String

    /// Creates a piece of work.
    public init(_ name: String, rater: String, score: Double? = nil, stratum: String = "") {
      self.name = name
      self.rater = rater
      self.score = score
      self.stratum = stratum
    }
  }

  /// How large a sample is.
  public enum Size: Hashable, Sendable {
    /// A share of all pieces, such as 0.05, rounded up.
    case share(Double)
    /// So many that, if all second scores agree, fewer than the rate disagree among all pieces
    /// with this confidence; tolerated disagreements make the sample larger.
    case confidence(Double, rate: Double, tolerated: Int)
  }

  /// The places of the chosen pieces, in the order of the input.
  public let chosen: [Int]
  /// Those of them that were taken because they are near the cut.
  public let nearCut: [Int]
  /// How many pieces there are.
  public let populationCount: Int
  /// What the sample can say, when nothing in it disagrees: the rate above which disagreement
  /// would have been seen with 95 % confidence.
  public let detectableRate: Double

  /// Draws a sample.
  ///
  /// Each combination of rater and stratum gives at least one piece while the size allows, and the
  /// rest in proportion to its size. The draw depends on names and seed alone, not on the order of
  /// the input. Pieces near the cut are taken besides; they are no part of the random sample.
  ///
  /// - Parameters:
  ///   - works: The pieces; names are different.
  ///   - size: How many.
  ///   - rule: The rule for pieces near the cut, or `nil`.
  ///   - seed: The seed.
  /// - Throws: ``AssessmentError`` when there are no pieces, a name comes twice or the size makes
  ///   no sense.
  /// - Complexity: O(*n* log *n*).
  public init(
    of works: [Work], size: Size, nearCut rule: NearCutRule? = nil, seed: UInt64
  ) throws(AssessmentError) {
    guard !works.isEmpty else { throw AssessmentError(.empty, "There is no work to moderate.") }
    guard Set(works.map(\.name)).count == works.count else {
      throw AssessmentError(.wrongValue, "A piece of work comes twice; give each its own name.")
    }
    let count = try Self.count(size, of: works.count)
    var strata: [[Int]] = []
    var places: [String: Int] = [:]
    for (place, work) in works.enumerated() {
      let key = "\(work.rater)\u{0}\(work.stratum)"
      if let stratum = places[key] {
        strata[stratum].append(place)
      } else {
        places[key] = strata.count
        strata.append([place])
      }
    }
    let keys = places.keys.sorted()
    let sizes = keys.map { strata[places[$0] ?? 0].count }
    let shares = Self.allocate(count, to: sizes)
    let root = SeededGenerator(seed: seed)
    var taken: Set<Int> = []
    for (number, key) in keys.enumerated() {
      var members = strata[places[key] ?? 0].sorted { works[$0].name < works[$1].name }
      var generator = root.stream(number)
      generator.shuffle(&members)
      taken.formUnion(members.prefix(shares[number]))
    }
    let near = works.indices.filter { place in
      guard let rule, let score = works[place].score else { return false }
      return rule.wantsSecondRating(of: score)
    }
    chosen = Set(taken).union(near).sorted()
    self.nearCut = near
    populationCount = works.count
    detectableRate = Self.upperBound(
      disagreements: 0, sample: taken.count, population: works.count, confidence: 0.95)
  }

  private static func count(_ size: Size, of population: Int) throws(AssessmentError) -> Int {
    switch size {
    case .share(let share):
      guard share > 0, share <= 1 else {
        throw AssessmentError(.wrongValue, "The share \(share) has to be above 0 and at most 1.")
      }
      return min(population, max(1, Int((share * Double(population) - 1e-9).rounded(.up))))
    case .confidence(let confidence, let rate, let tolerated):
      return try sampleSize(
        population: population, rate: rate, confidence: confidence, tolerated: tolerated)
    }
  }

  /// Shares a number out in proportion to sizes, by largest remainder, at least one each while it
  /// lasts.
  static func allocate(_ count: Int, to sizes: [Int]) -> [Int] {
    let total = sizes.reduce(0, +)
    var shares = sizes.map { _ in 0 }
    var left = min(count, total)
    let bySize = sizes.indices.sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
    for stratum in bySize where left > 0 {
      shares[stratum] = 1
      left -= 1
    }
    guard left > 0 else { return shares }
    let ideal = sizes.map { Double($0) * Double(min(count, total)) / Double(total) }
    // Whole parts first, then one more for those that are furthest below their ideal.
    for stratum in bySize where left > 0 {
      let more = min(left, max(0, min(sizes[stratum], Int(ideal[stratum])) - shares[stratum]))
      shares[stratum] += more
      left -= more
    }
    while left > 0 {
      let next = bySize.filter { shares[$0] < sizes[$0] }.max {
        ideal[$0] - Double(shares[$0]) < ideal[$1] - Double(shares[$1])
      }
      guard let next else { break }
      shares[next] += 1
      left -= 1
    }
    return shares
  }

  /// The least sample that, with no more than the tolerated disagreements in it, shows with a
  /// confidence that fewer than a rate of all pieces would be scored otherwise.
  ///
  /// Exact for a finite number of pieces (hypergeometric).
  ///
  /// - Throws: ``AssessmentError`` with the code `wrongValue` for rates and confidences that are
  ///   not between 0 and 1.
  public static func sampleSize(
    population: Int, rate: Double, confidence: Double, tolerated: Int = 0
  ) throws(AssessmentError) -> Int {
    guard population >= 1, rate > 0, rate < 1, confidence > 0, confidence < 1, tolerated >= 0 else {
      throw AssessmentError(
        .wrongValue,
        "A sample of \(population) pieces for the rate \(rate) with the confidence \(confidence): "
          + "rate and confidence have to lie between 0 and 1.")
    }
    let bad = max(1, Int((rate * Double(population) - 1e-9).rounded(.up)))
    var (low, high) = (1, population)
    // The chance to see few disagreements falls with the size.
    while low < high {
      let middle = (low + high) / 2
      let chance = chanceOfAtMost(tolerated, sample: middle, bad: bad, population: population)
      if chance <= 1 - confidence { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The rate of disagreement among all pieces that a sample does not exclude: the exact upper
  /// bound for a finite number of pieces.
  public static func upperBound(
    disagreements: Int, sample: Int, population: Int, confidence: Double = 0.95
  ) -> Double {
    guard sample > 0, population >= sample else { return 1 }
    var (low, high) = (disagreements, population - (sample - disagreements))
    while low < high {
      let middle = (low + high + 1) / 2
      let chance = chanceOfAtMost(
        disagreements, sample: sample, bad: middle, population: population)
      if chance > 1 - confidence { low = middle } else { high = middle - 1 }
    }
    return Double(low) / Double(population)
  }

  private static func chanceOfAtMost(
    _ most: Int, sample: Int, bad: Int, population: Int
  ) -> Double {
    let good = population - bad
    let all = SpecialFunctions.logChoose(population, sample)
    var sum = 0.0
    for found in 0...most where found <= bad && found <= sample && sample - found <= good {
      sum += exp(
        SpecialFunctions.logChoose(bad, found)
          + SpecialFunctions.logChoose(good, sample - found) - all)
    }
    return sum
  }
}
