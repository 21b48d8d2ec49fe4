public import Domain

/// The competencies of a plan with prerequisites, tracks, levels and effort, in columns.
public struct CompetencyMap: Sendable {
  /// A competency as plans need it.
  public struct Entry: Hashable, Sendable {
    /// The competency.
    public var id: CompetencyID
    /// What has to be mastered before.
    public var prerequisites: [CompetencyID]
    /// The number of the track, such as mathematics; from 0.
    public var track: Int
    /// The level that it is part of.
    public var level: Int
    /// Minutes at the expected pace; at least 1.
    public var effort: Int

    /// Creates an entry.
    public init(
      _ id: CompetencyID, prerequisites: [CompetencyID] = [], track: Int = 0, level: Int = 1,
      effort: Int
    ) {
      self.id = id
      self.prerequisites = prerequisites
      self.track = track
      self.level = level
      self.effort = effort
    }
  }

  /// The competencies, each after its prerequisites, otherwise in the order given.
  public let competencies: [CompetencyID]
  /// The track of each.
  public let tracks: [Int32]
  /// The level of each.
  public let levels: [Int32]
  /// Minutes of each at the expected pace.
  public let efforts: [Int32]
  /// How many tracks there are.
  public let trackCount: Int
  /// The first prerequisite of each, and the end of the last one.
  let prerequisiteStarts: [Int32]
  /// The numbers of the prerequisites.
  let prerequisites: [Int32]
  private let numbers: [CompetencyID: Int]

  /// The most competencies.
  static let mostCompetencies = 100_000

  /// Creates a map.
  ///
  /// - Throws: ``SchedulingError``: `duplicateIdentifier`, `unknownIdentifier` for a prerequisite that
  ///   is not there, `cycle` with the names on it, `zeroLength` for an effort below 1 minute,
  ///   `wrongValue`, `limitExceeded`.
  /// - Complexity: O(*n* + *m*) in the numbers of competencies and prerequisites.
  public init(_ entries: [Entry]) throws(SchedulingError) {
    try Self.check(entries)
    let given = Dictionary(entries.enumerated().map { ($1.id, $0) }) { first, _ in first }
    guard given.count == entries.count else {
      throw SchedulingError(
        .duplicateIdentifier, "A competency comes twice in the plan; list each once.")
    }
    var links: [[Int]] = []
    for entry in entries {
      var row: [Int] = []
      for prerequisite in entry.prerequisites {
        guard let number = given[prerequisite] else {
          throw SchedulingError(
            .unknownIdentifier,
            "\"\(entry.id)\" waits for \"\(prerequisite)\", which is not in the plan; add it or take "
              + "the link out.")
        }
        row.append(number)
      }
      links.append(row)
    }
    let order = try Self.order(entries, links)
    var place = Array(repeating: 0, count: order.count)
    for (index, number) in order.enumerated() { place[number] = index }
    competencies = order.map { entries[$0].id }
    tracks = order.map { Int32(entries[$0].track) }
    levels = order.map { Int32(entries[$0].level) }
    efforts = order.map { Int32(entries[$0].effort) }
    trackCount = (entries.map(\.track).max() ?? 0) + 1
    var (starts, flat): ([Int32], [Int32]) = ([0], [])
    for number in order {
      flat += links[number].map { Int32(place[$0]) }
      starts.append(Int32(flat.count))
    }
    (prerequisiteStarts, prerequisites) = (starts, flat)
    numbers = given.mapValues { place[$0] }
  }

  private static func check(_ entries: [Entry]) throws(SchedulingError) {
    guard entries.count <= mostCompetencies else {
      throw SchedulingError(
        .limitExceeded,
        "The plan has \(entries.count) competencies; at most \(mostCompetencies) are planned.")
    }
    for entry in entries {
      guard (1...100_000).contains(entry.effort) else {
        throw SchedulingError(
          entry.effort < 1 ? .zeroLength : .wrongValue,
          "\"\(entry.id)\" takes \(counted(entry.effort, "minute")); give 1 to 100,000.")
      }
      guard (0..<64).contains(entry.track), (0...1_000).contains(entry.level) else {
        throw SchedulingError(
          .wrongValue,
          "\"\(entry.id)\" is in track \(entry.track) at level \(entry.level); tracks go from 0 to "
            + "63 and levels from 0 to 1,000.")
      }
    }
  }

  /// Orders competencies after their prerequisites, the earlier given first.
  private static func order(
    _ entries: [Entry], _ links: [[Int]]
  ) throws(SchedulingError) -> [Int] {
    var waiting = links.map(\.count)
    var followers: [[Int]] = Array(repeating: [], count: links.count)
    for (number, row) in links.enumerated() {
      for prerequisite in row { followers[prerequisite].append(number) }
    }
    var ready = NumberQueue(waiting.indices.filter { waiting[$0] == 0 })
    var order: [Int] = []
    while let number = ready.pop() {
      order.append(number)
      for follower in followers[number] {
        waiting[follower] -= 1
        if waiting[follower] == 0 { ready.push(follower) }
      }
    }
    guard order.count < links.count else { return order }
    // Whoever still waits has a prerequisite that waits too, so that going back runs in a circle.
    var (path, seen): ([Int], [Int: Int]) = ([], [:])
    var number = waiting.firstIndex { $0 > 0 } ?? 0
    while seen[number] == nil {
      seen[number] = path.count
      path.append(number)
      number = links[number].first { waiting[$0] > 0 } ?? number
    }
    let circle = path[(seen[number] ?? 0)...].reversed().map { "\"\(entries[$0].id)\"" }
    throw SchedulingError(
      .cycle,
      "Prerequisites lead back to themselves: \((circle + circle.prefix(1)).joined(separator: " → "));"
        + " take one of the links out.")
  }

  /// How many competencies there are.
  public var count: Int { competencies.count }

  /// The number of a competency, or `nil` when it is not in the plan.
  public func number(of id: CompetencyID) -> Int? { numbers[id] }

  /// The numbers of the prerequisites of a competency.
  public func prerequisites(of number: Int) -> [Int] {
    (prerequisiteStarts[number]..<prerequisiteStarts[number + 1]).map {
      Int(prerequisites[Int($0)])
    }
  }

  /// Competencies with everything that has to be mastered before, without what is mastered.
  ///
  /// - Complexity: O(*n* + *m*).
  public func needed(for goals: some Sequence<Int>, mastered: [Bool]) -> [Bool] {
    var needed = Array(repeating: false, count: count)
    for goal in goals where !mastered[goal] { needed[goal] = true }
    for number in (0..<count).reversed() where needed[number] {
      for prerequisite in prerequisites(of: number) where !mastered[prerequisite] {
        needed[prerequisite] = true
      }
    }
    return needed
  }
}

/// A queue of numbers, the least one first.
struct NumberQueue {
  private var items: [Int] = []

  init(_ numbers: [Int]) {
    // A sorted array is a heap.
    items = numbers.sorted()
  }

  mutating func push(_ item: Int) {
    var hole = items.count
    items.append(item)
    while hole > 0, items[(hole - 1) / 2] > item {
      items[hole] = items[(hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    items[hole] = item
  }

  mutating func pop() -> Int? {
    guard let first = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return first }
    var hole = 0
    while hole * 2 + 1 < items.count {
      var child = hole * 2 + 1
      if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
      guard items[child] < last else { break }
      items[hole] = items[child]
      hole = child
    }
    items[hole] = last
    return first
  }
}
