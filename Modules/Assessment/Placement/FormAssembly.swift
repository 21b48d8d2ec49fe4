/// Assembles a whole test that keeps content bounds and is worth the most.
///
/// Areas divide the bank, and items that give each other away lie in one area, so taking the best
/// first is exact: the allowed sets are a laminar matroid with lower bounds, for which the greedy
/// choice has the greatest sum. What the bank cannot give is an error that names the area.
public struct FormAssembly: Hashable, Sendable {
  /// The bank.
  public let bank: ItemBank
  /// How many items the test has.
  public let count: Int
  /// How many items of each area it has.
  public let content: [AdaptiveRules.ContentBound]

  /// Creates an assembly.
  ///
  /// - Throws: ``AssessmentError`` when the bounds contradict each other or the count.
  public init(
    bank: ItemBank, count: Int, content: [AdaptiveRules.ContentBound] = []
  ) throws(AssessmentError) {
    let least = content.reduce(0) { $0 + $1.count.lowerBound }
    guard count >= 1, count <= bank.count, least <= count,
      Set(content.map(\.area)).count == content.count
    else {
      throw AssessmentError(
        .wrongValue,
        "A test of \(count) items from \(bank.count) with at least \(least) for its areas cannot "
          + "be; lower the bounds, name each area once, or take more items.")
    }
    self.bank = bank
    self.count = count
    self.content = content
  }

  /// The test whose values add up to the most.
  ///
  /// - Parameters:
  ///   - values: The value of each item of the bank, such as its information at the cut.
  ///   - asked: Items that are in the test whatever their value.
  /// - Returns: The positions of the items in the bank, best first; ties go to the lower position.
  /// - Throws: ``AssessmentError`` with the code `notEstimable` when an area has too few items.
  /// - Complexity: O(*n* log *n*) in the number of items.
  public func form(
    byValue values: [Double], asked: [Int] = []
  ) throws(AssessmentError) -> [Int] {
    let order = bank.entries.indices.sorted {
      values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1
    }
    var usedEnemies = Set(asked.compactMap { bank.entries[$0].enemies })
    var taken = Set(asked)
    var counts: [String: Int] = [:]
    for item in asked { counts[bank.entries[item].area, default: 0] += 1 }
    // Of items that give each other away only the best can ever be in the best test.
    var candidates: [Int] = []
    for item in order where !taken.contains(item) {
      if let enemies = bank.entries[item].enemies, !usedEnemies.insert(enemies).inserted {
        continue
      }
      candidates.append(item)
    }
    func take(_ item: Int) {
      taken.insert(item)
      counts[bank.entries[item].area, default: 0] += 1
    }
    for bound in content {
      for item in candidates where bank.entries[item].area == bound.area {
        guard counts[bound.area, default: 0] < bound.count.lowerBound else { break }
        take(item)
      }
      guard counts[bound.area, default: 0] >= bound.count.lowerBound else {
        throw AssessmentError(
          .notEstimable,
          "The area \(bound.area) has \(counts[bound.area, default: 0]) usable items, "
            + "\(bound.count.lowerBound) are wanted; add items or lower the bound.")
      }
    }
    let most = Dictionary(uniqueKeysWithValues: content.map { ($0.area, $0.count.upperBound) })
    for item in candidates where taken.count < count && !taken.contains(item) {
      let area = bank.entries[item].area
      if counts[area, default: 0] < most[area] ?? .max { take(item) }
    }
    guard taken.count >= count else {
      throw AssessmentError(
        .notEstimable,
        "Only \(taken.count) items keep the bounds, \(count) are wanted; add items, raise the "
          + "upper bounds or take a shorter test.")
    }
    return order.filter { taken.contains($0) }
  }

  /// The test with the most information at given abilities, such as cut scores, for one paper form.
  ///
  /// - Parameter abilities: The abilities; the information is summed over them.
  /// - Returns: The positions of the items in the bank.
  /// - Throws: ``AssessmentError`` when an area has too few items.
  public func form(informativeAt abilities: [Double]) throws(AssessmentError) -> [Int] {
    try form(
      byValue: bank.entries.map { entry in
        abilities.reduce(0) { $0 + entry.item.information(at: $1) }
      })
  }
}
