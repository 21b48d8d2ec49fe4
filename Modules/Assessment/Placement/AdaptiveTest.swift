#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An adaptive test: a bank, rules, and the tables that make choosing an item cheap.
///
/// ```swift
/// let test = try AdaptiveTest(bank: bank, rules: AdaptiveRules())
/// var session = test.session(generator: SeededGenerator(seed: 7))
/// while let item = session.nextItem() {
///   session.record(item, isRight: ask(bank.entries[item].name))
/// }
/// print(session.estimate.ability, session.estimate.standardError)
/// ```
public struct AdaptiveTest: Sendable {
  /// The items to choose from.
  public let bank: ItemBank
  /// How items are chosen and when the test ends.
  public let rules: AdaptiveRules

  /// The points of the posterior.
  let nodes: [Double]
  /// The prior at the points, adding up to 1.
  let prior: [Double]
  /// Item after item the probability of a right answer at each point.
  let right: [Double]
  /// For each cell of abilities the items, those first that are informative somewhere in it.
  let cells: Cells
  /// The layer of each item; empty unless the rules choose by layers.
  let layers: [Int]
  /// For each item the number of its area, and of its set of enemies or -1.
  let areas: [Int]
  let enemies: [Int]
  /// For each area the least and most items of it.
  let bounds: [ClosedRange<Int>]

  /// Prepares a test.
  ///
  /// - Throws: ``AssessmentError`` when the bank cannot keep the rules.
  /// - Complexity: O(*n* log *n*) in the number of items, for each of about 160 cells.
  public init(bank: ItemBank, rules: AdaptiveRules) throws(AssessmentError) {
    try rules.check(for: bank)
    self.bank = bank
    self.rules = rules
    let (low, high) = (rules.range.lowerBound, rules.range.upperBound)
    let nodes = (0..<rules.nodeCount).map {
      low + (high - low) * Double($0) / Double(rules.nodeCount - 1)
    }
    let weights = nodes.map { exp(-0.5 * $0 * $0) }
    let sum = weights.reduce(0, +)
    self.nodes = nodes
    prior = weights.map { $0 / sum }
    right = bank.entries.flatMap { entry in nodes.map { entry.item.probability(at: $0) } }
    if case .information = rules.selection {
      cells = Cells(bank: bank, range: rules.range)
    } else {
      cells = Cells()
    }
    layers = Self.layers(of: bank, rules.selection)
    var areaNumbers: [String: Int] = [:]
    var enemyNumbers: [String: Int] = [:]
    areas = bank.entries.map { Self.number($0.area, in: &areaNumbers) }
    enemies = bank.entries.map { entry in
      entry.enemies.map { Self.number($0, in: &enemyNumbers) } ?? -1
    }
    var bounds = [ClosedRange<Int>](repeating: 0...Int.max, count: areaNumbers.count)
    for bound in rules.content {
      if let area = areaNumbers[bound.area] { bounds[area] = bound.count }
    }
    self.bounds = bounds
  }

  private static func number(_ name: String, in numbers: inout [String: Int]) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = numbers.count
    return numbers.count - 1
  }

  private static func layers(of bank: ItemBank, _ selection: AdaptiveRules.Selection) -> [Int] {
    guard case .stratified(let count) = selection else { return [] }
    let order = bank.entries.indices.sorted {
      let (left, right) = (bank.entries[$0].item, bank.entries[$1].item)
      return left.discrimination != right.discrimination
        ? left.discrimination < right.discrimination : $0 < $1
    }
    var layers = [Int](repeating: 0, count: bank.count)
    for (rank, item) in order.enumerated() { layers[item] = rank * count / bank.count }
    return layers
  }

  /// Begins the test for one learner.
  ///
  /// - Parameter generator: The source of chance; it is only used by rules with exposure control.
  public func session(generator: SeededGenerator = SeededGenerator(seed: 0)) -> AdaptiveSession {
    AdaptiveSession(self, generator)
  }

  /// The items sorted by how much they can tell, for small cells of abilities.
  ///
  /// Within a cell no item tells more than its bound, so that a search from the top may stop as
  /// soon as what it has found is at least the next bound: the choice is exact and looks at few
  /// items.
  struct Cells: Sendable {
    static let width = 0.05
    let low: Double
    let count: Int
    let size: Int
    let items: [Int32]
    let limits: [Double]

    init() { (low, count, size, items, limits) = (0, 0, 0, [], []) }

    init(bank: ItemBank, range: ClosedRange<Double>) {
      low = range.lowerBound
      count = max(1, Int(((range.upperBound - low) / Self.width).rounded(.up)))
      size = bank.count
      let peaks = bank.entries.map { $0.item.mostInformativeAbility }
      var items: [Int32] = []
      var limits: [Double] = []
      items.reserveCapacity(count * size)
      limits.reserveCapacity(count * size)
      for cell in 0..<count {
        let (left, right) = (low + Double(cell) * Self.width, low + Double(cell + 1) * Self.width)
        let most = bank.entries.indices.map { item -> Double in
          let entry = bank.entries[item].item
          let peak = min(right, max(left, peaks[item]))
          let ends = max(entry.information(at: left), entry.information(at: right))
          // The slack covers the rounding of the place of the peak.
          return max(ends, entry.information(at: peak)) * (1 + 1e-9)
        }
        let order = bank.entries.indices.sorted {
          most[$0] != most[$1] ? most[$0] > most[$1] : $0 < $1
        }
        items += order.map { Int32($0) }
        limits += order.map { most[$0] }
      }
      self.items = items
      self.limits = limits
    }

    /// The place in the tables where the cell of an ability starts.
    func start(of ability: Double) -> Int {
      let cell = Int((ability - low) / Self.width)
      return min(count - 1, max(0, cell)) * size
    }
  }
}
