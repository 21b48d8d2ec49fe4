#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether an item works differently for a group, by logistic regression on the total score
/// (Swaminathan and Rogers 1990).
///
/// Unlike ``MantelHaenszel`` it also sees differences that change with ability.
public struct LogisticFunctioning: Hashable, Sendable {
  /// Twice the gain in log-likelihood by a difference that is the same at all scores.
  public let uniform: Double
  /// Twice the further gain by a difference that changes with the score.
  public let nonUniform: Double
  /// The probability of both gains without any difference, on two degrees of freedom.
  public let probability: Double
  /// The gain in the R squared of Nagelkerke (1991): below .035 negligible, from .07 on large
  /// (Jodoin and Gierl 2001).
  public let effect: Double

  /// Compares two groups on an item, given scores.
  ///
  /// - Parameters:
  ///   - scores: The score of each person on the test.
  ///   - isRight: Whether each person's answer is right.
  ///   - isFocal: Whether each person is of the focal group.
  /// - Throws: ``AssessmentError`` when lists do not fit, or answers are separated fully.
  public init(
    scores: [Double], isRight: [Bool], isFocal: [Bool]
  ) throws(AssessmentError) {
    guard scores.count == isRight.count, scores.count == isFocal.count, !scores.isEmpty else {
      throw AssessmentError(.shape, "Scores, answers and groups are not of the same length.")
    }
    let mean = scores.reduce(0, +) / Double(scores.count)
    let rows = scores.indices.map { person -> [Double] in
      let (score, group) = (scores[person] - mean, isFocal[person] ? 1.0 : 0)
      return [1, score, group, score * group]
    }
    let answers = isRight.map { $0 ? 1.0 : 0 }
    var values: [Double] = []
    for size in [1, 2, 3, 4] {
      guard let value = Self.likelihood(rows, answers, size) else {
        throw AssessmentError(
          .notEstimable,
          "Score or group separates right from wrong answers fully; no model can be "
            + "fitted.")
      }
      values.append(value)
    }
    uniform = max(0, 2 * (values[2] - values[1]))
    nonUniform = max(0, 2 * (values[3] - values[2]))
    probability = SpecialFunctions.chiSquareUpper(uniform + nonUniform, degrees: 2)
    let n = Double(scores.count)
    func nagelkerke(_ value: Double) -> Double {
      (1 - exp(2 * (values[0] - value) / n)) / (1 - exp(2 * values[0] / n))
    }
    effect = nagelkerke(values[3]) - nagelkerke(values[1])
  }

  private static func likelihood(
    _ rows: [[Double]], _ answers: [Double], _ size: Int
  ) -> Double? {
    var x = [Double](repeating: 0, count: size)
    for _ in 0..<60 {
      var gradient = [Double](repeating: 0, count: size)
      var information = SquareMatrix(size: size)
      for (row, answer) in zip(rows, answers) {
        let p = CalibratedItem.logistic((0..<size).reduce(0) { $0 + x[$1] * row[$1] })
        for a in 0..<size {
          gradient[a] += (answer - p) * row[a]
          for b in 0...a { information[a, b] += p * (1 - p) * row[a] * row[b] }
        }
      }
      for a in 0..<size { for b in 0..<a { information[b, a] = information[a, b] } }
      guard let step = information.solve(gradient) else { return nil }
      for a in 0..<size { x[a] += max(-3, min(3, step[a])) }
      guard x.allSatisfy({ abs($0) < 50 }) else { return nil }
      if step.allSatisfy({ abs($0) < 1e-10 }) { break }
    }
    return zip(rows, answers).reduce(0) { sum, pair in
      let z = (0..<size).reduce(0) { $0 + x[$1] * pair.0[$1] }
      return sum - log1p(exp(-abs(z))) - (pair.1 == 1 ? max(0, -z) : max(0, z))
    }
  }
}
