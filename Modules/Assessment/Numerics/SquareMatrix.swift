/// A square matrix in one flat buffer, row after row.
package struct SquareMatrix: Hashable, Sendable {
  /// How many rows and columns there are.
  package let size: Int
  /// The cells, row after row.
  package var cells: [Double]

  /// A matrix of zeros.
  package init(size: Int) {
    self.size = size
    cells = [Double](repeating: 0, count: size * size)
  }

  /// One cell.
  package subscript(row: Int, column: Int) -> Double {
    get { cells[row * size + column] }
    set { cells[row * size + column] = newValue }
  }

  /// The lower triangle L with L L' = this matrix, or `nil` when it is not positive definite.
  ///
  /// - Complexity: O(*n*^3).
  package func cholesky() -> SquareMatrix? {
    var lower = SquareMatrix(size: size)
    for row in 0..<size {
      for column in 0...row {
        var sum = self[row, column]
        let (a, b) = (row * size, column * size)
        for k in 0..<column { sum -= lower.cells[a + k] * lower.cells[b + k] }
        if row == column {
          guard sum > 0, sum.isFinite else { return nil }
          lower.cells[a + row] = sum.squareRoot()
        } else {
          lower.cells[a + column] = sum / lower.cells[b + column]
        }
      }
    }
    return lower
  }

  /// Solves this * x = right for a positive definite matrix; `nil` when it is not.
  package func solve(_ right: [Double]) -> [Double]? {
    cholesky()?.solveFromCholesky(right)
  }

  /// Solves L L' x = right, where this is L.
  package func solveFromCholesky(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      for k in 0..<row { x[row] -= cells[row * size + k] * x[k] }
      x[row] /= cells[row * size + row]
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      x[row] /= cells[row * size + row]
      for k in 0..<row { x[k] -= cells[row * size + k] * x[row] }
    }
    return x
  }

  /// The inverse of a positive definite matrix; `nil` when it is not.
  ///
  /// - Complexity: O(*n*^3).
  package func inversePositive() -> SquareMatrix? {
    guard let lower = cholesky() else { return nil }
    // Rows of the inverse of L, then their products.
    var inverse = SquareMatrix(size: size)
    for column in 0..<size {
      inverse[column, column] = 1 / lower[column, column]
      var row = column + 1
      while row < size {
        var sum = 0.0
        for k in column..<row { sum -= lower[row, k] * inverse[k, column] }
        inverse[row, column] = sum / lower[row, row]
        row += 1
      }
    }
    var result = SquareMatrix(size: size)
    for k in 0..<size {
      for row in 0...k {
        let factor = inverse[k, row]
        for column in 0...row { result[row, column] += factor * inverse[k, column] }
      }
    }
    for row in 0..<size {
      for column in 0..<row { result[column, row] = result[row, column] }
    }
    return result
  }

  /// Solves this * x = right by elimination with row exchange; `nil` for a singular matrix.
  package func solveGeneral(_ right: [Double]) -> [Double]? {
    var matrix = self
    var x = right
    for column in 0..<size {
      var pivot = column
      for row in column..<size where abs(matrix[row, column]) > abs(matrix[pivot, column]) {
        pivot = row
      }
      guard abs(matrix[pivot, column]) > 1e-300 else { return nil }
      if pivot != column {
        for k in 0..<size { matrix.cells.swapAt(pivot * size + k, column * size + k) }
        x.swapAt(pivot, column)
      }
      for row in (column + 1)..<max(size, column + 1) {
        let factor = matrix[row, column] / matrix[column, column]
        guard factor != 0 else { continue }
        for k in column..<size { matrix[row, k] -= factor * matrix[column, k] }
        x[row] -= factor * x[column]
      }
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      for k in (row + 1)..<max(size, row + 1) { x[row] -= matrix[row, k] * x[k] }
      x[row] /= matrix[row, row]
    }
    return x
  }

  /// Eigenvalues in falling order with their vectors, by Jacobi's rotations, for a symmetric
  /// matrix.
  package func symmetricEigen() -> [(value: Double, vector: [Double])] {
    var a = self
    var v = SquareMatrix(size: size)
    for index in 0..<size { v[index, index] = 1 }
    for _ in 0..<100 {
      var off = 0.0
      for p in 0..<size { for q in 0..<p { off += a[p, q] * a[p, q] } }
      if off < 1e-30 { break }
      for p in 0..<size {
        for q in (p + 1)..<max(size, p + 1) where a[p, q] != 0 {
          let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
          let t = (theta >= 0 ? 1 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          a.rotate(p, q, c, t * c, v: &v)
        }
      }
    }
    let order = (0..<size).sorted { a[$0, $0] > a[$1, $1] }
    return order.map { column in (a[column, column], (0..<size).map { v[$0, column] }) }
  }

  private mutating func rotate(
    _ p: Int, _ q: Int, _ c: Double, _ s: Double, v: inout SquareMatrix
  ) {
    for k in 0..<size {
      let (x, y) = (self[k, p], self[k, q])
      self[k, p] = c * x - s * y
      self[k, q] = s * x + c * y
    }
    for k in 0..<size {
      let (x, y) = (self[p, k], self[q, k])
      self[p, k] = c * x - s * y
      self[q, k] = s * x + c * y
      let (g, h) = (v[k, p], v[k, q])
      v[k, p] = c * g - s * h
      v[k, q] = s * g + c * h
    }
  }
}
