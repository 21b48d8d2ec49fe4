#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Points and weights that stand for a normal distribution.
public struct QuadratureGrid: Hashable, Sendable {
  /// The points, rising.
  public let nodes: [Double]
  /// The weights, which add up to 1.
  public let weights: [Double]

  /// Creates a grid from points and weights, which are made to add up to 1.
  init(nodes: [Double], weights: [Double]) {
    self.nodes = nodes
    let sum = weights.reduce(0, +)
    self.weights = weights.map { $0 / sum }
  }

  /// Equally spaced points with weights in proportion to the normal density.
  ///
  /// For smooth functions this rule is nearly exact once the spacing is below the spread of what
  /// is integrated; 61 points over 6 standard deviations are enough for tests of up to 150 items.
  ///
  /// - Parameters:
  ///   - count: How many points, from 3 to 1000.
  ///   - limit: The largest point.
  ///   - mean: The mean of the distribution.
  ///   - deviation: The standard deviation of the distribution.
  public static func normal(
    count: Int = 61, limit: Double = 6, mean: Double = 0, deviation: Double = 1
  ) -> QuadratureGrid {
    let count = min(1_000, max(3, count))
    let nodes = (0..<count).map { -limit + 2 * limit * Double($0) / Double(count - 1) }
    return QuadratureGrid(
      nodes: nodes,
      weights: nodes.map { node in
        let z = (node - mean) / deviation
        return exp(-0.5 * z * z)
      })
  }

  /// Gauss-Hermite points for the standard normal distribution, exact for polynomials of degree
  /// 2 *count* - 1.
  ///
  /// - Parameter count: How many points, from 1 to 100.
  public static func gaussHermite(count: Int) -> QuadratureGrid {
    let count = min(100, max(1, count))
    var matrix = SquareMatrix(size: count)
    for index in 1..<max(1, count) {
      matrix[index, index - 1] = Double(index).squareRoot()
      matrix[index - 1, index] = Double(index).squareRoot()
    }
    // Golub and Welsch (1969): nodes are eigenvalues, weights are squared first components.
    let pairs = matrix.symmetricEigen().reversed()
    return QuadratureGrid(
      nodes: pairs.map(\.value), weights: pairs.map { $0.vector[0] * $0.vector[0] })
  }
}
