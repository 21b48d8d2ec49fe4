/// Sums of scores and of their products over persons without missing answers, exact.
///
/// Scores are cut into bits, so that a sum of products is a count of common bits: whole numbers,
/// in any order of persons.
struct ScoreMoments {
  let count: Double
  let completeCount: Int
  /// Means of categories, from 0.
  let means: [Double]
  /// Covariances with *n* - 1.
  let covariances: SquareMatrix

  init?(of table: ResponseTable) {
    let rows = table.persons.count
    let items = table.items.count
    var isComplete = [Bool](repeating: true, count: rows)
    for item in 0..<items {
      for person in 0..<rows where table.cells[item * rows + person] == ResponseTable.missing {
        isComplete[person] = false
      }
    }
    completeCount = isComplete.count { $0 }
    let weights = (0..<rows).map { isComplete[$0] ? table.weight($0) : 0 }
    let count = weights.reduce(0, +)
    self.count = count
    guard count > 1 else { return nil }
    let sums: [Double]
    let products: SquareMatrix
    if table.weights == nil {
      (sums, products) = Self.counted(table, isComplete)
    } else {
      (sums, products) = Self.weighted(table, weights)
    }
    means = sums.map { $0 / count }
    var covariances = SquareMatrix(size: items)
    for i in 0..<items {
      for j in 0...i {
        let value = (products[i, j] - sums[i] * sums[j] / count) / (count - 1)
        covariances[i, j] = value
        covariances[j, i] = value
      }
    }
    self.covariances = covariances
  }

  private static func weighted(
    _ table: ResponseTable, _ weights: [Double]
  ) -> (sums: [Double], products: SquareMatrix) {
    let (rows, items) = (table.persons.count, table.items.count)
    var sums = [Double](repeating: 0, count: items)
    var products = SquareMatrix(size: items)
    for person in 0..<rows where weights[person] > 0 {
      for i in 0..<items {
        let x = Double(table.cells[i * rows + person]) * weights[person]
        sums[i] += x
        for j in 0...i { products[i, j] += x * Double(table.cells[j * rows + person]) }
      }
    }
    return (sums, products)
  }

  private static func counted(
    _ table: ResponseTable, _ isComplete: [Bool]
  ) -> (sums: [Double], products: SquareMatrix) {
    let (rows, items) = (table.persons.count, table.items.count)
    let words = (rows + 63) / 64
    let planes = table.categoryCounts.map { 8 - UInt8($0 - 1).leadingZeroBitCount }
    let starts = planes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1 * words) }
    var bits = [UInt64](repeating: 0, count: starts[items])
    for item in 0..<items {
      for person in 0..<rows where isComplete[person] {
        let cell = table.cells[item * rows + person]
        for plane in 0..<planes[item] where cell >> UInt8(plane) & 1 == 1 {
          bits[starts[item] + plane * words + person / 64] |= 1 << UInt64(person % 64)
        }
      }
    }
    var sums = [Double](repeating: 0, count: items)
    var products = SquareMatrix(size: items)
    unsafe bits.withUnsafeBufferPointer { bits in
      for i in 0..<items {
        for a in 0..<planes[i] {
          let first = starts[i] + a * words
          var own = 0
          for word in 0..<words { unsafe own &+= bits[first + word].nonzeroBitCount }
          sums[i] += Double(own << a)
          for j in 0...i {
            for b in 0..<planes[j] {
              let second = starts[j] + b * words
              var common = 0
              for word in 0..<words {
                unsafe common &+= (bits[first + word] & bits[second + word]).nonzeroBitCount
              }
              products[i, j] += Double(common << (a + b))
            }
          }
        }
      }
    }
    return (sums, products)
  }
}
