/// How far two categories count as the same, from 0 to 1.
public enum AgreementWeights: String, Hashable, Sendable, CaseIterable {
  /// Only the same category counts.
  case identity = "unweighted"
  /// Falls with the distance of values.
  case linear
  /// Falls with the square of the distance of values.
  case quadratic
  /// Falls with the number of pairs of ranks between the two (Gwet 2014).
  case ordinal

  /// The weights of all pairs of categories, row after row.
  func matrix(_ values: [Double]) -> [Double] {
    let count = values.count
    var weights = [Double](repeating: 0, count: count * count)
    let span = (values.last ?? 0) - (values.first ?? 0)
    for row in 0..<count {
      for column in 0..<count {
        weights[row * count + column] = weight(row, column, values, span)
      }
    }
    return weights
  }

  private func weight(_ row: Int, _ column: Int, _ values: [Double], _ span: Double) -> Double {
    guard row != column else { return 1 }
    let distance = span > 0 ? abs(values[row] - values[column]) / span : 0
    switch self {
    case .identity: return 0
    case .linear: return 1 - distance
    case .quadratic: return 1 - distance * distance
    case .ordinal:
      let (steps, most) = (Double(abs(row - column)), Double(values.count - 1))
      return 1 - steps * (steps + 1) / (most * (most + 1))
    }
  }
}

/// A coefficient of agreement with its error.
public struct Coefficient: Hashable, Sendable {
  /// The coefficient; `nil` where the ratings do not determine it.
  public var value: Double?
  /// Its standard error over units.
  public var standardError: Double?
  /// The 95 % interval by Student's t, at most 1.
  public var interval: ClosedRange<Double>?

  init(value: Double?, standardError: Double? = nil, units: Int = 0) {
    self.value = value.flatMap { $0.isFinite ? $0 : nil }
    self.standardError = standardError.flatMap { $0.isFinite ? $0 : nil }
    guard let value = self.value, let error = self.standardError, units > 1 else { return }
    let reach = SpecialFunctions.studentQuantile(0.975, degrees: Double(units - 1)) * error
    interval = (value - reach)...max(value - reach, min(1, value + reach))
  }
}
