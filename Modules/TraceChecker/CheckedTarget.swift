import Domain

/// One target of a trace, worked out again.
struct CheckedTarget {
  struct Item {
    var ids: [DocumentValue]
    var kind: Identifier
    var value: Rational
    var points: (earned: Rational, possible: Rational)?
    var group: DocumentValue?
    var date: Instant
  }

  let id: Identifier
  let isBackbone: Bool
  let groups: [Identifier]
  let evidence: [Node]
  let outcome: String
  let number: Rational?
  let level: Identifier?

  init(_ node: Node, _ check: TraceCheck) throws(TraceCheckerError) {
    id = try node.need("target").text()
    isBackbone = try node.need("backbone").isTrue
    groups = try node.need("groups").words
    evidence = try node.need("evidence").items
    let sorted = evidence.sorted {
      ($0["id"]?.value.text ?? "") < ($1["id"]?.value.text ?? "")
    }
    try node.need("evidenceHash").expect(
      DocumentValue(DocumentValue.array(sorted.map(\.value)).digest.description))
    var leftOut: [DocumentValue] = []
    var counted: [Node] = []
    var items: [Item] = []
    for piece in evidence {
      try CheckedTarget.checkStanding(piece, id, check)
      let (item, why) = try CheckedTarget.item(piece, check)
      if let item {
        counted.append(piece)
        items.append(item)
      } else {
        leftOut.append(
          DocumentValue(members: [("evidence", piece["id"]?.value), ("why", DocumentValue(why))]))
      }
    }
    try node.need("leftOut").expect(.array(leftOut))
    // A stable sort: ties keep the order of the evidence.
    items = items.enumerated().sorted {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }.map(\.element)
    items = try CheckedTarget.grouped(items, check)
    try node.need("observations").expect(.array(items.map(CheckedTarget.document)))
    var answer: CheckedMethod.Answer = (nil, false, [])
    if items.count >= (try check.policy["minimum"]?.count() ?? 1),
      try CheckedTarget.hasRequired(counted, check)
    {
      answer = try CheckedMethod(check.policy.need("method"), check.scale).answer(items)
    }
    try node.need("steps").expect(.array(answer.steps.map { DocumentValue($0.description) }))
    let places = try check.policy.need("rounding").need("places").count()
    let shown = answer.number.flatMap { try? $0.rounded(places: places) }
    let isRounded = check.policy["rounding"]?["beforeCut"]?.isTrue ?? false
    let compared = isRounded ? shown.map { Rational($0) } : answer.number
    let isMastered = compared.map { $0 >= check.scale.numbers[check.scale.cut] } ?? false
    outcome =
      isMastered
      ? "mastered" : answer.number == nil && !answer.isNotYet ? "not_assessed" : "not_yet"
    number = check.scale.hasNumbers ? answer.number : nil
    level = compared.flatMap(check.scale.level)
    let result: [(Identifier, DocumentValue?)] = [
      ("outcome", DocumentValue(outcome)),
      ("number", number.map { DocumentValue($0.description) }),
      ("shown", number == nil ? nil : shown.map { DocumentValue($0.description) }),
      ("level", level.map { .string($0) }),
    ]
    try node.need("result").expect(DocumentValue(members: result))
  }

  private static func checkStanding(
    _ piece: Node, _ target: Identifier, _ check: TraceCheck
  ) throws(TraceCheckerError) {
    try piece.need("learner").expect(check.learner)
    try piece.need("target").expect(.string(target))
    let occurred = try piece.need("occurred").text().text
    guard let recorded = Instant(try piece.need("recorded").text().text),
      let moment = PartialDate(occurred)?.earliest(offsetMinutes: check.offset),
      recorded <= check.asOf.known, moment <= check.asOf.occurred
    else {
      throw TraceCheckerError(
        .wrongStep, "The evidence was not there from this point of view.", at: piece.pointer)
    }
  }

  private static func item(
    _ piece: Node, _ check: TraceCheck
  ) throws(TraceCheckerError) -> (Item?, String) {
    let state = try piece.need("state")
    if state["notAssessed"] != nil { return (nil, "not_assessed") }
    if let field = try check.misfit(piece, check.policy["counts"]) {
      return (nil, "counts_\(field)")
    }
    if check.policy["method"]?["name"]?.value == "points_share", state["points"] == nil {
      return (nil, "unconverted")
    }
    let (value, why) = try check.reading(piece)
    guard let value else { return (nil, why) }
    var points: (Rational, Rational)?
    if let earned = try state["points"]?.number(), let possible = try state["of"]?.number() {
      points = (earned, possible)
    }
    let order = check.policy["order"]?.value.text ?? "occurred"
    let occurred = try piece.need("occurred")
    let date = try (piece[order] ?? occurred).text().text
    guard let moment = PartialDate(date)?.earliest(offsetMinutes: check.offset) else {
      throw piece.malformed("a date in \(order)")
    }
    let group = piece["assessment"].map { assessment in
      DocumentValue(members: [("a", assessment.value), ("t", piece["attempt"]?.value)])
    }
    return (
      Item(
        ids: [try piece.need("id").value], kind: try piece.need("kind").text(), value: value,
        points: points, group: check.policy["group"] == nil ? nil : group, date: moment), ""
    )
  }

  private static func hasRequired(
    _ counted: [Node], _ check: TraceCheck
  ) throws(TraceCheckerError) -> Bool {
    for demand in check.policy["requires"]?.items ?? [] {
      var count = 0
      for piece in counted where try check.misfit(piece, demand) == nil { count += 1 }
      if count < (try demand.need("least").count()) { return false }
    }
    return true
  }

  /// Joins items with the same group where the last of them stands.
  private static func grouped(
    _ items: [Item], _ check: TraceCheck
  ) throws(TraceCheckerError) -> [Item] {
    var result: [Item] = []
    for (index, item) in items.enumerated() {
      guard let group = item.group else {
        result.append(item)
        continue
      }
      if items[(index + 1)...].contains(where: { $0.group == group }) { continue }
      let members = items.filter { $0.group == group }
      let values = members.map(\.value)
      var joined = item
      joined.ids = members.flatMap(\.ids)
      let rule = check.policy["group"]?.value
      let points = members.compactMap(\.points)
      if rule == "pooled", points.count == members.count, check.policy["points"] != nil {
        let sums = (try total(points.map(\.earned)), try total(points.map(\.possible)))
        joined.points = sums
        joined.value = try check.points(sums.0, sums.1).value ?? item.value
      } else if rule != "latest" {
        joined.points = nil
        joined.value =
          rule == "highest"
          ? values.max() ?? item.value : try calculate(total(values), "/", Rational(values.count))
      }
      result.append(joined)
    }
    return result
  }

  private static func document(_ item: Item) -> DocumentValue {
    DocumentValue(members: [
      ("evidence", .array(item.ids)), ("kind", .string(item.kind)),
      ("value", DocumentValue(item.value.description)),
      ("earned", item.points.map { DocumentValue($0.earned.description) }),
      ("possible", item.points.map { DocumentValue($0.possible.description) }),
    ])
  }
}
