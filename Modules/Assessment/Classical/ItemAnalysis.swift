/// Classical statistics of items: how hard they are and how well they tell persons apart.
///
/// Each item is set against the score of all items (`itemTotal`) and of the other items
/// (`itemRest`); the latter does not flatter the item. Scores of persons are sums over the items
/// they answered; an item's figures are over those who answered it.
public struct ItemAnalysis: Sendable {
  /// The figures of one item.
  public struct Item: Hashable, Sendable {
    /// The name of the item.
    public var name: String
    /// How many persons answered.
    public var count: Double
    /// The mean score: for scores of 0 and 1 the share of right answers.
    public var mean: Double?
    /// The standard deviation, with *n* - 1.
    public var deviation: Double?
    /// The mean as a share of the way from the lowest to the highest score, 0 to 1.
    public var facility: Double?
    /// The correlation with the score of all items.
    public var itemTotal: Double?
    /// The correlation with the score of the other items.
    public var itemRest: Double?
    /// The mean of the upper group minus that of the lower one.
    public var upperLower: Double?
  }

  /// The figures of the items.
  public let items: [Item]
  /// How many persons there are.
  public let count: Double
  /// The mean of the scores of persons.
  public let totalMean: Double
  /// The standard deviation of the scores of persons, with *n* - 1; `nil` for one person.
  public let totalDeviation: Double?
  /// What is remarkable.
  public let findings: [Finding]

  /// Analyses the items of a table.
  ///
  /// - Parameters:
  ///   - table: The answers.
  ///   - share: How large upper and lower group are. All persons tied at a border are in the group.
  /// - Complexity: O(*n*) in the number of answers.
  public init(of table: ResponseTable, groups share: Double = 0.27) {
    let totals = TotalScores(of: table)
    let border = totals.groups(share)
    var findings = table.findings
    items = table.items.indices.map { item in
      let sums = ItemSums(table, item, totals.values, border)
      let figures = sums.figures(table.items[item], table.lowest, table.categoryCounts[item])
      if let rest = figures.itemRest, rest < 0 {
        findings.append(
          Finding(
            .negativeDiscrimination, figures.name,
            "persons who do well on the other items do worse on it (item-rest correlation "
              + "\(rest.rounded(places: 2))); check the key and the wording"))
      }
      return figures
    }
    count = table.personTotal
    totalMean = totals.mean
    totalDeviation = totals.deviation
    self.findings = findings
  }
}

/// The scores of persons on all items that they answered.
struct TotalScores {
  /// The sums of categories, from 0.
  let values: [Int32]
  let mean: Double
  let deviation: Double?
  private let histogram: [Double]
  private let count: Double

  init(of table: ResponseTable) {
    var values = [Int32](repeating: 0, count: table.persons.count)
    let rows = table.persons.count
    unsafe table.cells.withUnsafeBufferPointer { cells in
      unsafe values.withUnsafeMutableBufferPointer { values in
        for item in table.items.indices {
          let start = item * rows
          for person in 0..<rows {
            let cell = unsafe cells[start + person]
            unsafe values[person] &+= cell == ResponseTable.missing ? 0 : Int32(cell)
          }
        }
      }
    }
    var histogram = [Double](repeating: 0, count: Int(values.max() ?? 0) + 1)
    if let weights = table.weights {
      for (value, weight) in zip(values, weights) { histogram[Int(value)] += weight }
    } else {
      for value in values { histogram[Int(value)] += 1 }
    }
    let count = table.personTotal
    var sum = 0.0
    for (value, weight) in histogram.enumerated() { sum += weight * Double(value) }
    let middle = sum / count
    var squares = 0.0
    for (value, weight) in histogram.enumerated() {
      squares += weight * (Double(value) - middle) * (Double(value) - middle)
    }
    self.values = values
    self.histogram = histogram
    self.count = count
    // Persons with every answer missing have the score 0 of the lowest category.
    mean = middle + Double(table.lowest * table.items.count)
    deviation = count > 1 ? (squares / (count - 1)).squareRoot() : nil
  }

  /// The highest score of the lower group and the lowest score of the upper group.
  func groups(_ share: Double) -> (lower: Int32, upper: Int32) {
    let wanted = share * count
    var (lower, upper) = (0, histogram.count - 1)
    var sum = histogram.first ?? 0
    while sum < wanted, lower + 1 < histogram.count {
      lower += 1
      sum += histogram[lower]
    }
    sum = histogram.last ?? 0
    while sum < wanted, upper > 0 {
      upper -= 1
      sum += histogram[upper]
    }
    return (Int32(lower), Int32(upper))
  }
}

/// Sums over the persons who answered one item; categories count from 0.
private struct ItemSums {
  var count = 0.0
  var score = 0.0
  var scoreSquare = 0.0
  var total = 0.0
  var totalSquare = 0.0
  var product = 0.0
  var upper = (count: 0.0, score: 0.0)
  var lower = (count: 0.0, score: 0.0)

  init(
    _ table: ResponseTable, _ item: Int, _ totals: [Int32], _ border: (lower: Int32, upper: Int32)
  ) {
    let rows = table.persons.count
    // By category, so that the loop over persons only counts.
    var cells = [CategorySums](repeating: CategorySums(), count: 256)
    for person in 0..<rows {
      let code = Int(table.cells[item * rows + person])
      let (total, weight) = (totals[person], table.weight(person))
      cells[code].add(
        Double(total), weight, isUpper: total >= border.upper, isLower: total <= border.lower)
    }
    for code in 0..<table.categoryCounts[item] {
      let (sums, score) = (cells[code], Double(code))
      count += sums.count
      self.score += sums.count * score
      scoreSquare += sums.count * score * score
      total += sums.total
      totalSquare += sums.totalSquare
      product += sums.total * score
      upper.count += sums.upper
      upper.score += sums.upper * score
      lower.count += sums.lower
      lower.score += sums.lower * score
    }
  }

  func figures(_ name: String, _ lowest: Int, _ categories: Int) -> ItemAnalysis.Item {
    var item = ItemAnalysis.Item(name: name, count: count)
    guard count > 0 else { return item }
    item.mean = score / count + Double(lowest)
    item.facility = score / count / Double(categories - 1)
    if upper.count > 0, lower.count > 0 {
      item.upperLower = upper.score / upper.count - lower.score / lower.count
    }
    guard count > 1 else { return item }
    let scoreSpread = scoreSquare - score * score / count
    let totalSpread = totalSquare - total * total / count
    let shared = product - score * total / count
    item.deviation = (max(0, scoreSpread) / (count - 1)).squareRoot()
    item.itemTotal = Self.correlation(shared, scoreSpread, totalSpread)
    item.itemRest = Self.correlation(
      shared - scoreSpread, scoreSpread, totalSpread - 2 * shared + scoreSpread)
    return item
  }

  private static func correlation(_ shared: Double, _ one: Double, _ other: Double) -> Double? {
    // Sums of whole numbers are exact, so that a spread of nothing is 0 but for the division.
    guard one > 1e-9, other > 1e-9 else { return nil }
    return shared / (one * other).squareRoot()
  }
}

private struct CategorySums {
  var count = 0.0
  var total = 0.0
  var totalSquare = 0.0
  var upper = 0.0
  var lower = 0.0

  @inline(__always)
  mutating func add(_ value: Double, _ weight: Double, isUpper: Bool, isLower: Bool) {
    count += weight
    total += weight * value
    totalSquare += weight * value * value
    upper += isUpper ? weight : 0
    lower += isLower ? weight : 0
  }
}

extension Double {
  /// The number rounded to some places for a message.
  package func rounded(places: Int) -> Double {
    var factor = 1.0
    for _ in 0..<places { factor *= 10 }
    return (self * factor).rounded() / factor
  }
}
