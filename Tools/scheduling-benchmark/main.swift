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

let arguments = CommandLine.arguments.dropFirst()
guard let task = arguments.first, let path = arguments.dropFirst().first else {
  print("usage: scheduling-benchmark fixed|late FILE")
  exit(64)
}
let problem = try GroupingProblem(json: bytes(of: path))
switch task {
case "fixed":
  var form = try FixedForm(problem)
  let time = best(of: 5) { form.solve() }
  print("objective \(form.plan.objective)  \(time) ms CPU")
case "coupled":
  let start = cpu()
  let most = arguments.count > 2 ? Int(arguments[arguments.startIndex + 2]) ?? 400 : 400
  let plan = try CoupledForm.solve(problem, effort: GroupingEffort(mostSteps: most))
  print(
    "objective \(plan.objective) bound \(plan.bound ?? 0) \(plan.certificate) \(cpu() - start) ms CPU"
  )
case "open":
  let start = cpu()
  let most = arguments.count > 2 ? Int(arguments[arguments.startIndex + 2]) ?? 400 : 400
  let seed = arguments.count > 3 ? UInt64(arguments[arguments.startIndex + 3]) ?? 1 : 1
  let plan = OpenForm.solve(problem, effort: GroupingEffort(mostSteps: most, seed: seed))
  print("objective \(plan.objective) \(plan.certificate) \(cpu() - start) ms CPU")
default: exit(64)
}
