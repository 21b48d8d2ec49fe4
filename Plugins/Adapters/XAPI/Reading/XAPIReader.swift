internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads statements as records.
struct XAPIReader {
  let source: StatementSource
  let request: AdapterRequest

  init(_ input: AdapterInput, request: AdapterRequest) {
    source = StatementSource(input: input, request: request)
    self.request = request
  }

  /// What was counted in the first pass.
  private struct Counts {
    var unscored = 0
    var groups = 0
  }

  func read(into sink: inout RecordSink) throws(AdapterError) {
    let voided = try voidedIdentifiers(&sink)
    if sink.wants(CBL_KIND_DATASET) {
      var row = DatasetRow()
      row.format = Text("xapi")
      row.intent = Text("append")
      try sink.put(row)
    }
    var isFirst = true
    for kind in passes(sink) {
      try pass(kind, voided: voided, isFirst: isFirst, &sink)
      isFirst = false
    }
    if isFirst { try pass(CBL_KIND_EVENT, voided: voided, isFirst: true, &sink) }
  }

  /// The kinds to read, in the order of their numbers.
  ///
  /// Evidence is complete in itself. Line items and results are given only to a target that does
  /// not take evidence, so that nothing is counted twice.
  private func passes(_ sink: borrowing RecordSink) -> [cbl_kind] {
    var asResults = !sink.wants(CBL_KIND_EVIDENCE)
    if let records = request.option("records"), records != "auto" {
      asResults = records == "results"
    }
    let kinds =
      asResults
      ? [
        CBL_KIND_CLASS, CBL_KIND_PERSON, CBL_KIND_LINE_ITEM, CBL_KIND_ALIGNMENT, CBL_KIND_RESULT,
        CBL_KIND_EVENT,
      ] : [CBL_KIND_PERSON, CBL_KIND_EVIDENCE, CBL_KIND_EVENT]
    return kinds.filter { sink.wants($0) }
  }

  private func pass(
    _ kind: cbl_kind, voided: Set<[UInt8]>?, isFirst: Bool, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var rows = StatementRows(voided: voided ?? [])
    var counts = Counts()
    let layer = kind == CBL_KIND_EVENT && request.wantsSourceLayer
    try unsafe source.walk(&sink, reports: isFirst, layer: layer) {
      sink, statement, document, origin throws(AdapterError) in
      if kind == CBL_KIND_EVENT {
        return try unsafe rows.putEvent(statement, document, origin, &sink)
      }
      if kind == CBL_KIND_PERSON { return try rows.putPerson(statement, origin, &sink) }
      guard statement.isEvidence else {
        if voided == nil, statement.isVoiding { throw AdapterError(.again) }
        if statement.facts.isGroup { counts.groups += 1 } else { counts.unscored += 1 }
        return
      }
      guard !rows.isVoided(statement) else { return }
      switch kind {
      case CBL_KIND_EVIDENCE: try rows.putEvidence(statement, origin, &sink)
      case CBL_KIND_CLASS: try rows.putClass(statement, origin, &sink)
      case CBL_KIND_LINE_ITEM: try rows.putLineItem(statement, origin, &sink)
      case CBL_KIND_ALIGNMENT: try rows.putAlignments(statement, origin, &sink)
      default: try rows.putResult(statement, origin, &sink)
      }
    }
    if kind == CBL_KIND_EVIDENCE || kind == CBL_KIND_RESULT {
      try report(counts, voided, sink)
    }
  }

  private func report(
    _ counts: Counts, _ voided: Set<[UInt8]>?, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    if counts.unscored > 0 {
      try sink.host.report(
        RecordProblem(
          .note, "xapi.no_score",
          "\(counts.unscored) statements show no score of a learner in an activity and give no "
            + "evidence; they are kept as events where the target takes events"))
    }
    if counts.groups > 0 {
      try sink.host.report(
        RecordProblem(
          .note, "xapi.group_actor",
          "\(counts.groups) statements are on groups and give no evidence on a learner"))
    }
    if let voided, !voided.isEmpty {
      try sink.host.report(
        RecordProblem(
          .note, "xapi.voided",
          "\(voided.count) statements were taken back by others and give no evidence"))
    }
  }

  /// Identifiers of the statements that others take back, or `nil` when nobody has looked yet.
  ///
  /// Such statements are rare. Where the host can forget rows, none are looked for before the first
  /// of them is met; then the input is read again, and this time they are collected first. Memory
  /// is that of the identifiers.
  private func voidedIdentifiers(
    _ sink: inout RecordSink
  ) throws(AdapterError) -> Set<[UInt8]>? {
    guard request.option("voiding") != "ignore" else { return [] }
    guard !request.mayRestart else { return nil }
    var voided: Set<[UInt8]> = []
    try unsafe source.walk(&sink, reports: false) { _, statement, _, _ throws(AdapterError) in
      guard statement.isVoiding, statement.facts.objectKind == .reference,
        let id = statement[.object]
      else { return }
      voided.insert(id.decoded.map(StatementRows.small))
    }
    return voided
  }
}
