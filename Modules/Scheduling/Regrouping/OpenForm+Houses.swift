extension OpenForm {
  /// From how many learners on a day of several houses is planned house by house first.
  private static let manyLearners = 800

  /// Plans each house by itself, so that the whole day begins with a good plan.
  ///
  /// A step on a house seats its learners alone and not those of all houses. Sections for everybody
  /// belong to the house in which their teacher has most others, and places without a teacher are
  /// divided. The sum of the plans is a plan of the day; the search on the whole then lets learners
  /// cross over.
  ///
  /// - Returns: Places to begin with, or `nil` where one house, few learners, or houses that share
  ///   rooms are planned at once; and whether the caller asked to stop.
  static func startByHouses(
    _ problem: GroupingProblem, _ effort: GroupingEffort
  ) -> (places: [[Int?]], isStopped: Bool)? {
    let houses = Set(problem.learners.map(\.house)).sorted()
    guard houses.count > 1, problem.learners.count >= manyLearners, effort.mostSteps > 0 else {
      return nil
    }
    let owners = owners(of: problem, houses)
    guard !sharesRooms(problem, owners) else { return nil }
    var places = Array(
      repeating: [Int?](repeating: nil, count: problem.learners.count), count: problem.blockCount)
    var (isStopped, gained) = (false, 0)
    for (place, house) in houses.enumerated() {
      let learners = problem.learners.indices.filter { problem.learners[$0].house == house }
      var (sections, numbers): ([GroupingProblem.Section], [Int]) = ([], [])
      for number in problem.sections.indices {
        var section = problem.sections[number]
        guard let owner = owners[number] else {
          // A part of the room for each house, the rest for the first ones.
          section.capacity =
            section.capacity / houses.count
            + (place < section.capacity % houses.count ? 1 : 0)
          guard section.minimum == 0, section.openCost == 0 else { continue }
          sections.append(section)
          numbers.append(number)
          continue
        }
        guard owner == house else { continue }
        sections.append(section)
        numbers.append(number)
      }
      let part = problem.part(learners, sections)
      let before = gained
      var own = effort
      own.mostSteps = isStopped ? 0 : effort.mostSteps
      own.goesOn = { progress in
        effort.goesOn(
          GroupingProgress(
            objective: before + progress.objective, bound: nil, steps: progress.steps))
      }
      let plan = solve(part, effort: own)
      if plan.stop == .caller { isStopped = true }
      gained += plan.objective
      for block in plan.places.indices {
        for (local, section) in plan.places[block].enumerated() {
          places[block][learners[local]] = section.map { numbers[$0] }
        }
      }
    }
    return (places, isStopped)
  }

  /// Whether two houses would open sections in one room.
  private static func sharesRooms(_ problem: GroupingProblem, _ owners: [Int?]) -> Bool {
    var users: [Int: Int] = [:]
    for (section, owner) in zip(problem.sections, owners) {
      guard let room = section.room, let owner else { continue }
      if users.updateValue(owner, forKey: room) ?? owner != owner { return true }
    }
    return false
  }

  /// The house that each section is planned with; `nil` for those that are divided.
  private static func owners(of problem: GroupingProblem, _ houses: [Int]) -> [Int?] {
    var counts: [Int: [Int: Int]] = [:]
    for section in problem.sections {
      guard let teacher = section.teacher else { continue }
      counts[teacher, default: [:]][section.house ?? -1, default: 0] += 1
    }
    var homes: [Int: Int] = [:]
    for (rank, teacher) in counts.keys.sorted().enumerated() {
      let known = (counts[teacher] ?? [:]).filter { houses.contains($0.key) }
      homes[teacher] =
        known.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? houses[rank % houses.count]
    }
    return problem.sections.map { section in
      section.house ?? section.teacher.flatMap { homes[$0] }
    }
  }
}

extension GroupingProblem {
  /// Some learners with some sections of a problem that was checked.
  func part(_ learners: [Int], _ sections: [Section]) -> GroupingProblem {
    let place = Dictionary(uniqueKeysWithValues: learners.enumerated().map { ($1, $0) })
    let names = Dictionary(uniqueKeysWithValues: sections.enumerated().map { ($1.id, $0) })
    return GroupingProblem(
      checked: self, learners: learners.map { self.learners[$0] }, sections: sections,
      bonuses: bonuses.compactMap { bonus in
        guard let learner = place[bonus.learner],
          let section = names[self.sections[bonus.section].id]
        else { return nil }
        return Bonus(learner: learner, section: section, value: bonus.value)
      })
  }
}
