/// What the choosers of each option score on the whole test.
///
/// A distractor that goes with higher scores than the key is the alarm for a wrong key or an
/// ambiguous item.
public struct DistractorAnalysis: Sendable {
  /// One option of one item.
  public struct Option: Hashable, Sendable {
    /// The name of the option.
    public var name: String
    /// Whether it is the key.
    public var isKey: Bool
    /// How many chose it.
    public var count: Int
    /// The share of those who answered the item.
    public var proportion: Double
    /// The correlation of choosing it with the score on all items.
    public var optionTotal: Double?
    /// The correlation of choosing it with the score on the other items.
    public var optionRest: Double?
    /// The mean score of its choosers on all items.
    public var meanTotal: Double?
  }

  /// One item with the options that somebody chose, and the key.
  public struct Item: Hashable, Sendable {
    /// The name of the item.
    public var name: String
    /// The options, in the order of the table.
    public var options: [Option]
  }

  /// The items.
  public let items: [Item]
  /// What is remarkable: distractors above the key, keys that nobody chose.
  public let findings: [Finding]

  /// Analyses the options of a table. The score is the number of right answers.
  ///
  /// - Parameter table: The chosen options.
  /// - Complexity: O(*n*) in the number of answers.
  public init(of table: ChoiceTable) {
    let totals = Self.totals(table)
    var findings: [Finding] = []
    items = table.items.indices.map { item in
      let analysed = Self.item(table, item, totals)
      findings += Self.alarms(analysed)
      return analysed
    }
    self.findings = findings
  }

  private static func totals(_ table: ChoiceTable) -> [Int32] {
    let rows = table.persons.count
    var totals = [Int32](repeating: 0, count: rows)
    unsafe table.cells.withUnsafeBufferPointer { cells in
      unsafe totals.withUnsafeMutableBufferPointer { totals in
        for item in table.items.indices {
          let (start, right) = (item * rows, UInt8(table.key[item]))
          for person in 0..<rows {
            unsafe totals[person] &+= cells[start + person] == right ? 1 : 0
          }
        }
      }
    }
    return totals
  }

  private static func item(_ table: ChoiceTable, _ item: Int, _ totals: [Int32]) -> Item {
    let rows = table.persons.count
    // Whole numbers, so that the sums are exact whatever the order of persons is.
    var counts = [Int](repeating: 0, count: 256)
    var sums = [Int](repeating: 0, count: 256)
    var squares = [Int](repeating: 0, count: 256)
    for person in 0..<rows {
      let (code, total) = (Int(table.cells[item * rows + person]), Int(totals[person]))
      counts[code] &+= 1
      sums[code] &+= total
      squares[code] &+= total &* total
    }
    let key = table.key[item]
    let chosen = table.options.indices
    let count = chosen.reduce(0) { $0 + counts[$1] }
    let sum = chosen.reduce(0) { $0 + sums[$1] }
    let square = chosen.reduce(0) { $0 + squares[$1] }
    // The score without the item: the choosers of the key have one point less.
    let rest = (sum: sum - counts[key], square: square - 2 * sums[key] + counts[key])
    let options = chosen.filter { counts[$0] > 0 || $0 == key }.map { option in
      let chosen = counts[option]
      let restSum = sums[option] - (option == key ? chosen : 0)
      return Option(
        name: table.options[option], isKey: option == key, count: chosen,
        proportion: count > 0 ? Double(chosen) / Double(count) : 0,
        optionTotal: correlation(count, chosen, sums[option], sum, square),
        optionRest: correlation(count, chosen, restSum, rest.sum, rest.square),
        meanTotal: chosen > 0 ? Double(sums[option]) / Double(chosen) : nil)
    }
    return Item(name: table.items[item], options: options)
  }

  /// The correlation of a choice with a score, from the sums over choosers and over all.
  private static func correlation(
    _ count: Int, _ chosen: Int, _ ofChoosers: Int, _ sum: Int, _ square: Int
  ) -> Double? {
    let shared = Double(count * ofChoosers - chosen * sum)
    let spread = Double(count * square - sum * sum)
    let choice = Double(chosen * (count - chosen))
    guard spread > 0, choice > 0 else { return nil }
    return shared / (spread.squareRoot() * choice.squareRoot())
  }

  private static func alarms(_ item: Item) -> [Finding] {
    guard let key = item.options.first(where: \.isKey) else { return [] }
    guard key.count > 0 else {
      return [
        Finding(.possibleMiskey, item.name, "nobody chose the key \(key.name); check the key")
      ]
    }
    guard let ofKey = key.optionRest else { return [] }
    return item.options.compactMap { option in
      guard !option.isKey, let rest = option.optionRest, rest > ofKey else { return nil }
      return Finding(
        .possibleMiskey, item.name,
        "option \(option.name) goes with higher scores (\(rest.rounded(places: 2))) than the key "
          + "\(key.name) (\(ofKey.rounded(places: 2))); check the key and the wording")
    }
  }
}
