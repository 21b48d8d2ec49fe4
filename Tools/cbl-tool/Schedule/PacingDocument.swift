import Domain
import Scheduling

/// A document of the format `cbl-pacing/1`: competencies, days of instruction and learners.
struct PacingDocument {
  /// A learner with what is done.
  struct Person {
    var name: String
    var learner: PaceLearner
  }

  let map: CompetencyMap
  let days: [CalendarDate]
  let optionalDays: [CalendarDate]
  let people: [Person]

  init(_ path: String) throws {
    self = try ScheduleDocument(path, format: "cbl-pacing/1").reading { try PacingDocument($0) }
  }

  private init(_ node: DocumentNode) throws {
    let trackCount = try node.need("tracks").count()
    let links = try node.need("prereq").items
    let efforts = try node.need("effort").numbers()
    let count = efforts.count
    let levels = try node["level"]?.numbers() ?? Array(repeating: 1, count: count)
    let names = node["ids"]?.words.map(\.text) ?? (0..<count).map { "c\($0)" }
    let tracks = try node["track"]?.numbers() ?? (0..<count).map { $0 * trackCount / max(1, count) }
    guard links.count == count, levels.count == count, names.count == count,
      tracks.count == count, tracks.allSatisfy({ (0..<trackCount).contains($0) })
    else { throw node.unexpected("The lists of competencies are not \(count) long each.") }
    var entries: [CompetencyMap.Entry] = []
    for number in 0..<count {
      let row = try links[number].numbers()
      entries.append(
        CompetencyMap.Entry(
          ID(names[number]),
          prerequisites: row.map { ID(names.indices.contains($0) ? names[$0] : "number \($0)") },
          track: tracks[number], level: levels[number], effort: efforts[number]))
    }
    let map = try CompetencyMap(entries)
    func dates(_ name: Identifier) throws -> [CalendarDate] {
      var days: [CalendarDate] = []
      for item in node[name]?.items ?? [] { days.append(try item.day()) }
      guard zip(days, days.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw node.unexpected("The days are not in order, or one comes twice.")
      }
      return days
    }
    days = try dates("days")
    optionalDays = try dates("optionalDays")
    var people: [Person] = []
    for item in try node.need("learners").items {
      people.append(
        Person(
          name: item["id"]?.value.text?.text ?? "l\(people.count)",
          learner: try Self.learner(item, map, names, tracks)))
    }
    self.map = map
    self.people = people
  }

  /// Reads a learner, whose mastered competencies are names, or how many of each track are.
  private static func learner(
    _ node: DocumentNode, _ map: CompetencyMap, _ names: [String], _ tracks: [Int]
  ) throws -> PaceLearner {
    var mastered = Array(repeating: false, count: map.count)
    let list = try node.need("mastered")
    if list.value.elements?.first?.text != nil {
      for item in list.items {
        let name = try item.text()
        guard let number = map.number(of: ID(name)) else {
          throw item.unexpected("\"\(name)\" is no competency of this document.")
        }
        mastered[number] = true
      }
    } else {
      let counts = try list.numbers()
      var left = counts
      for (number, name) in names.enumerated() where tracks[number] < left.count {
        guard left[tracks[number]] > 0, let place = map.number(of: ID(name)) else { continue }
        left[tracks[number]] -= 1
        mastered[place] = true
      }
      guard left.allSatisfy({ $0 == 0 }) else {
        throw list.unexpected("More is mastered in a track than it has: \(counts).")
      }
    }
    return PaceLearner(
      mastered: mastered, rate: try node.number("rate", or: 100),
      minutes: try node.need("minutes").numbers(),
      supportMinutes: try node.number("xblock", or: 0),
      startDay: try node.number("startDay", or: 0))
  }

  /// A learner by name.
  func person(_ name: String) throws -> Person {
    guard let person = people.first(where: { $0.name == name }) else {
      throw ToolFailure(
        65,
        "there is no learner \"\(name)\"; there are \(people.count), such as "
          + "\"\(people.first?.name ?? "")\"")
    }
    return person
  }
}
