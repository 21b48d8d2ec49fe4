import Domain

extension Method {
  /// The name in documents.
  var name: String {
    switch self {
    case .latest: "latest"
    case .highest: "highest"
    case .mean: "mean"
    case .meanOfLast: "mean_of_last"
    case .weightedMean: "weighted_mean"
    case .median: "median"
    case .mode: "mode"
    case .newestAgainstOlder: "newest_against_older"
    case .exponentialDecay: "exponential_decay"
    case .timesAtCut: "times_at_cut"
    case .streak: "streak"
    case .sum: "sum"
    case .pointsShare: "points_share"
    case .powerLaw: "power_law"
    case .promotion: "promotion"
    case .counter: "counter"
    case .knowledgeTracing: "knowledge_tracing"
    }
  }

  /// All names, in the order of the documentation.
  static let names = [
    "latest", "highest", "mean", "mean_of_last", "weighted_mean", "median", "mode",
    "newest_against_older", "exponential_decay", "times_at_cut", "streak", "sum", "points_share",
    "power_law", "promotion", "counter", "knowledge_tracing",
  ]

  var document: DocumentValue {
    DocumentValue(members: [("name", DocumentValue(name))] + parameters)
  }

  private var parameters: [(Identifier, DocumentValue?)] {
    switch self {
    case .latest, .highest, .mean, .sum, .pointsShare: return []
    case .meanOfLast(let count): return [("count", .whole(count))]
    case .weightedMean(let weights, let others):
      let pairs = weights.sorted { $0.key < $1.key }
      return [
        (
          "weights",
          .object(pairs.map { DocumentValue.Member($0.key.word, $0.value.documentValue) })
        ),
        ("others", others.documentValue),
      ]
    case .median(let middle): return [("middle", DocumentValue(middle.rawValue))]
    case .mode(let tie): return [("tie", DocumentValue(tie.rawValue))]
    case .newestAgainstOlder(let weight), .exponentialDecay(let weight):
      return [("weight", weight.documentValue)]
    case .timesAtCut(let least, let count):
      return [("least", .whole(least)), ("of", count.map { .whole($0) })]
    case .streak(let least): return [("least", .whole(least))]
    case .powerLaw(let zero): return [("zero", zero?.documentValue)]
    case .promotion(let rules): return [("rules", .array(rules.map(\.document)))]
    case .counter(let rule):
      return [
        ("success", rule.success.documentValue), ("gain", rule.gain.documentValue),
        ("loss", rule.loss?.documentValue), ("floor", rule.floor.documentValue),
        ("ceiling", rule.ceiling?.documentValue),
      ]
    case .knowledgeTracing(let model):
      return [
        ("success", model.success.documentValue), ("prior", model.prior.documentValue),
        ("learn", model.learn.documentValue), ("forget", model.forget.documentValue),
        ("guess", model.guess.documentValue), ("slip", model.slip.documentValue),
      ]
    }
  }
}

extension PromotionRule {
  var document: DocumentValue {
    var members: [(Identifier, DocumentValue?)] = [
      ("kinds", kinds.isEmpty ? nil : .words(kinds.map(\.word))),
      ("from", from.isEmpty ? nil : .words(from)),
      ("least", least?.documentValue),
      ("below", below?.documentValue),
    ]
    switch move {
    case .to(let level): members.append(("to", .string(level)))
    case .by(let steps): members.append(("by", .whole(steps)))
    }
    return DocumentValue(members: members)
  }
}

extension Field {
  func method() throws(GradingError) -> Method {
    var fields = try fields()
    let name = try fields.required("name").text()
    var method = try fields.method(name.text)
    if method == nil { method = try fields.patternMethod(name.text) }
    guard let method else {
      throw GradingError(
        .unknownMethod,
        "There is no method \"\(name)\"; there are \(Method.names.joined(separator: ", ")).",
        at: Place(pointer: "\(pointer)/name"))
    }
    try fields.finish()
    return method
  }

  func promotionRule() throws(GradingError) -> PromotionRule {
    var fields = try fields()
    let kinds = try fields.optional("kinds").reading({ field throws(GradingError) in
      try field.map { field throws(GradingError) in EvidenceKind(word: try field.text()) }
    })
    let from = try fields.optional("from").reading({ field throws(GradingError) in
      try field.map { field throws(GradingError) in try field.text() }
    })
    let least = try fields.optional("least").reading({ field throws(GradingError) in
      try field.rational()
    })
    let below = try fields.optional("below").reading({ field throws(GradingError) in
      try field.rational()
    })
    let move: PromotionRule.Move
    if let steps = fields.optional("by") {
      move = .by(try steps.whole(-1_000...1_000))
    } else if let level = fields.optional("to") {
      move = .to(try level.text())
    } else {
      // A misspelt name is the better answer where there is one.
      try fields.finish()
      throw GradingError(
        .missingField,
        "The rule does not say where it leads; add \"to\" with a level or \"by\" with a number of "
          + "levels.", at: Place(pointer: pointer))
    }
    try fields.finish()
    return PromotionRule(
      kinds: kinds ?? [], from: from ?? [], least: least, below: below, move: move)
  }
}

extension Fields {
  fileprivate mutating func method(_ name: String) throws(GradingError) -> Method? {
    switch name {
    case "latest": return .latest
    case "highest": return .highest
    case "mean": return .mean
    case "sum": return .sum
    case "points_share": return .pointsShare
    case "mean_of_last": return .meanOfLast(try required("count").whole(1...1_000_000))
    case "median":
      return .median(
        middle: try optional("middle").reading({ field throws(GradingError) in
          try field.word(Method.Middle.self)
        }) ?? .mean)
    case "mode":
      return .mode(tie: try required("tie").word(Method.Tie.self))
    case "newest_against_older":
      return .newestAgainstOlder(weight: try required("weight").share())
    case "exponential_decay": return .exponentialDecay(weight: try required("weight").share())
    case "weighted_mean":
      var pairs = try required("weights").fields()
      var weights: [EvidenceKind: Rational] = [:]
      for (name, field) in pairs.all() {
        let weight = try field.rational()
        guard weight >= 0 else { throw field.wrong("a weight of 0 or more") }
        weights[EvidenceKind(word: name)] = weight
      }
      let others = try optional("others").reading({ field throws(GradingError) in
        try field.rational()
      })
      return .weightedMean(weights: weights, others: others ?? 1)
    default: return nil
    }
  }

  fileprivate mutating func patternMethod(_ name: String) throws(GradingError) -> Method? {
    switch name {
    case "times_at_cut":
      return .timesAtCut(
        least: try required("least").whole(1...1_000_000),
        of: try optional("of").reading({ field throws(GradingError) in
          try field.whole(1...1_000_000)
        }))
    case "streak": return .streak(least: try required("least").whole(1...1_000_000))
    case "power_law":
      return .powerLaw(
        zero: try optional("zero").reading({ field throws(GradingError) in
          let zero = try field.rational()
          guard zero > 0 else { throw field.wrong("a number above 0") }
          return zero
        }))
    case "promotion":
      return .promotion(
        try required("rules").map { field throws(GradingError) in try field.promotionRule() })
    case "counter":
      return .counter(
        CounterRule(
          success: try required("success").rational(), gain: try required("gain").rational(),
          loss: try optional("loss").reading({ field throws(GradingError) in try field.rational() }
          ),
          floor: try optional("floor").reading({ field throws(GradingError) in try field.rational()
          }) ?? 0,
          ceiling: try optional("ceiling").reading({ field throws(GradingError) in
            try field.rational()
          })))
    case "knowledge_tracing":
      return .knowledgeTracing(
        KnowledgeTracing(
          success: try required("success").rational(), prior: try required("prior").share(),
          learn: try required("learn").share(),
          forget: try optional("forget").reading({ field throws(GradingError) in try field.share() }
          ) ?? 0,
          guess: try required("guess").share(), slip: try required("slip").share()))
    default: return nil
    }
  }
}
