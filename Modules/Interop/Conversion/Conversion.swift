internal import AdapterHost
internal import Records

/// Reads inputs of one or more formats and writes one of another.
///
/// The path of a record: adapter, checks, order, edits, numbers, groups, writer. Nothing appears at
/// the output's path unless all went well.
public final class Conversion {
  let catalog: AdapterCatalog
  let options: ConversionOptions
  var ledger = ConversionLedger()
  private var watched: DuplicateSuspects?
  private var inputs: [OpenInput] = []
  /// The output of an attempt that is made again.
  private var abandoned: OutputContainer?
  private var progress: ((ConversionProgress) -> Void)?
  private var isStopped: () -> Bool = { false }
  private var scansSourceLayer = false
  /// What is read, when it is less than the target asks for.
  var scope: ReadingScope?
  /// Whether an adapter may ask to be read again; not when the output cannot be taken back.
  private var mayRestart = true

  /// An input that was opened and recognised.
  private struct OpenInput {
    let container: Container
    let verdict: ProbeVerdict
    let source: ContainerSource

    var formatName: String { verdict.handle.format.identifier }
  }

  /// A conversion with the adapters of a catalog.
  public init(catalog: AdapterCatalog, options: ConversionOptions) {
    self.catalog = catalog
    self.options = options
    ledger.rejectLimit = options.maximumRejects
  }

  /// Tells a closure now and then how far the work is.
  public func onProgress(_ body: @escaping (ConversionProgress) -> Void) { progress = body }

  /// Asks a closure now and then whether to stop.
  public func stops(when body: @escaping () -> Bool) { isStopped = body }

  /// What is known so far; for a caller that shows the problems of a conversion that failed.
  public var report: ConversionReport { makeReport(target: nil, declared: [], edits: nil) }

  /// Converts.
  ///
  /// - Parameters:
  ///   - paths: The inputs; `-` is standard input.
  ///   - output: The path of the output; `-` is standard output.
  /// - Returns: What was done.
  /// - Throws: ``InteropError`` or `AdapterHostError`; then the output was not touched.
  public func run(_ paths: [String], to output: String) throws -> ConversionReport {
    let target = try catalog.format(named: options.to)
    guard target.format.writes else {
      throw InteropError(.usage, "\(target.format.identifier) can be read but not written")
    }
    defer { abandoned = nil }
    return try readingAgain { try attempt(paths, target, output) }
  }

  private func attempt(
    _ paths: [String], _ target: FormatHandle, _ output: String
  ) throws -> ConversionReport {
    try openInputs(paths)
    var outputOptions = options.output
    outputOptions.inputs += inputs.compactMap(\.container.identity)
    // What has flowed into a pipe cannot be taken back when the input has to be read again or a
    // strict run refuses it.
    outputOptions.holdsBack = options.isStrict || !isLight(wantedKinds(for: target))
    let container = try OutputContainer.create(
      output,
      kind: OutputKind(
        path: output, hasSeveralMembers: target.format.givesSeveralMembers,
        endings: target.format.extensions),
      options: outputOptions, after: abandoned)
    abandoned = nil
    let rejects = try RejectsFile(
      options.rejectsPath, options: outputOptions, hidesValues: options.pseudonymizer != nil)
    ledger.onReport = { report, _ in try rejects?.note(report) }
    if !container.canBeTakenBack { mayRestart = false }
    do {
      let report = try convert(to: target, container)
      try rejects?.commit()
      try container.commit()
      return report
    } catch {
      container.abort()
      abandoned = container
      if !isRestart(error) { try? rejects?.commit() }
      throw error
    }
  }

  /// Runs a reading, and again when it has to be: it found identifiers that may stand twice, which
  /// are then under watch, or an adapter found late what it has to know first.
  func readingAgain<Value>(_ body: () throws -> Value) throws -> Value {
    while true {
      do {
        return try body()
      } catch let suspects as DuplicateSuspects where watched == nil {
        watched = suspects
      } catch let error as AdapterHostError where error.code == .again && mayRestart {
        mayRestart = false
      }
      let limit = ledger.rejectLimit
      ledger = ConversionLedger()
      ledger.rejectLimit = limit
    }
  }

  /// Whether an error asks for another reading.
  func isRestart(_ error: any Error) -> Bool {
    error is DuplicateSuspects || (error as? AdapterHostError)?.code == .again
  }

  /// Whether a format of the inputs has scores of single targets that say whose they are.
  var hasSingleScores: Bool {
    let person = RecordSchema.of(.targetResult).field("person")?.index ?? 0
    return inputs.contains { input in
      let capability = input.verdict.handle.format.capabilities[.targetResult]
      return capability.map { $0.reads >> UInt64(person) & 1 == 1 } ?? false
    }
  }

  /// Opens the inputs, or goes back to their start when they are open already.
  func openInputs(_ paths: [String]) throws {
    guard inputs.isEmpty else {
      inputs = inputs.map { input in
        OpenInput(
          container: input.container, verdict: input.verdict,
          source: ContainerSource(input.container))
      }
      return
    }
    inputs = try paths.map(openInput)
  }

  /// Reads inputs through all checks into a step that keeps what it wants; writes nothing.
  ///
  /// - Parameters:
  ///   - paths: The inputs; `-` is standard input.
  ///   - withSourceLayer: Whether the records on how the members were written are wanted too.
  ///   - onReport: Takes each problem as it comes.
  ///   - makeStage: Makes the step from the accounts.
  /// - Throws: ``InteropError`` or `AdapterHostError`; then ``report`` tells what is known.
  func scan(
    _ paths: [String], withSourceLayer: Bool, onReport: ((AdapterReport) throws -> Void)?,
    into makeStage: (ConversionLedger) -> any RecordStage
  ) throws -> ConversionReport {
    scansSourceLayer = withSourceLayer
    // Problems are told as they come, so they cannot be taken back.
    mayRestart = false
    return try readingAgain {
      try openInputs(paths)
      // A second reading tells again what the first one told, but for what it looks for.
      let isSecond = watched != nil
      ledger.onReport = { report, isNews in
        if isSecond, !isNews { return }
        try onReport?(report)
      }
      _ = try read(into: makeStage(ledger), target: nil)
      return report
    }
  }

  private func convert(
    to target: FormatHandle, _ container: OutputContainer
  ) throws -> ConversionReport {
    let guards = options.guardsFormulas ?? target.format.isSpreadsheet
    var callOptions = CallOptions()
    callOptions.isStrict = options.isStrict
    callOptions.guardsFormulas = guards
    callOptions.options = options.formatOptions
    callOptions.kinds = target.format.writtenKinds
    let call = try WriteCall(
      target.library, format: target.format, to: OutputMembers(container), options: callOptions,
      listener: ledger)
    let writer = WriterStage(call, format: target.format, ledger: ledger)
    let edits = try read(into: writer, target: target)
    try refuseRejectedIfStrict()
    let declared = inputs.flatMap { input in
      LossCertificate.declared(from: input.verdict.handle.format, to: target.format)
    }
    var report = makeReport(target: target, declared: declared, edits: edits)
    report.members = container.members
    report.guardedFormulas = guards
    return report
  }

  /// Ends a strict reading in which rows were rejected.
  func refuseRejectedIfStrict() throws(InteropError) {
    guard options.isStrict, ledger.rejectedRows > 0 else { return }
    throw InteropError(
      .badInput, "\(ledger.rejectedRows) rows were rejected, and --strict allows none")
  }

  /// Reads the inputs through the stages into a writer; returns the step that edits, if any.
  func read(into last: any RecordStage, target: FormatHandle?) throws -> EditStage? {
    let wanted = wantedKinds(for: target)
    let wantsSourceLayer = wantsSourceLayer(target)
    var stage = last
    if let target, wantsSourceLayer, !target.format.keepsEverything {
      stage = SourceFilterStage(next: stage, format: target.format.identifier)
    }
    let isLight = isLight(wanted)
    if !isLight {
      stage = makeNumberStage(before: stage, writer: last as? WriterStage, target: target)
      stage = DuplicateStage(
        next: stage, ledger: ledger, watched: watched, isStrict: options.isStrict,
        memberNames: { [self] in name($0) })
    }
    let isOrdered = inputs.allSatisfy { input in
      input.verdict.handle.format.isOrdered
        && (!wantsSourceLayer || input.verdict.handle.format.keepsEverything)
    }
    if inputs.count > 1 || !(isLight || (isOrdered && options.mapping.same.isEmpty)) {
      stage = makeOrderStage(before: stage)
    }
    let edit = makeEditStage(before: stage)
    if let edit { stage = edit }
    var dropped = options.droppedKinds
    if options.pseudonymizer != nil { dropped.formUnion(PrivacyRules.droppedKinds) }
    let check = CheckStage(
      next: stage, ledger: ledger,
      memberNames: { [self] in name(RowOrigin.member($0, of: current)) },
      usedFields: { kind in
        // Edits may look at any field; without a target everything is asked for.
        guard edit == nil, let target else { return .max }
        if let scope { return scope.fields[kind] ?? 0 }
        let capability = target.format.capabilities[kind]
        return capability.map { $0.writes | $0.reduces } ?? 0
      },
      isDropped: { dropped.contains($0) })
    for index in inputs.indices {
      current = index
      try readInput(
        inputs[index], kinds: wanted[index], wantsSourceLayer: wantsSourceLayer, into: check)
    }
    try stage.finish()
    return edit
  }

  /// For each input the kinds that its reader should give.
  private func wantedKinds(for target: FormatHandle?) -> [UInt64] {
    inputs.map {
      Self.wantedKinds(of: $0.verdict.handle.format, for: target?.format)
        & (scope?.kinds ?? .max)
    }
  }

  /// Evidence alone is complete in itself, so it is neither numbered nor put in order.
  private func isLight(_ wanted: [UInt64]) -> Bool {
    wanted.allSatisfy { $0 == RecordKind.evidence.bit }
  }

  private func makeNumberStage(
    before next: any RecordStage, writer: WriterStage?, target: FormatHandle?
  ) -> NumberStage {
    let readable =
      inputs.reduce(0) { $0 | $1.verdict.handle.format.readKinds } & (scope?.kinds ?? .max)
    var group: GroupStage?
    if let writer, target?.format.isGrouped == true {
      group = GroupStage(next: next, writer: writer)
    }
    let number = NumberStage(
      next: group ?? next, ledger: ledger, isStrict: options.isStrict,
      memberNames: { [self] in name($0) },
      usedFields: { [scope] kind in scope?.fields[kind] ?? .max },
      checksReferences: { kind in readable & kind.bit != 0 })
    group?.space = { [unowned number] kind in number.space(kind) }
    return number
  }

  private func makeOrderStage(before next: any RecordStage) -> OrderStage {
    let same = options.mapping.same.mapValues { table in
      Set(table.values.map { Array($0.utf8) })
    }
    return OrderStage(
      next: next, input: { [self] in current },
      merger: { [self] kind in
        guard RecordSchema.of(kind).isNumbered, inputs.count > 1 || same[kind] != nil else {
          return nil
        }
        return RecordMerger(
          kind, ledger: ledger, memberNames: { [self] in name($0) },
          isStated: { same[kind]?.contains($0) ?? false })
      })
  }

  /// The input that is being read.
  private var current = 0

  private func readInput(
    _ input: OpenInput, kinds: UInt64, wantsSourceLayer: Bool, into sink: CheckStage
  ) throws {
    var options = CallOptions()
    options.isStrict = self.options.isStrict
    options.wantsSourceLayer = wantsSourceLayer
    options.mayRestart = mayRestart
    options.options = self.options.formatOptions
    options.kinds = kinds
    // The ledger is ours: a strong reference would keep both, and the inputs open, for ever.
    ledger.onProgress = { [weak self] in try self?.tick() }
    // Most formats are read in more than one pass, which a stream does not allow.
    try input.container.makeRereadable()
    try input.verdict.handle.library.read(
      input.source, format: input.verdict.handle.format, options: options, into: sink,
      listener: ledger)
  }

  /// The kinds that a reader should give.
  ///
  /// A format that can tell the same facts as results or as evidence is asked for one of the two.
  static func wantedKinds(of source: LoadedFormat, for target: LoadedFormat?) -> UInt64 {
    guard let target else {
      return source.keepsEverything ? .max : .max & ~RecordKind.evidence.bit | evidenceOnly(source)
    }
    let both = RecordKind.evidence.bit | RecordKind.result.bit
    // A format that keeps everything has each fact once, as one or the other.
    guard source.readKinds & both == both, !source.keepsEverything else { return .max }
    let takesEvidence = target.writtenKinds & RecordKind.evidence.bit != 0
    let takesPeople = target.writtenKinds & RecordKind.person.bit != 0
    if takesEvidence, !takesPeople { return RecordKind.evidence.bit }
    return .max & ~RecordKind.evidence.bit
  }

  private static func evidenceOnly(_ source: LoadedFormat) -> UInt64 {
    source.readKinds & RecordKind.result.bit == 0 ? RecordKind.evidence.bit : 0
  }

  /// Whether the output can use what the source layer says: it has the format of the input, or one
  /// of the two keeps everything. Several inputs must be of one format, with members apart.
  private func wantsSourceLayer(_ target: FormatHandle?) -> Bool {
    guard let target else { return scansSourceLayer }
    guard options.pseudonymizer == nil,
      target.format.writtenKinds & RecordKind.sourceLine.bit != 0
    else { return false }
    if target.format.keepsEverything { return true }
    if inputs.count > 1 {
      let names = inputs.flatMap { $0.container.members.map(\.name) }
      guard Set(names).count == names.count, Set(inputs.map(\.formatName)).count == 1 else {
        return false
      }
    }
    return inputs.contains { input in
      input.verdict.handle.format.keepsEverything
        || input.verdict.handle.format.identifier == target.format.identifier
    }
  }

  private func makeEditStage(before next: any RecordStage) -> EditStage? {
    var edits = options.mapping.edits
    var isEmpty = options.mapping.isEmpty
    if options.pseudonymizer != nil {
      isEmpty = false
      for kind in edits.indices { edits[kind] += PrivacyRules.edits[kind] }
    }
    if isEmpty { return nil }
    return EditStage(next: next, edits: edits, pseudonymizer: options.pseudonymizer)
  }

  private func openInput(_ path: String) throws -> OpenInput {
    let container = try Container.open(path)
    guard !container.members.isEmpty else {
      throw InteropError(
        .badInput, "there are no files in it, so there is nothing to read; name another input",
        place: path)
    }
    let verdict: ProbeVerdict
    if let from = options.from {
      let handle = try catalog.format(named: from)
      guard handle.format.reads else {
        throw InteropError(.usage, "\(handle.format.identifier) can be written but not read")
      }
      verdict = ProbeVerdict(handle: handle, confidence: 100, reason: "named by the user")
    } else {
      verdict = try catalog.recognize(container)
    }
    return OpenInput(container: container, verdict: verdict, source: ContainerSource(container))
  }

  /// The name of a member, for reports; the number says the input too.
  func name(_ number: Int) -> String {
    let (input, member) = RowOrigin.split(number)
    guard inputs.indices.contains(input) else { return "" }
    let container = inputs[input].container
    guard container.members.indices.contains(member) else { return container.name }
    let name = container.members[member].name
    return inputs.count > 1 && container.members.count > 1 ? "\(container.name)/\(name)" : name
  }

  private func tick() throws {
    if isStopped() { throw InteropError(.usage, "stopped") }
    guard let progress else { return }
    let done = inputs.reduce(0) { $0 + $1.source.bytesRead }
    var total: UInt64? = 0
    for input in inputs {
      for member in input.container.members {
        guard let count = member.byteCount, let sum = total else {
          total = nil
          break
        }
        total = sum + UInt64(count)
      }
    }
    progress(ConversionProgress(bytesRead: done, byteCount: total))
  }

  func makeReport(
    target: FormatHandle?, declared: [LossCertificate.Entry], edits: EditStage?
  ) -> ConversionReport {
    var report = ConversionReport(
      inputs: inputs.map { input in
        ConversionReport.Input(
          path: input.container.path, format: input.verdict.handle.format.identifier,
          reason: input.verdict.reason, confidence: input.verdict.confidence)
      },
      outputFormat: target?.format.identifier,
      rows: RecordKind.all.compactMap { kind in
        let counts = ledger.counts[kind.number]
        guard counts != KindCounts(), !kind.isSourceLayer else { return nil }
        return ConversionReport.Rows(
          kind: kind, read: counts.read, written: counts.written, skipped: counts.skipped,
          rejected: counts.rejected, dropped: counts.dropped, unwritten: counts.unwritten)
      },
      problems: ledger.problems,
      problemCounts: ledger.problemOrder.compactMap { code in
        ledger.problemCounts[code].map {
          ConversionReport.CodeCount(code: code, severity: $0.severity, count: $0.count)
        }
      },
      certificate: LossCertificate(declared: declared, ledger: ledger),
      invented: (edits?.changes ?? [:]).filter(\.key.isInvented).compactMap { key, count in
        RecordKind(number: key.kind).map { kind in
          ConversionReport.Invented(
            kind: kind, field: RecordSchema.of(kind).fields[key.field].name, count: count)
        }
      }.sorted { ($0.kind, $0.field) < ($1.kind, $1.field) })
    report.rejectedCount = ledger.rejectedRows
    return report
  }
}

/// How far a conversion is.
public struct ConversionProgress: Hashable, Sendable {
  /// Bytes of the inputs read so far.
  public var bytesRead: UInt64
  /// All bytes of the inputs, or `nil` when they cannot be told.
  public var byteCount: UInt64?
}

extension LoadedFormat {
  /// Whether the format keeps every kind of record, as the lossless record format does.
  var keepsEverything: Bool { RecordKind.all.allSatisfy { writtenKinds & $0.bit != 0 } }
}
