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
    for (sample, format) in try bench.inputs() {
      let usual = bench.read(sample.members, format)
      for round in 1...3 {
        bench.findings.at("call \(round) for \(sample.name), the memory of the last is unmapped")
        _ = bench.probe(sample.members, format, strictLoan)
        let call = bench.read(sample.members, format, strictLoan)
        if call.rows != usual.rows || call.status != usual.status {
          bench.findings.fail("\(sample.name): call \(round) gives something else")
        }
      }
    }
  }

  private static func borrowedRequest(_ bench: Workbench) throws {
    for (name, format, rows) in try bench.dataSets() {
      let usual = bench.write(rows, format)
      var requestOnly = TrialSetup()
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
      // One row in a batch: each is gone before the next one comes.
      let usual = bench.write(rows, format, rowsInBatch: 1)
      bench.findings.at("writing \(name), each batch unmapped after its call")
      let call = bench.write(rows, format, strictLoan, rowsInBatch: 1)
      if call.outputs != usual.outputs || call.status != usual.status {
        bench.findings.fail("\(name): the output is another one when the rows are gone")
      }
    }
  }
}
