internal import AdapterKit
internal import CAdapterABI

extension CompetencyMemberReader {
  /// Puts the framework.
  ///
  /// - Returns: The cells that the writer will make of it.
  func putFramework(
    _ values: CompetencyValues, _ origin: cbl_origin, _ sink: inout RecordSink,
    _ scales: inout ScaleSink
  ) throws(AdapterError) -> CompetencyValues {
    var predicted = values
    var row = FrameworkRow()
    row.origin = origin
    row.id = sink.copy(values[.idNumber])
    try putExtras(values, "framework", row.id, origin, &sink)
    if let scale = try putScale(values, origin, &sink, &scales, &predicted) {
      row.scale = sink.copy(scale)
    }
    row.identifier = row.id
    row.title = sink.copy(values[.shortName])
    row.description = sink.copy(values[.description])
    row.description_format = sink.copy(CompetencyWords.format(values[.descriptionFormat]))
    let words = ScaleText.levels(values[.taxonomy])
    if !words.isEmpty { row.taxonomy = sink.copy(words.joined(separator: "\u{1F}")) }
    predicted[.taxonomy] = words.joined(separator: ",")
    for column in [CompetencyColumn.parent, .ruleType, .ruleOutcome, .ruleConfig, .related] {
      predicted[column] = ""
    }
    try sink.put(row)
    return predicted
  }

  /// Puts a competency, its parent and what it is related to.
  ///
  /// - Returns: The cells that the writer will make of it.
  mutating func putTarget(
    _ values: CompetencyValues, _ origin: cbl_origin, _ sink: inout RecordSink,
    _ scales: inout ScaleSink
  ) throws(AdapterError) -> CompetencyValues {
    var predicted = values
    let id = values[.idNumber]
    var row = TargetRow()
    row.origin = origin
    row.id = sink.copy(targetID(id))
    try putExtras(values, "target", row.id, origin, &sink)
    if let scale = try putScale(values, origin, &sink, &scales, &predicted) {
      row.scale = sink.copy(scale)
    }
    let framework = sink.copy(layout.framework)
    if !layout.framework.isEmpty { row.framework = framework }
    row.code = sink.copy(id)
    row.title = sink.copy(values[.shortName])
    row.statement = sink.copy(values[.description])
    row.type = Text("competency")
    row.description_format = sink.copy(CompetencyWords.format(values[.descriptionFormat]))
    row.rule_type = sink.copy(values[.ruleType])
    row.rule_outcome = sink.copy(CompetencyWords.outcome(values[.ruleOutcome]))
    row.rule_config = sink.copy(values[.ruleConfig])
    row.number = sink.copy(values[.exportedID])
    let position = childCounts[Array(values[.parent].utf8), default: 0]
    childCounts[Array(values[.parent].utf8)] = position + 1
    row.position = sink.copy(String(position))
    try sink.put(row)
    var link = AssociationRow()
    link.origin = origin
    if !layout.framework.isEmpty { link.framework = framework }
    link.from_target = row.id
    if !values[.parent].isEmpty {
      link.type = Text("isChildOf")
      link.to_target = sink.copy(targetID(values[.parent]))
      link.sequence = row.position
      try sink.put(link)
      link.sequence = .absent
    }
    let related = CompetencyList.split(values[.related])
    for other in related {
      link.type = Text("isRelatedTo")
      link.to_target = sink.copy(targetID(other))
      try sink.put(link)
    }
    predicted[.related] = CompetencyList.join(related)
    predicted[.isFramework] = ""
    predicted[.taxonomy] = ""
    return predicted
  }

  /// Keeps what the record has no field for.
  private func putExtras(
    _ values: CompetencyValues, _ kind: StaticString, _ owner: Text, _ origin: cbl_origin,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    let exported = values[.exportedID]
    guard Text(kind).equals("framework"), !exported.isEmpty else { return }
    var row = AttributeRow()
    row.origin = origin
    row.owner_kind = Text(kind)
    row.owner = owner
    row.vocabulary = Text("moodle")
    row.key = Text("exportedId")
    row.value = sink.copy(exported)
    try sink.put(row)
  }

  /// Puts the scale of a row.
  ///
  /// - Returns: Its identifier; `nil` when the row has none.
  private func putScale(
    _ values: CompetencyValues, _ origin: cbl_origin, _ sink: inout RecordSink,
    _ scales: inout ScaleSink, _ predicted: inout CompetencyValues
  ) throws(AdapterError) -> String? {
    predicted[.scaleValues] = ScaleText.join(ScaleText.levels(values[.scaleValues]))
    guard let read = CompetencyScale(values) else { return nil }
    if read.scale.configuration != nil {
      try sink.host.report(
        RecordProblem(
          .warning, "moodle.scale_configuration",
          "the scale configuration is not the JSON of default and proficient levels; it is kept "
            + "as text, and which levels count as mastered is not known", member: name,
          line: origin.line, column: 7, value: values[.scaleConfiguration]))
    }
    let id = try scales.put(read.scale, hasFlags: read.hasFlags, origin: origin, &sink)
    if let configuration = read.configuration {
      predicted[.scaleConfiguration] = configuration.text
    }
    return id
  }
}
