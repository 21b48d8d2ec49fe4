#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The parameters of one item as an optimiser has them, with the derivatives it needs.
///
/// The first parameter is the slope, then come the intercepts, then the logit of guessing.
struct ItemCurves {
  let family: CalibratedItem.Family
  let hasGuessing: Bool
  let categories: Int
  var parameters: [Double]

  var item: CalibratedItem {
    CalibratedItem(
      "", family, slope: parameters[0], intercepts: Array(parameters[1..<categories]),
      guessing: hasGuessing ? CalibratedItem.logistic(parameters[categories]) : 0)
  }

  /// Whether the parameters describe probabilities.
  var isPossible: Bool {
    guard parameters.allSatisfy({ $0.isFinite && abs($0) < 200 }) else { return false }
    if hasGuessing, parameters[categories] > 3 { return false }
    guard family == .graded, categories > 2 else { return true }
    return (1..<categories - 1).allSatisfy { parameters[$0] > parameters[$0 + 1] + 1e-6 }
  }

  /// Writes the log-probabilities of all categories at all nodes.
  func logProbabilities(_ nodes: [Double], into logs: inout [Double], at start: Int, stride: Int) {
    if family == .logistic, !hasGuessing {
      for (node, ability) in nodes.enumerated() {
        let z = parameters[0] * ability + parameters[1]
        // ln(1 + e^-|z|) serves both categories.
        let small = log1p(exp(-abs(z)))
        logs[start + node] = z > 0 ? -z - small : -small
        logs[start + stride + node] = z > 0 ? -small : z - small
      }
      return
    }
    let item = self.item
    for (node, ability) in nodes.enumerated() {
      for (k, p) in item.probabilities(at: ability).enumerated() {
        logs[start + k * stride + node] = log(max(p, 1e-300))
      }
    }
  }

  /// The expected log-likelihood of the item's answers.
  func objective(
    _ nodes: [Double], _ counts: UnsafeBufferPointer<Double>, stride: Int
  ) -> Double {
    var sum = 0.0
    if family == .logistic, !hasGuessing {
      for (node, ability) in nodes.enumerated() {
        let z = parameters[0] * ability + parameters[1]
        let small = log1p(exp(-abs(z)))
        let (wrong, right) = unsafe (counts[node], counts[stride + node])
        sum -= (wrong + right) * small + (z > 0 ? wrong * z : -right * z)
      }
      return sum
    }
    let item = self.item
    for (node, ability) in nodes.enumerated() {
      for (k, p) in item.probabilities(at: ability).enumerated() {
        let count = unsafe counts[k * stride + node]
        if count > 0 { sum += count * log(max(p, 1e-300)) }
      }
    }
    return sum
  }

  /// The gradient of ``objective(_:_:stride:)`` and Fisher's information.
  func score(
    _ nodes: [Double], _ counts: UnsafeBufferPointer<Double>, stride: Int
  ) -> (gradient: [Double], information: SquareMatrix) {
    let size = parameters.count
    var gradient = [Double](repeating: 0, count: size)
    var information = SquareMatrix(size: size)
    if family == .logistic, !hasGuessing {
      var (g0, g1, i0, i1, i2) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (node, ability) in nodes.enumerated() {
        let p = CalibratedItem.logistic(parameters[0] * ability + parameters[1])
        let (wrong, right) = unsafe (counts[node], counts[stride + node])
        let all = wrong + right
        let error = right - all * p
        let weight = all * p * (1 - p)
        g0 += error * ability
        g1 += error
        i0 += weight
        i1 += weight * ability
        i2 += weight * ability * ability
      }
      information[0, 0] = i2
      information[0, 1] = i1
      information[1, 0] = i1
      information[1, 1] = i0
      return ([g0, g1], information)
    }
    var slopes = [Double](repeating: 0, count: categories * size)
    for (node, ability) in nodes.enumerated() {
      let p = derivatives(at: ability, &slopes)
      var all = 0.0
      for k in 0..<categories { all += unsafe counts[k * stride + node] }
      guard all > 0 else { continue }
      for k in 0..<categories where p[k] > 1e-300 {
        let share = unsafe counts[k * stride + node] / p[k]
        for a in 0..<size {
          let slope = slopes[k * size + a]
          gradient[a] += share * slope
          for b in 0...a {
            information[a, b] += all * slope * slopes[k * size + b] / p[k]
          }
        }
      }
    }
    for a in 0..<size { for b in 0..<a { information[b, a] = information[a, b] } }
    return (gradient, information)
  }

  /// The probabilities at an ability, and their derivatives by parameters, category by category.
  func derivatives(at ability: Double, _ slopes: inout [Double]) -> [Double] {
    let size = parameters.count
    let p = item.probabilities(at: ability)
    switch family {
    case .logistic:
      let s = CalibratedItem.logistic(parameters[0] * ability + parameters[1])
      let g = hasGuessing ? CalibratedItem.logistic(parameters[categories]) : 0
      let bend = (1 - g) * s * (1 - s)
      var own = [bend * ability, bend]
      if hasGuessing { own.append((1 - s) * g * (1 - g)) }
      for a in 0..<size {
        slopes[a] = -own[a]
        slopes[size + a] = own[a]
      }
    case .graded:
      for index in slopes.indices { slopes[index] = 0 }
      for k in 1..<categories {
        let s = CalibratedItem.logistic(parameters[0] * ability + parameters[k])
        let bend = s * (1 - s)
        slopes[k * size] += bend * ability
        slopes[(k - 1) * size] -= bend * ability
        slopes[k * size + k] += bend
        slopes[(k - 1) * size + k] -= bend
      }
    case .partialCredit:
      var mean = 0.0
      for k in 0..<categories { mean += Double(k) * p[k] }
      for k in 0..<categories {
        slopes[k * size] = p[k] * ability * (Double(k) - mean)
        for j in 1..<categories { slopes[k * size + j] = p[k] * ((k == j ? 1 : 0) - p[j]) }
      }
    }
    return p
  }
}
