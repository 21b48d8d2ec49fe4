internal import AdapterHost
internal import Records

// What a reader gives.
extension CallChecks {
  static let records: [String: Check] = [
    "batches": { try clean($0, .batch) }, "text": { try clean($0, .text) },
    "values": { try clean($0, .value) }, "origins": { try clean($0, .origin) },
    "capabilities": capabilities, "order": order,
    "problems": { try damaged($0, .problem) }, "places": { try damaged($0, .place) },
    "accounting": accounting, "status": { try damaged($0, .status) }, "restart": restart,
    "calling-thread": callingThread,
  ]

  /// Reads the samples, with the source layer too, and judges one aspect.
  private static func clean(_ bench: Workbench, _ aspect: TrialAspect) throws {
    for (sample, format) in try bench.inputs() {
      for wantsSourceLayer in [false, true] {
        var setup = TrialSetup()
        setup.keepsRows = false
        setup.wantsSourceLayer = wantsSourceLayer
        bench.findings.at("reading \(sample.name)")
        let call = bench.read(sample.members, format, setup)
        for fault in call.faults(aspect) { bench.findings.fail("\(sample.name): \(fault)") }
      }
    }
  }

  private static func capabilities(_ bench: Workbench) throws {
    try clean(bench, .capability)
    var seen: [Int: [RecordKind: UInt64]] = [:]
    for (sample, format) in try bench.inputs() {
      for row in bench.read(sample.members, format).rows {
        for (field, value) in row.fields.enumerated() where value != nil {
          seen[format.index, default: [:]][row.kind, default: 0] |= 1 << UInt64(field)
        }
      }
    }
    var declared = 0
    var produced = 0
    for format in bench.readable {
      guard let seen = seen[format.index] else { continue }
      for (kind, capability) in format.capabilities {
        declared += capability.reads.nonzeroBitCount
        produced += (capability.reads & (seen[kind] ?? 0)).nonzeroBitCount
      }
    }
    bench.findings.figure("fields seen of those declared", "\(produced) of \(declared)")
  }

  private static func order(_ bench: Workbench) throws {
    guard bench.readable.contains(where: \.isOrdered) else {
      throw Skipped("no format promises an order")
    }
    try clean(bench, .order)
  }

  private static func callingThread(_ bench: Workbench) throws {
    try clean(bench, .thread)
    for (name, format, rows) in (try? bench.dataSets()) ?? [] {
      bench.findings.at("writing \(name)")
      for fault in bench.write(rows, format).faults(.thread) { bench.findings.fail(fault) }
    }
  }

  /// Reads samples that were spoilt in many ways, and judges one aspect.
  private static func damaged(_ bench: Workbench, _ aspect: TrialAspect) throws {
    let count = bench.level == .strict ? 400 : 100
    for (sample, format) in try bench.inputs() {
      var random = RandomSource(seed: 1)
      for number in 0..<count {
        let member = random.below(sample.members.count)
        let bytes = sample.members[member].bytes
        let changed =
          number % 4 == 0
          ? Array(bytes.prefix(random.below(bytes.count + 1))) : Damage.random(bytes, &random)
        judge(bench, sample, sample.replacing(member, changed), format, aspect, "damage \(number)")
      }
      for (member, line, changed) in spoiltLines(of: sample, most: 32) {
        judge(
          bench, sample, sample.replacing(member, changed), format, aspect,
          "line \(line) of \(sample.members[member].name) spoilt")
      }
      guard !bench.findings.isFull else { return }
    }
  }

  private static func judge(
    _ bench: Workbench, _ sample: Sample, _ members: [SampleMember], _ format: LoadedFormat,
    _ aspect: TrialAspect, _ step: String
  ) {
    guard !bench.findings.isFull else { return }
    var setup = TrialSetup()
    setup.keepsRows = false
    setup.checksValues = false
    bench.findings.at("reading \(sample.name), \(step)")
    let call = bench.read(members, format, setup)
    for fault in call.faults(aspect) { bench.findings.fail("\(sample.name), \(step): \(fault)") }
  }

  /// Copies of a sample's members in which one line is cut or overwritten.
  private static func spoiltLines(
    of sample: Sample, most: Int
  ) -> [(member: Int, line: Int, bytes: [UInt8])] {
    var spoilt: [(member: Int, line: Int, bytes: [UInt8])] = []
    for (member, source) in sample.members.enumerated() {
      let lines = Damage.lines(of: source.bytes)
      for index in Damage.spread(lines.count, most: most) where lines[index].count > 1 {
        let line = lines[index]
        // A quote that the cut leaves open would make another sound table of what follows.
        var cut = line.lowerBound + line.count / 2
        while cut < line.upperBound, isQuoted(source.bytes[line.lowerBound..<cut]) { cut += 1 }
        if cut < line.upperBound {
          var bytes = source.bytes
          bytes.removeSubrange(cut..<line.upperBound)
          spoilt.append((member, index + 1, bytes))
        }
        var overwritten = source.bytes
        overwritten.replaceSubrange(line, with: Array("?!spoilt!?".utf8))
        spoilt.append((member, index + 1, overwritten))
      }
    }
    return spoilt
  }

  /// Whether what stands after some bytes of a line is inside of quotes.
  private static func isQuoted(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count { $0 == 0x22 } % 2 == 1
  }

  private static func accounting(_ bench: Workbench) throws {
    let most = bench.level == .strict ? 64 : 16
    for (sample, format) in try bench.inputs() {
      var setup = TrialSetup()
      setup.keepsRows = false
      setup.checksValues = false
      let whole = bench.read(sample.members, format, setup)
      guard whole.status == 0 else { continue }
      let told = whole.problems.count
      for (member, line, changed) in spoiltLines(of: sample, most: most) {
        let place = "\(sample.name), line \(line) of \(sample.members[member].name) spoilt"
        bench.findings.at("reading \(place)")
        let call = bench.read(sample.replacing(member, changed), format, setup)
        if call.status == 0, call.rowCount < whole.rowCount, call.problems.count <= told {
          bench.findings.fail(
            "\(place): \(call.rowCount) records instead of \(whole.rowCount), and no problem")
        }
        guard !bench.findings.isFull else { return }
      }
    }
  }

  private static func restart(_ bench: Workbench) throws {
    for (sample, format) in try bench.inputs() {
      bench.findings.at("reading \(sample.name) with CBL_MAY_RESTART")
      var setup = TrialSetup()
      setup.mayRestart = true
      let first = bench.read(sample.members, format, setup)
      let whole = bench.read(sample.members, format)
      if whole.status == 7 {
        bench.findings.fail("\(sample.name): ends with CBL_AGAIN without CBL_MAY_RESTART")
      } else if first.status != 7, first.status != whole.status || first.rows != whole.rows {
        bench.findings.fail(
          "\(sample.name): CBL_MAY_RESTART without a restart gives \(first.rowCount) records and "
            + "\(TrialCall.name(first.status)) instead of \(whole.rowCount) and "
            + TrialCall.name(whole.status))
      }
    }
  }
}
