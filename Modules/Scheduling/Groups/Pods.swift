/// Pods of nearly one size, mixed by traits.
public struct Pods: Hashable, Sendable {
  /// The pod of each learner.
  public let pods: [Int]
  /// How many learners each pod has; they differ by at most 1.
  public let sizes: [Int]

  /// Makes as few pods as the largest size allows.
  ///
  /// Each value of the first trait is spread over the pods so that their counts differ by at most
  /// 1, and so are the sizes; further traits are spread inside of the first one.
  ///
  /// - Parameters:
  ///   - traits: The traits of each learner, the most important one first.
  ///   - mostLearners: The largest size of a pod.
  /// - Throws: ``SchedulingError`` with the code `wrongValue` when a pod may have nobody.
  public init(traits: [[Int]], mostLearners: Int) throws(SchedulingError) {
    guard mostLearners > 0 else {
      throw SchedulingError(
        .wrongValue, "A pod may have \(mostLearners) learners; let it have at least 1.")
    }
    let count = (traits.count + mostLearners - 1) / mostLearners
    let order = traits.indices.sorted { left, right in
      traits[left] == traits[right]
        ? left < right : traits[left].lexicographicallyPrecedes(traits[right])
    }
    var pods = Array(repeating: 0, count: traits.count)
    for (rank, learner) in order.enumerated() { pods[learner] = rank % count }
    self.pods = pods
    sizes = (0..<count).map { pod in pods.count { $0 == pod } }
  }
}

/// Learners with a coach each, within the coaches' limits.
public struct CoachLoads: Hashable, Sendable {
  /// The coach of each learner.
  public let coaches: [Int]
  /// How many learners each coach has.
  public let loads: [Int]
  /// The sum of preferences that are met.
  public let objective: Int

  /// Gives every learner a coach, with the greatest sum of preferences. It is exact.
  ///
  /// Loads are kept as equal as the limits allow before preferences count.
  ///
  /// - Parameters:
  ///   - preferences: For each learner what each coach is worth, such as for one who stays;
  ///     0 to 1,000,000.
  ///   - limits: How many learners each coach takes.
  /// - Throws: ``SchedulingError`` with the code `capacity` that says by how much the coaches are
  ///   too few, `wrongValue` for numbers out of range.
  public init(preferences: [[Int]], limits: [Int]) throws(SchedulingError) {
    guard preferences.allSatisfy({ $0.count == limits.count }),
      preferences.joined().allSatisfy({ (0...1_000_000).contains($0) }),
      limits.allSatisfy({ (0...1_000_000).contains($0) })
    else {
      throw SchedulingError(
        .wrongValue,
        "Each learner needs a preference from 0 to 1,000,000 for each of "
          + "the \(limits.count) coaches, and limits of up to 1,000,000.")
    }
    let room = limits.reduce(0, +)
    guard room >= preferences.count else {
      throw SchedulingError(
        .capacity,
        "There are \(preferences.count) learners and coaches take \(room): "
          + "\(preferences.count - room) too many. Raise a limit or add a coach.")
    }
    // The least common load with which everybody has a place.
    var load = 0
    while limits.reduce(0, { $0 + min($1, load) }) < preferences.count { load += 1 }
    let problem = try TransportProblem(
      choices: preferences.map { row in
        row.indices.map { TransportProblem.Choice($0, value: row[$0] + 10_000_000) }
      }, capacities: limits.map { min($0, load) })
    let seating = problem.solve()
    let coaches = seating.places.map { $0 ?? 0 }
    self.coaches = coaches
    loads = limits.indices.map { coach in coaches.count { $0 == coach } }
    objective = zip(preferences, coaches).reduce(0) { $0 + $1.0[$1.1] }
  }
}

/// Groups of learners at one level, whatever their age.
public struct LevelGroups: Hashable, Sendable {
  /// The learners of each group, from low to high.
  public let groups: [[Int]]
  /// The sum over groups of the distance between the lowest and the highest level.
  public let spread: Int

  /// Cuts the line of levels where the sum of spreads is least. It is exact.
  ///
  /// - Parameters:
  ///   - levels: The level of each learner.
  ///   - sizes: How many learners a group may have.
  ///   - count: How many groups to make, or `nil` for as few as the sizes allow.
  /// - Throws: ``SchedulingError`` with the code `infeasible` when no number of groups has these
  ///   sizes.
  /// - Complexity: O(*n* · *g* · *s*) for *g* groups of up to *s* learners.
  public init(
    levels: [Int], sizes: ClosedRange<Int>, count: Int? = nil
  ) throws(SchedulingError) {
    let order = levels.indices.sorted { (levels[$0], $0) < (levels[$1], $1) }
    let learners = order.count
    let wanted =
      count ?? (sizes.upperBound > 0 ? (learners + sizes.upperBound - 1) / sizes.upperBound : 0)
    guard sizes.lowerBound >= 1, wanted >= 0,
      wanted.multipliedReportingOverflow(by: sizes.lowerBound).partialValue <= learners,
      wanted.multipliedReportingOverflow(by: sizes.upperBound).partialValue >= learners
    else {
      throw SchedulingError(
        .infeasible,
        "\(counted(learners, "learner")) cannot make \(counted(wanted, "group")) of "
          + "\(sizes.lowerBound) to \(sizes.upperBound); change the sizes or the number.")
    }
    var best = Array(repeating: Int.max, count: learners + 1)
    best[0] = 0
    var cuts: [[Int]] = []
    for _ in 0..<wanted {
      var (next, cut) = (
        Array(repeating: Int.max, count: learners + 1), Array(repeating: 0, count: learners + 1)
      )
      for end in 1..<(learners + 1) {
        for size in sizes where size <= end && best[end - size] < .max {
          let cost = best[end - size] + levels[order[end - 1]] - levels[order[end - size]]
          if cost < next[end] { (next[end], cut[end]) = (cost, size) }
        }
      }
      best = next
      cuts.append(cut)
    }
    var (groups, end): ([[Int]], Int) = ([], learners)
    for cut in cuts.reversed() {
      groups.append(Array(order[(end - cut[end])..<end]))
      end -= cut[end]
    }
    self.groups = groups.reversed()
    spread = best[learners]
  }
}
