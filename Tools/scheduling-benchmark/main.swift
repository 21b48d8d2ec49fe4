import Domain
import Scheduling

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// CPU time of the process in milliseconds.
func cpu() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) * 1_000 }

/// The bytes of a file, or none.
func bytes(of path: String) -> [UInt8] {
  guard let file = unsafe fopen(path, "rb") else { return [] }
  defer { unsafe fclose(file) }
  var result: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe fread(&block, 1, block.count, file)
    guard count > 0 else { return result }
    result += block[..<count]
  }
}

/// The best of several runs, in milliseconds of CPU time.
func best(of runs: Int, _ body: () throws -> Void) rethrows -> Double {
  var least = Double.infinity
  for _ in 0..<runs {
    let start = cpu()
    try body()
    least = min(least, cpu() - start)
  }
  return least
}

/// A school or district of the fixed form, made from a seed.
func invented(_ learners: Int, houses: Int, pooled: Int, seed: UInt64) throws -> GroupingProblem {
  var random = seed
  func below(_ limit: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(random >> 33) % limit
  }
  let perHouse = learners / houses
  let people = (0..<learners).map { number in
    let level = below(90)
    let ready = Set((0..<(4 + below(4))).map { _ in level + below(30) }).sorted()
    return GroupingProblem.Learner(
      ID("l\(number)"), house: number / perHouse, ready: ready.map { .init($0, 20 + below(190)) },
      preferences: (0..<4).map { _ in below(10) })
  }
  var sections: [GroupingProblem.Section] = []
  for house in 0..<houses {
    for block in 0..<8 {
      for teacher in 0..<(perHouse / 20) {
        let modality = [0, 0, 1, 3][below(4)]
        sections.append(
          .init(
            Identifier("s\(sections.count)"), block: block, competency: below(120),
            modality: modality, teacher: house * 10_000 + teacher,
            house: below(100) < pooled ? nil : house, capacity: [24, 20, 20, 6][modality]))
      }
      sections.append(
        .init(
          Identifier("s\(sections.count)"), block: block, competency: nil, modality: 2,
          house: house, capacity: perHouse * 3 / 10))
    }
  }
  return try GroupingProblem(
    learners: people, sections: sections, blockCount: 8, isOncePerDay: false)
}

/// Reads a problem from a file, or invents one: `fixed:LEARNERS:HOUSES:PERCENT` with
/// so many percent of sections for all houses, or `houses:COUNT:FILE` for houses like
/// the one of a file.
func problem(_ name: String) throws -> GroupingProblem {
  let parts = name.split(separator: ":")
  if parts.count == 3, parts[0] == "houses", let count = Int(parts[1]) {
    return try houses(count, like: GroupingProblem(json: bytes(of: String(parts[2]))), seed: 1)
  }
  if parts.count == 4, let learners = Int(parts[1]), let houses = Int(parts[2]),
    let pooled = Int(parts[3])
  {
    return try invented(learners, houses: houses, pooled: pooled, seed: 1)
  }
  return try GroupingProblem(json: bytes(of: name))
}

/// Seats a day and brings in one learner who comes late.
func fixed(_ problem: GroupingProblem) throws {
  var form = try FixedForm(problem)
  let time = best(of: 5) { form.solve() }
  print("objective \(form.plan.objective): \(time) ms CPU")
  let objective = form.plan.objective
  let late = problem.learners.count / 2
  form.solve(without: [late])
  let start = ContinuousClock().now
  for block in 0..<problem.blockCount { form.insert(late, into: block) }
  let took = start.duration(to: ContinuousClock().now)
  print(
    "one late learner, 8 blocks: \(took), \(form.plan.objective == objective ? "optimal" : "WRONG")"
  )
}

/// Plans a day, takes five learners out of their places in the first block, and replans.
func replan(_ problem: GroupingProblem, _ effort: GroupingEffort) throws {
  let plan: GroupingPlan
  if problem.opensSections {
    plan = OpenForm.solve(problem, effort: effort)
  } else {
    plan = try CoupledForm.solve(problem, effort: effort)
  }
  var published = plan.places
  let step = max(1, problem.learners.count / 5)
  for learner in stride(from: step / 2, to: problem.learners.count, by: step).prefix(5) {
    published[0][learner] = nil
  }
  var change = Replanning(published, in: problem)
  let time = best(of: 3) { change = Replanning(published, in: problem) }
  let displaced = problem.learners.indices.count { learner in
    published.contains { places in places[learner].map(change.cancelled.contains) ?? false }
  }
  print(
    "5 changes: \(change.moved.count) of \(problem.learners.count) learners move, \(displaced) "
      + "displaced, \(problem.check(change.plan.places).problems.count) faults: \(time) ms CPU")
}

/// Writes the pairs of the blocks for peers: learner, section, value and capacities.
func pairs(_ problem: GroupingProblem) {
  for block in 0..<problem.blockCount {
    let here = problem.sections.indices.filter { problem.sections[$0].block == block }
    print("block", problem.learners.count, here.count)
    print(here.map { String(problem.sections[$0].capacity) }.joined(separator: " "))
    for learner in problem.learners.indices {
      for (local, section) in here.enumerated() {
        if let value = problem.value(of: section, for: learner) { print(learner, local, value) }
      }
    }
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else {
  print(
    "usage: scheduling-benchmark fixed|pairs|coupled|open|replan|pace|stations INPUT [STEPS [SEED]]"
  )
  exit(64)
}
let most = arguments.count > 2 ? Int(arguments[2]) ?? 400 : 400
let seed = arguments.count > 3 ? UInt64(arguments[3]) ?? 1 : 1
let effort = GroupingEffort(mostSteps: most, seed: seed)
switch arguments[0] {
case "pace": try pace(arguments[1], repeats: arguments.count > 2 ? most : 250)
case "fixed": try fixed(problem(arguments[1]))
case "stations": try stations(arguments[1], steps: arguments.count > 2 ? most : nil, seed: seed)
case "replan": try replan(problem(arguments[1]), effort)
case "pairs": pairs(try problem(arguments[1]))
case "coupled":
  let day = try problem(arguments[1])
  let start = cpu()
  let plan = try CoupledForm.solve(day, effort: effort)
  print(
    "objective \(plan.objective), bound \(plan.bound ?? 0), \(plan.certificate): "
      + "\(cpu() - start) ms CPU")
case "open":
  let day = try problem(arguments[1])
  let start = cpu()
  let plan = OpenForm.solve(day, effort: effort)
  let taken = cpu() - start
  let (faults, objective) = day.check(plan.places)
  let simple = greedy(day)
  print(
    "objective \(plan.objective), \(plan.certificate): \(taken) ms CPU, "
      + (faults.isEmpty && objective == plan.objective ? "checked" : "\(faults.count) FAULTS")
      + "; greedy \(simple.objective), ratio "
      + "\(Double(plan.objective) / Double(max(1, simple.objective)))")
default: exit(64)
}
