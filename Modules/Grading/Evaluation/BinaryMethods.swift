import Domain

// The two methods that are defined by binary arithmetic. Every operation is one of IEEE 754's basic
// ones, in the order written here; the result is rounded to 12 places and exact from then on.
extension Policy {
  /// The least-squares line of ln s on ln k, read at k = n.
  func powerLaw(_ values: [Rational], _ zero: Rational?) throws(GradingError) -> MethodOutcome {
    let scores = values.compactMap { $0 > 0 ? $0 : zero }
    guard let newest = scores.last else { return .notAssessed }
    guard scores.count > 1 else { return .number(newest) }
    let points = scores.enumerated().map { index, score in
      (
        x: PortableMath.logarithm(Double(index + 1)),
        y: PortableMath.logarithm(score.approximateDouble)
      )
    }
    let (start, slope) = PortableMath.line(through: points)
    let x = points[points.count - 1].x
    return try binary(PortableMath.exponential(start + slope * x), steps: [start, slope])
  }

  /// The probability that the learner knows it after the last observation.
  ///
  /// For a right answer `p = p(1 - slip) / (p(1 - slip) + (1 - p) guess)`, for a wrong one
  /// `p = p slip / (p slip + (1 - p)(1 - guess))`; between observations
  /// `p = p(1 - forget) + (1 - p) learn`.
  func tracing(
    _ values: [Rational], _ model: KnowledgeTracing
  ) throws(GradingError) -> MethodOutcome {
    let slip = model.slip.approximateDouble
    let guess = model.guess.approximateDouble
    let learn = model.learn.approximateDouble
    let forget = model.forget.approximateDouble
    var known = model.prior.approximateDouble
    var steps: [Double] = []
    for (index, value) in values.enumerated() {
      if index > 0 { known = known * (1 - forget) + (1 - known) * learn }
      let isRight = value >= model.success
      let ifKnown = known * (isRight ? 1 - slip : slip)
      let ifNot = (1 - known) * (isRight ? guess : 1 - guess)
      // Both are zero only when the model says that this answer cannot be.
      if ifKnown + ifNot > 0 { known = ifKnown / (ifKnown + ifNot) }
      steps.append(known)
    }
    return try binary(known, steps: steps)
  }

  private func binary(_ number: Double, steps: [Double]) throws(GradingError) -> MethodOutcome {
    guard let exact = Rational(rounding: number) else {
      throw GradingError(
        .overflow, "Method \(method.name) gives no finite number; look at the scores and weights.")
    }
    return .number(exact, steps: steps.map { Rational(rounding: $0) ?? .zero })
  }
}
