internal import AdapterHost

// What an adapter says of inputs before it reads them.
extension CallChecks {
  static let probes: [String: Check] = [
    "probe-answer": probeAnswer, "probe-own": probeOwn, "probe-foreign": probeForeign,
    "probe-heads": probeHeads,
  ]

  private static let mutatedHeads = 10_000

  private static func probeAnswer(_ bench: Workbench) {
    for sample in bench.samples + ForeignSamples.all {
      for format in bench.readable {
        let place = "\(sample.name) as \(format.identifier)"
        bench.findings.at("probing \(place)")
        let probe = bench.probe(sample.members, format)
        if probe.call.status != 0 {
          bench.findings.fail("\(place): ends with \(TrialCall.name(probe.call.status))")
          continue
        }
        if probe.confidence == .max {
          bench.findings.fail("\(place): the confidence is not set")
        } else if probe.confidence > 100 {
          bench.findings.fail("\(place): the confidence is \(probe.confidence)")
        }
        if !probe.isTerminated { bench.findings.fail("\(place): the reason has no terminator") }
        if probe.reason.allSatisfy({ $0 == 0x3F }), !probe.reason.isEmpty {
          bench.findings.fail("\(place): the reason is not set")
        }
        if probe.call.openedMembers > 0 { bench.findings.fail("\(place): opens a member") }
        if bench.probe(sample.members, format).confidence != probe.confidence {
          bench.findings.fail("\(place): a second probe answers something else")
        }
        guard !bench.findings.isFull else { return }
      }
    }
  }

  private static func probeOwn(_ bench: Workbench) throws {
    let unnamed = bench.samples.filter { bench.format(of: $0) == nil }
    for sample in unnamed { bench.findings.fail("no format takes \(sample.name)") }
    for (sample, format) in try bench.inputs() {
      bench.findings.at("probing \(sample.name)")
      let own = bench.probe(sample.members, format).confidence
      if own == 0 { bench.findings.fail("\(sample.name): \(format.identifier) gives 0") }
      for other in bench.readable where other.index != format.index {
        let confidence = bench.probe(sample.members, other).confidence
        if confidence >= own, own > 0 {
          bench.findings.fail(
            "\(sample.name): \(format.identifier) gives \(own), \(other.identifier) \(confidence)")
        }
      }
    }
  }

  private static func probeForeign(_ bench: Workbench) {
    var lowest: [Int: UInt32] = [:]
    for (sample, format) in (try? bench.inputs()) ?? [] {
      let confidence = bench.probe(sample.members, format).confidence
      lowest[format.index] = min(lowest[format.index] ?? 100, confidence)
    }
    for sample in ForeignSamples.all {
      for format in bench.readable {
        bench.findings.at("probing \(sample.name) as \(format.identifier)")
        let confidence = bench.probe(sample.members, format).confidence
        let own = lowest[format.index] ?? 100
        if confidence >= min(50, max(1, own)) {
          bench.findings.fail(
            "\(sample.name): \(format.identifier) gives \(confidence)"
              + (confidence >= 50 ? "" : ", and \(own) to a sample of its own"))
        }
      }
    }
  }

  private static func probeHeads(_ bench: Workbench) {
    let own = ((try? bench.inputs()) ?? []).map(\.sample)
    let seeds = own + ForeignSamples.all
    var random = RandomSource(seed: 1)
    for number in 0..<mutatedHeads {
      let sample = seeds[random.below(seeds.count)]
      let member = random.below(sample.members.count)
      let head = Array(sample.members[member].bytes.prefix(65_536))
      let members = sample.replacing(member, Damage.random(head, &random))
      for format in bench.readable {
        bench.findings.at("head \(number), made from \(sample.name), as \(format.identifier)")
        let probe = bench.probe(members, format)
        for fault in probe.call.faults(.status) {
          bench.findings.fail("head \(number), made from \(sample.name): \(fault)")
        }
      }
      guard !bench.findings.isFull else { return }
    }
  }
}
