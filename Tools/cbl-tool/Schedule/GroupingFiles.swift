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

/// The week or day of a school as a page to print and hang up.
enum GroupingPage {
  /// An HTML page with a table: a row for each section, a column for each block.
  static func html(_ plan: GroupingPlan, of problem: GroupingProblem, title: String) -> String {
    var cells = ""
    for block in 0..<problem.blockCount {
      var members: [Int: [String]] = [:]
      for (learner, section) in plan.places[block].enumerated() {
        if let section {
          members[section, default: []].append(problem.learners[learner].id.description)
        }
      }
      cells += "<h2>Block \(block + 1)</h2>\n<table>\n<tr><th>Section</th><th>Learners</th></tr>\n"
      for (section, names) in members.sorted(by: { $0.key < $1.key }) {
        cells += "<tr><td>\(escaped(problem.sections[section].id.text))</td>"
        cells += "<td>\(names.map(escaped).joined(separator: ", "))</td></tr>\n"
      }
      cells += "</table>\n"
    }
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title>
      <style>
      body { font: 11pt sans-serif } table { border-collapse: collapse; width: 100% }
      td, th { border: 1px solid #666; padding: 3px 6px; text-align: left; vertical-align: top }
      h2 { break-after: avoid } tr { break-inside: avoid }
      </style></head><body><h1>\(escaped(title))</h1>
      \(cells)</body></html>

      """
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.escapingControls().unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
