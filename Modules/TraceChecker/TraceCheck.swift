public import Domain

/// Works a trace out again, by code that shares nothing with the module that made it but numbers,
/// dates and hashes.
///
/// A trace holds the policy, the evidence and every intermediate value, so that nothing else is
/// needed to accept or refuse it.
public struct TraceCheck {
  let policy: Node
  let scale: CheckedScale
  let asOf: (occurred: Instant, known: Instant)
  let offset: Int
  var targets: [CheckedTarget] = []
  var facts: Node

  /// Checks a trace.
  ///
  /// - Parameter bytes: The trace as JSON.
  /// - Throws: ``TraceCheckerError`` that names the first wrong step by its JSON pointer.
  /// - Complexity: O(*n* log *n*) in the size of the trace.
  public static func check(json bytes: [UInt8]) throws(TraceCheckerError) {
    let trace: DocumentValue
    do throws(DomainError) { trace = try DocumentReader.read(bytes) } catch {
      throw TraceCheckerError(.malformed, error.message, at: error.place?.pointer ?? "")
    }
    try check(trace)
  }

  /// Checks a trace.
  ///
  /// - Parameter trace: The trace.
  /// - Throws: ``TraceCheckerError`` that names the first wrong step by its JSON pointer.
  public static func check(_ trace: DocumentValue) throws(TraceCheckerError) {
    let root = Node(value: trace, pointer: "")
    try root.need("trace").expect(1)
    let policy = try root.need("policy")
    try root.need("policyHash").expect(DocumentValue(policy.value.digest.description))
    var check = try TraceCheck(root, policy)
    for node in try root.need("targets").items {
      let target = try CheckedTarget(node, check)
      check.targets.append(target)
    }
    try check.checkGates(try root.need("gates"))
    guard let members = trace.members else { return }
    let unsealed = DocumentValue.object(members.filter { $0.name != "seal" })
    try root.need("seal").expect(DocumentValue(unsealed.digest.description))
  }

  private init(_ root: Node, _ policy: Node) throws(TraceCheckerError) {
    self.policy = policy
    scale = try CheckedScale(policy.need("scale"))
    offset = try policy["offsetMinutes"]?.count() ?? 0
    let point = try root.need("asOf")
    let texts = (try point.need("occurred").text().text, try point.need("known").text().text)
    guard let occurred = Instant(texts.0), let known = Instant(texts.1) else {
      throw point.malformed("two moments")
    }
    asOf = (occurred, known)
    facts = try root.need("facts")
    _ = try root.need("learner").text()
    learner = try root.need("learner").value
  }

  let learner: DocumentValue

  /// The first field of a demand that evidence does not fit.
  func misfit(_ evidence: Node, _ demand: Node?) throws(TraceCheckerError) -> String? {
    guard let demand else { return nil }
    let lists: [(Identifier, Identifier)] = [
      ("kinds", "kind"), ("purposes", "purpose"), ("contexts", "context"), ("raters", "rater"),
      ("depths", "depth"),
    ]
    for (list, field) in lists {
      guard let allowed = demand[list] else { continue }
      guard let word = evidence[field]?.value.text, allowed.words.contains(word) else {
        return list.text
      }
    }
    if let least = demand["trust"]?.value.text, let own = evidence["trust"]?.value.text {
      let order: [Identifier] = ["self", "claimed", "verified"]
      if (order.firstIndex(of: own) ?? -1) < (order.firstIndex(of: least) ?? 3) { return "trust" }
    }
    if let most = try demand["attempts"]?.count(), try evidence["attempt"]?.count() ?? 1 > most {
      return "attempts"
    }
    return nil
  }

  /// The number of a score, or why it has none.
  func reading(_ evidence: Node) throws(TraceCheckerError) -> (value: Rational?, why: String) {
    let state = try evidence.need("state")
    if state["notAssessed"] != nil { return (nil, "not_assessed") }
    if let earned = try state["points"]?.number(), let possible = try state["of"]?.number() {
      return try points(earned, possible)
    }
    let from = try state.need("scale").text()
    if let label = state["level"]?.value.text {
      if from == scale.id { return (scale.rank(label).map { scale.numbers[$0] }, "off_scale") }
      let conversion = policy["conversions"]?.items.first { $0["scale"]?.value.text == from }
      let own = conversion?["levels"]?[label]?.value.text
      return (own.flatMap(scale.rank).map { scale.numbers[$0] }, "unconverted")
    }
    let number = try state.need("number").number()
    guard from == scale.id, scale.hasNumbers else { return (nil, "unconverted") }
    let isInside = scale.numbers[0] <= number && number <= scale.numbers[scale.numbers.count - 1]
    return (isInside ? number : nil, "off_scale")
  }

  func points(
    _ earned: Rational, _ possible: Rational
  ) throws(TraceCheckerError) -> (value: Rational?, why: String) {
    guard let rule = policy["points"] else { return (nil, "points_unread") }
    if rule.value == "earned" { return (earned, "") }
    guard earned >= 0, possible > 0, let share = try? calculate(earned, "/", possible) else {
      return (nil, "off_scale")
    }
    switch rule.value {
    case "share": return (share, "")
    case "percent": return (try calculate(share, "*", 100), "")
    case "scaled": return (try calculate(share, "*", scale.numbers[scale.numbers.count - 1]), "")
    default:
      var value = scale.numbers[0]
      for step in rule.items where share >= (try step.need("share").number()) {
        guard let rank = scale.rank(try step.need("level").text()) else { continue }
        value = scale.numbers[rank]
      }
      return (value, "")
    }
  }
}

/// The scale of a policy.
struct CheckedScale {
  let id: Identifier
  let labels: [Identifier]
  /// The numbers of the levels, or their ranks.
  let numbers: [Rational]
  let hasNumbers: Bool
  let cut: Int

  init(_ node: Node) throws(TraceCheckerError) {
    id = try node.need("id").text()
    var labels: [Identifier] = []
    var numbers: [Rational] = []
    for level in try node.need("levels").items {
      labels.append(try level.need("label").text())
      if let number = try level["number"]?.number() { numbers.append(number) }
    }
    hasNumbers = !numbers.isEmpty
    self.labels = labels
    self.numbers = hasNumbers ? numbers : labels.indices.map { Rational($0) }
    guard let cut = labels.firstIndex(of: try node.need("masteredFrom").text()),
      self.numbers.count == labels.count
    else { throw node.malformed("a scale") }
    self.cut = cut
  }

  func rank(_ label: Identifier) -> Int? { labels.firstIndex(of: label) }

  func level(_ number: Rational) -> Identifier? {
    numbers.lastIndex { $0 <= number }.map { labels[$0] }
  }
}

/// Exact where there is room; else both operands are rounded to 18 places first.
func calculate(
  _ left: Rational, _ sign: Character, _ right: Rational
) throws(TraceCheckerError) -> Rational {
  func apply(_ left: Rational, _ right: Rational) throws(DomainError) -> Rational {
    switch sign {
    case "+": try left + right
    case "-": try left + -right
    case "*": try left * right
    default: try left / right
    }
  }
  if let exact = try? apply(left, right) { return exact }
  guard let first = try? left.rounded(places: 18), let second = try? right.rounded(places: 18),
    let result = try? apply(Rational(first), Rational(second))
  else { throw TraceCheckerError(.malformed, "A number has too many digits.", at: "") }
  return result
}

func total(_ numbers: [Rational]) throws(TraceCheckerError) -> Rational {
  var sum = Rational.zero
  for number in numbers { sum = try calculate(sum, "+", number) }
  return sum
}
