internal import AdapterHost

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// What an adapter does to the process that it is loaded into.
extension CallChecks {
  static let process: [String: Check] = [
    "process": processState, "files": files, "quiet": quiet, "memory": memory,
  ]

  /// Calls of every sort.
  private static func exercise(_ bench: Workbench) {
    for (sample, format) in (try? bench.inputs()) ?? [] {
      bench.findings.at("probing and reading \(sample.name)")
      _ = bench.probe(sample.members, format)
      _ = bench.read(sample.members, format)
      _ = bench.read(damaged(sample), format)
    }
    for (name, format, rows) in (try? bench.dataSets()) ?? [] {
      bench.findings.at("writing \(name)")
      _ = bench.write(rows, format)
    }
  }

  /// A sample whose members end in the middle of a line.
  private static func damaged(_ sample: Sample) -> [SampleMember] {
    sample.members.map { member in
      SampleMember(name: member.name, bytes: Array(member.bytes.prefix(member.bytes.count * 2 / 3)))
    }
  }

  private static func processState(_ bench: Workbench) throws {
    // What is opened or started once and kept is there from now on.
    exercise(bench)
    let held = ProcessState.held
    exercise(bench)
    let changes = zip(bench.settings + held, ProcessState.settings + ProcessState.held)
    for (old, new) in changes where old.value != new.value {
      bench.findings.fail("\(old.name) was `\(old.value)` and is `\(new.value)`")
    }
  }

  private static func files(_ bench: Workbench) throws {
    let inputs = try bench.inputs()
    let free = inputs.map { bench.read($0.sample.members, $0.format) }
    let sets = (try? bench.dataSets()) ?? []
    let freeOutputs = sets.map { bench.write($0.rows, $0.format) }
    System.setLimit(.fileSize, 0)
    for (sample, format) in inputs {
      bench.findings.at("reading \(sample.name) where no file can be written")
      _ = bench.read(sample.members, format)
    }
    // As many as are open: one more cannot be opened.
    System.setLimit(.openFiles, UInt64(Findings.descriptor) + 1)
    for (index, (sample, format)) in inputs.enumerated() {
      bench.findings.at("reading \(sample.name) where no file can be opened or written")
      let call = bench.read(sample.members, format)
      if call.rows != free[index].rows || call.status != free[index].status {
        bench.findings.fail("\(sample.name): reads something else where no file can be opened")
      }
    }
    for (index, (name, format, rows)) in sets.enumerated() {
      bench.findings.at("writing \(name) where no file can be opened or written")
      let call = bench.write(rows, format)
      if call.outputs != freeOutputs[index].outputs || call.status != freeOutputs[index].status {
        bench.findings.fail("\(name): writes something else where no file can be opened")
      }
    }
  }

  // What is printed is seen by the process that started this one.
  private static func quiet(_ bench: Workbench) throws { exercise(bench) }

  private static let runs = 1200
  private static let mostGrowth = 512 << 10

  private static func memory(_ bench: Workbench) throws {
    guard System.residentBytes != nil else {
      throw Skipped("the system does not tell how much memory is used")
    }
    var lean = TrialSetup()
    lean.keepsRows = false
    lean.checksValues = false
    var seen: Set<Int> = []
    for (sample, format) in (try? bench.inputs()) ?? []
    where sample.byteCount < 1 << 16 && seen.insert(format.index).inserted {
      let spoilt = damaged(sample)
      var stopping = lean
      let half = bench.read(sample.members, format, lean).callbacks / 2
      stopping.stopsAfter = half
      try grow(bench, "reading \(sample.name)") { _ = bench.read(sample.members, format, lean) }
      try grow(bench, "reading \(sample.name), cut") { _ = bench.read(spoilt, format, lean) }
      try grow(bench, "reading \(sample.name), stopped") {
        _ = bench.read(sample.members, format, stopping)
      }
    }
    seen.removeAll()
    for (name, format, rows) in (try? bench.dataSets()) ?? []
    where rows.count <= 200 && seen.insert(format.index).inserted {
      let batches = TrialBatches(rows, for: format).batches(of: 64)
      for abandons in [false, true] {
        try grow(bench, abandons ? "abandoning \(name)" : "writing \(name)") {
          let writer = TrialWriter(bench.library, format: format, setup: lean)
          writer.open()
          writer.put(batches[...])
          writer.close(abandon: abandons)
        }
      }
    }
  }

  /// Runs something often and sees whether memory grows, after what is made once was made.
  private static func grow(_ bench: Workbench, _ place: String, _ body: () -> Void) throws {
    guard !bench.findings.isFull else { return }
    bench.findings.at("\(place), \(runs) times")
    for _ in 0..<runs / 4 { body() }
    var least = Int.max
    // The allocator may take a piece now and then: what leaks grows in each round.
    for _ in 0..<2 {
      let before = System.residentBytes ?? 0
      for _ in 0..<runs / 2 { body() }
      least = min(least, (System.residentBytes ?? 0) - before)
      bench.findings.at("\(place), \(runs) times")
    }
    if least > mostGrowth / (4_000 / runs) {
      bench.findings.fail("\(place) \(runs / 2) times: the memory grows by \(least >> 10) KB")
    }
  }
}
