#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How well items of two categories fit their curves, by the statistic S-X² of Orlando and
/// Thissen (2000).
///
/// Persons of each sum score are compared with what the model expects of them. Persons with a
/// missing answer are left out. Neighbouring scores are joined where fewer than one right or wrong
/// answer is expected.
public struct ItemFit: Sendable {
  /// The fit of one item.
  public struct Item: Hashable, Sendable {
    /// The name of the item.
    public var name: String
    /// The statistic; `nil` where too few scores are left.
    public var statistic: Double?
    /// The degrees of freedom.
    public var degrees: Int
    /// The probability of a worse fit when the model holds.
    public var probability: Double?
  }

  /// The fit of each item.
  public let items: [Item]
  /// What is remarkable.
  public let findings: [Finding]

  /// Compares answers with curves.
  ///
  /// - Parameters:
  ///   - table: Answers of 0 and 1.
  ///   - calibrated: The items, in the order of the table.
  ///   - parameters: How many parameters were estimated for each item: 2, or 1 for a Rasch model.
  ///   - grid: The distribution of abilities.
  /// - Throws: ``AssessmentError`` when items do not fit the table or have more categories.
  /// - Complexity: O(*items*^3 * *nodes*).
  public init(
    _ table: ResponseTable, items calibrated: [CalibratedItem], parameters: Int = 2,
    grid: QuadratureGrid = .normal()
  ) throws(AssessmentError) {
    guard calibrated.count == table.items.count, calibrated.count > 2,
      calibrated.allSatisfy({ $0.family == .logistic }),
      table.categoryCounts.allSatisfy({ $0 == 2 })
    else {
      throw AssessmentError(
        .shape, "The fit needs three or more items of two categories, the same as the table's.")
    }
    let observed = ScoreGroups(table)
    let expected = ExpectedShares(calibrated, grid)
    var found: [Item] = []
    var findings: [Finding] = []
    for item in calibrated.indices {
      var fit = Item(name: table.items[item], statistic: nil, degrees: 0, probability: nil)
      let cells = observed.cells(item, expected: expected.shares[item])
      fit.degrees = cells.count - parameters
      if fit.degrees > 0 {
        let statistic = cells.reduce(0) { sum, cell in
          let away = cell.right - cell.expected
          return sum + away * away * cell.count / (cell.expected * (cell.count - cell.expected))
        }
        fit.statistic = statistic
        let probability = SpecialFunctions.chiSquareUpper(statistic, degrees: Double(fit.degrees))
        fit.probability = probability
        if probability < 0.001 {
          findings.append(
            Finding(
              .aberrant, fit.name,
              "does not fit its curve (S-X² \(statistic.rounded(places: 1)) on \(fit.degrees) "
                + "degrees of freedom); with many persons look at the size of the misfit too"))
        }
      }
      found.append(fit)
    }
    items = found
    self.findings = findings
  }

  /// How usual the answers of each person are under the model: the standardised log-likelihood of
  /// Drasgow, Levine and Williams (1985), below -1.645 for one in twenty.
  ///
  /// - Parameters:
  ///   - table: The answers.
  ///   - scorer: The calibrated items.
  /// - Returns: The index of each person; `nil` without answers.
  /// - Throws: ``AssessmentError`` when items do not fit the table.
  public static func persons(
    _ table: ResponseTable, _ scorer: AbilityScorer
  ) throws(AssessmentError) -> [Double?] {
    let abilities = try scorer.estimates(table)
    return table.persons.indices.map { person in
      guard let ability = abilities[person].value else { return nil }
      var (seen, expected, variance) = (0.0, 0.0, 0.0)
      for (item, calibrated) in scorer.items.enumerated() {
        let cell = table.cells[item * table.persons.count + person]
        guard cell != ResponseTable.missing else { continue }
        let logs = calibrated.probabilities(at: ability).map { (p: $0, log: log(max($0, 1e-300))) }
        let mean = logs.reduce(0) { $0 + $1.p * $1.log }
        seen += logs[Int(cell)].log
        expected += mean
        variance += logs.reduce(0) { $0 + $1.p * ($1.log - mean) * ($1.log - mean) }
      }
      return variance > 0 ? (seen - expected) / variance.squareRoot() : nil
    }
  }
}

/// Persons of each sum score.
private struct ScoreGroups {
  struct Cell {
    var count: Double
    var right: Double
    var expected: Double
  }

  private var counts: [Double]
  private var rights: [[Double]]

  init(_ table: ResponseTable) {
    let (items, persons) = (table.items.count, table.persons.count)
    counts = [Double](repeating: 0, count: items + 1)
    rights = [[Double]](repeating: [Double](repeating: 0, count: items + 1), count: items)
    for person in 0..<persons {
      let answers = (0..<items).map { table.cells[$0 * persons + person] }
      guard !answers.contains(ResponseTable.missing) else { continue }
      let score = answers.reduce(0) { $0 + Int($1) }
      let weight = table.weight(person)
      counts[score] += weight
      for (item, answer) in answers.enumerated() where answer == 1 {
        rights[item][score] += weight
      }
    }
  }

  /// Scores with persons, joined from both ends towards the middle where cells are too small.
  func cells(_ item: Int, expected shares: [Double]) -> [Cell] {
    var cells = (1..<counts.count - 1).compactMap { score -> Cell? in
      counts[score] > 0
        ? Cell(
          count: counts[score], right: rights[item][score],
          expected: counts[score] * shares[score]) : nil
    }
    func isSmall(_ cell: Cell) -> Bool {
      cell.expected < 1 || cell.count - cell.expected < 1
    }
    func joined(_ a: Cell, _ b: Cell) -> Cell {
      Cell(
        count: a.count + b.count, right: a.right + b.right, expected: a.expected + b.expected)
    }
    var place = 0
    while place < cells.count / 2, cells.count > 1 {
      guard isSmall(cells[place]) else {
        place += 1
        continue
      }
      cells[place + 1] = joined(cells[place], cells[place + 1])
      cells.remove(at: place)
    }
    place = cells.count - 1
    while place >= cells.count / 2, place > 0 {
      if isSmall(cells[place]) {
        cells[place - 1] = joined(cells[place - 1], cells[place])
        cells.remove(at: place)
      }
      place -= 1
    }
    return cells
  }
}

/// For each item and sum score the expected share of right answers.
private struct ExpectedShares {
  private(set) var shares: [[Double]]

  init(_ items: [CalibratedItem], _ grid: QuadratureGrid) {
    let count = items.count
    var top = [[Double]](repeating: [Double](repeating: 0, count: count + 1), count: count)
    var all = [Double](repeating: 0, count: count + 1)
    for (node, weight) in zip(grid.nodes, grid.weights) where weight > 1e-14 {
      let p = items.map { $0.probabilities(at: node)[1] }
      let sums = ClassificationAccuracy.sumDistribution(items, at: node)
      for score in 0...count { all[score] += weight * sums[score] }
      for item in 0..<count {
        let others = ClassificationAccuracy.sumDistribution(
          Array(items[..<item] + items[(item + 1)...]), at: node)
        for score in 1...count { top[item][score] += weight * others[score - 1] * p[item] }
      }
    }
    shares = top.map { row in zip(row, all).map { $1 > 0 ? $0 / $1 : 0 } }
  }
}
