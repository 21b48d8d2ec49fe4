/// The cheapest way out of every activity into every other one, kept while learners move.
///
/// A shortest path over activities then reads one row for each activity on its way instead of all
/// choices of all its members. Rows are worked out when they are needed: an activity that lost a
/// member has its row made again, or, where it has many members, only what that member was best
/// for. The table has the square of the number of activities, so it serves where most activities
/// can be reached from each other.
struct ExitTable: Sendable {
  /// How many activities there are.
  let count: Int
  /// What the cheapest member loses who goes from one activity to another; one row per activity.
  private(set) var costs: [Int32]
  /// Who that is.
  private(set) var movers: [Int32]
  /// What the cheapest member loses who leaves without another place, and who that is.
  private(set) var leaveCosts: [Int32]
  private(set) var leavers: [Int32]
  private var isStale: [Bool]
  /// The learners who may go to each activity, for what a lost member was best for.
  private var candidateStarts: [Int32]
  private var candidates: [Int32]
  private var candidateValues: [Int32]
  /// Scratch of a search: distances less prices, and prices of those that are not done.
  private var distances: [Int32]
  private var openPrices: [Int32]

  /// What cannot be reached; twice this still is a number.
  static let far: Int32 = 1 << 29
  /// The greatest value for which sums of distances stay below ``far``.
  static let mostValue: Int32 = 50_000_000
  /// Up to how many members a row is made again as a whole.
  private static let fewMembers = 96
  /// How many activities are looked at before the nearest of them is remembered.
  private static let partSize = 64

  init(_ problem: borrowing TransportProblem) {
    count = problem.capacities.count
    costs = Array(repeating: Self.far, count: count * count)
    movers = Array(repeating: -1, count: count * count)
    leaveCosts = Array(repeating: Self.far, count: count)
    leavers = Array(repeating: -1, count: count)
    isStale = Array(repeating: true, count: count)
    distances = Array(repeating: Self.far, count: count)
    openPrices = Array(repeating: 0, count: count)
    candidateStarts = Array(repeating: 0, count: count + 1)
    candidates = Array(repeating: 0, count: problem.activities.count)
    candidateValues = candidates
    for activity in problem.activities { candidateStarts[Int(activity) + 1] += 1 }
    for activity in 0..<count { candidateStarts[activity + 1] += candidateStarts[activity] }
    var next = candidateStarts
    for learner in 0..<problem.learnerCount {
      for pair in Int(problem.starts[learner])..<Int(problem.starts[learner + 1]) {
        let activity = Int(problem.activities[pair])
        candidates[Int(next[activity])] = Int32(learner)
        candidateValues[Int(next[activity])] = problem.values[pair]
        next[activity] += 1
      }
    }
  }

  /// Whether a table is worth its memory and its making.
  static func serves(_ problem: borrowing TransportProblem, waiting: Int) -> Bool {
    let count = problem.capacities.count
    guard waiting >= max(16, count / 4), count * count <= 4 * problem.activities.count else {
      return false
    }
    return problem.values.allSatisfy { abs($0) <= mostValue }
  }

  // MARK: Members

  /// Makes the row of an activity if members have left it.
  mutating func refresh(
    _ activity: Int, _ members: [Int32], _ worth: [Int32], _ problem: borrowing TransportProblem
  ) {
    guard isStale[activity] else { return }
    isStale[activity] = false
    let start = activity * count
    for place in start..<(start + count) { costs[place] = Self.far }
    (leaveCosts[activity], leavers[activity]) = (Self.far, -1)
    for member in members { add(member, to: activity, worth: worth[Int(member)], problem) }
  }

  /// Takes a new member into account.
  mutating func add(
    _ member: Int32, to activity: Int, worth: Int32, _ problem: borrowing TransportProblem
  ) {
    guard !isStale[activity] else { return }
    let row = activity &* count
    let (start, end) = (Int(problem.starts[Int(member)]), Int(problem.starts[Int(member) + 1]))
    for pair in start..<end {
      let place = row &+ Int(problem.activities[pair])
      let cost = worth &- problem.values[pair]
      if cost < costs[place] {
        costs[place] = cost
        movers[place] = member
      }
    }
    if worth < leaveCosts[activity] { (leaveCosts[activity], leavers[activity]) = (worth, member) }
  }

  /// Takes a member out of account who has left; the places and members are those after that.
  mutating func remove(
    _ member: Int32, from activity: Int, _ members: [Int32], places: [Int32], worth: [Int32],
    _ problem: borrowing TransportProblem
  ) {
    guard !isStale[activity] else { return }
    guard members.count > Self.fewMembers else {
      isStale[activity] = true
      return
    }
    let (start, end) = (Int(problem.starts[Int(member)]), Int(problem.starts[Int(member) + 1]))
    for pair in start..<end {
      let other = Int(problem.activities[pair])
      let place = activity * count + other
      guard movers[place] == member else { continue }
      costs[place] = Self.far
      for index in Int(candidateStarts[other])..<Int(candidateStarts[other + 1]) {
        let candidate = candidates[index]
        guard places[Int(candidate)] == Int32(activity) else { continue }
        let cost = worth[Int(candidate)] &- candidateValues[index]
        if cost < costs[place] { (costs[place], movers[place]) = (cost, candidate) }
      }
    }
    guard leavers[activity] == member else { return }
    leaveCosts[activity] = Self.far
    for other in members where worth[Int(other)] < leaveCosts[activity] {
      (leaveCosts[activity], leavers[activity]) = (worth[Int(other)], other)
    }
  }

  // MARK: Search

  /// Begins a search from the choices of a learner whose best place is worth `best` above its price.
  mutating func begin(
    _ learner: Int32, best: Int32, prices: [Int32], _ problem: borrowing TransportProblem
  ) -> (distance: Int32, activity: Int) {
    for activity in 0..<count {
      distances[activity] = Self.far
      // Nobody goes where there is no room at all.
      openPrices[activity] = problem.capacities[activity] > 0 ? prices[activity] : Self.far
    }
    var nearest: (distance: Int32, activity: Int) = (Self.far, 0)
    let (start, end) = (Int(problem.starts[Int(learner)]), Int(problem.starts[Int(learner) + 1]))
    for pair in start..<end where problem.capacities[Int(problem.activities[pair])] > 0 {
      let activity = Int(problem.activities[pair])
      distances[activity] = best &- problem.values[pair]
      let distance = distances[activity] &+ prices[activity]
      if distance < nearest.distance { nearest = (distance, activity) }
    }
    return nearest
  }

  /// Takes an activity as done and goes on from it.
  ///
  /// - Parameters:
  ///   - activity: The nearest activity.
  ///   - base: Its distance less its price.
  /// - Returns: The nearest activity that is not done; the first of several.
  mutating func leave(
    _ activity: Int, _ base: Int32
  ) -> (distance: Int32, activity: Int) {
    openPrices[activity] = Self.far
    let (count, row) = (self.count, activity * self.count)
    var nearest: (distance: Int32, part: Int) = (.max, 0)
    // Without checks of bounds this loop runs over several activities at once.
    unsafe costs.withUnsafeBufferPointer { costs in
      unsafe distances.withUnsafeMutableBufferPointer { distances in
        unsafe openPrices.withUnsafeBufferPointer { prices in
          var part = 0
          while part < count {
            var least = Int32.max
            for other in part..<min(count, part &+ Self.partSize) {
              let distance = unsafe min(distances[other], base &+ costs[row &+ other])
              unsafe distances[other] = distance
              least = unsafe min(least, distance &+ prices[other])
            }
            if least < nearest.distance { nearest = (least, part) }
            part &+= Self.partSize
          }
        }
      }
    }
    var found = nearest.part
    while distances[found] &+ openPrices[found] != nearest.distance { found &+= 1 }
    return (nearest.distance, found)
  }

  /// Where the shortest way to an activity comes from, or `nil` where the new learner comes in.
  ///
  /// - Parameters:
  ///   - activity: An activity that was reached.
  ///   - done: The activities that were done before, with their distances.
  ///   - prices: The prices during the search.
  /// - Returns: The place of the activity before among those done, who moves and what that costs.
  func step(
    to activity: Int, after done: some Collection<(activity: Int, distance: Int32)>,
    prices: [Int32]
  ) -> (place: Int, mover: Int32, cost: Int32)? {
    // What was kept is only how far it is: one of those done explains it.
    for (place, from) in done.enumerated() {
      let cost = costs[from.activity * count + activity]
      if from.distance &- prices[from.activity] &+ cost == distances[activity] {
        return (place, movers[from.activity * count + activity], cost)
      }
    }
    return nil
  }
}
