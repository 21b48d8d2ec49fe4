import Domain
import Grading

/// What a run says of learners, in the words of the output.
struct ResultRows {
  let grader: Grader
  private let asOf: AsOf
  /// The hash of no evidence.
  private let nothing = Evidence.digest(of: [])
  /// For each target what stands between a learner without evidence for it and the end of the row.
  private let blanks: [[UInt8]]
  private let targetCells: [[UInt8]]
  /// What all rows of a table end with.
  private let tail: [UInt8]
  private let places: [CompetencyID: Int]

  init(_ grader: Grader, _ asOf: AsOf) {
    self.grader = grader
    self.asOf = asOf
    tail = Array(",\(grader.digest),\(asOf.occurred),\(asOf.known)\n".utf8)
    targetCells = grader.targets.map { target in
      var bytes = Array(",target,".utf8)
      Self.append(target.id.identifier, to: &bytes)
      return bytes + Array(",,".utf8)
    }
    let rest = Array("not_assessed,,,,0,0,,,,,\(nothing)".utf8) + tail
    blanks = targetCells.map { $0 + rest }
    places = Dictionary(
      uniqueKeysWithValues: grader.targets.enumerated().map { ($1.id, $0) })
  }

  /// The columns of the table.
  static let columns = [
    "learner", "kind", "id", "group", "outcome", "level", "shown", "number", "counted", "leftOut",
    "found", "needed", "notAssessed", "override", "evidenceHash", "policyHash", "asOf", "knownAt",
  ]

  /// The place of a target among those that are graded.
  func place(of target: CompetencyID) -> Int? { places[target] }

  /// Appends the rows of the table: a row for each target and each gate.
  func append(_ results: LearnerResults, to bytes: inout [UInt8]) {
    var learner: [UInt8] = []
    Self.append(results.learner.identifier, to: &learner)
    for (place, line) in results.lines.enumerated() {
      bytes += learner
      let decision = decision(on: .target(grader.targets[place].id), results)
      if line == nil, decision == nil {
        bytes += blanks[place]
        continue
      }
      bytes += targetCells[place]
      append(line ?? blank, decision, to: &bytes)
    }
    for gate in results.gates {
      bytes += learner
      append(gate, results, to: &bytes)
    }
  }

  private var blank: LearnerResults.Line {
    LearnerResults.Line(outcome: .notAssessed, counted: 0, leftOut: 0, evidence: nothing)
  }

  private func append(
    _ line: LearnerResults.Line, _ decision: Identifier?, to bytes: inout [UInt8]
  ) {
    bytes += line.outcome.rawValue.utf8
    bytes.append(0x2C)
    if let level = line.level { Self.append(level, to: &bytes) }
    bytes.append(0x2C)
    bytes += (line.shown ?? "").utf8
    bytes.append(0x2C)
    bytes += (line.number ?? "").utf8
    bytes.append(0x2C)
    Verdicts.append(UInt64(line.counted), to: &bytes)
    bytes.append(0x2C)
    Verdicts.append(UInt64(line.leftOut), to: &bytes)
    bytes += ",,,,".utf8
    if let decision { Self.append(decision, to: &bytes) }
    bytes.append(0x2C)
    line.evidence.append(to: &bytes)
    bytes += tail
  }

  private func append(_ gate: GateResult, _ results: LearnerResults, to bytes: inout [UInt8]) {
    let missing = Self.notAssessed(in: gate.node).map(\.description).joined(separator: " ")
    let decision = decision(on: .gate(gate.name, group: gate.group), results)
    let cells: [Identifier] = [
      "gate", gate.name, gate.group ?? "", gate.isOpen ? "open" : "closed", "", "", "", "", "",
      Identifier(gate.node.found?.description ?? ""),
      Identifier(gate.node.needed?.description ?? ""), Identifier(missing), decision ?? "", "",
    ]
    for cell in cells {
      bytes.append(0x2C)
      Self.append(cell, to: &bytes)
    }
    bytes += tail
  }

  /// Appends a cell of RFC 4180; it is in quotes only where it has to be.
  private static func append(_ text: Identifier, to bytes: inout [UInt8]) {
    let isPlain = text.utf8.allSatisfy { $0 != 0x2C && $0 != 0x22 && $0 != 0x0A && $0 != 0x0D }
    if isPlain, text.utf8.first != 0x20, text.utf8.last != 0x20 {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  /// The targets that are not assessed, in all of a gate's tree.
  private static func notAssessed(in node: GateNode) -> [CompetencyID] {
    var seen: Set<CompetencyID> = []
    let all = node.notAssessed + node.children.flatMap { notAssessed(in: $0) }
    return all.filter { seen.insert($0).inserted }
  }

  /// What somebody decided beside the computed value.
  private func decision(on subject: Subject, _ results: LearnerResults) -> Identifier? {
    guard !results.overrides.isEmpty else { return nil }
    return results.override(of: subject).map { override in
      switch override.decision {
      case .level(let level): level
      case .open(let isOpen): isOpen ? "open" : "closed"
      }
    }
  }
}

extension ResultRows {
  /// The results as one JSON object.
  func json(_ results: LearnerResults) -> JSONValue {
    .object([
      ("learner", .text(results.learner.description)),
      (
        "targets",
        .array(results.lines.indices.map { json($0, results.lines[$0] ?? blank, results) })
      ),
      ("gates", .array(results.gates.map { json($0, results) })),
    ])
  }

  /// What all reports of one run share.
  static func heading(_ grader: Grader, _ asOf: AsOf) -> [(key: String, value: JSONValue)] {
    [
      ("policy", .text(grader.policy.id.text)), ("policyHash", .text(grader.digest.description)),
      ("asOf", .text("\(asOf.occurred)")), ("knownAt", .text("\(asOf.known)")),
    ]
  }

  private func json(
    _ place: Int, _ line: LearnerResults.Line, _ results: LearnerResults
  ) -> JSONValue {
    let target = grader.targets[place].id
    var members: [(key: String, value: JSONValue)] = [
      ("target", .text(target.description)), ("outcome", .text(line.outcome.rawValue)),
      ("level", .optional(line.level?.text)), ("shown", .optional(line.shown)),
      ("number", .optional(line.number)), ("counted", .number(line.counted)),
      ("leftOut", .number(line.leftOut)), ("evidenceHash", .text(line.evidence.description)),
    ]
    if let decision = decision(on: .target(target), results) {
      members.append(("override", .text(decision.text)))
    }
    return .object(members)
  }

  private func json(_ gate: GateResult, _ results: LearnerResults) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [("gate", .text(gate.name.text))]
    if let group = gate.group { members.append(("group", .text(group.text))) }
    members.append(("open", .boolean(gate.isOpen)))
    if let found = gate.node.found { members.append(("found", .text(found.description))) }
    if let needed = gate.node.needed { members.append(("needed", .text(needed.description))) }
    let missing = Self.notAssessed(in: gate.node)
    if !missing.isEmpty {
      members.append(("notAssessed", .array(missing.map { .text($0.description) })))
    }
    if let decision = decision(on: .gate(gate.name, group: gate.group), results) {
      members.append(("override", .text(decision.text)))
    }
    return .object(members)
  }
}
