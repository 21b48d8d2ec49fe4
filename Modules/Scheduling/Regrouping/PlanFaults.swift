public import Domain

extension GroupingProblem {
  /// Checks any plan, ours or another's, and works out its objective from the definition.
  ///
  /// - Parameter places: The section of each learner in each block.
  /// - Returns: What breaks a rule, with names, and the objective of what is allowed.
  public func check(_ places: [[Int?]]) -> (problems: [Problem], objective: Int) {
    var (problems, objective): ([Problem], Int) = ([], 0)
    func report(_ code: Problem.Code, _ text: String) {
      problems.append(Problem(.error, code, text))
    }
    guard places.count == blockCount, places.allSatisfy({ $0.count == learners.count }) else {
      report(
        "scheduling.shape",
        "The plan does not have \(blockCount) blocks of \(learners.count) places.")
      return (problems, 0)
    }
    var extra: [[Int]: Int] = [:]
    for bonus in bonuses { extra[[bonus.learner, bonus.section], default: 0] += bonus.value }
    var sizes: [Int: Int] = [:]
    for (number, learner) in learners.enumerated() {
      var (met, live): ([Int: Int], Int) = ([:], 0)
      for block in 0..<blockCount {
        guard let section = places[block][number] else { continue }
        guard sections.indices.contains(section), sections[section].block == block else {
          report(
            "scheduling.unknown", "\"\(learner.id)\" has section \(section) in block \(block + 1).")
          continue
        }
        let place = sections[section]
        sizes[section, default: 0] += 1
        guard let value = value(of: section, for: number) else {
          report("scheduling.not_ready", "\"\(learner.id)\" may not go to \"\(place.id)\".")
          continue
        }
        objective += value + extra[[number, section], default: 0]
        if place.modality == weights.liveModality { live += 1 }
        if let competency = place.competency, isOncePerDay,
          let before = met.updateValue(block, forKey: competency)
        {
          report(
            "scheduling.met_twice",
            "\"\(learner.id)\" meets competency \(competency) in the blocks \(before + 1) and \(block + 1)."
          )
        }
      }
      objective -= max(0, learner.minimumLive - live) * weights.missingLive
    }
    objective -= checkSections(sizes, report)
    return (problems, objective)
  }

  /// Checks sizes and bookings; answers what open sections cost.
  private func checkSections(
    _ sizes: [Int: Int], _ report: (Problem.Code, String) -> Void
  ) -> Int {
    var cost = 0
    var booked: [[Int]: Int] = [:]
    for (section, size) in sizes.sorted(by: { $0.key < $1.key }) {
      let place = sections[section]
      cost += place.openCost
      if size > place.capacity {
        report(
          "scheduling.too_many",
          "\"\(place.id)\" takes \(place.capacity) and has \(size): \(size - place.capacity) too many."
        )
      }
      if size < place.minimum {
        report(
          "scheduling.too_few",
          "\"\(place.id)\" needs \(place.minimum) and has \(size): \(place.minimum - size) too few."
        )
      }
      let keys = [
        place.teacher.map { [0, place.block, $0] }, place.room.map { [1, place.block, $0] },
      ]
      for key in keys.compactMap({ $0 }) {
        if let other = booked.updateValue(section, forKey: key) {
          report(
            "scheduling.double_booking",
            "\(key[0] == 0 ? "Teacher" : "Room") \(key[2]) has \"\(sections[other].id)\" and "
              + "\"\(place.id)\" in block \(place.block + 1).")
        }
      }
    }
    return cost
  }
}
