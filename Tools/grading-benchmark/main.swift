import Domain
import Grading

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Policies over levels 0 to 4, one for each method.
func policies() throws -> [(name: String, policy: Policy)] {
  let scale = try ProficiencyScale(
    id: "zero-to-four", title: "0 to 4",
    levels: (0...4).map { MasteryLevel(Identifier("\($0)"), number: ExactDecimal($0)) },
    masteredFrom: "3")
  let weight = Rational("0.65") ?? .one
  let model = KnowledgeTracing(
    success: 3, prior: Rational("0.4") ?? .one, learn: Rational("0.1") ?? .one,
    guess: Rational("0.2") ?? .one, slip: Rational("0.1") ?? .one)
  let methods: [(String, Method)] = [
    ("decaying average", .exponentialDecay(weight: weight)), ("mean", .mean),
    ("most recent", .latest), ("highest", .highest),
    ("newest against older", .newestAgainstOlder(weight: weight)),
    ("mean of last 3", .meanOfLast(3)),
    ("sum", .sum), ("3 at the cut", .timesAtCut(least: 3, of: nil)),
    ("streak of 3", .streak(least: 3)),
    ("median", .median(middle: .mean)), ("mode", .mode(tie: .latest)),
    ("counter", .counter(CounterRule(success: 3, gain: 1, loss: nil))),
    ("power law", .powerLaw(zero: Rational("0.5"))),
    ("knowledge tracing", .knowledgeTracing(model)),
    ("weighted mean", .weightedMean(weights: [.project: 3], others: 1)),
    (
      "promotion",
      .promotion([PromotionRule(least: 3, move: .by(1)), PromotionRule(below: 2, move: .by(-1))])
    ),
  ]
  return try methods.map { name, method in
    (
      name,
      try Policy(
        id: "p", title: name, scale: scale, counts: EvidenceDemand(attempts: 2), method: method)
    )
  }
}

/// The sum of the numbers as a binary number, to compare with other programs.
func total(_ verdicts: Verdicts) -> Double {
  (0..<verdicts.count).reduce(0) { $0 + (verdicts.number(at: $1)?.approximateDouble ?? 0) }
}

func line(_ task: String, _ name: String, _ rows: Int, _ seconds: Double, _ more: String = "") {
  let rate = Double(rows) / seconds / 1e6
  print(
    "{\"task\":\"\(task)\",\"method\":\"\(name)\",\"rows\":\(rows),\"cpu\":\(seconds),"
      + "\"millions\":\((rate * 10).rounded() / 10)\(more)}")
}

func writeColumn(_ values: [some FixedWidthInteger], to path: String) throws {
  guard let file = unsafe fopen(path, "wb") else { throw BenchmarkFailure.cannotWrite(path) }
  let written = unsafe values.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
  guard unsafe fclose(file) == 0, written == values.count * MemoryLayout.size(ofValue: values[0])
  else { throw BenchmarkFailure.cannotWrite(path) }
}

enum BenchmarkFailure: Error {
  case cannotWrite(String)
  case usage
}

func columnsTask(_ district: InventedDistrict, _ runs: Int, writing folder: String?) throws {
  let (scores, learners, targets) = try district.scores()
  if let folder {
    try writeColumn(learners, to: folder + "/learner.u32")
    try writeColumn(targets, to: folder + "/target.u32")
    try writeColumn(scores.values, to: folder + "/half.i32")
  }
  for (name, policy) in try policies() {
    guard (try? policy.verdicts(on: scores)) != nil else { continue }
    let (seconds, verdicts) = try Measurement.least(of: runs) { try policy.verdicts(on: scores) }
    line(
      "columns", name, scores.values.count, seconds,
      ",\"results\":\(verdicts.count),\"exact\":\(verdicts.exactCount),\"sum\":\(total(verdicts)),"
        + "\"peak\":\(Measurement.peak >> 20)")
  }
}

func rollUpTask(_ district: InventedDistrict, _ runs: Int, keepsTrace: Bool) throws {
  let before = Measurement.peak
  let columns = try district.columns()
  guard let now = Instant(secondsSince1970: InventedDistrict.firstDay + 365 * 86_400) else {
    return
  }
  let asOf = AsOf(occurred: now, known: now)
  let rows = columns.count
  for (index, (name, policy)) in try policies().enumerated() {
    let (seconds, rollUp) = try Measurement.least(of: runs) {
      try RollUp(
        policy, over: EvidenceGroups(columns, for: policy, asOf: asOf), keepsTrace: keepsTrace)
    }
    let memory = index == 0 ? ",\"bytes\":\((Measurement.peak - before) / rows)" : ""
    line(
      keepsTrace ? "trace" : "log", name, rows, seconds,
      ",\"results\":\(rollUp.count),\"exact\":\(rollUp.verdicts.exactCount)" + memory)
  }
}

/// One policy over a log, and five more over the same log, each compared with it.
func whatIfTask(_ district: InventedDistrict, _ runs: Int) throws {
  let columns = try district.columns()
  guard let now = Instant(secondsSince1970: InventedDistrict.firstDay + 365 * 86_400) else {
    return
  }
  let asOf = AsOf(occurred: now, known: now)
  let all = try policies().map(\.policy)
  let (one, _) = try Measurement.least(of: runs) {
    try RollUp(all[0], over: EvidenceGroups(columns, for: all[0], asOf: asOf)).count
  }
  let (five, changes) = try Measurement.least(of: runs) {
    let groups = EvidenceGroups(columns, for: all[0], asOf: asOf)
    let inForce = try RollUp(all[0], over: groups)
    return try all[1...5].map { try inForce.differences(from: RollUp($0, over: groups)).count }
  }
  line("what-if", "one policy", columns.count, one)
  line(
    "what-if", "five more, compared", columns.count, five,
    ",\"times\":\((five / one * 100).rounded() / 100),\"changes\":\(changes)")
}

/// Scores that come one by one to results that are kept up to date, at random places (G5).
func liveTask(_ district: InventedDistrict, _ runs: Int) throws {
  let places = district.learners * district.targets * 5
  var (scores, order): ([Int32], [UInt32]) = ([], [])
  for number in 0..<UInt64(10_000_000) {
    let bits = InventedDistrict.mixed(number)
    scores.append(Int32(bits % 9))
    order.append(UInt32((bits >> 32) % UInt64(places)))
  }
  for (name, policy) in try policies() {
    guard var live = try? LiveResults(policy, count: places, unit: 2, range: 0...8) else {
      continue
    }
    // The first scores, so that no place is new.
    live.add((0..<places).map { Int32($0 % 9) }, at: (0..<places).map { UInt32($0) }) { _, _ in }
    var changes = 0
    let (seconds, _) = Measurement.least(of: runs) {
      live.add(scores, at: order) { _, _ in changes += 1 }
    }
    line(
      "live", name, scores.count, seconds,
      ",\"places\":\(places),\"changes\":\(changes),\"peak\":\(Measurement.peak >> 20)")
  }
}

/// A tree of 50 nodes for each of a million learners, told one result after another (G6).
func treesTask(_ runs: Int) throws {
  let scale = try policies()[0].policy.scale
  let targets = (0..<36).map {
    GradedTarget(CompetencyID("t\($0)"), groups: [Identifier("unit-\($0 / 4)")])
  }
  // 36 targets, 9 units of four of which three have to be reached, 3 courses of three units, a
  // diploma, and a gate beside it.
  let units = (0..<9).map { unit in
    Gate.combine(.least(3), (0..<4).map { .target(targets[unit * 4 + $0].id, at: nil) })
  }
  let courses = (0..<3).map { Gate.all(Array(units[$0 * 3..<$0 * 3 + 3])) }
  let policy = try Policy(
    id: "diploma", title: "Diploma", scale: scale, method: .latest,
    gates: [Policy.NamedGate("diploma", .all([.combine(.least(2), courses)]))])
  let learners = 1_000_000
  var board = try GateBoard(Grader(policy, targets: targets), learnerCount: learners)
  let nodes = board.nodeCount
  var opened = 0
  let count = 10_000_000
  var round: UInt64 = 0
  let (seconds, _) = Measurement.least(of: runs) {
    round += 1
    for number in 0..<UInt64(count) {
      let bits = InventedDistrict.mixed(number ^ round << 40)
      // Three in four results reach the cut, so that gates open and close all the way up.
      let changed = board.set(
        levels: bits % 4 == 0 ? 2 : 4, of: Int((bits >> 8) % 36),
        for: Int((bits >> 32) % UInt64(learners)))
      opened += changed == 0 ? 0 : 1
    }
  }
  line(
    "trees", "one result told", count, seconds,
    ",\"nodes\":\(nodes),\"nanoseconds\":\(Int(seconds / Double(count) * 1e9)),"
      + "\"changes\":\(opened),\"peak\":\(Measurement.peak >> 20)")
}

var district = InventedDistrict()
var runs = 3
var folder: String?
var task = "columns"
var arguments = CommandLine.arguments.dropFirst()
while let word = arguments.popFirst() {
  switch word {
  case "--learners": district.learners = arguments.popFirst().flatMap { Int($0) } ?? 0
  case "--targets": district.targets = arguments.popFirst().flatMap { Int($0) } ?? 0
  case "--runs": runs = arguments.popFirst().flatMap { Int($0) } ?? 1
  case "--write": folder = arguments.popFirst()
  case "columns", "log", "trace", "what-if", "live", "trees": task = word
  default:
    print(
      "usage: grading-benchmark columns|log|trace|what-if|live|trees [--learners N] [--targets N] "
        + "[--runs N] [--write FOLDER]")
    exit(64)
  }
}
switch task {
case "columns": try columnsTask(district, runs, writing: folder)
case "what-if": try whatIfTask(district, runs)
case "live": try liveTask(district, runs)
case "trees": try treesTask(runs)
default: try rollUpTask(district, runs, keepsTrace: task == "trace")
}
