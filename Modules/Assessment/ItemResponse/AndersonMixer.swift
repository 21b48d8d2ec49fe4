/// Combines the steps of a slow iteration to a faster one (Anderson 1965, type II).
struct AndersonMixer {
  private let depth: Int
  private var points: [[Double]] = []
  private var residuals: [[Double]] = []

  init(depth: Int) {
    self.depth = depth
  }

  mutating func clear() {
    points = []
    residuals = []
  }

  /// The next point after one that the iteration maps to another.
  mutating func next(from point: [Double], mapped: [Double]) -> [Double] {
    let residual = zip(mapped, point).map { $0 - $1 }
    points.append(point)
    residuals.append(residual)
    if points.count > depth + 1 {
      points.removeFirst()
      residuals.removeFirst()
    }
    let count = points.count - 1
    guard count > 0 else { return mapped }
    let differences = (0..<count).map { k in
      zip(residuals[k + 1], residuals[k]).map { $0 - $1 }
    }
    var matrix = SquareMatrix(size: count)
    var right = [Double](repeating: 0, count: count)
    for a in 0..<count {
      right[a] = zip(differences[a], residual).reduce(0) { $0 + $1.0 * $1.1 }
      for b in 0...a {
        let value = zip(differences[a], differences[b]).reduce(0) { $0 + $1.0 * $1.1 }
        matrix[a, b] = value
        matrix[b, a] = value
      }
    }
    let scale = (0..<count).reduce(0) { max($0, matrix[$1, $1]) }
    for a in 0..<count { matrix[a, a] += 1e-10 * scale + 1e-300 }
    guard let factors = matrix.solve(right) else {
      clear()
      return mapped
    }
    var next = mapped
    for k in 0..<count {
      for place in next.indices {
        next[place] -=
          factors[k] * (points[k + 1][place] - points[k][place] + differences[k][place])
      }
    }
    return next
  }
}
