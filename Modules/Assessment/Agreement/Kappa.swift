/// Cohen's kappa of two raters, plain or weighted.
///
/// The standard errors are those of Fleiss, Cohen and Everitt (1969).
public struct Kappa: Hashable, Sendable {
  /// How far the two agree, not corrected for chance.
  public let observed: Double
  /// What chance is expected to give.
  public let expected: Double
  /// Kappa with its interval.
  public let kappa: Coefficient
  /// Scott's pi: chance from the common shares of categories.
  public let scott: Double?
  /// Gwet's AC1, or AC2 with weights.
  public let gwet: Double?
  /// How many units both raters rated.
  public let count: Double
  /// What is remarkable.
  public let findings: [Finding]

  /// Measures the agreement of two raters.
  ///
  /// - Parameters:
  ///   - table: The ratings.
  ///   - first: The place of the first rater.
  ///   - second: The place of the second rater.
  ///   - weights: How far different categories count as agreement.
  /// - Complexity: O(*units* + *categories*^2).
  public init(
    of table: RatingTable, _ first: Int, _ second: Int, weights: AgreementWeights = .identity
  ) {
    let q = table.values.count
    // Four tables in turn, so that one count does not wait for the one before it.
    var counts = [Int](repeating: 0, count: q * q * 4)
    let raters = table.raters.count
    unsafe table.codes.withUnsafeBufferPointer { codes in
      unsafe counts.withUnsafeMutableBufferPointer { counts in
        for unit in table.units.indices {
          let a = unsafe codes[unit * raters + first]
          let b = unsafe codes[unit * raters + second]
          if a != RatingTable.missing, b != RatingTable.missing {
            unsafe counts[((unit & 3) * q + Int(a)) * q + Int(b)] &+= 1
          }
        }
      }
    }
    let sums = (0..<(q * q)).map { cell in
      Double(counts[cell] + counts[cell + q * q] + counts[cell + 2 * q * q])
        + Double(counts[cell + 3 * q * q])
    }
    self.init(table: sums, values: table.values, weights: weights)
  }

  /// Measures the agreement in a table of counts.
  ///
  /// - Parameters:
  ///   - counts: How often each pair of categories occurs: rows are the first rater's.
  ///   - weights: How far different categories count as agreement.
  /// - Throws: ``AssessmentError`` when the table is not square or a count is below 0.
  public init(
    counts: [[Double]], weights: AgreementWeights = .identity
  ) throws(AssessmentError) {
    guard !counts.isEmpty, counts.allSatisfy({ $0.count == counts.count }) else {
      throw AssessmentError(.shape, "A table of two raters has as many rows as columns.")
    }
    guard counts.joined().allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw AssessmentError(.wrongValue, "A count is 0 or more.")
    }
    self.init(
      table: Array(counts.joined()), values: counts.indices.map { Double($0) }, weights: weights)
  }

  private init(table: [Double], values: [Double], weights: AgreementWeights) {
    let q = values.count
    let w = weights.matrix(values)
    let n = table.reduce(0, +)
    count = n
    guard n > 0 else {
      (observed, expected, scott, gwet) = (0, 0, nil, nil)
      kappa = Coefficient(value: nil)
      findings = [Finding(.notIdentified, nil, "the two raters have no unit in common")]
      return
    }
    var rows = [Double](repeating: 0, count: q)
    var columns = rows
    for (cell, count) in table.enumerated() {
      rows[cell / q] += count / n
      columns[cell % q] += count / n
    }
    var (seen, chance, common, spread) = (0.0, 0.0, 0.0, 0.0)
    for cell in table.indices {
      let (i, j) = (cell / q, cell % q)
      seen += w[cell] * table[cell] / n
      chance += w[cell] * rows[i] * columns[j]
      common += w[cell] * (rows[i] + columns[i]) * (rows[j] + columns[j]) / 4
      spread += i == 0 ? (rows[j] + columns[j]) / 2 * (1 - (rows[j] + columns[j]) / 2) : 0
    }
    observed = seen
    expected = chance
    let categories = Double(q)
    let even = q > 1 ? w.reduce(0, +) * spread / (categories * (categories - 1)) : 1
    scott = common < 1 ? (seen - common) / (1 - common) : nil
    gwet = even < 1 ? (seen - even) / (1 - even) : nil
    guard chance < 1 - 1e-15 else {
      kappa = Coefficient(value: nil)
      findings = [
        Finding(.notIdentified, nil, "both raters gave one and the same rating to everything")
      ]
      return
    }
    let value = (seen - chance) / (1 - chance)
    let error = Self.error(table, rows, columns, w, value, chance, n)
    kappa = Coefficient(value: value, standardError: error, units: Int(n))
    let skewed = (0..<q).contains { rows[$0] > 0.9 && columns[$0] > 0.9 }
    findings =
      skewed
      ? [
        Finding(
          .skewedCategories, nil,
          "both raters gave more than 90 % to one category; kappa is small then whatever they do")
      ] : []
  }

  private static func error(
    _ table: [Double], _ rows: [Double], _ columns: [Double], _ w: [Double], _ kappa: Double,
    _ chance: Double, _ n: Double
  ) -> Double {
    let q = rows.count
    let nearRow = (0..<q).map { i in (0..<q).reduce(0) { $0 + w[i * q + $1] * columns[$1] } }
    let nearColumn = (0..<q).map { j in (0..<q).reduce(0) { $0 + w[$1 * q + j] * rows[$1] } }
    var sum = 0.0
    for cell in table.indices where table[cell] > 0 {
      let part = w[cell] - (nearRow[cell / q] + nearColumn[cell % q]) * (1 - kappa)
      sum += table[cell] / n * part * part
    }
    let middle = kappa - chance * (1 - kappa)
    return (max(0, sum - middle * middle) / n).squareRoot() / (1 - chance)
  }
}
