extension TransportSolver {
  /// Brings in many learners, one after another, with a table of ways out.
  ///
  /// The result is as exact as with ``insert(_:_:)``.
  mutating func insertAll(_ waiting: [Int32], _ problem: borrowing TransportProblem) {
    var exits = ExitTable(problem)
    var done: [(activity: Int, distance: Int32)] = []
    for learner in waiting {
      done.removeAll(keepingCapacity: true)
      let (goal, leaver, reached) = search(learner, &exits, &done, problem)
      shift(learner, goal, leaver, &exits, done, problem)
      for (activity, distance) in done where distance < reached {
        prices[activity] = prices[activity] &+ (reached &- distance)
      }
    }
  }

  /// The nearest activity with room, or the one whose member leaves; `nil` for both when the learner
  /// stays out.
  private func search(
    _ learner: Int32, _ exits: inout ExitTable, _ done: inout [(activity: Int, distance: Int32)],
    _ problem: borrowing TransportProblem
  ) -> (goal: Int?, leaver: (activity: Int, mover: Int32)?, reached: Int32) {
    let (start, end) = (Int(problem.starts[Int(learner)]), Int(problem.starts[Int(learner) + 1]))
    var best: Int32 = 0
    for index in start..<end where problem.capacities[Int(problem.activities[index])] > 0 {
      best = max(best, problem.values[index] &- prices[Int(problem.activities[index])])
    }
    var limit = best
    var leaver: (activity: Int, mover: Int32)?
    var nearest = exits.begin(learner, best: best, prices: prices, problem)
    while nearest.distance < limit {
      let (distance, activity) = nearest
      if members[activity].count < Int(problem.capacities[activity]) {
        return (activity, nil, distance)
      }
      done.append((activity, distance))
      exits.refresh(activity, members[activity], worth, problem)
      let base = distance &- prices[activity]
      if base &+ exits.leaveCosts[activity] < limit {
        limit = base &+ exits.leaveCosts[activity]
        leaver = (activity, exits.leavers[activity])
      }
      nearest = exits.leave(activity, base)
    }
    return (nil, leaver, limit)
  }

  /// Moves everybody on the way.
  private mutating func shift(
    _ learner: Int32, _ goal: Int?, _ leaver: (activity: Int, mover: Int32)?,
    _ exits: inout ExitTable, _ done: [(activity: Int, distance: Int32)],
    _ problem: borrowing TransportProblem
  ) {
    guard var activity = goal ?? leaver?.activity else { return }
    // One who leaves does so from an activity that was done; the way there was done before.
    var before = done.firstIndex { $0.activity == activity } ?? done.count
    if goal == nil, let leaver {
      stand(leaver.mover)
      exits.remove(
        leaver.mover, from: activity, members[activity], places: places, worth: worth, problem)
    }
    while let (place, mover, cost) = exits.step(
      to: activity, after: done[..<before], prices: prices)
    {
      let from = done[place].activity
      let value = worth[Int(mover)] &- cost
      stand(mover)
      exits.remove(mover, from: from, members[from], places: places, worth: worth, problem)
      sit(mover, at: Int32(activity), worth: value)
      exits.add(mover, to: activity, worth: value, problem)
      (activity, before) = (from, place)
    }
    let value = value(of: Int32(activity), for: learner, problem)
    sit(learner, at: Int32(activity), worth: value)
    exits.add(learner, to: activity, worth: value, problem)
  }
}
