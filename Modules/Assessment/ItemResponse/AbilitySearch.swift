/// Searches the ability that the answers of one person point to.
struct AbilitySearch {
  private let answers: [(item: CalibratedItem, category: Int)]
  private let method: AbilityMethod
  private let range: ClosedRange<Double>
  private let priorMean: Double
  private let priorVariance: Double

  init(
    _ answers: [(CalibratedItem, Int)], method: AbilityMethod, range: ClosedRange<Double>,
    priorMean: Double, priorVariance: Double
  ) {
    self.answers = answers.map { (item: $0.0, category: $0.1) }
    self.method = method
    self.range = range
    self.priorMean = priorMean
    self.priorVariance = priorVariance
  }

  /// The derivative of the criterion, the information, and the log-likelihood's own derivative.
  private func slope(_ ability: Double) -> (value: Double, information: Double) {
    var (first, information, bias) = (0.0, 0.0, 0.0)
    for (item, category) in answers {
      let (p, d1, d2) = item.derivatives(at: ability)
      if p[category] > 1e-300 { first += d1[category] / p[category] }
      for k in p.indices where p[k] > 1e-300 {
        information += d1[k] * d1[k] / p[k]
        bias += d1[k] * d2[k] / p[k]
      }
    }
    switch method {
    case .wle: return (information > 0 ? first + bias / (2 * information) : first, information)
    case .map:
      return (first - (ability - priorMean) / priorVariance, information + 1 / priorVariance)
    case .eap, .ml: return (first, information)
    }
  }

  /// The criterion itself, up to a constant.
  private func height(_ ability: Double) -> Double {
    var sum = 0.0
    for (item, category) in answers {
      sum += CalibrationRun.logarithm(max(item.probabilities(at: ability)[category], 1e-300))
    }
    if method == .map {
      let away = ability - priorMean
      sum -= away * away / (2 * priorVariance)
    } else if method == .wle {
      let information = answers.reduce(0) { $0 + $1.item.information(at: ability) }
      sum += 0.5 * CalibrationRun.logarithm(max(information, 1e-300))
    }
    return sum
  }

  /// The estimate; a border of the range is none.
  var estimate: AbilityEstimate {
    guard !answers.isEmpty else {
      return method == .map
        ? AbilityEstimate(value: priorMean, standardError: priorVariance.squareRoot()) : .none
    }
    guard let (low, high) = bracket else { return .none }
    let ability = RootFinding.root(in: low...high) { slope($0).value }
    var information = slope(ability).information
    if method == .wle {
      // The curvature of the weighted likelihood itself, where it has a maximum.
      let step = 1e-4
      let curvature = (slope(ability - step).value - slope(ability + step).value) / (2 * step)
      if curvature > 0 { information = curvature }
    }
    return AbilityEstimate(
      value: ability, standardError: information > 0 ? 1 / information.squareRoot() : nil)
  }

  /// Two abilities between which the highest maximum is.
  private var bracket: (Double, Double)? {
    let isOneHumped = answers.allSatisfy { $0.item.guessing == 0 && $0.item.upper == 1 }
    if isOneHumped {
      var (low, high) = (priorMean - 1, priorMean + 1)
      while slope(low).value <= 0 {
        guard low > range.lowerBound else { return nil }
        low = max(range.lowerBound, low - 2)
      }
      while slope(high).value >= 0 {
        guard high < range.upperBound else { return nil }
        high = min(range.upperBound, high + 2)
      }
      return (low, high)
    }
    // With guessing there may be several maxima: look at all of the range.
    let steps = 160
    let span = range.upperBound - range.lowerBound
    let places = (0...steps).map { range.lowerBound + span * Double($0) / Double(steps) }
    let slopes = places.map { slope($0).value }
    var best: (height: Double, place: Int)?
    for place in 0..<steps where slopes[place] > 0 && slopes[place + 1] <= 0 {
      let height = max(height(places[place]), height(places[place + 1]))
      if best.map({ height > $0.height }) ?? true { best = (height, place) }
    }
    guard let best else { return nil }
    // A maximum at a border of the range is higher than any inside: there is no finite one.
    let border = max(height(places[0]), height(places[steps]))
    guard border <= best.height || method != .ml else { return nil }
    return (places[best.place], places[best.place + 1])
  }
}
