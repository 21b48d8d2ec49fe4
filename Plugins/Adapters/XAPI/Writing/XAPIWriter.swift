internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes statements: those that were read, as they were, or new ones for scores.
///
/// When the records tell how a file of statements was written, the event records are written and
/// nothing else, for they hold all the rest. Otherwise each scored result and each piece of
/// evidence becomes a statement.
struct XAPIWriter: GradebookWriter, ~Copyable {
  private let host: HostLink
  private var passage: EventPassage
  private var maker: StatementMaker
  private var isPassing = false
  private var lostEvents = 0
  private var otherEvents = 0

  init(output: AdapterOutput, host: HostLink, request: AdapterRequest) {
    self.host = host
    passage = EventPassage(output)
    maker = StatementMaker(output, home: request.option("homePage") ?? StatementMaker.home)
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    switch batch.kind {
    case CBL_KIND_SOURCE_MEMBER:
      passage.takeMembers(batch)
      isPassing = passage.isKnown
    case CBL_KIND_SOURCE_LINE: passage.takeLines(batch)
    case CBL_KIND_EVENT: try putEvents(batch)
    default:
      if !isPassing { try maker.put(batch) }
    }
  }

  private mutating func putEvents(_ batch: RecordBatch) throws(AdapterError) {
    guard maker.isEmpty else {
      lostEvents += batch.count
      return
    }
    for event in batch.rows(as: EventRow.self) {
      guard event.type.equals("xapi"), !event.json.isEmpty else {
        otherEvents += 1
        continue
      }
      try unsafe passage.write(event.json.rawBytes)
    }
  }

  mutating func finish() throws(AdapterError) {
    if maker.isEmpty {
      try passage.finish()
    } else {
      try maker.finish()
    }
    try maker.report(to: host)
    if lostEvents > 0 {
      try host.lose(
        CBL_KIND_EVENT, field: nil, count: lostEvents,
        reason: "statements were made from the results, so events were left out")
    }
    if otherEvents > 0 {
      try host.lose(
        CBL_KIND_EVENT, field: nil, count: otherEvents, reason: "the event is no xAPI statement")
    }
  }
}
