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
  case "columns", "log", "trace", "what-if": task = word
  default:
    print(
      "usage: grading-benchmark columns|log|trace|what-if [--learners N] [--targets N] [--runs N] "
        + "[--write FOLDER]")
    exit(64)
  }
}
switch task {
case "columns": try columnsTask(district, runs, writing: folder)
case "what-if": try whatIfTask(district, runs)
default: try rollUpTask(district, runs, keepsTrace: task == "trace")
}
