public import Domain

/// What a document of facts says of one learner.
public struct FactsEntry: Hashable, Sendable {
  /// The learner.
  public var learner: LearnerID
  /// The subgroups that the learner belongs to, for comparisons.
  public var subgroups: [Identifier]
  /// The facts.
  public var facts: LearnerFacts

  /// Creates an entry.
  public init(_ learner: LearnerID, subgroups: [Identifier] = [], facts: LearnerFacts) {
    self.learner = learner
    self.subgroups = subgroups
    self.facts = facts
  }

  /// Reads a document: `{"learners": [{"learner": "ann", "dates": {"entry": "2025-09-01"}, ...}]}`.
  ///
  /// The fields of a learner are those of `facts` in a trace and `subgroups`.
  ///
  /// - Parameter document: The document, from JSON or YAML.
  /// - Returns: The entries, in their order.
  /// - Throws: ``GradingError`` with the pointer of the field, also for a learner who comes twice.
  public static func entries(of document: DocumentValue) throws(GradingError) -> [FactsEntry] {
    var fields = try Field(value: document, pointer: "").fields()
    let list = try fields.required("learners").list()
    try fields.finish()
    var seen: Set<LearnerID> = []
    var entries: [FactsEntry] = []
    for field in list {
      let entry = try field.factsEntry()
      guard seen.insert(entry.learner).inserted else {
        throw GradingError(
          .wrongValue, "There are facts on this learner before; put them into one entry.",
          at: Place(pointer: "\(field.pointer)/learner"))
      }
      entries.append(entry)
    }
    return entries
  }
}

extension Field {
  fileprivate func factsEntry() throws(GradingError) -> FactsEntry {
    var fields = try fields()
    let learner = try fields.required("learner").text()
    let subgroups = try fields.texts("subgroups")
    var facts = LearnerFacts()
    if var days = try fields.optional("dates").reading({ field throws(GradingError) in
      try field.fields()
    }) {
      for (name, field) in days.all() { facts.dates[name] = try field.date() }
    }
    for field in try fields.list("confirmations") {
      facts.confirmations.append(try field.confirmation())
    }
    for field in try fields.list("overrides") { facts.overrides.append(try field.override()) }
    for field in try fields.list("appeals") { facts.appeals.append(try field.appeal()) }
    try fields.finish()
    return FactsEntry(ID(learner), subgroups: subgroups, facts: facts)
  }

  fileprivate func moment() throws(GradingError) -> Instant {
    guard let moment = Instant(try text().text) else {
      throw wrong("a moment such as 2025-06-30T12:00:00Z")
    }
    return moment
  }

  fileprivate func confirmation() throws(GradingError) -> Confirmation {
    var fields = try fields()
    let confirmation = Confirmation(
      step: try fields.required("step").text(), role: try fields.required("role").text(),
      actor: ID(try fields.required("actor").text()),
      recorded: try fields.required("recorded").moment())
    try fields.finish()
    return confirmation
  }

  fileprivate func override() throws(GradingError) -> Override {
    var fields = try fields()
    let subject = try fields.subject()
    let decision: Override.Decision
    if let level = fields.optional("level") {
      decision = .level(try level.text())
    } else {
      decision = .open(try fields.required("open").bool())
    }
    let actor = try fields.required("actor").text()
    let reason = try fields.required("reason").text().text
    let recorded = try fields.required("recorded").moment()
    try fields.finish()
    do throws(GradingError) {
      return try Override(
        of: subject, decision, actor: ID(actor), reason: reason, recorded: recorded)
    } catch { throw GradingError(error.code, error.message, at: Place(pointer: pointer)) }
  }

  fileprivate func appeal() throws(GradingError) -> Appeal {
    var fields = try fields()
    let appeal = Appeal(
      id: try fields.required("appeal").text(), subject: try fields.subject(),
      step: try fields.required("step").word(Appeal.Step.self),
      actor: ID(try fields.required("actor").text()),
      reason: try fields.required("reason").text().text,
      recorded: try fields.required("recorded").moment())
    try fields.finish()
    return appeal
  }
}

extension Fields {
  fileprivate mutating func subject() throws(GradingError) -> Subject {
    if let target = optional("target") { return .target(ID(try target.text())) }
    let group = try optional("group").reading({ field throws(GradingError) in try field.text() })
    return .gate(try required("gate").text(), group: group)
  }

  fileprivate mutating func list(_ name: Identifier) throws(GradingError) -> [Field] {
    try optional(name).reading({ field throws(GradingError) in try field.list() }) ?? []
  }

  mutating func texts(_ name: Identifier) throws(GradingError) -> [Identifier] {
    try optional(name).reading({ field throws(GradingError) in
      try field.map { field throws(GradingError) in try field.text() }
    }) ?? []
  }
}

extension GradedTarget {
  /// Reads a document of targets: `{"targets": [{"target": "a", "backbone": true, "groups": []}]}`.
  ///
  /// The fields are those of targets in a trace; a target is backbone unless it says otherwise. A
  /// target with `"kind": "habit"` is left out, because academic results are never made of habits.
  ///
  /// - Parameter document: The document, from JSON or YAML.
  /// - Returns: The targets, in their order.
  /// - Throws: ``GradingError`` with the pointer of the field.
  public static func targets(of document: DocumentValue) throws(GradingError) -> [GradedTarget] {
    var fields = try Field(value: document, pointer: "").fields()
    let list = try fields.required("targets").list()
    try fields.finish()
    var targets: [GradedTarget] = []
    for field in list {
      guard field.value.text == nil else {
        targets.append(GradedTarget(ID(try field.text())))
        continue
      }
      var own = try field.fields()
      let id = try own.required("target").text()
      let isBackbone = try own.optional("backbone").reading({ field throws(GradingError) in
        try field.bool()
      })
      let groups = try own.texts("groups")
      let kind = try own.optional("kind").reading({ field throws(GradingError) in
        try field.word(Competency.Kind.self)
      })
      try own.finish()
      if kind == .habit { continue }
      targets.append(GradedTarget(ID(id), isBackbone: isBackbone ?? true, groups: groups))
    }
    return targets
  }
}
