import Assessment

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

func exponential(_ x: Double) -> Double { exp(x) }

/// Prints one task with its CPU seconds and a figure to compare with other programs.
func line(_ task: String, _ seconds: Double, _ figure: Double?) {
  let shown = figure.map { "\($0)" } ?? "null"
  print(
    "{\"task\":\"\(task)\",\"cpu\":\(seconds),\"figure\":\(shown),"
      + "\"peak\":\(Measurement.peak >> 20)}")
  fflush(nil)
}

func raterTasks(_ answers: InventedAnswers, _ runs: Int) {
  let pair = answers.ratings(units: 100_000, raters: 2)
  let (kappa, value) = Measurement.least(of: runs) {
    Kappa(of: pair, 0, 1, weights: .quadratic).kappa.value
  }
  line("A12 quadratic kappa 100000", kappa, value)
  let four = answers.ratings(units: 25_000, raters: 4)
  let (alpha, alphaValue) = Measurement.least(of: runs) {
    KrippendorffAlpha(of: four, metric: .interval).value
  }
  line("A13 Krippendorff interval 25000x4", alpha, alphaValue)
  let (gwet, gwetValue) = Measurement.least(of: runs) {
    Agreement(of: four, weights: .quadratic).gwet.value
  }
  line("A13 all coefficients, quadratic 25000x4", gwet, gwetValue)
  let (icc, iccValue) = Measurement.least(of: runs) {
    IntraclassCorrelation(of: four).single2.value
  }
  line("A13 ICC and W 25000x4", icc, iccValue)
}

func itemTasks(_ answers: InventedAnswers, _ runs: Int) throws {
  let choices = try answers.choices()
  let (seconds, mean) = try Measurement.least(of: runs) {
    let distractors = DistractorAnalysis(of: choices)
    let items = ItemAnalysis(of: try choices.scored())
    return items.totalMean + Double(distractors.items.count)
  }
  line("A14 items and distractors 10000x100", seconds, mean)
  let table = try answers.table()
  let (reliability, alpha) = Measurement.least(of: runs) { Reliability(of: table).alpha }
  line("A14 alpha, omega, lambda 6 10000x100", reliability, alpha)
}

func modelTasks(_ answers: InventedAnswers, _ runs: Int) throws {
  let table = try answers.table()
  let (fit, calibration) = try Measurement.least(of: runs) {
    try Calibration(
      table, model: .twoParameter, options: .init(tolerance: 1e-4, errors: .none))
  }
  line("A1 2PL fit 10000x100, \(calibration.steps) steps", fit, calibration.logLikelihood)
  let (both, errors) = try Measurement.least(of: runs) {
    try Calibration(table, model: .twoParameter, options: .init(tolerance: 1e-4)).errors[0].slope
  }
  line("A2 its standard errors", both - fit, errors)
  let (conditional, rasch) = try Measurement.least(of: runs) { try RaschConditional(table) }
  line("A4 conditional Rasch 10000x100, \(rasch.steps) steps", conditional, rasch.logLikelihood)
  let scorer = AbilityScorer(items: calibration.items)
  for method in AbilityMethod.allCases {
    let (seconds, estimates) = try Measurement.least(of: runs) {
      try scorer.estimates(table, method: method)
    }
    let sum = estimates.reduce(0) { $0 + ($1.value ?? 0) }
    line("A5-A6 \(method.rawValue) of 10000x100 answers", seconds, sum)
  }
  let row = table.items.indices.map { table[7, $0] }
  let (one, value) = Measurement.least(of: runs) {
    (0..<1_000).reduce(0.0) { sum, _ in sum + (scorer.eap(row).value ?? 0) }
  }
  line("A7 one learner's EAP of 100 answers, per learner", one / 1_000, value / 1_000)
}

var runs = 3
var answers = InventedAnswers()
var tasks: [String] = []
var folder: String?
var arguments = CommandLine.arguments.dropFirst()
while let word = arguments.popFirst() {
  switch word {
  case "--runs": runs = arguments.popFirst().flatMap { Int($0) } ?? 1
  case "--write": folder = arguments.popFirst()
  case "--persons": answers.persons = arguments.popFirst().flatMap { Int($0) } ?? 1
  case "--items": answers.items = arguments.popFirst().flatMap { Int($0) } ?? 1
  case "raters", "items", "models", "others", "skills", "placement", "coverage": tasks.append(word)
  default:
    print(
      "usage: assessment-benchmark [raters|items|models|others|skills|placement|coverage]... "
        + "[--persons N] [--items N] [--runs N] [--write FOLDER]"
    )
    exit(64)
  }
}
if tasks.isEmpty { tasks = ["raters", "items", "models", "others", "skills", "placement"] }
if let folder { try answers.write(to: folder) }
for task in tasks {
  switch task {
  case "raters": raterTasks(answers, runs)
  case "models": try modelTasks(answers, runs)
  case "others": try otherModelTasks(answers, runs)
  case "skills": try skillTasks(runs)
  case "placement": try placementTasks(runs)
  case "coverage": try coverageTasks(runs)
  default: try itemTasks(answers, runs)
  }
}
