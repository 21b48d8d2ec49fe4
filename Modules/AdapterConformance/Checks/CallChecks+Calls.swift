internal import AdapterHost
internal import Records

// How calls stop, and how they stand beside each other.
extension CallChecks {
  static let calls: [String: Check] = [
    "stop": stop, "cancel": cancel, "nested": nested, "sessions": sessions, "threads": threads,
    "determinism": determinism,
  ]

  private static let mostStops = 48
  private static let longestMilliseconds = 100.0
  private static let largeBytes = 1 << 20

  private static func stop(_ bench: Workbench) throws {
    if let inputs = try? bench.inputs() {
      for (sample, format) in inputs {
        let whole = bench.read(sample.members, format)
        try stop(bench, "reading \(sample.name)", whole.callbacks) { setup in
          bench.read(sample.members, format, setup)
        }
      }
    }
    if let sets = try? bench.dataSets() {
      for (name, format, rows) in sets {
        let whole = bench.write(rows, format)
        try stop(bench, "writing \(name)", whole.callbacks) { setup in
          bench.write(rows, format, setup)
        }
      }
    }
  }

  private static func stop(
    _ bench: Workbench, _ place: String, _ callbacks: Int, _ call: (TrialSetup) -> TrialCall
  ) throws {
    for index in Damage.spread(callbacks, most: mostStops) {
      for status: Int32 in [1, 6] {
        var setup = TrialSetup()
        setup.stopsAfter = index
        setup.stopStatus = status
        setup.keepsRows = false
        bench.findings.at("\(place), stopped at callback \(index + 1)")
        let stopped = call(setup)
        guard stopped.isStopped else { continue }
        if stopped.callbacksAfterStop > 0 {
          bench.findings.fail(
            "\(place), stopped at callback \(index + 1): \(stopped.callbacksAfterStop) more callbacks"
          )
        }
        if stopped.status != status {
          bench.findings.fail(
            "\(place), stopped at callback \(index + 1): ends with "
              + "\(TrialCall.name(stopped.status)) instead of \(TrialCall.name(status))")
        }
        guard !bench.findings.isFull else { return }
      }
    }
  }

  private static func cancel(_ bench: Workbench) throws {
    for (sample, format) in try bench.inputs() {
      var setup = TrialSetup()
      setup.keepsRows = false
      setup.checksValues = false
      // What is no run of lines is tried as it is.
      let members = Damage.enlarged(sample, to: largeBytes) ?? sample.members
      bench.findings.at("reading \(sample.name), enlarged")
      let whole = bench.read(members, format, setup)
      if whole.longestWork > longestMilliseconds {
        // The machine may have been busy with something else in the same thread's name.
        let again = bench.read(members, format, setup)
        let shorter = min(whole.longestWork, again.longestWork)
        if shorter > longestMilliseconds {
          bench.findings.fail(
            "\(sample.name), enlarged: more than \(Int(longestMilliseconds)) ms of work without a "
              + "callback")
        }
      }
      for part in [1, 5, 9] {
        setup.stopsAfter = whole.callbacks * part / 10
        var shortest = Double.infinity
        // The clock on the wall stands still for nobody: the best of three counts.
        for _ in 0..<3 where shortest > longestMilliseconds {
          bench.findings.at("stopping \(sample.name), enlarged, after \(part) tenths")
          let call = bench.read(members, format, setup)
          shortest = min(shortest, call.stopTime ?? 0)
        }
        if shortest > longestMilliseconds {
          bench.findings.fail(
            "\(sample.name), enlarged: ends more than \(Int(longestMilliseconds)) ms after a stop")
          break
        }
      }
    }
  }

  private static func nested(_ bench: Workbench) throws {
    let inputs = try bench.inputs()
    for (index, (sample, format)) in inputs.enumerated() {
      let (other, otherFormat) = inputs[(index + 1) % inputs.count]
      // A shorter copy, so that state that is shared shows.
      let inner = shortened(other)
      let alone = bench.read(sample.members, format)
      let innerAlone = bench.read(inner, otherFormat)
      var setup = TrialSetup()
      var calls = 0
      setup.hook = {
        calls += 1
        guard calls <= 6, !bench.findings.isFull else { return }
        let call = bench.read(inner, otherFormat)
        if call.rows != innerAlone.rows || call.status != innerAlone.status {
          bench.findings.fail("\(other.name), read inside of \(sample.name), gives something else")
        }
      }
      bench.findings.at("reading \(other.name) inside of \(sample.name)")
      let outer = bench.read(sample.members, format, setup)
      if outer.rows != alone.rows || outer.status != alone.status {
        bench.findings.fail(
          "\(sample.name) gives something else when \(other.name) is read inside of its callbacks")
      }
    }
  }

  /// A sample with the second half of its lines only, but for the first.
  private static func shortened(_ sample: Sample) -> [SampleMember] {
    sample.members.map { member in
      let lines = Damage.lines(of: member.bytes)
      guard lines.count > 2 else { return member }
      let first = member.bytes[..<lines[1].lowerBound]
      let rest = member.bytes[lines[1 + (lines.count - 1) / 2].lowerBound...]
      return SampleMember(name: member.name, bytes: Array(first + rest))
    }
  }

  private static func sessions(_ bench: Workbench) throws {
    for (name, format, rows) in try bench.dataSets() {
      let other = Array(rows.reversed())
      let batches = [rows, other].map { TrialBatches($0, for: format).batches(of: 2) }
      let alone = [rows, other].map { bench.write($0, format, rowsInBatch: 2) }
      bench.findings.at("two writings at once of \(name)")
      let writers = [0, 1].map { _ in
        TrialWriter(bench.library, format: format, setup: TrialSetup())
      }
      for writer in writers { writer.open() }
      for index in 0..<max(batches[0].count, batches[1].count) {
        for (writer, batches) in zip(writers, batches) where index < batches.count {
          writer.put(batches[index...index])
        }
      }
      for writer in writers { writer.close() }
      for (writer, alone) in zip(writers, alone)
      where writer.call.outputs != alone.outputs || writer.call.status != alone.status {
        bench.findings.fail("two writings at once of \(name) give something else than one alone")
        break
      }
    }
  }

  private static func threads(_ bench: Workbench) throws {
    let inputs = try bench.inputs()
    for (index, (sample, format)) in inputs.enumerated() {
      let (other, otherFormat) = inputs[(index + 1) % inputs.count]
      let work = [(sample.members, format), (shortened(other), otherFormat)]
      let alone = work.map { bench.read($0.0, $0.1) }
      bench.findings.at("reading \(sample.name) and \(other.name) on two threads")
      let pair = ThreadPair { side, meet in
        var differs = false
        for _ in 0..<10 {
          var setup = TrialSetup()
          setup.hook = meet
          let call = bench.read(work[side].0, work[side].1, setup)
          if call.rows != alone[side].rows || call.status != alone[side].status { differs = true }
        }
        return differs
      }
      if pair.run() {
        bench.findings.fail(
          "\(sample.name) and \(other.name) give something else on two threads than alone")
      }
    }
  }

  private static func determinism(_ bench: Workbench) throws {
    var digest = Digest()
    for (sample, format) in (try? bench.inputs()) ?? [] {
      bench.findings.at("reading \(sample.name) twice")
      let (first, second) = (bench.read(sample.members, format), bench.read(sample.members, format))
      if first.rows != second.rows || first.problems != second.problems {
        bench.findings.fail("\(sample.name): a second reading gives something else")
      }
      digest.add(first)
    }
    for (name, format, rows) in (try? bench.dataSets()) ?? [] {
      bench.findings.at("writing \(name) twice")
      let (first, second) = (bench.write(rows, format), bench.write(rows, format))
      if first.outputs != second.outputs {
        bench.findings.fail("\(name): a second writing gives other bytes")
      }
      digest.add(first)
    }
    bench.findings.digest(digest.text)
  }
}

/// A number for everything that calls gave, the same in every process.
private struct Digest {
  // FNV-1a, 64 bits.
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  var text: String { String(value, radix: 16) }

  mutating func add(_ call: TrialCall) {
    add(Array("\(call.status)".utf8))
    for row in call.rows {
      add(Array("\(row.kind.number) \(row.line) \(row.member)".utf8))
      for field in row.fields {
        add(field == nil ? [0] : [1])
        add(field ?? [])
      }
    }
    for problem in call.problems { add(Array("\(problem)".utf8)) }
    for member in call.outputs {
      add(Array(member.name.utf8))
      add(member.bytes)
    }
  }

  private mutating func add(_ bytes: [UInt8]) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    value = (value ^ 0xFF) &* 0x100_0000_01B3
  }
}
