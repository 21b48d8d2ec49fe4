/// Counts of categories for each pattern of ratings, and what follows from them.
struct AgreementSums {
  private let patterns: RatingPatterns
  private let categories: Int
  private let weights: [Double]
  /// Ratings of each pattern and category, pattern after pattern.
  private let counts: [Double]
  private let ratings: [Double]
  /// How many units have each pattern.
  private let times: [Double]
  /// For each pattern the agreement of its pairs of ratings.
  private let observed: [Double]
  /// Units with a rating.
  private let units: Double
  /// Units with two ratings or more.
  let paired: Int
  private let mean: Double
  /// The mean share of each category.
  private let shares: [Double]

  init(_ patterns: RatingPatterns, _ weights: [Double]) {
    let q = patterns.categories
    self.patterns = patterns
    categories = q
    self.weights = weights
    times = patterns.multiplicities
    let (counts, ratings) = patterns.categoryCounts
    (self.counts, self.ratings) = (counts, ratings)
    let n = times.reduce(0, +)
    units = n
    var observed = [Double](repeating: 0, count: ratings.count)
    var shares = [Double](repeating: 0, count: q)
    var (pairs, sum) = (0.0, 0.0)
    for row in ratings.indices {
      let r = ratings[row]
      for k in 0..<q { shares[k] += times[row] * counts[row * q + k] / r / n }
      guard r >= 2 else { continue }
      var same = 0.0
      for k in 0..<q where counts[row * q + k] > 0 {
        var near = 0.0
        for l in 0..<q { near += weights[k * q + l] * counts[row * q + l] }
        same += counts[row * q + k] * (near - 1)
      }
      observed[row] = same / (r * (r - 1))
      pairs += times[row]
      sum += times[row] * observed[row]
    }
    self.shares = shares
    self.observed = observed
    paired = Int(pairs)
    mean = sum / max(1, pairs)
  }

  var percent: Coefficient {
    let scale = units / Double(paired)
    var spread = 0.0
    for row in observed.indices {
      spread += times[row] * (scale * observed[row] - mean) * (scale * observed[row] - mean)
    }
    return Coefficient(
      value: mean, standardError: (spread / (units * (units - 1))).squareRoot(),
      units: Int(units))
  }

  /// A coefficient from what chance is expected to give, and each pattern's share in it.
  private func coefficient(expected: Double, _ ofRow: (Int) -> Double) -> Coefficient {
    let value = (mean - expected) / (1 - expected)
    let scale = units / Double(paired)
    var spread = 0.0
    for row in observed.indices {
      let own = ratings[row] >= 2 ? observed[row] - expected : 0
      let part =
        scale * own / (1 - expected)
        - 2 * (1 - value) * (ofRow(row) - expected) / (1 - expected)
      spread += times[row] * (part - value) * (part - value)
    }
    return Coefficient(
      value: value, standardError: (spread / (units * (units - 1))).squareRoot(),
      units: Int(units))
  }

  var gwet: Coefficient {
    let q = Double(categories)
    let scale = weights.reduce(0, +) / (q * (q - 1))
    let expected = scale * shares.reduce(0) { $0 + $1 * (1 - $1) }
    return coefficient(expected: expected) { row in
      var sum = 0.0
      for k in 0..<categories {
        sum += counts[row * categories + k] / ratings[row] * (1 - shares[k])
      }
      return scale * sum
    }
  }

  /// For each category, how near a random rating is to it.
  private func nearness(_ shares: [Double]) -> [Double] {
    (0..<categories).map { k in
      var sum = 0.0
      for l in 0..<categories { sum += weights[k * categories + l] * shares[l] }
      return sum
    }
  }

  private func product(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
  }

  var fleiss: Coefficient {
    let near = nearness(shares)
    return coefficient(expected: product(near, shares)) { row in
      var sum = 0.0
      for k in 0..<categories { sum += near[k] * counts[row * categories + k] }
      return sum / ratings[row]
    }
  }

  var brennanPrediger: Coefficient {
    let expected = weights.reduce(0, +) / Double(categories * categories)
    return coefficient(expected: expected) { _ in expected }
  }

  var krippendorff: Coefficient {
    let kept = ratings.indices.filter { ratings[$0] >= 2 }
    let n = Double(paired)
    let middle = kept.reduce(0) { $0 + times[$1] * ratings[$1] } / n
    let small = 1 / (n * middle)
    var shares = [Double](repeating: 0, count: categories)
    var plain = 0.0
    for row in kept {
      for k in 0..<categories {
        shares[k] += times[row] * counts[row * categories + k] / middle / n
      }
      // Pairs are weighted by how many ratings a unit has.
      plain += times[row] * observed[row] * ratings[row] / middle / n
    }
    let near = nearness(shares)
    let expected = product(near, shares)
    let seen = (1 - small) * plain + small
    // The error is that of the coefficient without the correction for few ratings, as Gwet has it.
    let uncorrected = (plain - expected) / (1 - expected)
    var spread = 0.0
    for row in kept {
      let more = (ratings[row] - middle) / middle
      let own = observed[row] * ratings[row] / middle - seen * more
      var chance = -expected * more
      for k in 0..<categories { chance += near[k] * counts[row * categories + k] / middle }
      let part =
        (own - expected) / (1 - expected)
        - 2 * (1 - uncorrected) * (chance - expected) / (1 - expected)
      spread += times[row] * (part - uncorrected) * (part - uncorrected)
    }
    return Coefficient(
      value: (seen - expected) / (1 - expected),
      standardError: (spread / (n * (n - 1))).squareRoot(), units: paired)
  }

  /// Conger's kappa, whose chance agreement is that of the raters' own shares.
  var conger: Coefficient {
    let (q, raters) = (categories, patterns.raters)
    var byRater = [Double](repeating: 0, count: raters)
    var shares = [[Double]](
      repeating: [Double](repeating: 0, count: q), count: raters)
    for (place, code) in patterns.codes.enumerated() where code != RatingTable.missing {
      shares[place % raters][Int(code)] += times[place / raters]
      byRater[place % raters] += times[place / raters]
    }
    for rater in 0..<raters where byRater[rater] > 0 {
      for k in 0..<q { shares[rater][k] /= byRater[rater] }
    }
    let active = Double(raters)
    let means = (0..<q).map { k in shares.reduce(0) { $0 + $1[k] } / active }
    let nearAll = nearness(means)
    let nearOwn = shares.map { nearness($0) }
    // The mean over pairs of raters: all pairs without those of a rater with itself.
    let same = zip(nearOwn, shares).reduce(0) { $0 + product($1.0, $1.1) }
    let expected = (active * active * product(nearAll, means) - same) / (active * (active - 1))
    // A rater's own chance stands where the rater has no rating for the unit.
    let chances = (0..<raters).map { rater in
      (active * product(nearAll, shares[rater]) - product(nearOwn[rater], shares[rater]))
        / (active - 1)
    }
    return coefficient(expected: expected) { row in
      var sum = 0.0
      for rater in 0..<raters {
        sum += chances[rater]
        let code = patterns.codes[row * raters + rater]
        guard code != RatingTable.missing else { continue }
        let seen = (active * nearAll[Int(code)] - nearOwn[rater][Int(code)]) / (active - 1)
        sum += units / byRater[rater] * (seen - chances[rater])
      }
      return sum / active
    }
  }
}
