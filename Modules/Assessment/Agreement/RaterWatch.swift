/// How raters do over time: severity against the others, halo, and drift with an alarm.
///
/// Each rating is set against the mean of the other raters of the same work and criterion, or
/// against the known score of an anchor. The mean differences of works are added up in order of
/// time by a two-sided cumulative sum (Page 1954), which sees a lasting shift long before a mean does.
public struct RaterWatch: Sendable {
  /// One rating.
  public struct Rating: Hashable, Sendable {
    /// The piece of work.
    public var work: String
    /// The criterion; blank when there is one only.
    public var criterion: String
    /// The rater.
    public var rater: String
    /// The score.
    public var score: Double
    /// The known score, for an anchor.
    public var anchor: Double?

    /// Creates a rating.
    public init(
      work: String, criterion: String = "", rater: String, score: Double, anchor: Double? = nil
    ) {
      self.work = work
      self.criterion = criterion
      self.rater = rater
      self.score = score
      self.anchor = anchor
    }
  }

  /// What can be set.
  public struct Options: Hashable, Sendable {
    /// The shift that is to be seen, in standard deviations.
    public var shift = 1.0
    /// The height of the sum that gives an alarm, in standard deviations; 5 gives a false one in
    /// about 460 works.
    public var alarm = 5.0
    /// How many works in the beginning set the level of a rater.
    public var baseline = 20

    /// Creates the usual options.
    public init() {}
  }

  /// One rater.
  public struct Rater: Hashable, Sendable {
    /// The name.
    public var name: String
    /// How many works could be compared.
    public var count: Int
    /// The mean difference to the others, in scores; below 0 is severe.
    public var severity: Double?
    /// Its 95 % interval by Student's t.
    public var severityInterval: ClosedRange<Double>?
    /// The mean spread of a work's criteria as a share of the other raters' spread of the same
    /// work: well below 1 is a halo.
    public var spread: Double?
    /// The place among the rater's works at which drift was seen, from 1.
    public var driftAt: Int?
    /// The mean difference after the alarm less that of the beginning.
    public var driftSize: Double?
    /// The differences that severity is the mean of, one for each work, in order of time.
    public var differences: [Double] = []
  }

  /// The raters, in the order in which they first appear.
  public let raters: [Rater]
  /// What is remarkable.
  public let findings: [Finding]

  /// Watches raters.
  ///
  /// - Parameters:
  ///   - ratings: The ratings, in order of time.
  ///   - options: What can be set.
  /// - Throws: ``AssessmentError`` when there are none, or a score is no number.
  /// - Complexity: O(*ratings*).
  public init(_ ratings: [Rating], options: Options = Options()) throws(AssessmentError) {
    guard !ratings.isEmpty else { throw AssessmentError(.empty, "There are no ratings.") }
    if let place = ratings.firstIndex(where: { !$0.score.isFinite }) {
      throw AssessmentError(.wrongValue, "Rating \(place + 1) is no number; leave it out.")
    }
    let peers = PeerSums(ratings)
    var order: [String] = []
    var works: [String: WorkMeans] = [:]
    for rating in ratings {
      if works[rating.rater] == nil {
        order.append(rating.rater)
        works[rating.rater] = WorkMeans()
      }
      if let difference = peers.difference(rating) {
        works[rating.rater]?.add(difference, work: rating.work)
      }
    }
    let spreads = peers.spreads(ratings)
    raters = order.map { name in
      Self.rater(name, works[name]?.means ?? [], spreads[name], options)
    }
    findings = raters.flatMap { Self.findings($0) }
  }

  private static func rater(
    _ name: String, _ differences: [Double], _ spread: Double?, _ options: Options
  ) -> Rater {
    var rater = Rater(name: name, count: differences.count, spread: spread)
    guard !differences.isEmpty else { return rater }
    rater.differences = differences
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    rater.severity = mean
    guard differences.count > 1 else { return rater }
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / (count - 1) / count).squareRoot()
    let reach = SpecialFunctions.studentQuantile(0.975, degrees: count - 1) * error
    rater.severityInterval = (mean - reach)...(mean + reach)
    let base = min(max(2, options.baseline), differences.count / 2)
    guard base >= 2 else { return rater }
    let start = differences[..<base].reduce(0, +) / Double(base)
    // Successive differences tell chance from drift (von Neumann 1941).
    let steps = zip(differences, differences.dropFirst()).reduce(0) {
      $0 + ($1.1 - $1.0) * ($1.1 - $1.0)
    }
    let deviation = (steps / (2 * (count - 1))).squareRoot()
    guard deviation > 0 else { return rater }
    var (up, down) = (0.0, 0.0)
    for (place, difference) in differences.enumerated().dropFirst(base) {
      let z = (difference - start) / deviation
      up = max(0, up + z - options.shift / 2)
      down = max(0, down - z - options.shift / 2)
      guard max(up, down) > options.alarm else { continue }
      rater.driftAt = place + 1
      let after = differences[place...]
      rater.driftSize = after.reduce(0, +) / Double(after.count) - start
      break
    }
    return rater
  }

  private static func findings(_ rater: Rater) -> [Finding] {
    var found: [Finding] = []
    if rater.count == 0 {
      found.append(
        Finding(
          .disconnected, rater.name,
          "shares no work with other raters and has no anchor; nothing can be said"))
    }
    if let severity = rater.severity, let interval = rater.severityInterval,
      interval.lowerBound > 0.25 || interval.upperBound < -0.25
    {
      let word = severity < 0 ? "severe" : "lenient"
      found.append(
        Finding(
          .severe, rater.name,
          "is \(word): \(severity.rounded(places: 2)) from the others on average"))
    }
    if let spread = rater.spread, spread < 0.5 {
      found.append(
        Finding(
          .halo, rater.name,
          "criteria of a work differ by \((100 * spread).rounded()) % of what others see; rate one "
            + "criterion at a time"))
    }
    if let place = rater.driftAt {
      let size = rater.driftSize.map { " by \($0.rounded(places: 2))" } ?? ""
      found.append(
        Finding(
          .drift, rater.name,
          "has shifted\(size) at work \(place); calibrate again and look at the works since"))
    }
    return found
  }
}

/// The mean difference of each work: criteria of one work go together, so that each of them would
/// not be news.
private struct WorkMeans {
  private var places: [String: Int] = [:]
  private var sums: [(sum: Double, count: Double)] = []

  mutating func add(_ difference: Double, work: String) {
    let place = places[work] ?? sums.count
    if place == sums.count {
      places[work] = place
      sums.append((0, 0))
    }
    sums[place].sum += difference
    sums[place].count += 1
  }

  var means: [Double] { sums.map { $0.sum / $0.count } }
}

/// Sums over raters of each work and criterion.
private struct PeerSums {
  private struct Key: Hashable {
    var work: String
    var criterion: String
  }

  private var sums: [Key: (sum: Double, count: Double)] = [:]

  init(_ ratings: [RaterWatch.Rating]) {
    for rating in ratings {
      let key = Key(work: rating.work, criterion: rating.criterion)
      sums[key, default: (0, 0)].sum += rating.score
      sums[key, default: (0, 0)].count += 1
    }
  }

  /// How far a rating is from the anchor or the other raters.
  func difference(_ rating: RaterWatch.Rating) -> Double? {
    if let anchor = rating.anchor { return rating.score - anchor }
    guard let all = sums[Key(work: rating.work, criterion: rating.criterion)], all.count > 1 else {
      return nil
    }
    return rating.score - (all.sum - rating.score) / (all.count - 1)
  }

  /// For each rater the spread over criteria as a share of the others' spread of the same work.
  func spreads(_ ratings: [RaterWatch.Rating]) -> [String: Double] {
    var scores: [Key: [Double]] = [:]
    for rating in ratings {
      scores[Key(work: rating.work, criterion: rating.rater), default: []].append(rating.score)
    }
    var ofWork: [String: [(rater: String, spread: Double)]] = [:]
    for (key, list) in scores where list.count > 1 {
      let mean = list.reduce(0, +) / Double(list.count)
      let squares = list.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      ofWork[key.work, default: []].append(
        (key.criterion, (squares / Double(list.count - 1)).squareRoot()))
    }
    var (own, others) = ([String: Double](), [String: Double]())
    // In the order of names, so that sums have the same bits in every run.
    for (_, list) in ofWork.sorted(by: { $0.key < $1.key }) where list.count > 1 {
      let entries = list.sorted { $0.rater < $1.rater }
      let all = entries.reduce(0) { $0 + $1.spread }
      for entry in entries {
        own[entry.rater, default: 0] += entry.spread
        others[entry.rater, default: 0] += (all - entry.spread) / Double(entries.count - 1)
      }
    }
    return own.reduce(into: [:]) { result, entry in
      if let other = others[entry.key], other > 0 { result[entry.key] = entry.value / other }
    }
  }
}
