import Domain
import Scheduling

/// Reads a document of a benchmark.
func document(_ path: String) throws -> DocumentNode {
  DocumentNode(
    try DocumentReader.read(bytes(of: path), limits: DocumentReader.Limits(bytes: 64 << 20)))
}

extension DocumentNode {
  /// The whole numbers of an array.
  func numbers() throws -> [Int] { try items.map { try $0.count() } }
}

/// Plans the learners of a `cbl-pacing/1` file, as often as asked, and prints the sums of what
/// was worked out for each of them once: earliest, expected and latest ends, the days of
/// instruction of the expected ends counted on after the calendar, their dates as numbers of days
/// since the year 1, and how many end after the calendar.
func pace(_ path: String, repeats: Int) throws {
  let node = try document(path)
  let (tracks, efforts) = (try node.need("tracks").count(), try node.need("effort").numbers())
  let entries = try node.need("prereq").items.enumerated().map { number, item in
    CompetencyMap.Entry(
      ID("c\(number)"), prerequisites: try item.numbers().map { ID("c\($0)") },
      track: number * tracks / efforts.count, effort: efforts[number])
  }
  let map = try CompetencyMap(entries)
  let days = try node.need("days").items.map { try $0.text().text }.compactMap { CalendarDate($0) }
  let own = map.count / tracks
  let learners = try node.need("learners").items.map { item in
    let known = try item.need("mastered").numbers()
    return PaceLearner(
      mastered: map.competencies.indices.map { place in
        let number = Int(map.competencies[place].description.dropFirst()) ?? 0
        return number % own < known[number / own]
      }, rate: try item.need("rate").count(), minutes: try item.need("minutes").numbers(),
      supportMinutes: try item.need("xblock").count(), startDay: try item.need("startDay").count())
  }
  let engine = PacingEngine(map, dayCount: days.count)
  var plan = PacePlan(for: map)
  var sums = Array(repeating: 0, count: 6)
  for learner in learners {
    try engine.plan(learner, into: &plan)
    let known = (0..<tracks).map { track in
      map.tracks.indices.count { Int(map.tracks[$0]) == track && learner.mastered[$0] }
    }
    let weakest = known.indices.min { (known[$0], $0) < (known[$1], $1) }
    for number in 0..<map.count where !learner.mastered[number] {
      sums[0] += Int(plan.earliest[number])
      sums[1] += Int(plan.expected[number])
      sums[2] += Int(plan.latest[number])
      let track = Int(map.tracks[number])
      let minutes = learner.minutes[track] + (track == weakest ? learner.supportMinutes : 0)
      sums[3] += learner.startDay + (Int(plan.expected[number]) + minutes - 1) / minutes - 1
      if plan.expectedDays[number] >= 0 {
        sums[4] += days[Int(plan.expectedDays[number])].daysSince1970 + 719_163
      }
    }
    sums[5] += plan.late
  }
  let start = cpu()
  for _ in 0..<repeats {
    for learner in learners { try engine.plan(learner, into: &plan) }
  }
  let taken = cpu() - start
  print(
    "\(learners.count * repeats) plans of \(map.count) competencies: \(taken) ms CPU; sums of "
      + "\(learners.count): \(sums.map(String.init).joined(separator: ", "))")
}

/// Makes the groups of a `cbl-stations/1` file.
func stations(_ path: String, steps: Int?, seed: UInt64) throws {
  let node = try document(path)
  let request = StationRotation.Request(
    levels: try node.need("level").items.map {
      $0.value.elements == nil ? [try $0.count()] : try $0.numbers()
    }, stations: try node.need("groups").count(),
    apart: try node.need("apart").items.map { try $0.numbers() },
    friends: try node.need("friends").items.map { try $0.numbers() },
    aided: Set(try node.need("aide").items.enumerated().filter { $1.isTrue }.map(\.offset)),
    mostAided: try node.need("maxAide").count())
  var rotation = try StationRotation(request, seed: seed)
  let time = try best(of: 5) {
    rotation =
      try steps.map { try StationRotation(request, steps: $0, seed: seed) }
      ?? StationRotation(request, seed: seed)
  }
  print("cost \(rotation.cost), \(rotation.violations) broken rules: \(time) ms CPU")
}
