import Domain
import Grading

/// What a learner needs.
enum NeedText {
  /// For people: one line for each piece of evidence.
  static func text(_ needs: [Need], _ policy: Policy) -> String {
    guard !needs.isEmpty else { return "Nothing is needed; it is there already.\n" }
    return needs.map { need in
      let number = policy.scale.hasNumbers ? ", exactly \(need.number)" : ""
      let times = need.pieces > 1 ? ", \(need.pieces) times" : ""
      let kinds = need.demand.kinds.map { " of \($0.map(\.word.text).joined(separator: " or "))" }
      return
        "\(need.target): \(shown(need, policy)) or better\(times)\(kinds ?? "")\(number)\n"
    }.joined()
  }

  /// The least number that the places of the policy can write and that is enough.
  private static func shown(_ need: Need, _ policy: Policy) -> String {
    guard policy.scale.hasNumbers else { return need.level.text }
    let places = policy.rounding.places
    guard let nearest = try? need.number.rounded(places: places) else { return need.level.text }
    if Rational(nearest) >= need.number { return nearest.description }
    let step = ExactDecimal(unscaled: 1, places: places)
    let above = step.flatMap { try? nearest + $0 }
    return (above ?? nearest).description
  }

  /// For machines.
  static func json(_ needs: [Need], learner: String, _ policy: Policy) -> JSONValue {
    .object([
      ("learner", .text(learner)), ("answer", .boolean(true)),
      (
        "needs",
        .array(
          needs.map { need in
            .object([
              ("target", .text(need.target.description)),
              ("number", policy.scale.hasNumbers ? .text(need.number.description) : .null),
              ("shown", .text(shown(need, policy))), ("level", .text(need.level.text)),
              ("pieces", .number(need.pieces)),
              ("kinds", .array((need.demand.kinds ?? []).map { .text($0.word.text) })),
            ])
          })
      ),
    ])
  }

  /// For machines, when nothing does it.
  static func json(_ error: GradingError, learner: String) -> JSONValue {
    .object([
      ("learner", .text(learner)), ("answer", .boolean(false)), ("message", .text(error.message)),
    ])
  }
}
