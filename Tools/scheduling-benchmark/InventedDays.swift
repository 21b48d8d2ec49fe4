import Domain
import Scheduling

/// A generator of numbers for invented days (Knuth's MMIX).
struct Invented {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}

/// Several houses that are each like the one of a file, with other needs.
///
/// Sections of the house stay with their house; those for all are for all houses.
func houses(_ count: Int, like one: GroupingProblem, seed: UInt64) throws -> GroupingProblem {
  var random = Invented(seed: seed)
  var (learners, sections): ([GroupingProblem.Learner], [GroupingProblem.Section]) = ([], [])
  for house in 0..<count {
    for learner in one.learners {
      var copy = learner
      copy.id = ID("h\(house)-\(learner.id)")
      copy.house = house
      copy.ready = learner.ready.map {
        .init($0.competency, max(1, $0.need + (house > 0 ? random.below(21) - 10 : 0)))
      }
      copy.preferences = learner.preferences.map { house > 0 ? random.below(10) : $0 }
      learners.append(copy)
    }
    for section in one.sections {
      var copy = section
      copy.id = Identifier("h\(house)-\(section.id)")
      copy.house = section.house.map { _ in house }
      copy.teacher = section.teacher.map { house * 10_000 + $0 }
      copy.room = section.room.map { house * 10_000 + $0 }
      sections.append(copy)
    }
  }
  return try GroupingProblem(
    learners: learners, sections: sections, blockCount: one.blockCount,
    isOncePerDay: one.isOncePerDay, opensSections: one.opensSections, weights: one.weights)
}

/// A day as people would plan it by hand: block by block each teacher opens what is worth most to
/// those without a place, neediest learners first; the others work on their own.
///
/// - Returns: The plan's objective by the check of plans, which must find no fault.
func greedy(_ problem: GroupingProblem) -> (objective: Int, faults: Int) {
  var met = problem.learners.map { _ in Set<Int>() }
  var ready: [Int: [Int]] = [:]
  for (number, learner) in problem.learners.enumerated() {
    for need in learner.ready { ready[need.competency, default: []].append(number) }
  }
  var places = Array(
    repeating: [Int?](repeating: nil, count: problem.learners.count), count: problem.blockCount)
  for block in 0..<problem.blockCount {
    let here = problem.sections.indices.filter { problem.sections[$0].block == block }
    for (_, choices) in Dictionary(grouping: here, by: { problem.sections[$0].teacher ?? -1 })
      .sorted(by: { $0.key < $1.key }) where problem.sections[choices[0]].teacher != nil
    {
      var best: (sum: Int, section: Int, learners: [Int]) = (0, 0, [])
      for section in choices {
        let (place, competency) = (problem.sections[section], problem.sections[section].competency)
        var values: [(value: Int, learner: Int)] = []
        for learner in ready[competency ?? -1] ?? []
        where places[block][learner] == nil && !met[learner].contains(competency ?? -1) {
          if let value = problem.value(of: section, for: learner) {
            values.append((value, learner))
          }
        }
        values.sort { ($0.value, $1.learner) > ($1.value, $0.learner) }
        let taken = values.prefix(place.capacity)
        let sum = taken.reduce(0) { $0 + $1.value } - place.openCost
        if taken.count >= place.minimum, sum > best.sum {
          best = (sum, section, taken.map(\.learner))
        }
      }
      for learner in best.learners {
        places[block][learner] = best.section
        met[learner].insert(problem.sections[best.section].competency ?? -1)
      }
    }
    for section in here where problem.sections[section].teacher == nil {
      var room = problem.sections[section].capacity
      for learner in problem.learners.indices
      where room > 0 && places[block][learner] == nil
        && problem.value(of: section, for: learner) != nil
      {
        places[block][learner] = section
        room -= 1
      }
    }
  }
  let (faults, objective) = problem.check(places)
  return (objective, faults.count)
}
