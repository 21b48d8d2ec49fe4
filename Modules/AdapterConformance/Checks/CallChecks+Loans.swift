internal import AdapterHost

// What is lent for a call is gone afterwards.
extension CallChecks {
  static let loans: [String: Check] = [
    "borrowed-call": borrowedCall, "borrowed-request": borrowedRequest,
    "borrowed-rows": borrowedRows,
  ]

  private static var strictLoan: TrialSetup {
    var setup = TrialSetup()
    setup.takesAway = true
    return setup
  }

  private static func borrowedCall(_ bench: Workbench) throws {
    for (sample, format) in try bench.inputs() where !bench.findings.isFull {
      // These come first: memory that is only given back might be used again at the same place.
      let calls = (1...3).map { round in
        bench.findings.at("call \(round) for \(sample.name), the memory of the last is unmapped")
        _ = bench.probe(sample.members, format, strictLoan)
        return bench.read(sample.members, format, strictLoan)
      }
      let usual = bench.read(sample.members, format)
      for (index, call) in calls.enumerated()
      where call.rows != usual.rows || call.status != usual.status {
        bench.findings.fail("\(sample.name): call \(index + 1) gives something else")
      }
    }
  }

  private static func borrowedRequest(_ bench: Workbench) throws {
    for (name, format, rows) in try bench.dataSets() {
      var requestOnly = TrialSetup()
      requestOnly.givesDefaults = true
      let usual = bench.write(rows, format, requestOnly)
      requestOnly.takesAway = true
      bench.findings.at("writing \(name) after the request was unmapped")
      let writer = TrialWriter(bench.library, format: format, setup: requestOnly)
      writer.open()
      // The rows stay, so that only the request can be missed.
      writer.put(TrialBatches(rows, for: format).batches(of: 64)[...], staying: true)
      writer.close()
      if writer.call.outputs != usual.outputs || writer.call.status != usual.status {
        bench.findings.fail("\(name): the output is another one without the request")
      }
    }
  }

  private static func borrowedRows(_ bench: Workbench) throws {
    for (name, format, rows) in try bench.dataSets() {
      bench.findings.at("writing \(name), each batch unmapped after its call")
      // One row in a batch: each is gone before the next one comes.
      let usual = bench.write(rows, format, rowsInBatch: 1)
      let call = bench.write(rows, format, strictLoan, rowsInBatch: 1)
      if call.outputs != usual.outputs || call.status != usual.status {
        bench.findings.fail("\(name): the output is another one when the rows are gone")
      }
    }
  }
}
