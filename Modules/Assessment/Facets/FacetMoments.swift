#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Sums over abilities of what the gradient needs from one combination of levels.
struct CombinationMoments {
  /// Scores beyond what is expected.
  private(set) var scoreError = 0.0
  /// The variance of the score.
  private(set) var variance = 0.0
  /// For each step, ratings at or above it beyond what is expected.
  private(set) var stepErrors: [Double]
  /// Covariances of the score with reaching each step.
  private(set) var cross: [Double]
  /// Covariances of reaching two steps.
  private(set) var stepProducts: SquareMatrix

  init(
    _ tables: [SIMD8<Double>], _ counts: [SIMD8<Double>], start: Int, width: Int, categories: Int
  ) {
    let steps = categories - 1
    stepErrors = [Double](repeating: 0, count: steps)
    cross = stepErrors
    stepProducts = SquareMatrix(size: steps)
    var errors = [SIMD8<Double>](repeating: SIMD8(), count: steps)
    var crossSums = errors
    var products = [SIMD8<Double>](repeating: SIMD8(), count: steps * steps)
    var (scoreSum, varianceSum) = (SIMD8<Double>(), SIMD8<Double>())
    var p = [SIMD8<Double>](repeating: SIMD8(), count: categories)
    for vector in 0..<width {
      var all = SIMD8<Double>()
      for k in 0..<categories { all += counts[start + k * width + vector] }
      var (mean, square, seen) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
      for k in 0..<categories {
        p[k] = VectorMath.exponential(tables[start + k * width + vector])
        mean += Double(k) * p[k]
        square += Double(k * k) * p[k]
        seen += Double(k) * counts[start + k * width + vector]
      }
      scoreSum += seen - all * mean
      varianceSum += all * (square - mean * mean)
      // From the highest step down, so that sums above are at hand.
      var (above, partial, seenAbove) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
      var reached = [SIMD8<Double>](repeating: SIMD8(), count: steps)
      for j in stride(from: steps - 1, through: 0, by: -1) {
        above += p[j + 1]
        partial += Double(j + 1) * p[j + 1]
        seenAbove += counts[start + (j + 1) * width + vector]
        reached[j] = above
        errors[j] += seenAbove - all * above
        crossSums[j] += all * (partial - mean * above)
      }
      for j in 0..<steps {
        for l in 0...j { products[j * steps + l] += all * (reached[j] - reached[j] * reached[l]) }
      }
    }
    scoreError = scoreSum.sum()
    variance = varianceSum.sum()
    for j in 0..<steps {
      stepErrors[j] = errors[j].sum()
      cross[j] = crossSums[j].sum()
      for l in 0...j {
        stepProducts[j, l] = products[j * steps + l].sum()
        stepProducts[l, j] = stepProducts[j, l]
      }
    }
  }
}

/// Residuals of ratings at the estimated abilities, added up for each level of each facet.
struct FacetFit {
  struct Sums {
    var count = 0.0
    var score = 0.0
    var square = 0.0
    var information = 0.0
    var standardized = 0.0
  }

  private(set) var sums: [[Sums]]

  init(
    _ ratings: FacetRatings, locations: [[Double]], steps: [Double], abilities: [AbilityEstimate]
  ) {
    sums = ratings.facets.map { [Sums](repeating: Sums(), count: $0.levels.count) }
    let facets = ratings.facets.count
    for rating in ratings.scores.indices {
      var location = 0.0
      for facet in 0..<facets {
        location += locations[facet][Int(ratings.levels[rating * facets + facet])]
      }
      let ability = abilities[Int(ratings.personOfRating[rating])].value ?? 0
      var exponents = [0.0]
      for step in steps { exponents.append((exponents.last ?? 0) + ability - location - step) }
      let most = exponents.max() ?? 0
      let parts = exponents.map { exp($0 - most) }
      let total = parts.reduce(0, +)
      var (mean, square) = (0.0, 0.0)
      for (k, part) in parts.enumerated() {
        mean += Double(k) * part / total
        square += Double(k * k) * part / total
      }
      let score = Double(ratings.scores[rating])
      let variance = max(1e-9, square - mean * mean)
      for facet in 0..<facets {
        let level = Int(ratings.levels[rating * facets + facet])
        sums[facet][level].count += 1
        sums[facet][level].score += score
        sums[facet][level].square += (score - mean) * (score - mean)
        sums[facet][level].information += variance
        sums[facet][level].standardized += (score - mean) * (score - mean) / variance
      }
    }
  }
}
