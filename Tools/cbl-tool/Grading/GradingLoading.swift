import AdapterHost
import Domain
import Grading
import Interop

/// Reads policy, targets, facts and evidence, and puts them together.
struct GradingLoading {
  let adapters: AdapterCatalog
  let options: ConversionOptions
  /// How what is refused is told.
  let style: ReportStyle
  /// The most rejected rows with which learners are judged.
  var rejectLimit = 0
  var usesLineItems = false
  var targetsFile: String?
  var factsFile: String?
  var asOf: String?
  var knownAt: String?

  init(adapters: AdapterCatalog, options: ConversionOptions, style: ReportStyle) {
    self.adapters = adapters
    self.options = options
    self.style = style
  }

  /// Reads the inputs.
  ///
  /// - Throws: ``ToolFailure`` with 65 when a document is wrong or more rows are than may be.
  func load(_ inputs: [String], under policy: Policy) throws -> GradingSession {
    let entries = try factsFile.map(facts) ?? []
    let listed = try targetsFile.map { try TargetList(path: $0, adapters: adapters) }
    let conversion = Conversion(catalog: adapters, options: options)
    let keeper = EvidenceKeeper(policy)
    let input = try read(inputs, policy, with: conversion, into: keeper)
    let collector = ProblemCollector()
    var columns = keeper.takeColumns()
    var targets = listed ?? TargetList(input.targets)
    targets.resolve(&columns)
    if !keeper.hasTarget, columns.count > 0 {
      collector.report(
        Problem(
          .warning, "grading.no_target",
          "No evidence names a target, so there is nothing to grade; --by-line-item takes each "
            + "line item as a target."))
    }
    if input.undated > 0 {
      collector.report(
        Problem(
          .note, "grading.undated",
          "Evidence without a date (\(input.undated) rows) counts as the oldest, in the order "
            + "of the input."))
    }
    let graded = targets.graded(with: columns, named: policy.namedTargets, collector)
    return GradingSession(
      grader: Grader(policy, targets: graded), columns: columns,
      entries: Dictionary(entries.map { ($0.learner, $0) }) { first, _ in first },
      asOf: try pointOfView(keeper.newestMoments, policy.offsetMinutes),
      report: collector.adding(to: input.report))
  }

  private func read(
    _ inputs: [String], _ policy: Policy, with conversion: Conversion, into keeper: EvidenceKeeper
  ) throws -> EvidenceInput {
    let bar = ProgressBar(isQuiet: style.isQuiet)
    if let bar { conversion.onProgress { bar.show($0) } }
    defer { bar?.finish() }
    var reading = EvidenceReading(policy)
    reading.usesLineItems = usesLineItems
    do {
      let input = try conversion.evidence(of: inputs, reading, into: keeper)
      try RejectCheck.check(input.report, limit: rejectLimit)
      return input
    } catch {
      bar?.finish()
      try RejectCheck.tell(conversion.report, error, style: style)
      throw error
    }
  }

  private func facts(_ path: String) throws -> [FactsEntry] {
    try SourceDocument(path: path).reading { value throws(GradingError) in
      try FactsEntry.entries(of: value)
    }
  }

  private func pointOfView(
    _ newest: (occurred: Instant?, known: Instant?), _ offset: Int
  ) throws -> AsOf {
    let first = Instant(secondsSince1970: 0)
    return AsOf(
      occurred: try asOf.map { try Self.moment($0, offset) }
        ?? Self.endOfDay(newest.occurred ?? first, offset),
      known: try knownAt.map { try Self.moment($0, offset) }
        ?? Self.endOfDay(newest.known ?? first, offset))
  }

  /// A moment, or the last one of a day.
  private static func moment(_ text: String, _ offset: Int) throws -> Instant {
    guard let date = PartialDate(text), let start = date.earliest(offsetMinutes: offset) else {
      throw ToolFailure(65, "'\(text)' lies outside of the years 1 to 9999 in UTC")
    }
    return date.precision == .day ? endOfDay(start, offset) : start
  }

  /// The last moment of the day that a moment lies in.
  private static func endOfDay(_ moment: Instant?, _ offset: Int) -> Instant {
    guard let moment else { preconditionFailure("the first second of 1970 is a moment") }
    guard let day = moment.date(offsetMinutes: offset) else { return moment }
    let end = Int64(day.daysSince1970 + 1) * 86_400 - Int64(offset) * 60 - 1
    return Instant(secondsSince1970: end, nanoseconds: 999_999_999) ?? moment
  }
}
