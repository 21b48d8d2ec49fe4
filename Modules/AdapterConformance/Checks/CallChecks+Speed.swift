internal import AdapterHost

// How long readings take.
extension CallChecks {
  static let speed: [String: Check] = ["scaling": scaling, "speed": speedOfReading]

  private static let smallBytes = 64 << 10
  private static let factor = 8
  private static let greatestRatio = 32.0
  private static let leastMegabytesPerSecond = 0.25

  private static var lean: TrialSetup {
    var setup = TrialSetup()
    setup.keepsRows = false
    setup.checksValues = false
    return setup
  }

  /// The least milliseconds of work that a reading took.
  private static func work(
    _ bench: Workbench, _ members: [SampleMember], _ format: LoadedFormat
  ) -> (milliseconds: Double, records: Int) {
    var least = Double.infinity
    var records = 0
    for _ in 0..<3 {
      let begun = System.workMilliseconds
      records = bench.read(members, format, lean).rowCount
      least = min(least, System.workMilliseconds - begun)
      bench.findings.at("measuring")
    }
    return (least, records)
  }

  private static func scaling(_ bench: Workbench) throws {
    var measured = false
    for (sample, format) in try bench.inputs() {
      guard let small = Damage.enlarged(sample, to: smallBytes),
        let large = Damage.enlarged(sample, to: smallBytes * factor)
      else { continue }
      measured = true
      bench.findings.at("reading \(sample.name), enlarged")
      let first = work(bench, small, format)
      let second = work(bench, large, format)
      // Below a few milliseconds the clock says nothing.
      if second.milliseconds > 50, second.milliseconds > first.milliseconds * greatestRatio {
        bench.findings.fail(
          "\(sample.name): \(factor) times the lines take "
            + "\(Int(second.milliseconds / max(0.001, first.milliseconds))) times the time")
      }
    }
    guard measured else { throw Skipped("no sample is a run of lines") }
  }

  private static func speedOfReading(_ bench: Workbench) throws {
    var known: Set<Int> = []
    for (sample, format) in try bench.inputs() {
      guard known.insert(format.index).inserted else { continue }
      bench.findings.at("reading \(sample.name), enlarged")
      let whole = bench.read(sample.members, format, lean)
      var members = Damage.enlarged(sample, to: smallBytes * factor) ?? sample.members
      // What does not read as a larger sample is read as it is, often.
      let large = bench.read(members, format, lean)
      if large.rowCount < whole.rowCount * 2 { members = sample.members }
      let bytes = members.reduce(0) { $0 + $1.bytes.count }
      let rounds = max(1, (smallBytes * factor) / max(1, bytes))
      bench.findings.at("reading \(sample.name), enlarged")
      var records = 0
      let begun = System.workMilliseconds
      for round in 0..<rounds {
        records += bench.read(members, format, lean).rowCount
        if round % 64 == 0 { bench.findings.at("reading \(sample.name), enlarged") }
      }
      let seconds = max(0.000_001, (System.workMilliseconds - begun) / 1000)
      let megabytes = Double(bytes * rounds) / 1_000_000 / seconds
      bench.findings.figure("\(format.identifier) MB/s", Self.short(megabytes))
      let perSecond = Int(Double(records) / seconds)
      bench.findings.figure("\(format.identifier) records/s", String(perSecond))
      if megabytes < leastMegabytesPerSecond {
        bench.findings.fail("\(format.identifier) reads \(Self.short(megabytes)) MB per second")
      }
    }
  }

  /// With two digits after the point.
  private static func short(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
