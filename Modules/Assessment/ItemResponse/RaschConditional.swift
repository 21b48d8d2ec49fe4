#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Rasch difficulties by conditional maximum likelihood (Andersen 1970).
///
/// Given the number of right answers, the answers say nothing more about ability, so that no
/// distribution of abilities is assumed. Persons who answered different items are grouped by what
/// they answered.
public struct RaschConditional: Sendable {
  /// The difficulties; the first item's is 0.
  public let difficulties: [Double]
  /// Their standard errors; the first item's is 0.
  public let standardErrors: [Double]
  /// The conditional log-likelihood.
  public let logLikelihood: Double
  /// How many Newton steps it took.
  public let steps: Int
  /// What is remarkable.
  public let findings: [Finding]

  /// Estimates the difficulties of the items of a table.
  ///
  /// - Parameter table: Answers of 0 and 1.
  /// - Throws: ``AssessmentError`` with `notEstimable` when items are constant, scores are not 0
  ///   and 1, or nothing connects some items with the others.
  /// - Complexity: O(*persons* * *items*), and O(*items*^3) for each step and set of items answered.
  public init(_ table: ResponseTable) throws(AssessmentError) {
    try CalibrationRun.check(table, .rasch)
    let groups = RaschGroup.groups(of: table)
    try Self.checkConnection(table)
    let items = table.items.count
    var easiness = [Double](repeating: 0, count: items)
    let totals = groups.reduce(into: [Double](repeating: 0, count: items)) { sums, group in
      for (place, item) in group.items.enumerated() { sums[item] += group.rights[place] }
    }
    let all = groups.reduce(into: [Double](repeating: 0, count: items)) { sums, group in
      for item in group.items { sums[item] += group.informative }
    }
    for item in 0..<items {
      easiness[item] = log((totals[item] + 0.1) / (all[item] - totals[item] + 0.1))
    }
    let middle = easiness[0]
    easiness = easiness.map { $0 - middle }
    var value = groups.reduce(0) { $0 + $1.likelihood(easiness) }
    var steps = 0
    var information = try Self.information(groups, easiness)
    var previous = Double.infinity
    while steps < 200 {
      steps += 1
      var gradient = [Double](repeating: 0, count: items)
      for group in groups { group.addGradient(easiness, &gradient) }
      let step = information.solveFromCholesky(Array(gradient.dropFirst()))
      let largest = step.reduce(0) { max($0, abs($1)) }
      var scale = 1.0
      for _ in 0..<30 {
        var candidate = easiness
        for item in 1..<items { candidate[item] += scale * step[item - 1] }
        let reached = groups.reduce(0) { $0 + $1.likelihood(candidate) }
        if reached >= value - 1e-12 * abs(value) {
          (easiness, value) = (candidate, reached)
          break
        }
        scale /= 2
      }
      if largest < 1e-9 { break }
      // The information serves as long as steps shrink fast.
      if largest > previous / 4 { information = try Self.information(groups, easiness) }
      previous = largest
    }
    information = try Self.information(groups, easiness)
    difficulties = easiness.map { 0 - $0 }
    standardErrors =
      [0]
      + (0..<items - 1).map { place in
        var unit = [Double](repeating: 0, count: items - 1)
        unit[place] = 1
        return information.solveFromCholesky(unit)[place].squareRoot()
      }
    logLikelihood = value
    self.steps = steps
    var findings = table.findings
    if steps >= 100 {
      findings.append(Finding(.notConverged, nil, "the estimates were not at rest after 100 steps"))
    }
    self.findings = findings
  }

  /// Cholesky's factor of the information about all items but the first.
  private static func information(
    _ groups: [RaschGroup], _ easiness: [Double]
  ) throws(AssessmentError) -> SquareMatrix {
    var all = SquareMatrix(size: easiness.count)
    for group in groups { group.addInformation(easiness, &all) }
    var reduced = SquareMatrix(size: all.size - 1)
    for a in 1..<all.size { for b in 1..<all.size { reduced[a - 1, b - 1] = all[a, b] } }
    guard let factor = reduced.cholesky() else {
      throw AssessmentError(
        .notEstimable,
        "The answers do not connect all items; leave out items that nearly all "
          + "or nearly none of those who differ got right.")
    }
    return factor
  }

  /// Refuses items that no person's answers compare with others, in both directions
  /// (Fischer 1981).
  private static func checkConnection(_ table: ResponseTable) throws(AssessmentError) {
    let (items, persons) = (table.items.count, table.persons.count)
    var isBetter = [Bool](repeating: false, count: items * items)
    // A part of the persons is nearly always enough.
    var part = 256
    for person in 0..<persons where table.weight(person) > 0 {
      var (rights, wrongs) = ([Int](), [Int]())
      for item in 0..<items {
        switch table.cells[item * persons + person] {
        case 0: wrongs.append(item)
        case 1: rights.append(item)
        default: break
        }
      }
      for right in rights { for wrong in wrongs { isBetter[right * items + wrong] = true } }
      if person == part {
        if firstLost(items, isBetter) == nil { return }
        part *= 2
      }
    }
    guard let lost = firstLost(items, isBetter) else { return }
    throw AssessmentError(
      .notEstimable,
      "Item \(table.items[lost]) is not connected with \(table.items[0]): no "
        + "difference between them can be estimated; leave it out.")
  }

  /// An item that no chain of comparisons connects with the first one, in both directions.
  private static func firstLost(_ items: Int, _ isBetter: [Bool]) -> Int? {
    for isForward in [true, false] {
      var isReached = [Bool](repeating: false, count: items)
      isReached[0] = true
      var open = [0]
      while let item = open.popLast() {
        for other in 0..<items where !isReached[other] {
          if isForward ? isBetter[item * items + other] : isBetter[other * items + item] {
            isReached[other] = true
            open.append(other)
          }
        }
      }
      if let lost = isReached.firstIndex(of: false) { return lost }
    }
    return nil
  }
}

/// Persons who answered the same items.
private struct RaschGroup {
  var items: [Int]
  /// How many persons have each number of right answers.
  var scores: [Double]
  /// How many right answers each item has, from persons who are neither perfect nor zero.
  var rights: [Double]

  /// Persons whose score tells something about items.
  var informative: Double { scores.dropFirst().dropLast().reduce(0, +) }

  static func groups(of table: ResponseTable) -> [RaschGroup] {
    let (items, persons) = (table.items.count, table.persons.count)
    var places: [[Bool]: Int] = [:]
    var groups: [RaschGroup] = []
    let isComplete = !table.hasMissing
    if isComplete {
      groups = [RaschGroup(items: Array(0..<items), count: items)]
    }
    let totals = TotalScores(of: table).values
    for person in 0..<persons {
      var place = 0
      if !isComplete {
        let mask = (0..<items).map {
          table.cells[$0 * persons + person] != ResponseTable.missing
        }
        if let known = places[mask] {
          place = known
        } else {
          place = groups.count
          places[mask] = place
          let answered = (0..<items).filter { mask[$0] }
          groups.append(RaschGroup(items: answered, count: answered.count))
        }
      }
      let (score, weight) = (Int(totals[person]), table.weight(person))
      groups[place].scores[score] += weight
      guard !isComplete, score > 0, score < groups[place].items.count else { continue }
      for (column, item) in groups[place].items.enumerated()
      where table.cells[item * persons + person] == 1 { groups[place].rights[column] += weight }
    }
    if isComplete {
      for item in 0..<items {
        groups[0].rights[item] = Self.rights(of: item, table, totals)
      }
    }
    return groups.filter { $0.items.count > 1 }
  }

  /// Right answers to an item of persons who are not right on all.
  private static func rights(of item: Int, _ table: ResponseTable, _ totals: [Int32]) -> Double {
    let (items, persons) = (Int32(table.items.count), table.persons.count)
    let start = item * persons
    var sum = 0.0
    if let weights = table.weights {
      for person in 0..<persons where table.cells[start + person] == 1 && totals[person] < items {
        sum += weights[person]
      }
      return sum
    }
    var count = 0
    unsafe table.cells.withUnsafeBufferPointer { cells in
      unsafe totals.withUnsafeBufferPointer { totals in
        for person in 0..<persons {
          unsafe count &+= cells[start + person] == 1 && totals[person] < items ? 1 : 0
        }
      }
    }
    return Double(count)
  }

  private init(items: [Int], count: Int) {
    self.items = items
    scores = [Double](repeating: 0, count: count + 1)
    rights = [Double](repeating: 0, count: count)
  }

  /// Elementary symmetric functions, each divided by the one of equal items to keep them in range.
  private static func symmetric(_ factors: [Double], without left: Int? = nil) -> [Double] {
    var functions = [Double](repeating: 0, count: factors.count + 1)
    functions[0] = 1
    var count = 0
    unsafe functions.withUnsafeMutableBufferPointer { functions in
      for place in factors.indices where place != left {
        let factor = factors[place]
        count += 1
        // Downwards, so that each function is still the one without the item.
        var degree = count
        while degree > 0 {
          unsafe functions[degree] += factor * functions[degree - 1]
          degree -= 1
        }
      }
    }
    return functions
  }

  /// Easiness as factors around a geometric mean of 1, and the logarithm of that mean.
  private func factors(_ easiness: [Double]) -> (values: [Double], shift: Double) {
    let own = items.map { easiness[$0] }
    let shift = own.reduce(0, +) / Double(own.count)
    return (own.map { exp($0 - shift) }, shift)
  }

  func likelihood(_ easiness: [Double]) -> Double {
    let (factors, shift) = factors(easiness)
    let functions = Self.symmetric(factors)
    var sum = 0.0
    for (place, right) in rights.enumerated() { sum += right * (log(factors[place]) + shift) }
    for score in 1..<items.count where scores[score] > 0 {
      sum -= scores[score] * (log(functions[score]) + Double(score) * shift)
    }
    return sum
  }

  /// The functions without one item, from all: upwards while they grow faster than the item's
  /// factor, downwards from the top for the rest, so that errors shrink in both.
  private static func removing(
    _ factor: Double, _ functions: UnsafeBufferPointer<Double>, count: Int,
    into result: UnsafeMutableBufferPointer<Double>
  ) {
    unsafe result[0] = 1
    var turn = 1
    var below = 1.0
    while turn < count, unsafe functions[turn] > factor * functions[turn - 1] {
      below = unsafe functions[turn] - factor * below
      unsafe result[turn] = below
      turn += 1
    }
    var degree = count - 1
    let inverse = 1 / factor
    var above = 0.0
    while degree >= turn {
      above = unsafe (functions[degree + 1] - above) * inverse
      unsafe result[degree] = above
      degree -= 1
    }
  }

  /// For each item and score the functions without the item, and the chance of a right answer.
  private func expectations(_ factors: [Double]) -> (without: [Double], expected: [Double]) {
    let count = items.count
    let functions = Self.symmetric(factors)
    var without = [Double](repeating: 0, count: count * (count + 1))
    var expected = without
    unsafe without.withUnsafeMutableBufferPointer { without in
      unsafe functions.withUnsafeBufferPointer { functions in
        for i in 0..<count {
          let first = i * (count + 1)
          let row = unsafe UnsafeMutableBufferPointer(rebasing: without[first..<first + count])
          unsafe Self.removing(factors[i], functions, count: count, into: row)
          for score in 1..<count where scores[score] > 0 {
            unsafe expected[first + score] = factors[i] * row[score - 1] / functions[score]
          }
        }
      }
    }
    return (without, expected)
  }

  /// Adds the gradient at given easiness.
  func addGradient(_ easiness: [Double], _ gradient: inout [Double]) {
    let count = items.count
    let expected = expectations(factors(easiness).values).expected
    for i in 0..<count {
      var mean = 0.0
      for score in 1..<count { mean += scores[score] * expected[i * (count + 1) + score] }
      gradient[items[i]] += rights[i] - mean
    }
  }

  /// Adds the information at given easiness.
  func addInformation(_ easiness: [Double], _ information: inout SquareMatrix) {
    let count = items.count
    let factors = factors(easiness).values
    let functions = Self.symmetric(factors)
    let (without, expected) = expectations(factors)
    var both = [Double](repeating: 0, count: count)
    // Weights of scores divided by functions, so that pairs only multiply.
    let shares = (0...count).map { score in
      score > 0 && score < count ? scores[score] / functions[score] : 0
    }
    for i in 0..<count {
      let first = i * (count + 1)
      var own = 0.0
      for score in 1..<count {
        own += scores[score] * expected[first + score] * (1 - expected[first + score])
      }
      information[items[i], items[i]] += own
      for j in 0..<i {
        let second = j * (count + 1)
        var (joint, product) = (0.0, 0.0)
        unsafe both.withUnsafeMutableBufferPointer { both in
          unsafe without.withUnsafeBufferPointer { without in
            let row = unsafe UnsafeBufferPointer(rebasing: without[first..<first + count])
            unsafe Self.removing(factors[j], row, count: count - 1, into: both)
          }
          for score in 2..<max(2, count) { unsafe joint += shares[score] * both[score - 2] }
        }
        for score in 1..<count {
          product += scores[score] * expected[first + score] * expected[second + score]
        }
        let value = factors[i] * factors[j] * joint - product
        information[items[i], items[j]] += value
        information[items[j], items[i]] += value
      }
    }
  }
}
