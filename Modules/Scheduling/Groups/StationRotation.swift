/// Equal groups that go from station to station, so that each learner sees each station once.
public struct StationRotation: Hashable, Sendable {
  /// What groups are made from.
  public struct Request: Hashable, Sendable {
    /// Where each learner stands, one number or several; learners of a group are to be near each
    /// other.
    public var levels: [[Int]]
    /// How many stations, groups and rounds there are.
    public var stations: Int
    /// Pairs of learners that are never in one group.
    public var apart: [[Int]]
    /// Pairs of learners that would like to be in one group.
    public var friends: [[Int]]
    /// Learners who need an aide.
    public var aided: Set<Int>
    /// How many of them a group may have at most.
    public var mostAided: Int
    /// What two parted friends cost, in units of distance.
    public var friendCost: Int

    /// Creates a request.
    public init(
      levels: [[Int]], stations: Int, apart: [[Int]] = [], friends: [[Int]] = [],
      aided: Set<Int> = [], mostAided: Int = .max, friendCost: Int = 50
    ) {
      self.levels = levels
      self.stations = stations
      self.apart = apart
      self.friends = friends
      self.aided = aided
      self.mostAided = mostAided
      self.friendCost = friendCost
    }
  }

  /// The group of each learner.
  public let groups: [Int]
  /// How many groups and stations there are.
  public let stations: Int
  /// The sum of distances inside of groups and of what parted friends cost.
  public let cost: Int
  /// How many pairs that must not be together are, and how many aided learners are too many; 0
  /// where all rules hold.
  public let violations: Int
  /// The group that begins at the first station.
  public let firstGroup: Int

  /// The station of a group in a round, both from 0: a cyclic Latin square.
  public func station(of group: Int, in round: Int) -> Int {
    (group - firstGroup + round + stations) % stations
  }

  /// The learners of a group.
  public func learners(of group: Int) -> [Int] { groups.indices.filter { groups[$0] == group } }

  /// Makes groups: sorted by level, then improved by swaps, some of which make it worse for a while.
  ///
  /// There is no certificate that no grouping is better, except for one level without pairs and
  /// aides, where sorting is exact.
  ///
  /// - Parameters:
  ///   - request: What groups are made from.
  ///   - teacherFirst: The learner whose group begins at the first station, which a teacher leads.
  ///   - steps: How many swaps to try after the first improvement.
  ///   - seed: The seed of the search.
  /// - Throws: ``SchedulingError``: `wrongValue` for numbers that make no groups,
  ///   `unknownIdentifier` for a pair with a learner who is not there, `capacity` where more
  ///   learners need an aide than groups may have.
  /// - Complexity: O(*n*²) memory in the number of learners.
  public init(
    _ request: Request, teacherFirst: Int? = nil, steps: Int = 400, seed: UInt64 = 1
  ) throws(SchedulingError) {
    try Self.check(request)
    var best = SwapSearch(request)
    best.improve()
    var random = SplitMix(seed: seed)
    best.search(steps: steps, &random)
    groups = best.groups
    stations = request.stations
    cost = best.cost
    violations = best.violations
    firstGroup = teacherFirst.map { best.groups[$0] } ?? 0
  }

  private static func check(_ request: Request) throws(SchedulingError) {
    let count = request.levels.count
    guard request.stations > 0, count >= request.stations, count <= 2_000,
      Set(request.levels.map(\.count)).count == 1,
      request.levels.joined().allSatisfy({ abs($0) <= 10_000 }),
      (0...100_000).contains(request.friendCost), request.mostAided >= 0
    else {
      throw SchedulingError(
        .wrongValue,
        "\(counted(count, "learner")) cannot go through \(counted(request.stations, "station")): give "
          + "as many learners as stations or more, at most 2,000, each with the same number of levels."
      )
    }
    for pair in request.apart + request.friends {
      guard pair.count == 2, pair[0] != pair[1],
        pair.allSatisfy({ request.levels.indices.contains($0) })
      else {
        throw SchedulingError(
          .unknownIdentifier, "The pair \(pair) does not name two of the \(count) learners.")
      }
    }
    let places = request.stations.multipliedReportingOverflow(by: request.mostAided)
    if !places.overflow, request.aided.count > places.partialValue {
      throw SchedulingError(
        .capacity,
        "\(request.aided.count) learners need an aide and groups may have "
          + "\(places.partialValue): \(request.aided.count - places.partialValue) too many.")
    }
  }
}

/// Groups of a fixed size that are improved by swapping two learners at a time.
private struct SwapSearch {
  var groups: [Int]
  let count: Int
  let stations: Int
  /// Distances between learners; friends are nearer, those to keep apart very far.
  private let distances: [Int]
  /// The sum of distances from each learner to each group.
  private var sums: [Int]
  private let isAided: [Bool]
  private var aided: [Int]
  private let mostAided: Int
  private let friendCost: Int
  private let friendCount: Int

  /// One broken rule weighs more than any distances.
  private static let rule = 1 << 36

  init(_ request: StationRotation.Request) {
    let count = request.levels.count
    (self.count, stations) = (count, request.stations)
    var distances = Array(repeating: 0, count: count * count)
    for first in 0..<count {
      for second in 0..<count {
        distances[first * count + second] = zip(request.levels[first], request.levels[second])
          .reduce(0) { $0 + abs($1.0 - $1.1) }
      }
    }
    let friends = Set(request.friends.map { $0.sorted() })
    for pair in friends {
      distances[pair[0] * count + pair[1]] -= request.friendCost
      distances[pair[1] * count + pair[0]] -= request.friendCost
    }
    for pair in Set(request.apart.map { $0.sorted() }) {
      distances[pair[0] * count + pair[1]] += Self.rule
      distances[pair[1] * count + pair[0]] += Self.rule
    }
    self.distances = distances
    (friendCost, friendCount) = (request.friendCost, friends.count)
    mostAided = request.mostAided
    isAided = (0..<count).map(request.aided.contains)
    groups = Array(repeating: 0, count: count)
    let order = (0..<count).sorted {
      (request.levels[$0].reduce(0, +), $0) < (request.levels[$1].reduce(0, +), $1)
    }
    for (rank, learner) in order.enumerated() { groups[learner] = rank * stations / count }
    sums = Array(repeating: 0, count: count * stations)
    aided = Array(repeating: 0, count: stations)
    countAgain()
  }

  private mutating func countAgain() {
    for index in sums.indices { sums[index] = 0 }
    for index in aided.indices { aided[index] = 0 }
    for first in 0..<count {
      if isAided[first] { aided[groups[first]] += 1 }
      for second in 0..<count where second != first {
        sums[first * stations + groups[second]] += distances[first * count + second]
      }
    }
  }

  private var total: Int {
    (0..<count).reduce(0) { $0 + sums[$1 * stations + groups[$1]] } / 2
  }

  private var tooManyAided: Int { aided.reduce(0) { $0 + max(0, $1 - mostAided) } }

  /// Broken rules; rounding takes the friends' bonus, which may be below 0, out.
  var violations: Int { (total + Self.rule / 2) >> 36 + tooManyAided }

  var cost: Int { total - ((total + Self.rule / 2) >> 36) * Self.rule + friendCost * friendCount }

  private func gain(_ first: Int, _ second: Int) -> Int {
    let (from, to) = (groups[first], groups[second])
    let between = distances[first * count + second]
    var change =
      sums[first * stations + to] - sums[first * stations + from]
      + sums[second * stations + from] - sums[second * stations + to] - 2 * between
    if isAided[first] != isAided[second] {
      let (giver, taker) = isAided[first] ? (from, to) : (to, from)
      let before = max(0, aided[giver] - mostAided) + max(0, aided[taker] - mostAided)
      let after = max(0, aided[giver] - 1 - mostAided) + max(0, aided[taker] + 1 - mostAided)
      change += (after - before) * Self.rule
    }
    return change
  }

  private mutating func swap(_ first: Int, _ second: Int) {
    let (from, to) = (groups[first], groups[second])
    for learner in 0..<count {
      let row = learner * count
      let change =
        (learner == second ? 0 : distances[row + second])
        - (learner == first ? 0 : distances[row + first])
      sums[learner * stations + from] += change
      sums[learner * stations + to] -= change
    }
    if isAided[first] {
      aided[from] -= 1
      aided[to] += 1
    }
    if isAided[second] {
      aided[to] -= 1
      aided[from] += 1
    }
    (groups[first], groups[second]) = (to, from)
  }

  /// Swaps as long as that makes it better.
  mutating func improve() {
    var isBetter = true
    while isBetter {
      isBetter = false
      for first in 0..<count {
        for second in 0..<first where groups[first] != groups[second] {
          if gain(first, second) < 0 {
            swap(first, second)
            isBetter = true
          }
        }
      }
    }
  }

  /// Goes on with the best swap of all even where it makes things worse, without taking the last
  /// swaps back (tabu search), and keeps the best groups on the way.
  mutating func search(steps: Int, _ random: inout SplitMix) {
    var best = (violations: violations, cost: cost, groups: groups)
    var current = total + tooManyAided * Self.rule
    var least = current
    var frozen = Array(repeating: 0, count: count)
    for step in 1...max(1, steps) {
      var chosen: (gain: Int, first: Int, second: Int)?
      for first in 1..<max(1, count) {
        for second in 0..<first where groups[first] != groups[second] {
          let gain = gain(first, second)
          guard gain < chosen?.gain ?? .max else { continue }
          if frozen[first] < step && frozen[second] < step || current + gain < least {
            chosen = (gain, first, second)
          }
        }
      }
      guard let chosen else { break }
      swap(chosen.first, chosen.second)
      current += chosen.gain
      frozen[chosen.first] = step + 4 + random.below(8)
      frozen[chosen.second] = step + 4 + random.below(8)
      if current < least {
        least = current
        best = (violations, cost, groups)
      }
    }
    groups = best.groups
    countAgain()
  }
}
