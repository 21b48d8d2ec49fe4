internal import AdapterHost
internal import CAdapterABI
internal import Records

/// An adapter on trial: its table, the samples, and the calls that checks are made of.
@safe
final class Workbench {
  let library: AdapterLibrary
  let level: ConformanceRule.Level
  let findings: Findings
  /// What the process was like before the library was loaded.
  let settings: [ProcessState.Part]
  /// The inputs of the folder, each with its format where that is told.
  let samples: [Sample]
  /// Of the formats that can be read.
  let readable: [LoadedFormat]
  /// Of the formats that can be written.
  let writable: [LoadedFormat]

  init(
    _ library: AdapterLibrary, level: ConformanceRule.Level, findings: Findings, samples: String?,
    settings: [ProcessState.Part]
  ) throws {
    self.settings = settings
    self.library = library
    self.level = level
    self.findings = findings
    readable = library.info.formats.filter(\.reads)
    writable = library.info.formats.filter(\.writes)
    let formats = library.info.formats
    self.samples = try samples.map { try SampleFolder.load($0, formats: formats) } ?? []
  }

  /// Asks how sure the adapter is.
  func probe(
    _ members: [SampleMember], _ format: LoadedFormat, _ setup: TrialSetup = TrialSetup()
  ) -> TrialProbe {
    let call = TrialCall(members, format: format, setup: setup)
    guard let function = unsafe library.table.pointee.probe else { return TrialProbe(call: call) }
    var empty = cbl_probe()
    // An adapter that leaves the answer as it is gives what no adapter may give.
    empty.confidence = UInt32.max
    unsafe withUnsafeMutableBytes(of: &empty.reason) { bytes in
      for index in bytes.indices { unsafe bytes[index] = 0x3F }
    }
    let host = unsafe call.host
    let input = unsafe call.input
    let verdict = unsafe UnsafeMutablePointer(mutating: call.memory.lend(empty, extra: setup.extra))
    var probe = TrialProbe(call: call)
    call.run {
      let status = unsafe function(library.table, host, input, UInt32(format.index), verdict)
      probe.confidence = unsafe verdict.pointee.confidence
      unsafe withUnsafeBytes(of: &verdict.pointee.reason) { bytes in
        probe.isTerminated = unsafe bytes.contains(0)
        probe.reason = unsafe Array(bytes.prefix { $0 != 0 })
      }
      return status
    }
    return probe
  }

  /// Reads an input.
  func read(
    _ members: [SampleMember], _ format: LoadedFormat, _ setup: TrialSetup = TrialSetup()
  ) -> TrialCall {
    let call = TrialCall(members, format: format, setup: setup)
    guard let function = unsafe library.table.pointee.read else { return call }
    let host = unsafe call.host
    let input = unsafe call.input
    let sink = unsafe call.sink
    let request = unsafe call.request(in: call.memory)
    call.run { unsafe function(library.table, host, input, request, sink) }
    return call
  }

  /// Writes records.
  func write(
    _ rows: [TrialRow], _ format: LoadedFormat, _ setup: TrialSetup = TrialSetup(),
    rowsInBatch: Int = 64
  ) -> TrialCall {
    let writer = TrialWriter(library, format: format, setup: setup)
    writer.open()
    writer.put(TrialBatches(rows, for: format).batches(of: rowsInBatch)[...])
    writer.close()
    return writer.call
  }
}

/// What a probe answered.
struct TrialProbe {
  var call: TrialCall
  var confidence: UInt32 = 0
  var isTerminated = true
  var reason: [UInt8] = []
}

// What checks work on.
extension Workbench {
  /// The inputs that a format can be read from: the samples that are of the format, or else what
  /// the adapter itself writes.
  ///
  /// - Throws: ``Skipped`` when nothing can be read.
  func inputs() throws -> [(sample: Sample, format: LoadedFormat)] {
    guard !readable.isEmpty else { throw Skipped("the adapter reads no format") }
    var inputs: [(sample: Sample, format: LoadedFormat)] = []
    for format in readable {
      let own = samples.filter { self.format(of: $0)?.index == format.index }
      inputs += own.map { ($0, format) }
      if own.isEmpty, let written = written(format) { inputs.append((written, format)) }
    }
    guard !inputs.isEmpty else {
      throw Skipped("there is no sample to read; give a folder of samples")
    }
    return inputs
  }

  /// The format of a sample: the one it is a sample of, or else the surest.
  func format(of sample: Sample) -> LoadedFormat? {
    if let format = sample.format { return format }
    let sure = readable.map { (format: $0, confidence: probe(sample.members, $0).confidence) }
    let best = sure.filter { $0.confidence <= 100 }.max { $0.confidence < $1.confidence }
    return best.flatMap { $0.confidence > 0 ? $0.format : nil }
  }

  /// A sample that the adapter writes itself.
  private func written(_ format: LoadedFormat) -> Sample? {
    guard format.writes else { return nil }
    let call = write(DataSet(seed: 1).rows(for: format), format)
    guard call.status == 0, call.outputs.contains(where: { !$0.bytes.isEmpty }) else { return nil }
    return Sample(name: "written \(format.identifier)", format: format, members: call.outputs)
  }

  /// Records that a format can be asked to write: those of its samples, and generated ones.
  ///
  /// - Throws: ``Skipped`` when the adapter writes nothing.
  func dataSets() throws -> [(name: String, format: LoadedFormat, rows: [TrialRow])] {
    guard !writable.isEmpty else { throw Skipped("the adapter writes no format") }
    var sets: [(name: String, format: LoadedFormat, rows: [TrialRow])] = []
    for format in writable {
      let own = samples.filter { self.format(of: $0)?.index == format.index }
      for sample in own where format.reads {
        let call = read(sample.members, format)
        if call.status == 0, !call.rows.isEmpty {
          sets.append(("records of \(sample.name)", format, call.rows))
        }
      }
      sets.append(
        ("generated records (seed 1)", format, DataSet(seed: 1).rows(for: format)))
    }
    return sets
  }
}
