public import Domain
public import Scheduling

/// A file of FET, the free timetabling program: its document, and the problem that it states.
///
/// Rules are translated into those of `TimetableProblem`: with a weight of 100 % they must hold, below
/// they should, at 0 % they are left out. Sets of students become the smallest sets that are named.
public struct FETFile: Sendable {
  /// The problem.
  public let problem: TimetableProblem
  /// The identifiers of the activities in FET, in the order of the problem's events.
  public let activities: [String]
  /// The rules that the problem does not hold, because there is no translation.
  ///
  /// A timetable may break them; whoever shows it must say so.
  public let untranslated: [Problem]
  private let root: XMLTree
  private let days: [String]
  private let hours: [String]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: The document.
  ///   - file: Its name, for errors.
  /// - Throws: `SchedulingError` with the line, when the document is cut short, or names what is
  ///   not there.
  public init(parsing bytes: [UInt8], file: String? = nil) throws(SchedulingError) {
    try self.init(tree: XMLTree(parsing: bytes, file: file), file: file)
  }

  /// Reads a file from its document.
  public init(tree: XMLTree, file: String? = nil) throws(SchedulingError) {
    guard Self.recognizes(tree) else {
      throw SchedulingError(
        .malformed, "The document is a <\(tree.name)>; a <fet> was expected.",
        at: Place(file: file, line: tree.line))
    }
    root = tree
    var reader = try FETReader(tree, file)
    try reader.readRules()
    problem = reader.problem
    activities = reader.activities.map(\.id)
    untranslated = reader.untranslated
    days = reader.days
    hours = reader.hours
    try problem.check()
  }

  /// Whether a document is a file of FET.
  public static func recognizes(_ tree: XMLTree) -> Bool {
    tree.name == "fet"
  }

  /// The file as a document, as it was read.
  public var document: String { root.document }

  /// A timetable as FET writes it: day, hour and room of each activity.
  public func document(of timetable: Timetable) -> String {
    var parts: [XMLTree.Part] = [.text("\n")]
    for one in problem.completed(timetable).meetings {
      func field(_ name: String, _ text: String) -> XMLTree.Part {
        .element(XMLTree(name, [], text.isEmpty ? [] : [.text(text)]))
      }
      let demands = problem.events[one.event].demands
      let room =
        demands.indices.first { demands[$0].role == "room" }
        .flatMap { one.resources[$0] }.map { problem.resources[$0].id } ?? ""
      parts.append(
        .element(
          XMLTree(
            "Activity", [],
            [
              field("Id", activities[one.event]),
              field("Day", one.time.map { days[$0 / hours.count] } ?? ""),
              field("Hour", one.time.map { hours[$0 % hours.count] } ?? ""), field("Room", room),
            ])))
      parts.append(.text("\n"))
    }
    return XMLTree("Activities_Timetable", [], parts).document
  }

  /// Reads a timetable that FET, or this module, wrote.
  ///
  /// - Parameters:
  ///   - tree: The document of activities with day, hour and room.
  ///   - file: Its name, for errors.
  /// - Throws: `SchedulingError` with the line, for what is not in the problem and for activities
  ///   that are there twice.
  public func timetable(
    _ tree: XMLTree, file: String? = nil
  ) throws(SchedulingError) -> Timetable {
    guard tree.name == "Activities_Timetable" else {
      throw SchedulingError(
        .malformed, "The document is a <\(tree.name)>; <Activities_Timetable> was expected.",
        at: Place(file: file, line: tree.line))
    }
    var meetings: [Timetable.Meeting] = []
    var seen: Set<Int> = []
    for one in tree.children("Activity") {
      func value(_ name: String, _ names: [String]) throws(SchedulingError) -> Int? {
        let text = one.child(name)?.text ?? ""
        guard !text.isEmpty else { return nil }
        guard let number = names.firstIndex(of: text) else {
          throw SchedulingError(
            .unknownIdentifier, "<\(name)> names \"\(text)\", which is not there.",
            at: Place(file: file, line: one.line))
        }
        return number
      }
      guard let event = try value("Id", activities) else { continue }
      guard seen.insert(event).inserted else {
        throw SchedulingError(
          .doubleBooking, "Activity \(activities[event]) is there twice.",
          at: Place(file: file, line: one.line))
      }
      let day = try value("Day", days)
      let hour = try value("Hour", hours)
      let room = try value("Room", problem.resources.map { $0.type == 2 ? $0.id : "" })
      let whole = problem.events[event]
      var time: Int?
      if let day, let hour { time = day * hours.count + hour }
      meetings.append(
        Timetable.Meeting(
          event: event, duration: whole.duration, time: time,
          resources: whole.demands.map { $0.role == "room" ? room : $0.resource }))
    }
    return problem.completed(Timetable(meetings: meetings))
  }
}
