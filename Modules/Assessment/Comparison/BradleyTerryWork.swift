#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Newton's method for the model of Bradley and Terry on a list of pairs.
///
/// Each step solves a Laplacian system by conjugate gradients with the diagonal as preconditioner,
/// so that nothing dense is made; the mean of all abilities stays 0.
struct BradleyTerryWork {
  private let count: Int
  private let first: [Int32]
  private let second: [Int32]
  /// For each pair how often the first won, and how often they met.
  private let won: [Double]
  private let met: [Double]

  init(count: Int, wins: [ComparativeJudgement.Win]) {
    self.count = count
    // Both directions of a pair are put together in a fixed order, by buckets of the lower piece.
    var starts = [Int](repeating: 0, count: count + 1)
    for win in wins { starts[min(win.winner, win.loser) + 1] += 1 }
    for piece in 0..<count { starts[piece + 1] += starts[piece] }
    var order = [Int32](repeating: 0, count: wins.count)
    var next = starts
    for (index, win) in wins.enumerated() {
      let low = min(win.winner, win.loser)
      order[next[low]] = Int32(index)
      next[low] += 1
    }
    var (first, second): ([Int32], [Int32]) = ([], [])
    var (won, met): ([Double], [Double]) = ([], [])
    for low in 0..<count {
      // Counts are added in an order of their own, so that the order of judgements changes no bit.
      let bucket = order[starts[low]..<starts[low + 1]].map { wins[Int($0)] }.sorted {
        let (left, right) = ($0.winner ^ $0.loser ^ low, $1.winner ^ $1.loser ^ low)
        if left != right { return left < right }
        return $0.winner != $1.winner ? $0.winner < $1.winner : $0.count < $1.count
      }
      for win in bucket {
        let high = win.winner ^ win.loser ^ low
        if first.last != Int32(low) || second.last != Int32(high) {
          first.append(Int32(low))
          second.append(Int32(high))
          won.append(0)
          met.append(0)
        }
        if win.winner == low { won[won.count - 1] += win.count }
        met[met.count - 1] += win.count
      }
    }
    (self.first, self.second, self.won, self.met) = (first, second, won, met)
  }

  func logLikelihood(_ abilities: [Double]) -> Double {
    var sum = 0.0
    for pair in first.indices {
      let difference = abilities[Int(first[pair])] - abilities[Int(second[pair])]
      let softplus = max(0, -difference) + log1p(exp(-abs(difference)))
      sum -= won[pair] * softplus + (met[pair] - won[pair]) * (softplus + difference)
    }
    return sum
  }

  func solve() -> (abilities: [Double], steps: Int, isAtRest: Bool) {
    var abilities = [Double](repeating: 0, count: count)
    var height = logLikelihood(abilities)
    var weights = [Double](repeating: 0, count: first.count)
    for step in 1...100 {
      var slope = [Double](repeating: 0, count: count)
      for pair in first.indices {
        let (i, j) = (Int(first[pair]), Int(second[pair]))
        let chance = 1 / (1 + exp(abilities[j] - abilities[i]))
        let surplus = won[pair] - met[pair] * chance
        slope[i] += surplus
        slope[j] -= surplus
        weights[pair] = met[pair] * chance * (1 - chance)
      }
      var change = conjugateGradient(weights, slope)
      var next = abilities
      var size = 1.0
      var higher = -Double.infinity
      // A whole step may go too far at first; the log-likelihood is concave, so halving helps.
      for _ in 0..<40 {
        for place in 0..<count { next[place] = abilities[place] + size * change[place] }
        higher = logLikelihood(next)
        if higher >= height - 1e-12 * abs(height) { break }
        size /= 2
      }
      let mean = next.reduce(0, +) / Double(count)
      for place in 0..<count { next[place] -= mean }
      for place in 0..<count { change[place] = abs(next[place] - abilities[place]) }
      abilities = next
      height = higher
      if (change.max() ?? 0) < 1e-11 { return (abilities, step, true) }
    }
    return (abilities, 100, false)
  }

  /// Solves the Laplacian system for a right side that adds up to 0.
  private func conjugateGradient(_ weights: [Double], _ right: [Double]) -> [Double] {
    var diagonal = [Double](repeating: 0, count: count)
    for pair in first.indices {
      diagonal[Int(first[pair])] += weights[pair]
      diagonal[Int(second[pair])] += weights[pair]
    }
    var x = [Double](repeating: 0, count: count)
    // Rounding leaves a part along the constant vector, for which there is no solution.
    let rest = right.reduce(0, +) / Double(count)
    var residue = right.map { $0 - rest }
    var scaled = [Double](repeating: 0, count: count)
    var power = 0.0
    for place in 0..<count {
      scaled[place] = diagonal[place] > 0 ? residue[place] / diagonal[place] : 0
      power += residue[place] * scaled[place]
    }
    var direction = scaled
    var product = x
    // A step of Newton needs no more digits than it corrects.
    let goal = power * 1e-18
    for _ in 0..<(2 * count + 20) where power > goal && power > 1e-280 {
      for place in 0..<count { product[place] = 0 }
      for pair in first.indices {
        let (i, j) = (Int(first[pair]), Int(second[pair]))
        let flow = weights[pair] * (direction[i] - direction[j])
        product[i] += flow
        product[j] -= flow
      }
      var curve = 0.0
      for place in 0..<count { curve += direction[place] * product[place] }
      guard curve > 0 else { break }
      let length = power / curve
      var next = 0.0
      for place in 0..<count {
        x[place] += length * direction[place]
        residue[place] -= length * product[place]
        scaled[place] = diagonal[place] > 0 ? residue[place] / diagonal[place] : 0
        next += residue[place] * scaled[place]
      }
      let ratio = next / power
      for place in 0..<count { direction[place] = scaled[place] + ratio * direction[place] }
      power = next
    }
    return x
  }

  /// Standard errors from the inverse of the information.
  func standardErrors(_ abilities: [Double], reference: Int?) -> [Double]? {
    var matrix = SquareMatrix(size: count)
    for pair in first.indices {
      let (i, j) = (Int(first[pair]), Int(second[pair]))
      let chance = 1 / (1 + exp(abilities[j] - abilities[i]))
      let weight = met[pair] * chance * (1 - chance)
      matrix[i, i] += weight
      matrix[j, j] += weight
      matrix[i, j] -= weight
      matrix[j, i] -= weight
    }
    // With 1/n^2 in each cell the inverse is the pseudo-inverse plus a constant that cancels in
    // differences and is 1 in the mean.
    let fill = 1 / Double(count)
    let scale = max(1e-300, (0..<count).map { matrix[$0, $0] }.max() ?? 1)
    for i in 0..<count { for j in 0..<count { matrix[i, j] += fill * scale } }
    guard let inverse = matrix.inversePositive() else { return nil }
    return (0..<count).map { place in
      guard let reference else {
        return max(0, inverse[place, place] - 1 / (Double(count) * scale)).squareRoot()
      }
      let variance =
        inverse[place, place] + inverse[reference, reference] - 2 * inverse[place, reference]
      return max(0, variance).squareRoot()
    }
  }
}
