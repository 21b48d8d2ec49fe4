internal import Domain
public import Scheduling

/// An archive of high-school timetabling problems and solutions in XHSTT-2014.
///
/// The document is kept as it was read, so nothing is lost when solutions are added and it is
/// written again.
public struct XHSTTArchive: Sendable {
  /// A problem of the archive.
  public struct Instance: Sendable {
    /// The identifier.
    public let id: String
    /// The problem.
    public let problem: TimetableProblem
  }

  /// A solution of the archive.
  public struct Solution: Sendable {
    /// The identifier of its solution group.
    public let group: String
    /// The number of the problem in ``XHSTTArchive/instances``.
    public let instance: Int
    /// The timetable.
    public let timetable: Timetable
    /// What the archive says that it costs, where it says so.
    public let reported: TimetableCost?
  }

  /// The problems.
  public private(set) var instances: [Instance] = []
  /// The solutions, in the order of the document.
  public private(set) var solutions: [Solution] = []
  private var root: XMLTree
  private let file: String?

  /// Reads an archive.
  ///
  /// - Parameters:
  ///   - bytes: The document.
  ///   - file: Its name, for errors.
  /// - Throws: `SchedulingError` with the line, when the document is cut short, when something in
  ///   it is named that is not there, or when a value is none that it may have.
  public init(parsing bytes: [UInt8], file: String? = nil) throws(SchedulingError) {
    try self.init(tree: XMLTree(parsing: bytes, file: file), file: file)
  }

  /// Reads an archive from a document.
  public init(tree: XMLTree, file: String? = nil) throws(SchedulingError) {
    root = tree
    self.file = file
    guard Self.recognizes(tree) else {
      throw SchedulingError(
        .malformed,
        "The document is a <\(tree.name)>; a <HighSchoolTimetableArchive> was expected.",
        at: Place(file: file, line: tree.line))
    }
    for element in tree.child("Instances")?.children("Instance") ?? [] {
      var reader = XHSTTReader(file: file)
      let problem = try reader.problem(element)
      try problem.check()
      instances.append(Instance(id: try reader.id(element), problem: problem))
    }
    for group in tree.child("SolutionGroups")?.children("SolutionGroup") ?? [] {
      for element in group.children("Solution") {
        try readSolution(element, group["Id"] ?? "")
      }
    }
  }

  /// Whether a document is an archive.
  public static func recognizes(_ tree: XMLTree) -> Bool {
    tree.name == "HighSchoolTimetableArchive"
  }

  private mutating func readSolution(
    _ element: XMLTree, _ group: String
  ) throws(SchedulingError) {
    let reference = element["Reference"] ?? ""
    guard let instance = instances.firstIndex(where: { $0.id == reference }) else {
      throw SchedulingError(
        .unknownIdentifier, "A solution is for instance \"\(reference)\", which is not there.",
        at: Place(file: file, line: element.line))
    }
    let reader = XHSTTSolutionReader(file: file, problem: instances[instance].problem)
    var reported: TimetableCost?
    if let report = element.child("Report"),
      let hard = report.child("InfeasibilityValue").flatMap({ Int($0.text) }),
      let soft = report.child("ObjectiveValue").flatMap({ Int($0.text) })
    {
      reported = TimetableCost(hard: hard, soft: soft)
    }
    solutions.append(
      Solution(
        group: group, instance: instance, timetable: try reader.timetable(element),
        reported: reported))
  }

  /// Adds a solution in a group of its own.
  ///
  /// - Parameters:
  ///   - timetable: The timetable.
  ///   - instance: The number of its problem.
  ///   - group: The identifier of the new group, which should not be in the archive yet.
  ///   - contributor: Who made it.
  public mutating func add(
    _ timetable: Timetable, of instance: Int, group: String, contributor: String
  ) {
    let problem = instances[instance].problem
    let cost = problem.cost(of: timetable)
    let writer = XHSTTSolutionWriter(problem: problem)
    let solution = writer.solution(timetable, id: instances[instance].id, cost: cost)
    let metadata = XMLTree(
      "MetaData", [],
      [
        .element(XMLTree("Contributor", [], [.text(contributor)])),
        .element(XMLTree("Date", [], [.text("-")])),
        .element(XMLTree("Description", [], [.text("Costs \(cost)")])),
      ])
    let element = XMLTree(
      "SolutionGroup", [(name: "Id", value: group)], [.element(metadata), .element(solution)])
    let index = root.parts.firstIndex {
      if case .element(let child) = $0 { child.name == "SolutionGroups" } else { false }
    }
    if let index, case .element(var groups) = root.parts[index] {
      groups.parts.append(.element(element))
      groups.parts.append(.text("\n"))
      root.parts[index] = .element(groups)
    } else {
      root.parts.append(.element(XMLTree("SolutionGroups", [], [.element(element)])))
    }
    solutions.append(
      Solution(
        group: group, instance: instance, timetable: problem.completed(timetable), reported: cost))
  }

  /// The archive as a document.
  public var document: String { root.document }
}

struct XHSTTSolutionReader {
  let file: String?
  let problem: TimetableProblem
  private let events: [String: Int]
  private let times: [String: Int]
  private let resources: [String: Int]

  init(file: String?, problem: TimetableProblem) {
    self.file = file
    self.problem = problem
    func index(_ names: [String]) -> [String: Int] {
      Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
    events = index(problem.events.map(\.id))
    times = index(problem.times)
    resources = index(problem.resources.map(\.id))
  }

  func timetable(_ element: XMLTree) throws(SchedulingError) -> Timetable {
    var meetings: [Timetable.Meeting] = []
    var covered: [Int: Int] = [:]
    for one in element.child("Events")?.children("Event") ?? [] {
      let event = try find(one, events, "event")
      let whole = problem.events[event]
      var duration = whole.duration
      if let text = one.child("Duration")?.text {
        guard let number = Int(text), number > 0, number <= whole.duration else {
          throw SchedulingError(
            .zeroLength,
            "A meeting of event \"\(whole.id)\" has duration \"\(text)\"; it must be from 1 to "
              + "\(whole.duration).", at: Place(file: file, line: one.line))
        }
        duration = number
      }
      covered[event, default: 0] += duration
      guard covered[event, default: 0] <= whole.duration else {
        throw SchedulingError(
          .doubleBooking,
          "The meetings of event \"\(whole.id)\" last longer than its \(whole.duration) times.",
          at: Place(file: file, line: one.line))
      }
      var time = whole.time
      if let given = one.child("Time") { time = try find(given, times, "time") }
      var taken: [Int?] = whole.demands.map(\.resource)
      for given in one.child("Resources")?.children("Resource") ?? [] {
        let resource = try find(given, resources, "resource")
        guard let role = given.child("Role")?.text else { continue }
        guard let slot = whole.demands.firstIndex(where: { $0.role == role }) else {
          throw SchedulingError(
            .unknownIdentifier, "Event \"\(whole.id)\" has no role \"\(role)\".",
            at: Place(file: file, line: given.line))
        }
        taken[slot] = resource
      }
      meetings.append(
        Timetable.Meeting(event: event, duration: duration, time: time, resources: taken))
    }
    return problem.completed(Timetable(meetings: meetings))
  }

  private func find(
    _ element: XMLTree, _ names: [String: Int], _ what: String
  ) throws(SchedulingError) -> Int {
    let reference = element["Reference"] ?? ""
    guard let number = names[reference] else {
      throw SchedulingError(
        .unknownIdentifier, "<\(element.name)> names \(what) \"\(reference)\", which is not there.",
        at: Place(file: file, line: element.line))
    }
    return number
  }
}

struct XHSTTSolutionWriter {
  let problem: TimetableProblem

  func solution(_ timetable: Timetable, id: String, cost: TimetableCost) -> XMLTree {
    var events: [XMLTree.Part] = []
    for one in problem.completed(timetable).meetings {
      let event = problem.events[one.event]
      var parts: [XMLTree.Part] = [
        .element(XMLTree("Duration", [], [.text(String(one.duration))]))
      ]
      if let time = one.time, event.time == nil {
        parts.append(
          .element(XMLTree("Time", [(name: "Reference", value: problem.times[time])])))
      }
      var taken: [XMLTree.Part] = []
      for (slot, demand) in event.demands.enumerated() where demand.resource == nil {
        guard let resource = one.resources[slot], let role = demand.role else { continue }
        taken.append(
          .element(
            XMLTree(
              "Resource", [(name: "Reference", value: problem.resources[resource].id)],
              [.element(XMLTree("Role", [], [.text(role)]))])))
      }
      if !taken.isEmpty { parts.append(.element(XMLTree("Resources", [], taken))) }
      events.append(.text("\n"))
      events.append(
        .element(XMLTree("Event", [(name: "Reference", value: event.id)], parts)))
    }
    let report = XMLTree(
      "Report", [],
      [
        .element(XMLTree("InfeasibilityValue", [], [.text(String(cost.hard))])),
        .element(XMLTree("ObjectiveValue", [], [.text(String(cost.soft))])),
      ])
    return XMLTree(
      "Solution", [(name: "Reference", value: id)],
      [.element(XMLTree("Events", [], events)), .element(report)])
  }
}
