import Domain
import Scheduling

/// Problems and plans of regrouping, as files.
enum GroupingFiles {
  /// Reads a document of the format `cbl-grouping/1`.
  static func problem(_ path: String) throws -> GroupingProblem {
    try ScheduleDocument(path, format: "cbl-grouping/1").reading { try GroupingProblem($0) }
  }

  /// A plan as a document of the format `cbl-grouping-plan/1`.
  static func json(_ plan: GroupingPlan, of problem: GroupingProblem) -> JSONValue {
    let learners = problem.learners.enumerated().map { number, learner -> JSONValue in
      .object([
        ("learner", .text(learner.id.description)),
        (
          "sections",
          .array(plan.places.map { .optional($0[number].map { problem.sections[$0].id.text }) })
        ),
      ])
    }
    return .object([
      ("format", "cbl-grouping-plan/1"), ("objective", .number(plan.objective)),
      ("bound", plan.bound.map { .number($0) } ?? .null), ("certificate", .text(plan.certificate)),
      ("seed", .text(String(plan.seed))), ("stopped", .text(plan.stop.rawValue)),
      ("places", .array(learners)),
    ])
  }

  /// Reads a plan; learners and sections are found by name.
  ///
  /// - Parameter strict: Whether a name that is not there is a fault; otherwise its place is gone.
  static func plan(
    _ path: String, of problem: GroupingProblem, strict: Bool
  ) throws -> [[Int?]] {
    try ScheduleDocument(path, format: "cbl-grouping-plan/1").reading { node in
      let learners = Dictionary(
        problem.learners.enumerated().map { ($1.id.identifier, $0) }
      ) { first, _ in first }
      let sections = Dictionary(
        problem.sections.enumerated().map { ($1.id, $0) }
      ) { first, _ in first }
      var places = Array(
        repeating: [Int?](repeating: nil, count: problem.learners.count), count: problem.blockCount)
      for item in try node.need("places").items {
        let name = try item.need("learner")
        guard let learner = learners[try name.text()] else {
          if strict {
            throw name.unexpected("\"\(try name.text())\" is no learner of the problem.")
          }
          continue
        }
        let list = try item.need("sections").items
        guard list.count == problem.blockCount else {
          throw item.unexpected(
            "A learner has \(list.count) blocks, expected \(problem.blockCount).")
        }
        for (block, place) in list.enumerated() where place.value != .null {
          guard let section = sections[try place.text()] else {
            if strict {
              throw place.unexpected("\"\(try place.text())\" is no section of the problem.")
            }
            continue
          }
          places[block][learner] = section
        }
      }
      return places
    }
  }
}

extension WeekView {
  /// A day: a column for each block, a box for each section.
  init(_ plan: GroupingPlan, of problem: GroupingProblem, title: String) {
    self.title = title
    columns = plan.places.indices.map { block in
      var members: [Int: [String]] = [:]
      for (learner, section) in plan.places[block].enumerated() {
        if let section {
          members[section, default: []].append(problem.learners[learner].id.description)
        }
      }
      return Column(
        title: "Block \(block + 1)",
        boxes: members.sorted { $0.key < $1.key }.map {
          Box(title: problem.sections[$0.key].id.text, lines: $0.value)
        })
    }
  }

  /// Rows of a table as boxes of one column each: the first cell names the box, the next who is in it.
  init(title: String, rows: [(box: String, line: String)]) {
    self.title = title
    var (places, boxes): ([String: Int], [Box]) = ([:], [])
    for (box, line) in rows {
      if let place = places[box] {
        boxes[place].lines.append(line)
      } else {
        places[box] = boxes.count
        boxes.append(Box(title: box, lines: [line]))
      }
    }
    columns = boxes.map {
      Column(title: $0.title, boxes: [Box(title: "\($0.lines.count)", lines: $0.lines)])
    }
  }
}
