public import Domain

extension Policy {
  /// The policy as a document with every field that is not its default.
  ///
  /// Its canonical text is the canonical form of the policy.
  public var document: DocumentValue {
    DocumentValue(members: [
      ("policy", .string(id)),
      ("title", DocumentValue(title)),
      ("scale", scale.document),
      ("conversions", conversions.isEmpty ? nil : .array(conversions.map(\.document))),
      ("points", points?.document),
      ("counts", counts.isEmpty ? nil : .object(counts.members)),
      ("order", order == .occurred ? nil : DocumentValue(order.rawValue)),
      ("group", grouping.map { DocumentValue($0.rawValue) }),
      ("minimum", minimum == 1 ? nil : .whole(minimum)),
      ("requires", requires.isEmpty ? nil : .array(requires.map(\.document))),
      ("method", method.document),
      (
        "rounding",
        DocumentValue(members: [
          ("places", .whole(rounding.places)),
          ("beforeCut", rounding.beforeCut ? true : nil),
        ])
      ),
      ("offsetMinutes", offsetMinutes == 0 ? nil : .whole(offsetMinutes)),
      ("gates", gates.isEmpty ? nil : .array(gates.map(\.document))),
    ])
  }

  /// Reads a policy from the bytes of its JSON document.
  ///
  /// - Parameters:
  ///   - bytes: The document as UTF-8.
  ///   - file: The name of the file, for errors.
  ///   - limits: What is accepted at most.
  /// - Throws: ``GradingError`` with file, line, column and pointer.
  public init(
    json bytes: [UInt8], file: String? = nil,
    limits: DocumentReader.Limits = DocumentReader.Limits(bytes: 1 << 20, depth: 64)
  ) throws(GradingError) {
    var place: Place?
    let failure: GradingError
    do throws(DomainError) {
      let value = try DocumentReader.read(bytes, limits: limits)
      do throws(GradingError) {
        try self.init(document: value)
        return
      } catch {
        place = DocumentReader.place(of: error.place?.pointer ?? "", in: bytes)
        failure = error
      }
    } catch {
      place = error.place
      failure = GradingError(error)
    }
    place = place ?? Place()
    place?.file = file
    throw GradingError(failure.code, failure.message, at: place)
  }

  /// Reads a policy from its document.
  ///
  /// - Parameter document: The document, from JSON or YAML.
  /// - Throws: ``GradingError`` with the pointer of the field.
  public init(document: DocumentValue) throws(GradingError) {
    var fields = try Field(value: document, pointer: "").fields()
    let id = try fields.required("policy").text()
    let title = try fields.optional("title").reading({ field throws(GradingError) in
      try field.text()
    })?.text
    let scale = try fields.required("scale").scale()
    let conversions = try fields.optional("conversions").reading({ field throws(GradingError) in
      try field.map { field throws(GradingError) in try field.conversion() }
    })
    let points = try fields.optional("points").reading({ field throws(GradingError) in
      try field.points()
    })
    let counts = try fields.optional("counts").reading({ field throws(GradingError) in
      var fields = try field.fields()
      let demand = try EvidenceDemand(&fields)
      try fields.finish()
      return demand
    })
    let order = try fields.optional("order").reading({ field throws(GradingError) in
      try field.word(Order.self)
    })
    let grouping = try fields.optional("group").reading({ field throws(GradingError) in
      try field.word(Grouping.self)
    })
    let minimum = try fields.optional("minimum").reading({ field throws(GradingError) in
      try field.whole(1...1_000_000)
    })
    let requires = try fields.optional("requires").reading({ field throws(GradingError) in
      try field.map { field throws(GradingError) in try field.requirement() }
    })
    let method = try fields.required("method").method()
    let rounding = try fields.optional("rounding").reading({ field throws(GradingError) in
      try field.rounding()
    })
    let offset = try fields.optional("offsetMinutes").reading({ field throws(GradingError) in
      try field.whole(-1_080...1_080)
    })
    let gates = try fields.optional("gates").reading({ field throws(GradingError) in
      try field.map { field throws(GradingError) in try field.namedGate() }
    })
    try fields.finish()
    try self.init(
      id: id, title: title ?? id.text, scale: scale, conversions: conversions ?? [],
      points: points, counts: counts ?? EvidenceDemand(), order: order ?? .occurred,
      grouping: grouping, minimum: minimum ?? 1, requires: requires ?? [], method: method,
      rounding: rounding ?? Rounding(), offsetMinutes: offset ?? 0, gates: gates ?? [])
  }
}

extension ProficiencyScale {
  var document: DocumentValue {
    DocumentValue(members: [
      ("id", .string(id.identifier)),
      ("title", title == id.description ? nil : DocumentValue(title)),
      (
        "levels",
        .array(
          levels.map { level in
            DocumentValue(members: [
              ("label", .string(level.label)),
              ("number", level.number.map { Rational($0).documentValue }),
              ("meaning", level.meaning.map { DocumentValue($0) }),
            ])
          })
      ),
      ("masteredFrom", .string(cut.label)),
    ])
  }
}

extension Policy.Conversion {
  var document: DocumentValue {
    let pairs = levels.sorted { $0.key < $1.key }
    return DocumentValue(members: [
      ("scale", .string(scale.identifier)),
      ("levels", .object(pairs.map { DocumentValue.Member($0.key, .string($0.value)) })),
    ])
  }
}

extension Policy.Points {
  var document: DocumentValue {
    switch self {
    case .percent: "percent"
    case .share: "share"
    case .scaled: "scaled"
    case .earned: "earned"
    case .masteredAt(let share): DocumentValue(members: [("masteredAt", share.documentValue)])
    case .steps(let steps):
      .array(
        steps.map {
          DocumentValue(members: [
            ("share", $0.share.documentValue), ("level", .string($0.level)),
          ])
        })
    }
  }
}

extension EvidenceDemand {
  var members: [DocumentValue.Member] {
    DocumentValue(members: [
      ("kinds", .words(kinds?.map(\.word))),
      ("purposes", .words(purposes?.map(\.word))),
      ("contexts", .words(contexts)),
      ("raters", .words(raters?.map(\.identifier))),
      ("depths", .words(depths)),
      ("trust", trust.map { DocumentValue($0.rawValue) }),
      ("attempts", attempts.map { .whole($0) }),
    ]).members ?? []
  }

  init(_ fields: inout Fields) throws(GradingError) {
    self.init(
      kinds: try fields.optional("kinds").reading({ field throws(GradingError) in
        try field.map { field throws(GradingError) in EvidenceKind(word: try field.text()) }
      }),
      purposes: try fields.optional("purposes").reading({ field throws(GradingError) in
        try field.map { field throws(GradingError) in EvidencePurpose(word: try field.text()) }
      }),
      contexts: try fields.optional("contexts").reading({ field throws(GradingError) in
        try field.map { field throws(GradingError) in try field.text() }
      }),
      raters: try fields.optional("raters").reading({ field throws(GradingError) in
        try field.map { field throws(GradingError) in ID(try field.text()) }
      }),
      depths: try fields.optional("depths").reading({ field throws(GradingError) in
        try field.map { field throws(GradingError) in try field.text() }
      }),
      trust: try fields.optional("trust").reading({ field throws(GradingError) in
        try field.word(Trust.self)
      }),
      attempts: try fields.optional("attempts").reading({ field throws(GradingError) in
        try field.whole(1...1_000_000)
      }))
  }
}

extension Policy.Requirement {
  var document: DocumentValue {
    .object([DocumentValue.Member("least", .whole(least))] + demand.members)
  }
}

extension Field {
  func scale() throws(GradingError) -> ProficiencyScale {
    var fields = try fields()
    let id = try fields.required("id").text()
    let title =
      try fields.optional("title").reading({ field throws(GradingError) in try field.text() })?.text
      ?? id.text
    let levels = try fields.required("levels").map { field throws(GradingError) in try field.level()
    }
    let cut = try fields.required("masteredFrom").text()
    try fields.finish()
    do throws(DomainError) {
      return try ProficiencyScale(id: ID(id), title: title, levels: levels, masteredFrom: cut)
    } catch {
      throw GradingError(error, pointer: pointer)
    }
  }

  private func level() throws(GradingError) -> MasteryLevel {
    if value.text != nil { return MasteryLevel(try text()) }
    var fields = try fields()
    let label = try fields.required("label").text()
    let number = try fields.optional("number").reading({ field throws(GradingError) in
      guard let decimal = try field.rational().decimal else { throw field.wrong("a decimal") }
      return decimal
    })
    let meaning = try fields.optional("meaning").reading({ field throws(GradingError) in
      try field.text()
    })?.text
    try fields.finish()
    return MasteryLevel(label, number: number, meaning: meaning)
  }

  func conversion() throws(GradingError) -> Policy.Conversion {
    var fields = try fields()
    let scale = try fields.required("scale").text()
    var pairs = try fields.required("levels").fields()
    var levels: [Identifier: Identifier] = [:]
    for (name, field) in pairs.all() { levels[name] = try field.text() }
    try fields.finish()
    return Policy.Conversion(scale: ID(scale), levels: levels)
  }

  private static let pointRules =
    "one of percent, share, scaled, earned, {\"masteredAt\": share}, or an array of steps"

  func points() throws(GradingError) -> Policy.Points {
    switch value.text?.text {
    case "percent": return .percent
    case "share": return .share
    case "scaled": return .scaled
    case "earned": return .earned
    case .some: throw wrong(Field.pointRules)
    case nil:
      if value.members != nil {
        var fields = try fields()
        let share = try fields.required("masteredAt").share()
        try fields.finish()
        return .masteredAt(share)
      }
      guard value.elements != nil else { throw wrong(Field.pointRules) }
      return .steps(
        try map { field throws(GradingError) in
          var fields = try field.fields()
          let share = try fields.required("share").rational()
          let level = try fields.required("level").text()
          try fields.finish()
          return Policy.Points.Step(share: share, level: level)
        })
    }
  }

  func requirement() throws(GradingError) -> Policy.Requirement {
    var fields = try fields()
    let least = try fields.optional("least").reading({ field throws(GradingError) in
      try field.whole(1...1_000_000)
    })
    let demand = try EvidenceDemand(&fields)
    try fields.finish()
    return Policy.Requirement(demand, least: least ?? 1)
  }

  func rounding() throws(GradingError) -> Policy.Rounding {
    var fields = try fields()
    let places = try fields.required("places").whole(0...12)
    let beforeCut =
      try fields.optional("beforeCut").reading({ field throws(GradingError) in try field.bool() })
      ?? false
    try fields.finish()
    return Policy.Rounding(places: places, beforeCut: beforeCut)
  }
}
