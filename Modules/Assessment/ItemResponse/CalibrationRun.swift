#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The work of a ``Calibration``.
struct CalibrationRun: ~Copyable {
  let model: ResponseModel
  let options: Calibration.Options
  let kernel: ExpectationKernel
  let stride: Int
  /// All free parameters: the common slope first if there is one, then item by item.
  var parameters: [Double]
  private(set) var likelihood = -Double.infinity
  private(set) var steps = 0
  private(set) var hasConverged = false
  private var logs: [Double]
  var counts: [Double]

  static func logarithm(_ x: Double) -> Double { log(x) }

  init(_ table: ResponseTable, _ model: ResponseModel, _ options: Calibration.Options) {
    self.model = model
    self.options = options
    kernel = ExpectationKernel(table, nodes: options.grid.nodes, weights: options.grid.weights)
    stride = kernel.width * 8
    let size = table.categoryCounts.reduce(0, +) * stride
    logs = [Double](repeating: 0, count: size)
    counts = [Double](repeating: 0, count: size)
    parameters = StartValues(table, model).parameters
  }

  /// Refuses what cannot be calibrated.
  static func check(_ table: ResponseTable, _ model: ResponseModel) throws(AssessmentError) {
    let constant = table.findings.filter { $0.code == .constantItem || $0.code == .emptyItem }
    guard constant.isEmpty else {
      let names = constant.compactMap(\.subject).prefix(10).joined(separator: ", ")
      throw AssessmentError(
        .notEstimable, "Items without different answers have no parameters: \(names); leave out.")
    }
    guard table.items.count > 1, table.personTotal > 1 else {
      throw AssessmentError(
        .notEstimable,
        "There are \(table.items.count) items and \(Int(table.personTotal)) "
          + "persons; at least two of each are needed.")
    }
    for item in table.items.indices {
      let categories = table.categoryCounts[item]
      guard !model.isDichotomous || categories == 2 else {
        throw AssessmentError(
          .notEstimable,
          "Item \(table.items[item]) has \(categories) categories; model "
            + "\(model.rawValue) has 2: take graded, pcm or gpcm.")
      }
      let seen = table.categories(of: item)
      let gaps = (0..<categories).filter { !seen.contains($0) }
      guard gaps.isEmpty else {
        throw AssessmentError(
          .notEstimable,
          "Nobody has score \(gaps[0] + table.lowest) on item "
            + "\(table.items[item]); join categories before.")
      }
    }
  }

  // MARK: Parameters

  /// How many parameters an item has of its own.
  func ownCount(_ item: Int) -> Int {
    kernel.categoryCounts[item] - 1 + (model.hasCommonSlope ? 0 : 1)
      + (model == .threeParameter ? 1 : 0)
  }

  /// Where the own parameters of items begin.
  var starts: [Int] {
    var start = model.hasCommonSlope ? 1 : 0
    return kernel.categoryCounts.indices.map { item in
      defer { start += ownCount(item) }
      return start
    }
  }

  /// The curves of an item for a list of all parameters.
  func curves(_ item: Int, _ start: Int, _ all: [Double]) -> ItemCurves {
    let own = all[start..<start + ownCount(item)]
    return ItemCurves(
      family: model.family, hasGuessing: model == .threeParameter,
      categories: kernel.categoryCounts[item],
      parameters: model.hasCommonSlope ? [all[0]] + own : Array(own))
  }

  func items(named names: [String]) -> [CalibratedItem] {
    let starts = self.starts
    return names.indices.map { item in
      var calibrated = curves(item, starts[item], parameters).item
      calibrated.name = names[item]
      return calibrated
    }
  }

  private func isPossible(_ all: [Double]) -> Bool {
    let starts = self.starts
    return starts.indices.allSatisfy { curves($0, starts[$0], all).isPossible }
  }

  // MARK: Steps

  /// The log-likelihood of parameters; the expected counts are left in ``counts``.
  mutating func expectation(_ all: [Double]) -> Double {
    let starts = self.starts
    for item in starts.indices {
      curves(item, starts[item], all).logProbabilities(
        kernel.nodes, into: &logs, at: kernel.offsets[item] * stride, stride: stride)
    }
    return kernel.expectation(logs, counts: &counts) + priorLog(all)
  }

  /// The log-probabilities at the present parameters.
  mutating func currentLogs() -> [Double] {
    let starts = self.starts
    for item in starts.indices {
      curves(item, starts[item], parameters).logProbabilities(
        kernel.nodes, into: &logs, at: kernel.offsets[item] * stride, stride: stride)
    }
    return logs
  }

  private func priorLog(_ all: [Double]) -> Double {
    guard model == .threeParameter, let prior = options.guessingPrior else { return 0 }
    return starts.indices.reduce(0) { sum, item in
      let z = (all[starts[item] + ownCount(item) - 1] - prior.mean) / prior.deviation
      return sum - 0.5 * z * z
    }
  }

  /// Estimates the parameters.
  mutating func estimate(_ progress: ((_ steps: Int, _ change: Double) -> Void)? = nil) {
    var mixer = AndersonMixer(depth: 6)
    var current = parameters
    var fallback = parameters
    var value = expectation(current)
    while steps < options.mostSteps {
      steps += 1
      let next = maximization(from: current)
      let change = zip(next, current).reduce(0) { max($0, abs($1.0 - $1.1)) }
      (parameters, likelihood) = (current, value)
      progress?(steps, change)
      if change < options.tolerance {
        hasConverged = true
        return
      }
      fallback = next
      var candidate = mixer.next(from: current, mapped: next)
      if !isPossible(candidate) {
        mixer.clear()
        candidate = fallback
      }
      var reached = expectation(candidate)
      if !(reached >= value - 1e-9 * abs(value)) {
        mixer.clear()
        candidate = fallback
        reached = expectation(candidate)
      }
      (current, value) = (candidate, reached)
    }
    (parameters, likelihood) = (current, value)
  }

  /// The parameters that fit the expected counts best, from where they are.
  private func maximization(from all: [Double]) -> [Double] {
    model.hasCommonSlope ? jointStep(all) : separateSteps(all)
  }

  private func separateSteps(_ all: [Double]) -> [Double] {
    var next = all
    let starts = self.starts
    unsafe counts.withUnsafeBufferPointer { counts in
      for item in starts.indices {
        let size = kernel.categoryCounts[item] * stride
        let begin = kernel.offsets[item] * stride
        let own = unsafe UnsafeBufferPointer(rebasing: counts[begin..<begin + size])
        let fitted = unsafe ItemStep(
          nodes: kernel.nodes, counts: own, stride: stride, prior: options.guessingPrior
        ).maximum(from: curves(item, starts[item], all))
        for (place, value) in fitted.parameters.enumerated() { next[starts[item] + place] = value }
      }
    }
    return next
  }

  /// Newton steps on the common slope and all intercepts together.
  private func jointStep(_ all: [Double]) -> [Double] {
    var present = all
    let starts = self.starts
    for _ in 0..<4 {
      var (top, bottom) = (0.0, 0.0)
      var parts: [(own: [Double], cross: [Double])] = []
      unsafe counts.withUnsafeBufferPointer { counts in
        for item in starts.indices {
          let size = kernel.categoryCounts[item] * stride
          let begin = kernel.offsets[item] * stride
          let own = unsafe UnsafeBufferPointer(rebasing: counts[begin..<begin + size])
          let (gradient, information) = unsafe curves(item, starts[item], present).score(
            kernel.nodes, own, stride: stride)
          let rest = gradient.count - 1
          var block = SquareMatrix(size: rest)
          for a in 0..<rest {
            for b in 0..<rest { block[a, b] = information[a + 1, b + 1] }
            block[a, a] += 1e-10
          }
          let cross = (0..<rest).map { information[0, $0 + 1] }
          let ownStep = block.solve(Array(gradient[1...])) ?? [Double](repeating: 0, count: rest)
          let crossStep = block.solve(cross) ?? [Double](repeating: 0, count: rest)
          top += gradient[0] - zip(cross, ownStep).reduce(0) { $0 + $1.0 * $1.1 }
          bottom += information[0, 0] - zip(cross, crossStep).reduce(0) { $0 + $1.0 * $1.1 }
          parts.append((ownStep, crossStep))
        }
      }
      let slope = bottom > 1e-12 ? max(-0.5, min(0.5, top / bottom)) : 0
      var largest = abs(slope)
      present[0] += slope
      for item in starts.indices {
        for (place, (own, cross)) in zip(parts[item].own, parts[item].cross).enumerated() {
          let step = max(-1, min(1, own - cross * slope))
          present[starts[item] + place] += step
          largest = max(largest, abs(step))
        }
      }
      if largest < 1e-9 { break }
    }
    return isPossible(present) ? present : all
  }

  // MARK: Findings

  func findings(_ table: ResponseTable) -> [Finding] {
    var found: [Finding] = []
    if !hasConverged {
      found.append(
        Finding(
          .notConverged, nil,
          "after \(steps) steps parameters still changed by more than \(options.tolerance); allow "
            + "more steps or take a simpler model"))
    }
    for item in items(named: table.items) {
      if abs(item.slope) > 10 || item.intercepts.contains(where: { abs($0) > 30 }) {
        found.append(
          Finding(
            .boundary, item.name,
            "the slope or an intercept runs off; the item is too "
              + "easy, too hard or answered like another one"))
      } else if item.slope < 0 {
        found.append(
          Finding(.negativeDiscrimination, item.name, "the slope is below 0; check the key"))
      }
      if model == .threeParameter, item.guessing < 0.001 {
        found.append(
          Finding(.boundary, item.name, "guessing comes out as 0; its logit has no finite value"))
      }
    }
    let parameters = model.hasCommonSlope ? 1 : model == .threeParameter ? 3 : 2
    found += CalibrationSize.findings(persons: Int(table.personTotal), parameters: parameters)
    return found
  }
}
