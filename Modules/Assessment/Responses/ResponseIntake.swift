/// Collects answers one by one, in any order, into a ``ResponseTable``.
///
/// Names are interned, so that a long file becomes columns without a row of its own in memory.
public struct ResponseIntake: Sendable {
  private var itemPlaces: [String: Int] = [:]
  private var personPlaces: [String: Int] = [:]
  private var items: [String] = []
  private var persons: [String] = []
  private var entries: [(person: Int32, item: Int32, score: Int32)] = []
  /// How many answers came twice with another score; the last one holds.
  public private(set) var replacedCount = 0

  /// Creates an intake without answers.
  public init() {}

  /// How many answers there are.
  public var count: Int { entries.count }

  /// Takes one answer.
  ///
  /// - Parameters:
  ///   - person: The name of the person.
  ///   - item: The name of the item.
  ///   - score: The whole score, or `nil` for a missing answer, which still names person and item.
  public mutating func append(person: String, item: String, score: Int?) {
    let who = place(of: person, in: \.personPlaces, \.persons)
    let what = place(of: item, in: \.itemPlaces, \.items)
    guard let score, let short = Int32(exactly: score) else { return }
    entries.append((Int32(who), Int32(what), short))
  }

  private mutating func place(
    of name: String, in places: WritableKeyPath<Self, [String: Int]>,
    _ names: WritableKeyPath<Self, [String]>
  ) -> Int {
    if let place = self[keyPath: places][name] { return place }
    let place = self[keyPath: names].count
    self[keyPath: places][name] = place
    self[keyPath: names].append(name)
    return place
  }

  /// The answers as a table; of several answers to one item the last one holds.
  ///
  /// - Throws: ``AssessmentError`` when there is no answer or scores span too much.
  public mutating func table() throws(AssessmentError) -> ResponseTable {
    guard let first = entries.first else {
      throw AssessmentError(.empty, "There are no answers; nothing can be computed.")
    }
    var (least, most) = (first.score, first.score)
    for entry in entries { (least, most) = (min(least, entry.score), max(most, entry.score)) }
    guard Int(most) - Int(least) < ResponseTable.mostCategories else {
      throw AssessmentError(
        .limitExceeded,
        "Scores go from \(least) to \(most); at most \(ResponseTable.mostCategories) different "
          + "whole scores are possible.")
    }
    let lowest = least == 1 && most == 1 ? 0 : Int(least)
    let rows = persons.count
    var cells = [UInt8](repeating: ResponseTable.missing, count: rows * items.count)
    replacedCount = 0
    for entry in entries {
      let place = Int(entry.item) * rows + Int(entry.person)
      let code = UInt8(Int(entry.score) - lowest)
      if cells[place] != ResponseTable.missing, cells[place] != code { replacedCount += 1 }
      cells[place] = code
    }
    return try ResponseTable(items: items, persons: persons, lowest: lowest, cells: cells)
  }
}
