internal import AdapterHost
internal import Records

// What a writer does.
extension CallChecks {
  static let writers: [String: Check] = [
    "members": members, "abandon": abandon, "round-trip": roundTrip, "same-bytes": sameBytes,
  ]

  private static func members(_ bench: Workbench) throws {
    for (name, format, rows) in try bench.dataSets() {
      for capacity in [1, 64] {
        bench.findings.at("writing \(name) in batches of \(capacity)")
        let call = bench.write(rows, format, rowsInBatch: capacity)
        for fault in call.faults(.member, .status) { bench.findings.fail("\(name): \(fault)") }
        guard call.status == 0, !format.givesSeveralMembers else { continue }
        if call.outputs.count != 1 {
          bench.findings.fail("\(name): \(call.outputs.count) members and no CBL_SEVERAL_MEMBERS")
        } else if call.outputs[0].name != format.memberName {
          bench.findings.fail(
            "\(name): the member is `\(call.outputs[0].name)`, declared is `\(format.memberName)`")
        }
      }
    }
  }

  private static func abandon(_ bench: Workbench) throws {
    for (name, format, rows) in try bench.dataSets() {
      let batches = TrialBatches(rows, for: format).batches(of: 2)
      for count in 0...min(batches.count, 8) {
        bench.findings.at("abandoning \(name) after \(count) batches")
        let writer = TrialWriter(bench.library, format: format, setup: TrialSetup())
        writer.open()
        guard writer.isOpen else { break }
        writer.put(batches[..<count])
        guard writer.call.status == 0 else { break }
        writer.close(abandon: true)
        if writer.callbacksAfterAbandon > 0 {
          bench.findings.fail(
            "\(name), abandoned after \(count) batches: \(writer.callbacksAfterAbandon) callbacks")
        }
        if writer.call.status != 0 {
          bench.findings.fail(
            "\(name), abandoned after \(count) batches: \(TrialCall.name(writer.call.status))")
        }
      }
    }
  }

  private static func sameBytes(_ bench: Workbench) throws {
    var seen = false
    for (sample, format) in try bench.inputs() where format.writes {
      var setup = TrialSetup()
      setup.wantsSourceLayer = true
      let reading = bench.read(sample.members, format, setup)
      guard reading.status == 0, reading.rows.contains(where: { $0.kind.isSourceLayer }) else {
        continue
      }
      seen = true
      bench.findings.at("writing back \(sample.name)")
      let written = bench.write(reading.rows, format).outputs
      let names = sample.members.map(\.name)
      for member in written where sample.members.count > 1 && !names.contains(member.name) {
        bench.findings.fail("\(sample.name): \(member.name) is added")
      }
      for member in sample.members {
        // A single member has the name of the file that the user gives.
        let isSingle = sample.members.count == 1
        let same = written.first { isSingle || $0.name == member.name }
        if same?.bytes != member.bytes {
          bench.findings.fail("\(sample.name): \(member.name) is not given back byte for byte")
        }
      }
    }
    guard seen else { throw Skipped("no format that is written gives a source layer") }
  }

  private static func roundTrip(_ bench: Workbench) throws {
    var compared = 0
    for (name, format, rows) in try bench.dataSets() where format.reads {
      var sets = [(name, rows)]
      // Rows that came from a sample are sound; their texts may be anything.
      if name.hasPrefix("records of") {
        for seed in 1...3 {
          let other = DataSet(seed: UInt64(seed)).rewording(rows, for: format)
          sets.append(("\(name), reworded with seed \(seed)", other))
        }
      }
      for (name, rows) in sets {
        bench.findings.at("writing and reading back \(name)")
        compared += compare(bench, name, rows, format)
        guard !bench.findings.isFull else { return }
      }
    }
    if compared == 0 { throw Skipped("no format is both read and written") }
    bench.findings.figure("values compared", String(compared))
  }

  /// Writes records, reads them back, and compares what must come back; the number of values.
  private static func compare(
    _ bench: Workbench, _ name: String, _ rows: [TrialRow], _ format: LoadedFormat
  ) -> Int {
    let writing = bench.write(rows, format)
    guard writing.status == 0, !writing.outputs.isEmpty else { return 0 }
    let reading = bench.read(writing.outputs, format)
    guard reading.status == 0 else {
      bench.findings.fail(
        "\(name): reading what was written gives \(TrialCall.name(reading.status))")
      return 0
    }
    var trip = RoundTrip(format: format, writing: writing, reading: reading)
    for fault in trip.compare(rows) { bench.findings.fail("\(name): \(fault)") }
    return trip.compared
  }
}

/// What was given to a writer, beside what a reader made of its output.
private struct RoundTrip {
  let format: LoadedFormat
  /// Records or fields that the writer said are lost.
  private var lost: [RecordKind: UInt64] = [:]
  private var lostFields: [RecordKind: Set<Int>] = [:]
  private var read: [RecordKind: [TrialRow]] = [:]
  private(set) var compared = 0

  init(format: LoadedFormat, writing: TrialCall, reading: TrialCall) {
    self.format = format
    for loss in writing.losses {
      guard let kind = RecordKind(number: Int(loss.kind)) else { continue }
      if let field = loss.field {
        lostFields[kind, default: []].insert(field)
      } else {
        lost[kind, default: 0] += loss.count
      }
    }
    for problem in writing.problems + reading.problems where problem.severity >= 1 {
      guard let kind = RecordKind(number: Int(problem.kind)) else {
        // A problem of no kind may stand for a record of any.
        for kind in RecordKind.all { lost[kind, default: 0] += 1 }
        continue
      }
      lost[kind, default: 0] += 1
    }
    read = Dictionary(grouping: reading.rows, by: \.kind)
  }

  /// What did not come back and was not counted.
  mutating func compare(_ rows: [TrialRow]) -> [String] {
    var faults: [String] = []
    for (kind, given) in Dictionary(grouping: rows, by: \.kind).sorted(by: { $0.key < $1.key }) {
      guard let capability = format.capabilities[kind], capability.reads != 0,
        capability.writes != 0, !kind.isSourceLayer, kind != .attribute
      else { continue }
      let back = read[kind] ?? []
      if back.count + Int(clamping: lost[kind] ?? 0) < given.count {
        faults.append(
          "\(given.count) \(kind) records are written, \(back.count) come back, "
            + "\(lost[kind] ?? 0) are counted as lost")
        continue
      }
      faults += differences(given, back, kind, capability.writes & capability.reads)
    }
    return faults
  }

  private mutating func differences(
    _ given: [TrialRow], _ back: [TrialRow], _ kind: RecordKind, _ fields: UInt64
  ) -> [String] {
    let names = RecordSchema.of(kind).fields
    // Records without an identifier of their own stand in the order in which they were given.
    let hasNames =
      fields & 1 != 0 && Set(given.map(\.id)).count == given.count
      && given.allSatisfy { !$0.id.isEmpty }
    guard hasNames || given.count == back.count else { return [] }
    let byName = hasNames ? Dictionary(back.map { ($0.id, $0) }) { first, _ in first } : [:]
    var faults: [String] = []
    // As many records as were counted as lost may be missing, or made anew from others.
    var excused = lost[kind] ?? 0
    for (index, row) in given.enumerated() {
      guard let same = hasNames ? byName[row.id] : back[index] else {
        if excused == 0 { faults.append("\(row.summary) does not come back") }
        excused = excused == 0 ? 0 : excused - 1
        continue
      }
      var changes: [String] = []
      for field in names where fields & 1 << UInt64(field.index) != 0 {
        guard lostFields[kind]?.contains(field.index) != true else { continue }
        // What was not given may come back with the format's default.
        guard let value = row.fields[field.index] else { continue }
        compared += 1
        if !Self.isSame(value, same.fields[field.index] ?? [], field.type) {
          changes.append(
            "\(kind).\(field.name) is written `\(Self.shown(row.fields[field.index]))` and comes "
              + "back `\(Self.shown(same.fields[field.index]))`")
        }
      }
      if excused > 0, !changes.isEmpty {
        excused -= 1
      } else {
        faults += changes
      }
      if faults.count > 4 { break }
    }
    return faults
  }

  /// Whether a value came back: byte for byte, but for the zeros at the end of a number.
  private static func isSame(_ value: [UInt8], _ back: [UInt8], _ type: RecordFieldType) -> Bool {
    guard value != back, type == .number else { return value == back }
    func trimmed(_ number: [UInt8]) -> ArraySlice<UInt8> {
      guard number.contains(0x2E), !number.contains(where: { $0 | 0x20 == 0x65 }) else {
        return number[...]
      }
      var rest = number[...]
      while rest.last == 0x30 { rest.removeLast() }
      if rest.last == 0x2E { rest.removeLast() }
      return rest
    }
    return trimmed(value) == trimmed(back)
  }

  private static func shown(_ value: [UInt8]?) -> String {
    value.map { String(decoding: $0.prefix(60), as: UTF8.self) } ?? "(absent)"
  }
}
