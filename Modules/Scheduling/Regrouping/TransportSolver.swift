/// Seats learners one after another along cheapest chains of moves, with prices.
///
/// First learners bid for places as in an auction without a least step, which keeps every learner
/// at a best place for the prices (complementary slackness). Those who would only drive others out
/// at the same price wait, and are brought in along shortest paths over activities (Dijkstra), which
/// also inserts late arrivals; where many wait, a table of ways out makes these paths short work. Both keep the seating optimal for those who are in it, so the end is
/// exact. Every learner may also have no place, which is worth 0.
struct TransportSolver: Sendable {
  /// Place of each learner as an activity, or -1.
  var places: [Int32]
  /// The value of the place of each learner.
  var worth: [Int32]
  /// The price of each activity.
  var prices: [Int32]
  /// Learners in each activity, `members[a]` in no order.
  var members: [[Int32]]
  /// The number of each learner among the members of the activity.
  var seats: [Int32]
  /// Scratch: distances over activities, how they were reached, and the queue.
  private var distances: [Int32]
  private var movers: [Int32]
  private var isDone: [Bool]
  private var touched: [Int32] = []
  private var queue = PriceQueue()
  private var bids: BidHeaps

  init(_ problem: borrowing TransportProblem) {
    let (learners, activities) = (problem.learnerCount, problem.capacities.count)
    places = Array(repeating: -1, count: learners)
    worth = Array(repeating: 0, count: learners)
    prices = Array(repeating: 0, count: activities)
    members = Array(repeating: [], count: activities)
    seats = Array(repeating: -1, count: learners)
    distances = Array(repeating: Int32.max, count: activities)
    movers = Array(repeating: -1, count: activities)
    isDone = Array(repeating: false, count: activities)
    bids = BidHeaps(problem.capacities, learners: learners)
  }

  /// Seats all learners but some.
  mutating func solve(_ problem: borrowing TransportProblem, without absent: Set<Int32> = []) {
    reset()
    let waiting = bid(problem, without: absent)
    for learner in places.indices where places[learner] >= 0 {
      let activity = Int(places[learner])
      seats[learner] = Int32(members[activity].count)
      members[activity].append(Int32(learner))
    }
    if ExitTable.serves(problem, waiting: waiting.count) {
      insertAll(waiting, problem)
    } else {
      for learner in waiting { insert(learner, problem) }
    }
  }

  /// Takes everybody out.
  private mutating func reset() {
    for index in places.indices {
      places[index] = -1
      worth[index] = 0
      seats[index] = -1
    }
    for index in prices.indices {
      prices[index] = 0
      members[index].removeAll(keepingCapacity: true)
    }
  }

  /// The seating as it is now.
  func seating(of problem: borrowing TransportProblem) -> Seating {
    Seating(
      places: places.map { $0 < 0 ? nil : Int($0) },
      objective: places.indices.reduce(0) { $0 + (places[$1] < 0 ? 0 : Int(worth[$1])) },
      prices: prices.map { Int($0) })
  }

  // MARK: Seats

  mutating func sit(_ learner: Int32, at activity: Int32, worth value: Int32) {
    places[Int(learner)] = activity
    worth[Int(learner)] = value
    seats[Int(learner)] = Int32(members[Int(activity)].count)
    members[Int(activity)].append(learner)
  }

  mutating func stand(_ learner: Int32) {
    let activity = Int(places[Int(learner)])
    let seat = Int(seats[Int(learner)])
    guard activity >= 0, let last = members[activity].popLast() else { return }
    if last != learner {
      members[activity][seat] = last
      seats[Int(last)] = Int32(seat)
    }
    places[Int(learner)] = -1
    worth[Int(learner)] = 0
  }

  // MARK: Auction

  /// Lets learners bid until only those are left whose bids drive out others at the same price.
  private mutating func bid(
    _ problem: borrowing TransportProblem, without absent: Set<Int32>
  ) -> [Int32] {
    bids.clear()
    var stack = (0..<Int32(problem.learnerCount)).reversed().filter { !absent.contains($0) }
    var late: [Int32] = []
    var budget = 400 * problem.learnerCount + 64
    while let learner = stack.popLast() {
      let (start, end) = (
        Int(problem.starts[Int(learner)]), Int(problem.starts[Int(learner) + 1])
      )
      var (best, second): (Int32, Int32) = (0, 0)
      var (bestActivity, bestValue): (Int32, Int32) = (-1, 0)
      for index in start..<end {
        let activity = problem.activities[index]
        guard problem.capacities[Int(activity)] > 0 else { continue }
        let gain = problem.values[index] &- prices[Int(activity)]
        if gain > best {
          (second, best) = (best, gain)
          (bestActivity, bestValue) = (activity, problem.values[index])
        } else if gain > second {
          second = gain
        }
      }
      guard bestActivity >= 0 else { continue }
      let activity = Int(bestActivity)
      let bid = bestValue &- second
      if bids.counts[activity] < problem.capacities[activity] {
        bids.push(bid, learner, activity)
        places[Int(learner)] = bestActivity
        worth[Int(learner)] = bestValue
        if bids.counts[activity] == problem.capacities[activity] {
          prices[activity] = bids.least(activity).bid
        }
        continue
      }
      budget -= 1
      guard bid > prices[activity], budget > 0 else {
        late.append(learner)
        continue
      }
      let out = bids.replaceLeast(bid, learner, activity)
      places[Int(out)] = -1
      places[Int(learner)] = bestActivity
      worth[Int(learner)] = bestValue
      prices[activity] = bids.least(activity).bid
      stack.append(out)
    }
    return late
  }

  // MARK: Shortest paths

  /// Brings one more learner in, moving others along the cheapest chain.
  ///
  /// The seating of those who are in it is optimal before and after.
  mutating func insert(_ learner: Int32, _ problem: borrowing TransportProblem) {
    let (start, end) = (Int(problem.starts[Int(learner)]), Int(problem.starts[Int(learner) + 1]))
    var best: Int32 = 0
    for index in start..<end where problem.capacities[Int(problem.activities[index])] > 0 {
      best = max(best, problem.values[index] &- prices[Int(problem.activities[index])])
    }
    // Distances are counted from the best place that the learner can have.
    for index in start..<end where problem.capacities[Int(problem.activities[index])] > 0 {
      let activity = problem.activities[index]
      reach(activity, best &- (problem.values[index] &- prices[Int(activity)]), learner)
    }
    var leaves = (distance: best, mover: learner)
    var goal: Int32 = -1
    var reached = leaves.distance
    while let (distance, activity) = queue.pop() {
      guard distance < leaves.distance else { break }
      guard !isDone[Int(activity)], distance == distances[Int(activity)] else { continue }
      isDone[Int(activity)] = true
      if members[Int(activity)].count < Int(problem.capacities[Int(activity)]) {
        (goal, reached) = (activity, distance)
        break
      }
      expand(activity, distance, &leaves, problem)
    }
    if goal < 0 { reached = leaves.distance }
    for activity in touched {
      let distance = distances[Int(activity)]
      if isDone[Int(activity)], distance < reached {
        prices[Int(activity)] = prices[Int(activity)] &+ (reached &- distance)
      }
    }
    shift(learner, goal, leaves.mover, problem)
    for activity in touched {
      distances[Int(activity)] = .max
      isDone[Int(activity)] = false
    }
    touched.removeAll(keepingCapacity: true)
    queue.clear()
  }

  /// Moves everybody on the chain that ends at a free place, or with one who leaves.
  private mutating func shift(
    _ learner: Int32, _ goal: Int32, _ leaver: Int32, _ problem: borrowing TransportProblem
  ) {
    var activity = goal
    if goal < 0 {
      guard leaver != learner else { return }
      activity = places[Int(leaver)]
      stand(leaver)
    }
    while true {
      let mover = movers[Int(activity)]
      let from = places[Int(mover)]
      if from >= 0 { stand(mover) }
      sit(mover, at: activity, worth: value(of: activity, for: mover, problem))
      guard mover != learner else { return }
      activity = from
    }
  }

  private mutating func expand(
    _ activity: Int32, _ distance: Int32, _ leaves: inout (distance: Int32, mover: Int32),
    _ problem: borrowing TransportProblem
  ) {
    let price = prices[Int(activity)]
    for seat in members[Int(activity)].indices {
      let member = members[Int(activity)][seat]
      let base = distance &+ (worth[Int(member)] &- price)
      if base < leaves.distance { leaves = (base, member) }
      let (start, end) = (Int(problem.starts[Int(member)]), Int(problem.starts[Int(member) + 1]))
      for index in start..<end {
        let next = problem.activities[index]
        let length = base &- (problem.values[index] &- prices[Int(next)])
        if length < distances[Int(next)], length < leaves.distance,
          problem.capacities[Int(next)] > 0
        {
          reach(next, length, member)
        }
      }
    }
  }

  private mutating func reach(_ activity: Int32, _ distance: Int32, _ mover: Int32) {
    if distances[Int(activity)] == .max { touched.append(activity) }
    distances[Int(activity)] = distance
    movers[Int(activity)] = mover
    queue.push(distance, activity)
  }

  func value(
    of activity: Int32, for learner: Int32, _ problem: borrowing TransportProblem
  ) -> Int32 {
    let (start, end) = (Int(problem.starts[Int(learner)]), Int(problem.starts[Int(learner) + 1]))
    for index in start..<end where problem.activities[index] == activity {
      return problem.values[index]
    }
    return 0
  }
}
