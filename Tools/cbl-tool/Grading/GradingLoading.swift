import AdapterHost
import Domain
import Grading
import Interop

/// Reads policy, targets, facts and evidence, and puts them together.
struct GradingLoading {
  let adapters: AdapterCatalog
  let options: ConversionOptions
  let isQuiet: Bool
  var usesLineItems = false
  var targetsFile: String?
  var factsFile: String?
  var asOf: String?
  var knownAt: String?

  init(adapters: AdapterCatalog, options: ConversionOptions, isQuiet: Bool) {
    self.adapters = adapters
    self.options = options
    self.isQuiet = isQuiet
  }

  /// Reads the inputs.
  ///
  /// - Throws: ``ToolFailure`` with 65 when a document is wrong or, when strict, a row is.
  func load(_ inputs: [String], under policy: Policy) throws -> GradingSession {
    let entries = try factsFile.map(facts) ?? []
    let listed = try targetsFile.map { try TargetList(path: $0, adapters: adapters) }
    var evidence = try read(inputs, policy)
    let collector = ProblemCollector(evidence.report)
    var targets = listed ?? TargetList(evidence.targets)
    let events = targets.resolving(evidence.events)
    // There may be much of it, so it is kept once only.
    evidence.events = []
    let intake = EvidenceIntake(events, reporting: collector)
    var hasTarget = false
    for piece in intake.evidence {
      hasTarget = hasTarget || piece.competency != nil
      if let problem = policy.problem(with: piece) { collector.report(problem) }
    }
    if !hasTarget, !events.isEmpty {
      collector.report(
        Problem(
          .warning, "grading.no_target",
          "No evidence names a target, so there is nothing to grade; --by-line-item takes each "
            + "line item as a target."))
    }
    if evidence.undated > 0 {
      collector.report(
        Problem(
          .note, "grading.undated",
          "Evidence without a date (\(evidence.undated) rows) counts as the oldest, in the order "
            + "of the input."))
    }
    if options.isStrict, collector.rejected > 0 {
      Console.note(ReportText.problems(collector.complete, style: ReportStyle(limit: 20)))
      throw ToolFailure(65, "\(collector.rejected) rows were rejected, and --strict allows none")
    }
    let graded = targets.graded(with: intake, named: policy.namedTargets, collector)
    return GradingSession(
      grader: Grader(policy, targets: graded), intake: intake,
      entries: Dictionary(entries.map { ($0.learner, $0) }) { first, _ in first },
      asOf: try pointOfView(intake, policy), report: collector.complete)
  }

  private func read(_ inputs: [String], _ policy: Policy) throws -> EvidenceInput {
    let conversion = Conversion(catalog: adapters, options: options)
    let bar = ProgressBar(isQuiet: isQuiet)
    if let bar { conversion.onProgress { bar.show($0) } }
    defer { bar?.finish() }
    var reading = EvidenceReading(scale: policy.scale.id, top: policy.scale.levels.last?.number)
    reading.otherScales = Set(policy.conversions.map(\.scale))
    reading.readsPoints = policy.points != nil
    reading.offsetMinutes = policy.offsetMinutes
    reading.usesLineItems = usesLineItems
    do { return try conversion.evidence(of: inputs, reading) } catch {
      bar?.finish()
      Console.note(ReportText.problems(conversion.report, style: ReportStyle(limit: 20)))
      throw error
    }
  }

  private func facts(_ path: String) throws -> [FactsEntry] {
    try SourceDocument(path: path).reading { value throws(GradingError) in
      try FactsEntry.entries(of: value)
    }
  }

  private func pointOfView(_ intake: EvidenceIntake, _ policy: Policy) throws -> AsOf {
    let offset = policy.offsetMinutes
    var (occurred, known): (Instant?, Instant?) = (nil, nil)
    for learner in intake.learners {
      for event in intake.history(of: learner).events {
        known = max(known ?? event.recorded, event.recorded)
        guard case .recorded(let piece) = event,
          let moment = piece.times.occurred.earliest(offsetMinutes: offset)
        else { continue }
        occurred = max(occurred ?? moment, moment)
      }
    }
    let first = Instant(secondsSince1970: 0)
    return AsOf(
      occurred: try asOf.map { try Self.moment($0, offset) }
        ?? Self.endOfDay(occurred ?? first, offset),
      known: try knownAt.map { try Self.moment($0, offset) }
        ?? Self.endOfDay(known ?? first, offset))
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
