/// The answers of persons to items, as whole scores in columns.
///
/// Scores are kept as categories from 0 upwards, one byte each, item after item; a missing answer
/// is not a score of 0. Rows may stand for several persons with the same answers.
public struct ResponseTable: Sendable {
  /// The names of the items.
  public let items: [String]
  /// The names of the persons, or of the patterns of answers.
  public let persons: [String]
  /// How many persons each row stands for; `nil` when each stands for one.
  public let weights: [Double]?
  /// The score of category 0.
  public let lowest: Int
  /// How many categories each item has, at least 2.
  public let categoryCounts: [Int]

  /// Category after category, item after item; ``missing`` for no answer.
  let cells: [UInt8]

  /// Stands for no answer.
  package static let missing = UInt8.max
  /// How many different scores an item may have.
  public static let mostCategories = 100

  /// Creates a table from rows of scores.
  ///
  /// - Parameters:
  ///   - items: The names of the items; without them they are `1`, `2` and so on.
  ///   - persons: The names of the persons; without them they are `1`, `2` and so on.
  ///   - rows: For each person the score of each item, or `nil` where there is no answer.
  ///   - weights: How many persons each row stands for.
  /// - Throws: ``AssessmentError`` when rows differ in length, names or weights do not fit, or
  ///   scores span more than ``mostCategories``.
  public init(
    items: [String]? = nil, persons: [String]? = nil, rows: [[Int?]], weights: [Double]? = nil
  ) throws(AssessmentError) {
    let count = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != count {
      throw AssessmentError(
        .shape, "Row \(index + 1) has \(row.count) answers, the first has \(count); fill it up.")
    }
    var columns = [Int?](repeating: nil, count: count * rows.count)
    for (person, row) in rows.enumerated() {
      for (item, score) in row.enumerated() { columns[item * rows.count + person] = score }
    }
    try self.init(
      items: items ?? (0..<count).map { "\($0 + 1)" },
      persons: persons ?? (0..<rows.count).map { "\($0 + 1)" }, columns: columns,
      weights: weights)
  }

  /// Creates a table from strings of digits, such as `01101`, and how often each occurs.
  ///
  /// - Parameters:
  ///   - patterns: Strings of one digit for each item; `.` stands for no answer.
  ///   - frequencies: How often each pattern occurs; without it once.
  /// - Throws: ``AssessmentError`` for other characters or unequal lengths.
  public init(patterns: [String], frequencies: [Int]? = nil) throws(AssessmentError) {
    var rows: [[Int?]] = []
    for (index, pattern) in patterns.enumerated() {
      var row: [Int?] = []
      for character in pattern {
        guard character == "." || character.wholeNumberValue != nil else {
          throw AssessmentError(
            .wrongValue, "Pattern \(index + 1) has '\(character)'; digits and . are expected.")
        }
        row.append(character.wholeNumberValue)
      }
      rows.append(row)
    }
    try self.init(rows: rows, weights: frequencies?.map { Double($0) })
  }

  private init(
    items: [String], persons: [String], columns: [Int?], weights: [Double]?
  ) throws(AssessmentError) {
    try Self.check(items, persons, weights, columns.count)
    let known = columns.lazy.compactMap { $0 }
    guard let least = known.min(), let most = known.max() else {
      throw AssessmentError(.empty, "Every answer is missing; nothing can be computed.")
    }
    guard let span = Self.span(least, most) else {
      throw AssessmentError(
        .limitExceeded,
        "Scores go from \(least) to \(most); at most \(Self.mostCategories) different whole "
          + "scores are possible.")
    }
    lowest = span
    var counts: [Int] = []
    var cells = [UInt8](repeating: Self.missing, count: columns.count)
    for item in items.indices {
      var most = 1
      for place in item * persons.count..<(item + 1) * persons.count {
        guard let score = columns[place] else { continue }
        cells[place] = UInt8(score - span)
        most = max(most, score - span)
      }
      counts.append(most + 1)
    }
    self.items = items
    self.persons = persons
    self.weights = weights
    self.cells = cells
    categoryCounts = counts
  }

  /// Creates a table from categories, one byte each, item after item; 255 for no answer.
  ///
  /// - Complexity: O(*n*) in the number of cells; nothing else is copied.
  package init(
    items: [String], persons: [String], lowest: Int = 0, cells: [UInt8],
    weights: [Double]? = nil
  ) throws(AssessmentError) {
    try Self.check(items, persons, weights, cells.count)
    var counts: [Int] = []
    for item in items.indices {
      var most: UInt8 = 1
      for cell in cells[item * persons.count..<(item + 1) * persons.count]
      where cell != Self.missing { most = max(most, cell) }
      counts.append(Int(most) + 1)
    }
    guard counts.allSatisfy({ $0 <= Self.mostCategories }) else {
      throw AssessmentError(
        .limitExceeded, "An item has more than \(Self.mostCategories) categories.")
    }
    self.items = items
    self.persons = persons
    self.weights = weights
    self.lowest = lowest
    self.cells = cells
    categoryCounts = counts
  }

  private static func check(
    _ items: [String], _ persons: [String], _ weights: [Double]?, _ count: Int
  ) throws(AssessmentError) {
    guard !items.isEmpty, !persons.isEmpty else {
      throw AssessmentError(.empty, "There are no answers; give at least one person and item.")
    }
    guard count == items.count * persons.count else {
      throw AssessmentError(
        .shape, "There are \(count) answers for \(persons.count) persons and \(items.count) items.")
    }
    guard let weights else { return }
    guard weights.count == persons.count else {
      throw AssessmentError(
        .shape, "There are \(weights.count) frequencies for \(persons.count) rows.")
    }
    for (index, weight) in weights.enumerated() where !(weight >= 0) || !weight.isFinite {
      throw AssessmentError(
        .wrongValue, "The frequency of row \(index + 1) is \(weight); it is 0 or more.")
    }
    guard weights.contains(where: { $0 > 0 }) else {
      throw AssessmentError(.empty, "Every frequency is 0.")
    }
  }

  /// The score of category 0: 0 for scores of 0 and 1, else the least score.
  private static func span(_ least: Int, _ most: Int) -> Int? {
    let (width, overflow) = most.subtractingReportingOverflow(least)
    guard !overflow, width < mostCategories else { return nil }
    return least == 1 && most == 1 ? 0 : least
  }

  /// How many persons the rows stand for.
  public var personTotal: Double { weights?.reduce(0, +) ?? Double(persons.count) }

  /// The score of a person on an item, or `nil` where there is no answer.
  public subscript(person: Int, item: Int) -> Int? {
    let cell = cells[item * persons.count + person]
    return cell == Self.missing ? nil : Int(cell) + lowest
  }

  /// Whether some answer is missing.
  public var hasMissing: Bool { cells.contains(Self.missing) }

  /// The weight of a row.
  func weight(_ person: Int) -> Double { weights?[person] ?? 1 }

  /// The table with some of its items.
  ///
  /// - Parameter kept: The places of the items to keep.
  /// - Throws: ``AssessmentError`` when none is kept.
  public func keeping(items kept: [Int]) throws(AssessmentError) -> ResponseTable {
    let rows = persons.count
    return try ResponseTable(
      items: kept.map { items[$0] }, persons: persons, lowest: lowest,
      cells: kept.flatMap { cells[$0 * rows..<($0 + 1) * rows] }, weights: weights)
  }

  /// The table with some of its persons.
  ///
  /// - Parameter kept: The places of the rows to keep.
  /// - Throws: ``AssessmentError`` when none is kept.
  public func keeping(persons kept: [Int]) throws(AssessmentError) -> ResponseTable {
    var cells: [UInt8] = []
    cells.reserveCapacity(kept.count * items.count)
    for item in items.indices {
      let start = item * persons.count
      for person in kept { cells.append(self.cells[start + person]) }
    }
    return try ResponseTable(
      items: items, persons: kept.map { persons[$0] }, lowest: lowest, cells: cells,
      weights: weights.map { weights in kept.map { weights[$0] } })
  }

  /// What is remarkable about items and persons before anything is estimated.
  public var findings: [Finding] {
    var found: [Finding] = []
    for item in items.indices {
      let seen = categories(of: item)
      if seen.isEmpty {
        found.append(Finding(.emptyItem, items[item], "nobody answered the item; leave it out"))
      } else if seen.count == 1 {
        found.append(
          Finding(
            .constantItem, items[item],
            "every answer has the score \((seen.first ?? 0) + lowest); it tells nothing about "
              + "persons"))
      }
    }
    if personTotal < 2 {
      found.append(
        Finding(.fewPersons, nil, "there is one person; nothing can be said about items"))
    }
    return found + personFindings
  }

  /// The categories that occur in an item, rising.
  func categories(of item: Int) -> [Int] {
    var isSeen = [Bool](repeating: false, count: 256)
    let start = item * persons.count
    unsafe cells.withUnsafeBufferPointer { cells in
      unsafe isSeen.withUnsafeMutableBufferPointer { isSeen in
        if let weights {
          for person in weights.indices where weights[person] > 0 {
            unsafe isSeen[Int(cells[start + person])] = true
          }
        } else {
          for place in start..<start + persons.count { unsafe isSeen[Int(cells[place])] = true }
        }
      }
    }
    return (0..<255).filter { isSeen[$0] }
  }

  private var personFindings: [Finding] {
    let rows = persons.count
    var sums = [Int32](repeating: 0, count: rows)
    var mosts = [Int32](repeating: 0, count: rows)
    unsafe cells.withUnsafeBufferPointer { cells in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe mosts.withUnsafeMutableBufferPointer { mosts in
          for item in items.indices {
            let (start, most) = (item * rows, Int32(categoryCounts[item] - 1))
            for person in 0..<rows {
              let cell = unsafe cells[start + person]
              let isThere = cell != Self.missing
              unsafe sums[person] &+= isThere ? Int32(cell) : 0
              unsafe mosts[person] &+= isThere ? most : 0
            }
          }
        }
      }
    }
    var (empty, perfect, zero) = (0.0, 0.0, 0.0)
    for person in 0..<rows {
      if mosts[person] == 0 {
        empty += weight(person)
      } else if sums[person] == 0 {
        zero += weight(person)
      } else if sums[person] == mosts[person] {
        perfect += weight(person)
      }
    }
    var found: [Finding] = []
    if empty > 0 {
      found.append(Finding(.emptyPerson, nil, "\(Int(empty)) persons have no answer at all"))
    }
    if zero + perfect > 0 {
      found.append(
        Finding(
          .extremeScore, nil,
          "\(Int(perfect)) perfect scores and \(Int(zero)) scores of zero: maximum likelihood has "
            + "no finite ability for them, EAP, MAP and WLE have"))
    }
    return found
  }
}
