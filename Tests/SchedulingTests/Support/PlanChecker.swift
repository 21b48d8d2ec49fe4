import Scheduling

/// Checks plans from the definition of the problem alone, without any code of the solvers.
struct PlanChecker {
  let problem: GroupingProblem

  /// What a place is worth, or `nil` where it is not allowed.
  func value(_ learner: Int, _ section: Int) -> Int? {
    let (person, place) = (problem.learners[learner], problem.sections[section])
    if let house = place.house, house != person.house { return nil }
    var value =
      place.modality < person.preferences.count
      ? person.preferences[place.modality] * problem.weights.preference : 0
    if let competency = place.competency {
      guard let need = person.ready.first(where: { $0.competency == competency })?.need else {
        return nil
      }
      value += problem.weights.need * need
    } else {
      let most = person.ready.reduce(0) { max($0, $1.need) }
      value += problem.weights.need * most * problem.weights.openNeedTenths / 10
    }
    for bonus in problem.bonuses where bonus.learner == learner && bonus.section == section {
      value += bonus.value
    }
    return value
  }

  /// The faults of a plan, and its objective.
  func check(_ places: [[Int?]]) -> (faults: [String], objective: Int) {
    var (faults, objective): ([String], Int) = ([], 0)
    var sizes: [Int: Int] = [:]
    for learner in problem.learners.indices {
      var (met, live): (Set<Int>, Int) = ([], 0)
      for block in 0..<problem.blockCount {
        guard let section = places[block][learner] else { continue }
        let place = problem.sections[section]
        if place.block != block { faults.append("\(learner): section \(section) of another block") }
        guard let value = value(learner, section) else {
          faults.append("\(learner) may not go to \(section)")
          continue
        }
        objective += value
        sizes[section, default: 0] += 1
        if place.modality == problem.weights.liveModality { live += 1 }
        if let competency = place.competency, problem.isOncePerDay, !met.insert(competency).inserted
        {
          faults.append("\(learner) meets \(competency) twice")
        }
      }
      objective -=
        max(0, problem.learners[learner].minimumLive - live) * problem.weights.missingLive
    }
    var (teachers, rooms): (Set<[Int]>, Set<[Int]>) = ([], [])
    for (section, size) in sizes.sorted(by: { $0.key < $1.key }) {
      let place = problem.sections[section]
      if size > place.capacity { faults.append("section \(section) has \(size)") }
      if size < place.minimum { faults.append("section \(section) has only \(size)") }
      objective -= place.openCost
      if let teacher = place.teacher, !teachers.insert([place.block, teacher]).inserted {
        faults.append("teacher \(teacher) twice in block \(place.block)")
      }
      if let room = place.room, !rooms.insert([place.block, room]).inserted {
        faults.append("room \(room) twice in block \(place.block)")
      }
    }
    return (faults, objective)
  }
}
